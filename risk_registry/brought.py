"""A school's own registry as its table states it. Pure; the reading runs in the child process of `common.tabular`."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.text import tidy

HEAD_ROWS, MOST_ROWS, MOST_COLUMNS, LONGEST = 20, 3000, 40, 500
_NO_TABLE = ("в нём нет таблицы", "нужна хотя бы одна строка заголовков и строки с фамилиями под ней")


@dataclass(frozen=True, slots=True)
class BroughtTable:
    """One sheet: headings, and rows as texts. `first` is the number of the first row as a person counts it."""

    sheet: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int


def parse_registry(path: Path, name: str, limits: Limits) -> BroughtTable:
    """The fullest sheet of a file. Raises `Problem` when no sheet is a table."""
    tables = [table for sheet in read_sheets(path, name, limits) if (table := _table(Grid(sheet))) is not None]
    if not tables:
        raise Problem(*_NO_TABLE)
    fullest = max(tables, key=lambda table: len(table.rows))
    if len(fullest.rows) > MOST_ROWS:
        raise Problem(f"в нём больше {MOST_ROWS} строк", "оставьте в нём один реестр одного учебного года")
    return fullest


def _table(grid: Grid) -> BroughtTable | None:
    """Headings stand in the first row that has the most filled cells with words."""
    top = range(min(len(grid), HEAD_ROWS))
    head = max(top, key=lambda row: (len(_words(grid, row)), -row), default=None)
    if head is None or len(_words(grid, head)) < 2:
        return None
    width = min(grid.width, MOST_COLUMNS)
    rows = tuple(tuple(_cell(grid, row, column) for column in range(width)) for row in range(head + 1, len(grid)))
    filled = len(rows) - next((n for n, row in enumerate(reversed(rows)) if any(row)), len(rows))
    if not filled:
        return None
    return BroughtTable(grid.name, tuple(_cell(grid, head, column) for column in range(width)), rows[:filled], head + 2)


def _words(grid: Grid, row: int) -> list[int]:
    return [column for column in grid.filled(row) if grid.key(row, column)]


def _cell(grid: Grid, row: int, column: int) -> str:
    return tidy(grid.text(row, column))[:LONGEST]


class Column(StrEnum):
    """What a column may hold."""

    NAME = "name"
    LAST = "last"
    FIRST = "first"
    MIDDLE = "middle"
    CLASS = "class"
    BIRTH = "birth"
    CATEGORY = "category"
    SUBJECTS = "subjects"
    NOTE = "note"


COLUMN_WORDS = {
    Column.NAME: "Фамилия, имя, отчество",
    Column.LAST: "Фамилия",
    Column.FIRST: "Имя",
    Column.MIDDLE: "Отчество",
    Column.CLASS: "Класс",
    Column.BIRTH: "Дата рождения",
    Column.CATEGORY: "Категория",
    Column.SUBJECTS: "Предметы",
    Column.NOTE: "Причины, примечание",
}


def texts_of(row: tuple[str, ...] | list[str], columns: dict[int, Column], what: Column) -> Iterator[str]:
    """Filled cells of the columns that hold this, in their order."""
    return (
        row[place] for place, column in sorted(columns.items()) if column == what and place < len(row) and row[place]
    )
