"""What the columns and cells of a school's own table of routes probably mean: a guess that a person sees and corrects.

A row is a gap: whose, in which subject, what, by when. The pupil and the class of the row above stand for empty cells.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from common.names import name_key
from common.tabular.dates import read_date
from common.tabular.heads import guess_by_heads
from iom.words import RouteKind


class Column(StrEnum):
    """What a column may hold."""

    PUPIL = "pupil"
    CLASS = "class"
    KIND = "kind"
    SUBJECT = "subject"
    TEACHER = "teacher"
    TOPIC = "topic"
    WORK = "work"
    DUE = "due"
    BASELINE = "baseline"
    TARGET = "target"
    CONTROL = "control"


COLUMN_WORDS = {
    Column.PUPIL: "Обучающийся",
    Column.CLASS: "Класс",
    Column.KIND: "Категория",
    Column.SUBJECT: "Предмет",
    Column.TEACHER: "Учитель",
    Column.TOPIC: "Тема, дефицит",
    Column.WORK: "Что делаем",
    Column.DUE: "Срок",
    Column.BASELINE: "Было",
    Column.TARGET: "Цель",
    Column.CONTROL: "Повторный контроль",
}
# The first that fits decides.
_HEADS = (
    (Column.CLASS, re.compile(r"^класс")),
    (Column.KIND, re.compile(r"категор|группа|вид маршрута")),
    (Column.DUE, re.compile(r"срок|дата оконч|до какого")),
    (Column.BASELINE, re.compile(r"было|исходн|начальн|базов")),
    (Column.TARGET, re.compile(r"цель|целев|планируем|ожида")),
    (Column.CONTROL, re.compile(r"контрол|провер")),
    (Column.TOPIC, re.compile(r"тема|дефицит|пробел|затруднен")),
    (Column.WORK, re.compile(r"форм|работ|меропр|содерж|что дела")),
    (Column.TEACHER, re.compile(r"учител|педагог|ответствен")),
    (Column.SUBJECT, re.compile(r"предмет|дисципл")),
    (Column.PUPIL, re.compile(r"ф\.? ?и\.? ?о|фамил|учени|обучающ|учащ")),
)
_KINDS = (
    (RouteKind.WEAK, re.compile(r"слабоусп|слабо усп")),
    (RouteKind.FAILING, re.compile(r"неусп|не усп")),
    (RouteKind.RESERVE, re.compile(r"резерв")),
    (RouteKind.NEEDS, re.compile(r"овз|ограниченн\w+ возможн")),
    (RouteKind.LANGUAGE, re.compile(r"неродн|не родн|инофон")),
)
_OF_GAP = (
    Column.SUBJECT,
    Column.TOPIC,
    Column.WORK,
    Column.DUE,
    Column.BASELINE,
    Column.TARGET,
    Column.CONTROL,
)
_TARGET = Decimal(3)  # the mark that a gap is closed with, where the table names none
_MOST = Decimal(1000)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A gap in words of the file. `kind` is a code of `RouteKind`, empty where the table says nothing of it.

    `target` is a mark where nothing else is named, `unit` a code of `Unit`; `due` is None where there is no date;
    `doubt` tells what of the row was not understood.
    """

    number: int
    pupil: str
    class_name: str
    kind: str
    subject: str
    teacher: str
    topic: str
    work: str
    due: date | None
    baseline: Decimal | None
    target: Decimal
    unit: str
    control: str
    doubt: str = ""


def guess_columns(head: Sequence[str]) -> dict[int, Column]:
    """By the headings; each kind once."""
    return guess_by_heads(head, _HEADS)


def route_rows(
    rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int, year_start: int
) -> list[RouteRow]:
    """Rows that tell something of a gap; `topic` is empty where a row names neither topic nor work.

    A row with a pupil alone heads those below it. `year_start`: of dates without a year.
    """
    above: dict[Column, str] = {}
    found = []
    for number, row in enumerate(rows, first):
        told = dict.fromkeys(Column, "")
        told |= {column: row[place].strip() for place, column in columns.items() if place < len(row)}
        of_gap = any(told[column] for column in _OF_GAP)
        if told[Column.PUPIL] and told[Column.PUPIL] != above.get(Column.PUPIL):
            above = {}
        for column in (Column.PUPIL, Column.CLASS, Column.KIND, Column.SUBJECT):
            told[column] = above[column] = told[column] or above.get(column, "")
        if of_gap:
            found.append(_row(number, told, year_start))
    return found


def _row(number: int, told: Mapping[Column, str], year_start: int) -> RouteRow:
    target = read_number(told[Column.TARGET])
    percent = "%" in told[Column.TARGET]
    return RouteRow(
        number=number,
        pupil=told[Column.PUPIL],
        class_name=told[Column.CLASS],
        kind=read_kind(told[Column.KIND]),
        subject=told[Column.SUBJECT],
        teacher=told[Column.TEACHER],
        topic=(told[Column.TOPIC] or told[Column.WORK])[:200],
        work=told[Column.WORK][:500] if told[Column.TOPIC] else "",
        due=read_date(told[Column.DUE], year_start),
        baseline=read_number(told[Column.BASELINE]) if target is not None else None,
        target=_TARGET if target is None else target,
        unit="percent" if percent else "mark" if target is None or target <= 5 else "points",
        control=told[Column.CONTROL][:200],
        doubt=", ".join(_doubts(told, year_start)),
    )


def _doubts(told: Mapping[Column, str], year_start: int) -> Iterator[str]:
    """Cells that hold something, which is neither a day nor a number."""
    if told[Column.DUE] and read_date(told[Column.DUE], year_start) is None:
        yield f"срок «{told[Column.DUE][:30]}» не понят"
    for column in (Column.BASELINE, Column.TARGET):
        if told[column] and read_number(told[column]) is None:
            yield f"{COLUMN_WORDS[column].lower()} «{told[column][:30]}» не число"


def read_number(text: str) -> Decimal | None:
    """The first number of the text, if it is a likely one: «до 4» → 4, «75 %» → 75."""
    digits = _NUMBER.search(text)
    if digits is None:
        return None
    try:
        number = Decimal(digits.group().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number < _MOST else None


def read_kind(text: str) -> str:
    """«Слабоуспевающий» → weak; empty for what is no known word."""
    return next((kind.value for kind, words in _KINDS if words.search(name_key(text))), "")
