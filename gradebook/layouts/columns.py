"""The heading of a table: which rows it takes and what each column under it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from common.tabular.dates import in_school_year, month_number, read_date, real_date, spelled_date
from common.tabular.grid import Grid
from common.tabular.sheets import Cell, is_filled
from common.tabular.text import key_of, shown, tidy
from gradebook.layouts.periods import annual_kind, heading_period
from gradebook.layouts.words import GROUPS, IDENTITY, OTHER_COLUMNS, SUBJECTS, Role, role_of
from gradebook.parsed import PeriodKind, StatedPeriod

DEEPEST = 4
MOST_BLANKS = 2
MONTH_TEXT = re.compile(r"([а-я]+)(?: (20\d\d))?(?: г| года?)?")
WEEKDAYS = frozenset({"пн", "вт", "ср", "чт", "пт", "сб", "вс"})
DAY_TEXT = re.compile(r"0?(\d{1,2})")
BESIDE_DAY = re.compile(r"\(?\b(?:пн|вт|ср|чт|пт|сб|вс)\b\.?\)?|\(\d(?: ?урок)?\)$", re.IGNORECASE)
SHORT_FLOAT = re.compile(r"(\d{1,2})\.(\d{1,2})")


class Meaning(Enum):
    """What the cells of a column hold."""

    LESSON = auto()
    RESULT = auto()
    MEAN = auto()
    WEIGHTED = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """`day` is the ordinal of a lesson's date. `period` None is the period of the whole block.

    `bare`: the heading is a text of no known kind, a subject perhaps.
    """

    number: int
    meaning: Meaning
    day: int = 0
    period: StatedPeriod | None = None
    subject: str | None = None
    bare: bool = False


@dataclass(slots=True)
class TableHead:
    """A table's heading: its rows, the columns of who and what, the columns with facts, what is wrong with it.

    `nameless` are columns without any words above them.
    """

    top: int
    bottom: int
    identity: dict[Role, list[int]]
    columns: list[Column]
    nameless: list[int] = field(default_factory=list)
    problems: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def has_lessons(self) -> bool:
        return any(column.meaning is Meaning.LESSON for column in self.columns)

    @property
    def has_subjects(self) -> bool:
        return any(column.subject for column in self.columns)

    def columns_of(self, role: Role) -> list[int]:
        return self.identity.get(role, [])


class NoSchoolYear(Exception):  # noqa: N818 — an answer: dates of lessons cannot be told without it
    """A heading has days without a year and nothing says which school year it is."""


def roles_in(grid: Grid, row: int) -> dict[int, Role]:
    """Columns of a row that hold a known heading, with its role."""
    if not any(isinstance(value, str) and role_of(key_of(value)) for value in grid.raw(row)):
        return {}
    found = {column: role_of(grid.key(row, column)) for column in range(grid.width)}
    return {column: role for column, role in found.items() if role}


def heading_rows(grid: Grid, anchor: int, by: list[int]) -> list[int]:
    """Rows of the heading whose row `anchor` names the columns `by`, which say what a row is about."""
    rows = [anchor]
    for row in _neighbours(grid, anchor, -1):
        if len(rows) >= DEEPEST or not _continues_above(grid, row, anchor, by):
            break
        rows.insert(0, row)
    for row in _neighbours(grid, anchor, 1):
        if len(rows) >= DEEPEST or not _continues_below(grid, row, by, rows):
            break
        rows.append(row)
    return rows


def read_head(grid: Grid, rows: list[int], year: int | None) -> TableHead:
    """What the columns under these rows mean. Raises `NoSchoolYear`."""
    spread = _spread(grid, rows)
    head = TableHead(rows[0], rows[-1], {}, [])
    previous: date | None = None
    for column in range(grid.width):
        values = [(row, spread[row][column]) for row in rows]
        found = _ColumnReader(values, year, previous).read(column, head)
        if not found and not any(key_of(value) for _, value in values):
            head.nameless.append(column)
        if found:
            head.columns.append(found)
            previous = date.fromordinal(found.day) if found.day else previous
    head.columns = _settle_final(head)
    return head


def _neighbours(grid: Grid, row: int, step: int) -> Iterator[int]:
    """Rows next to `row` that are not blank; many blank rows end the heading."""
    blanks = 0
    row += step
    while 0 <= row < len(grid) and blanks <= MOST_BLANKS:
        if grid.blank(row):
            blanks += 1
        else:
            blanks = 0
            yield row
        row += step


def _continues_above(grid: Grid, row: int, anchor: int, by: list[int]) -> bool:
    if any(is_filled(grid.at(row, column)) for column in by):
        return False
    if any(role_of(grid.key(anchor, column)) in IDENTITY for column in grid.filled(row)):
        return False
    values = _values(grid, row)
    return all(map(_is_known, values)) and any(_is_month(value) or _is_group(value) for value in values)


def _continues_below(grid: Grid, row: int, by: list[int], rows: list[int]) -> bool:
    values = _values(grid, row)
    if any(is_filled(grid.raw(row)[column]) for column in by) or not values:
        return False
    above = [value for other in rows for value in _values(grid, other)]
    awaits_days = any(map(_is_month, above)) and not any(_is_day(value) for value in above)
    if any(_is_day(value) or _is_date(value) for value in values):
        return all(_is_heading(value) or (_is_day(value) and awaits_days) or _is_date(value) for value in values)
    return all(map(_is_heading, values)) and any(_is_known(value) for value in values)


def _values(grid: Grid, row: int) -> list[Cell]:
    return [grid.raw(row)[column] for column in grid.filled(row)]


def _is_month(value: Cell) -> bool:
    found = MONTH_TEXT.fullmatch(key_of(value))
    return bool(found and month_number(found[1]))


def _is_group(value: Cell) -> bool:
    words = key_of(value)
    return bool(words and (heading_period(words) or GROUPS.fullmatch(words)))


def _is_day(value: Cell) -> bool:
    return _day(value) is not None


def _is_date(value: Cell) -> bool:
    if not isinstance(value, str):
        return isinstance(value, date)
    return spelled_date(_only_day(value))[0]


def _only_day(text: str) -> str:
    """A day without the weekday («1 вт») and the number of its lesson («01.09 (2)»)."""
    return tidy(BESIDE_DAY.sub(" ", tidy(text))).strip(" ,")


def _is_heading(value: Cell) -> bool:
    """A text that can be a heading: longer than any mark or code of absence."""
    return isinstance(value, str) and (_is_known(value) or len(key_of(value)) > 3)


def _is_known(value: Cell) -> bool:
    words = key_of(value)
    if words in WEEKDAYS:
        return True
    return bool(
        words
        and (_is_month(value) or _is_group(value) or role_of(words) or annual_kind(words) or SUBJECTS.fullmatch(words))
    )


def _day(value: Cell) -> int | None:
    if isinstance(value, bool | date) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if value in range(1, 32) else None
    found = DAY_TEXT.fullmatch(_only_day(value))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def _spread(grid: Grid, rows: list[int]) -> dict[int, list[Cell]]:
    """Values of the heading with groups («сентябрь», «1 четверть») spread over the columns they stand above."""
    spread: dict[int, list[Cell]] = {}
    below = [False] * grid.width
    for row in reversed(rows):
        values = [grid.at(row, column) for column in range(grid.width)]
        own = [is_filled(value) for value in values]
        group: Cell = None
        for column in range(grid.width):
            if own[column] and below[column]:
                group = values[column]
            elif not own[column] and below[column]:
                values[column] = group
        spread[row] = values
        below = [mine or lower for mine, lower in zip(own, below, strict=True)]
    return spread


class _ColumnReader:
    """One column's heading cells, from top to bottom."""

    def __init__(self, values: list[tuple[int, Cell]], year: int | None, previous: date | None) -> None:
        self.values = [(row, value) for row, value in values if is_filled(value)]
        self.year = year
        self.previous = previous
        self.keys = [words for words in dict.fromkeys(key_of(value) for _, value in self.values) if words]
        self.roles = [role for role in map(role_of, self.keys) if role]

    def read(self, number: int, head: TableHead) -> Column | None:
        """The column's meaning, None if it holds no facts; identity and problems go into `head`."""
        if role := next((role for role in reversed(self.roles) if role in IDENTITY), None):
            head.identity.setdefault(role, []).append(number)
            return None
        if self.keys and role_of(self.keys[-1]) is Role.SUBJECT:
            head.identity.setdefault(Role.SUBJECT, []).append(number)
            return None
        if day := self._lesson_day(number, head):
            return Column(number, Meaning.LESSON, day.toordinal())
        return self._counted(number)

    def _lesson_day(self, number: int, head: TableHead) -> date | None:
        month = next((value for _, value in self.values if _is_month(value)), None)
        for row, value in reversed(self.values):
            day = _day(value)
            if month is not None and day is not None:
                return self._real(self._in_month(day, month), row, number, head)
            if _is_date(value):
                return self._real(self._date(value), row, number, head)
            if month is None and isinstance(value, float | int) and not isinstance(value, bool):
                return self._numeric_date(float(value))
        return None

    def _real(self, day: date | None, row: int, number: int, head: TableHead) -> date | None:
        if day is None:
            head.problems.append((row, number, "такого дня нет в календаре: столбец не прочитан"))
        return day

    def _date(self, value: Cell) -> date | None:
        if not isinstance(value, str):
            return read_date(value)
        text = _only_day(value)
        if self.year is None and not spelled_date(text)[1]:
            raise NoSchoolYear
        return read_date(text, self.year)

    def _in_month(self, day: int, month: Cell) -> date | None:
        found = MONTH_TEXT.fullmatch(key_of(month))
        number = month_number(found[1]) if found else None
        if not found or not number:
            return None
        if found[2]:
            return real_date(int(found[2]), number, day)
        if self.year is None:
            raise NoSchoolYear
        return in_school_year(day, number, self.year)

    def _numeric_date(self, value: float) -> date | None:
        """A serial number of Excel, or «1.09» that became a number; «1.1» is the nearer of January and October."""
        if serial := read_date(value):
            return serial
        found = SHORT_FLOAT.fullmatch(str(value))
        if not found or self.year is None:
            return None
        months = {int(found[2]), 10 if found[2] == "1" else int(found[2])}
        days = [day for month in sorted(months) if (day := in_school_year(int(found[1]), month, self.year))]
        return min(days, key=lambda day: abs(day - (self.previous or day)), default=None) if days else None

    def _period(self) -> StatedPeriod | None:
        return next(filter(None, map(heading_period, self.keys)), None)

    def _counted(self, number: int) -> Column | None:
        annual = next(filter(None, map(annual_kind, reversed(self.keys))), None)
        period = StatedPeriod(annual) if annual else self._period()
        subject = self._subject()
        if Role.WEIGHTED in self.roles:
            return Column(number, Meaning.WEIGHTED, period=period, subject=subject)
        if Role.MEAN in self.roles:
            return Column(number, Meaning.MEAN, period=period, subject=subject)
        if period or Role.RESULT in self.roles:
            return Column(number, Meaning.RESULT, period=period, subject=subject)
        return Column(number, Meaning.RESULT, subject=subject, bare=True) if subject else None

    def _subject(self) -> str | None:
        """The text that names a subject: none of the words that name anything else."""
        for _, value in reversed(self.values):
            words = key_of(value)
            if words and not _is_known_otherwise(value, words):
                return shown(value)
        return None


def _is_known_otherwise(value: Cell, words: str) -> bool:
    if _is_month(value) or _is_group(value) or annual_kind(words):
        return True
    if role_of(words):
        return True
    return bool(OTHER_COLUMNS.fullmatch(words)) or not any(map(str.isalpha, words))


def _settle_final(head: TableHead) -> list[Column]:
    """«Итоговая оценка» beside lessons and without a result of the year is the result of the period."""
    kinds = {column.period.kind for column in head.columns if column.period}
    if not head.has_lessons or kinds & {PeriodKind.YEAR, PeriodKind.EXAM, PeriodKind.STATE_EXAM}:
        return head.columns
    final = StatedPeriod(PeriodKind.FINAL)
    return [replace(column, period=None) if column.period == final else column for column in head.columns]
