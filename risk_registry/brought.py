"""A school's own registry as its table states it. Pure; the reading runs in the child process of `common.tabular`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from common.names import name_key
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
    """Headings may take two rows: where the lower one says nothing, the upper one does."""
    top = _heading_row(grid)
    if top is None:
        return None
    last = top + 1 if _goes_on(grid, top) else top
    width = min(grid.width, MOST_COLUMNS)
    head = tuple(_cell(grid, last, column) or _cell(grid, top, column) for column in range(width))
    rows = tuple(tuple(_cell(grid, row, column) for column in range(width)) for row in range(last + 1, len(grid)))
    filled = len(rows) - next((n for n, row in enumerate(reversed(rows)) if any(row)), len(rows))
    return BroughtTable(grid.name, head, rows[:filled], last + 2) if filled else None


def _heading_row(grid: Grid) -> int | None:
    """The row that names most kinds of columns, of equals the one with most words, of equals the first."""

    def told(row: int) -> tuple[int, int, int]:
        kinds = {heading_of(_cell(grid, row, column)) for column in range(min(grid.width, MOST_COLUMNS))} - {None}
        return len(kinds), len(_words(grid, row)), -row

    rows = [row for row in range(min(len(grid), HEAD_ROWS)) if len(_words(grid, row)) >= 2]
    return max(rows, key=told, default=None)


def _goes_on(grid: Grid, head: int) -> bool:
    """Whether the next row belongs to the headings: all that it says stands under a wide or an empty one."""
    below = head + 1
    own = grid.filled(below) if below < len(grid) - 1 else []
    if any(grid.spans(below, column) for column in range(grid.width)):
        return not own or any(_is_wide(grid, head, column) for column in own)
    return bool(own) and len(own) == len(_words(grid, below)) and all(_is_wide(grid, head, column) for column in own)


def _is_wide(grid: Grid, row: int, column: int) -> bool:
    """Whether a heading is empty, or reaches over the column beside it."""
    here = grid.origins.get((row, column))
    beside = (grid.origins.get((row, column + 1)), grid.origins.get((row, column - 1)))
    alone = column + 1 < grid.width and not _cell(grid, row, column + 1)
    return not _cell(grid, row, column) or alone or (here is not None and here in beside)


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


# The first that fits decides; a heading may name several things («Фамилия, имя»).
_HEADS = (
    (Column.BIRTH, re.compile(r"рожд|^д\.? ?р\b")),
    (Column.NAME, re.compile(r"\bф\.? ?и\.? ?о\b|фио|фамилия.*имя|учени[кц]|учащ|обучающ|ребен|ребён|школьник")),
    (Column.LAST, re.compile(r"фамил")),
    (Column.MIDDLE, re.compile(r"отчеств")),
    (Column.FIRST, re.compile(r"^имя")),
    (Column.CLASS, re.compile(r"класс(?!н)|^кл\.?$")),
    (Column.NOTE, re.compile(r"причин|примеч|основан|коммент|характер|дополн|мер[аы]|работ")),
    (Column.CATEGORY, re.compile(r"категор|групп|статус|уровень|риск")),
    (Column.SUBJECTS, re.compile(r"предмет|дисциплин")),
)


def heading_of(text: str) -> Column | None:
    """What a heading names; None when it is nothing that is known."""
    key = name_key(text)
    return next((column for column, words in _HEADS if words.search(key)), None)


def texts_of(row: tuple[str, ...] | list[str], columns: dict[int, Column], what: Column) -> Iterator[str]:
    """Filled cells of the columns that hold this, in their order."""
    return (
        row[place] for place, column in sorted(columns.items()) if column == what and place < len(row) and row[place]
    )
