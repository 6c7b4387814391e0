"""What changed between two approved versions: field, old, new. Why it changed belongs to the newer version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from iom.reports.route import PaperPart, RoutePaper

_HEAD = {"tutor": "Тьютор или куратор", "begins": "Начало", "ends": "Окончание", "every": "Как часто смотрим"}
_GAP = {
    "topic": "тема",
    "found": "как обнаружен",
    "found_on": "когда обнаружен",
    "source": "работа, задание",
    "baseline": "было",
    "target": "цель",
    "unit": "в чём",
    "due": "срок",
    "work": "что сделаем",
    "control": "повторный контроль",
}
_STEP = {
    "kind": "вид работы",
    "text": "что",
    "who": "кто",
    "on": "когда",
    "every": "как часто",
    "expected": "что ожидаем",
    "gap": "дефицит",
}


@dataclass(frozen=True)
class Difference:
    """One field; an empty `old`: it was added, an empty `new`: it was taken out."""

    field: str
    old: str
    new: str


def differences(old: RoutePaper, new: RoutePaper) -> tuple[Difference, ...]:
    """All differences of the plan, in the order of the paper: head, then part by part."""
    return (*_fields("", _HEAD, old, new), *_parts(old.parts, new.parts))


def _parts(old: Iterable[PaperPart], new: Iterable[PaperPart]) -> Iterator[Difference]:
    before, after = {part.key: part for part in old}, {part.key: part for part in new}
    for key in _keys(before, after):
        was, becomes = before.get(key), after.get(key)
        name = _named(becomes or was)
        if was is None or becomes is None:
            yield Difference(name, "" if was is None else "была", "" if becomes is None else "добавлена")
        elif was.teacher != becomes.teacher:
            yield Difference(f"{name}, ответственный", was.teacher, becomes.teacher)
        yield from _rows(f"{name}, дефицит", _GAP, was.gaps if was else (), becomes.gaps if becomes else ())
        yield from _rows(f"{name}, шаг", _STEP, was.steps if was else (), becomes.steps if becomes else ())


def _rows(where: str, fields: Mapping[str, str], old: Iterable[Any], new: Iterable[Any]) -> Iterator[Difference]:
    before, after = {row.key: row for row in old}, {row.key: row for row in new}
    for key in _keys(before, after):
        was, becomes = before.get(key), after.get(key)
        if was is None or becomes is None:
            yield Difference(where, _told(was), _told(becomes))
        else:
            yield from _fields(f"{where} «{_title(was)}»: ", fields, was, becomes)


def _fields(where: str, fields: Mapping[str, str], old: Any, new: Any) -> Iterator[Difference]:
    for name, title in fields.items():
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield Difference(f"{where}{title}", _words(was), _words(becomes))


def _keys(before: Mapping[int, Any], after: Mapping[int, Any]) -> list[int]:
    return [*after, *(key for key in before if key not in after)]


def _named(part: PaperPart | None) -> str:
    return (part.subject if part else "") or "Общая часть"


def _title(row: Any) -> str:
    return str(getattr(row, "topic", "") or f"{row.kind}: {row.text}".rstrip(": "))


def _told(row: Any) -> str:
    return "" if row is None else _title(row)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f").replace(".", ",")
    return str(value)
