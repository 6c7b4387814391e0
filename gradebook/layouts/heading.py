"""What stands above a table: class, subject, school year, period, pupil."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from common.tabular.dates import read_date
from common.tabular.grid import Grid
from common.tabular.sheets import Cell
from common.tabular.text import shown, tidy
from gradebook.layouts.periods import find_period, find_school_year, stated_period, stated_range
from gradebook.parsed import StatedPeriod

LABELS = (
    ("class_name", r"класс(?:/группа)?|параллель"),
    ("subject", r"(?:учебный )?предмет|дисциплина|название предмета"),
    ("year", r"учебный год|уч\. ?год|год обучения"),
    ("period", r"(?:учебный |отч[её]тный )?период|за период|четверть|триместр|полугодие"),
    (
        "pupil",
        r"ученик(?:\(ца\)|ца)?|обучающ(?:ий|ая)ся|учащ(?:ий|ая)ся|ф\.и\.о\.?"
        r"|(?:фио|фамилия,? имя,? отчество)(?: (?:ученика|обучающегося|учащегося))?",
    ),
    ("external_id", r"ид\.?(?: ученика| обучающегося)?|идентификатор|id(?: ученика)?|личное дело"),
    ("birth", r"дата рождения"),
    ("day", r"дата(?: проведения(?: работы)?)?|проведена"),
    ("title", r"(?:название|наименование)(?: работы| процедуры)?|работа|процедура"),
    ("other", r"учитель|педагог|преподаватель|классный руководитель|школа|организация|смена|дата выгрузки|страница"),
)
LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s.,;(]))(?:" + "|".join(f"(?P<{name}>{words})" for name, words in LABELS) + r")\s*:",
    re.IGNORECASE,
)
LONE_LABEL = re.compile("(?:" + "|".join(f"(?P<{name}>{words})" for name, words in LABELS) + r")\s*:?", re.IGNORECASE)
CLASS_NAME = r"(?:1[0-2]|[1-9])\s*[-«\"'(]?\s*(?:[А-ЯЁA-Z]|[а-яёa-z](?![а-яёa-z]))?(?:[»\"')]|(?=\W|$))"
CLASS_AFTER = re.compile(rf"\bкласс(?:а|у|е)?\s+({CLASS_NAME})(?![\w])", re.IGNORECASE)
CLASS_BEFORE = re.compile(rf"(?<![\w./-])({CLASS_NAME})\s*[-–]?\s*класс(?:а|у|е)?\b", re.IGNORECASE)
WHOLE_CLASS = re.compile(rf"\s*({CLASS_NAME})\s*", re.IGNORECASE)
AFTER_LABEL = 6
FEW = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Everything that the texts above a table say; None where they are silent."""

    class_name: str | None = None
    subject: str | None = None
    year: int | None = None
    period: StatedPeriod | None = None
    pupil: str | None = None
    pupil_cell: tuple[int, int] | None = None
    external_id: str | None = None
    birth: date | None = None
    day: date | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """«Класс: 7А» found in a cell: the label's meaning, the value and where it stands."""

    meaning: str
    value: Cell
    row: int
    column: int


def has_label(text: str) -> bool:
    """Whether a cell's text is a heading like «Класс: 7А»."""
    return bool(":" in text and LABEL.search(tidy(text)))


def read_heading(grid: Grid, rows: Iterable[int], before: Heading, default_year: int | None) -> Heading:
    """The heading in these rows; what it does not say again of class, year and period stays as `before`."""
    rows = list(rows)
    found: dict[str, Labelled] = {}
    for label in _labels(grid, rows):
        found.setdefault(label.meaning, label)
    loose = [shown(value) for row in rows if len(grid.filled(row)) <= FEW for value in grid.raw(row) if value]
    year = _year(found, loose, before)
    period = _period(found, loose, year or default_year) or before.period
    if year is None and period and period.first:
        year = period.first.year if period.first.month >= 8 else period.first.year - 1
    return _people(found, Heading(class_name=_class(found, loose) or before.class_name, year=year, period=period))


def _people(found: dict[str, Labelled], heading: Heading) -> Heading:
    pupil, subject, title = (_text(found, meaning) for meaning in ("pupil", "subject", "title"))
    return replace(
        heading,
        subject=subject,
        title=title,
        pupil=pupil,
        pupil_cell=(found["pupil"].row, found["pupil"].column) if pupil else None,
        external_id=_text(found, "external_id"),
        birth=read_date(found["birth"].value) if "birth" in found else None,
        day=read_date(found["day"].value, heading.year) if "day" in found else None,
    )


def _text(found: dict[str, Labelled], meaning: str) -> str | None:
    return (shown(found[meaning].value) or None) if meaning in found else None


def _labels(grid: Grid, rows: Iterable[int]) -> Iterator[Labelled]:
    for row in rows:
        for column in grid.filled(row):
            value = grid.raw(row)[column]
            if isinstance(value, str) and len(value) < 1000:
                yield from _labels_in(grid, row, column, tidy(value))


def _labels_in(grid: Grid, row: int, column: int, text: str) -> Iterator[Labelled]:
    labels = list(LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)][: len(labels)]
    for label, end in zip(labels, ends, strict=True):
        value = text[label.end() : end].strip().strip(" ,;").removesuffix(".").strip()
        meaning = label.lastgroup or "other"
        if value:
            yield Labelled(meaning, _numbered(meaning, label[0], value), row, column)
        elif beside := _beside(grid, row, column):
            yield Labelled(meaning, _numbered(meaning, label[0], beside[0]), row, beside[1])
    if not labels and (lone := LONE_LABEL.fullmatch(text)) and len(grid.filled(row)) in (2, 4, 6, 8):
        beside = _beside(grid, row, column)
        if beside and not (isinstance(beside[0], str) and LONE_LABEL.fullmatch(tidy(beside[0]))):
            yield Labelled(lone.lastgroup or "other", _numbered(lone.lastgroup, lone[0], beside[0]), row, beside[1])


def _numbered(meaning: str | None, label: str, value: Cell) -> Cell:
    """«Четверть: 1» names the kind in its label."""
    kind = label.strip(" :").lower()
    return f"{shown(value)} {kind}" if meaning == "period" and kind in ("четверть", "триместр", "полугодие") else value


def _beside(grid: Grid, row: int, column: int) -> tuple[Cell, int] | None:
    """The next filled cell to the right of a label that stands alone in its cell."""
    for other in range(column + 1, min(column + 1 + AFTER_LABEL, grid.width)):
        value = grid.raw(row)[other]
        if value is not None and shown(value):
            return None if has_label(shown(value)) else (value, other)
    return None


def _year(found: dict[str, Labelled], loose: list[str], before: Heading) -> int | None:
    if "year" in found:
        text = shown(found["year"].value)
        return find_school_year(text) or (int(text) if re.fullmatch(r"20\d\d", text) else None)
    return next(filter(None, map(find_school_year, loose)), None) or before.year


def _period(found: dict[str, Labelled], loose: list[str], year: int | None) -> StatedPeriod | None:
    if "period" in found and (period := stated_period(shown(found["period"].value), year)):
        return period
    ranges = (stated_range(text, year) for text in loose)
    return next(filter(None, ranges), None) or next(filter(None, map(find_period_in, loose)), None)


def find_period_in(text: str) -> StatedPeriod | None:
    """A named period in a title like «Итоги за 1 четверть»."""
    return find_period(" ".join(re.sub(r"[.,:;()«»\"]", " ", text).lower().replace("ё", "е").split()))


def _class(found: dict[str, Labelled], loose: list[str]) -> str | None:
    if "class_name" in found:
        return shown(found["class_name"].value) or None
    return next(filter(None, map(find_class, loose)), None)


def find_class(text: str) -> str | None:
    """«7А» in «Журнал 7А класса» or «Класс 7 «А»», as written."""
    found = CLASS_AFTER.search(text) or CLASS_BEFORE.search(text)
    return found[1].strip() if found else None


def class_of_title(title: str) -> str | None:
    """The class that a sheet is named after, if that is all its name says."""
    found = WHOLE_CLASS.fullmatch(title) or CLASS_BEFORE.fullmatch(title)
    return found[1].strip() if found and not found[1].strip().isdigit() else None
