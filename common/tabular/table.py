"""One table of a file whatever its columns: the fullest sheet, with the row that looks like its headings. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.limits import Limits
from common.tabular.reader import read_sheets
from common.tabular.text import tidy

HEAD_ROWS, MOST_ROWS, MOST_COLUMNS, LONGEST = 20, 3000, 40, 500
KindOf = Callable[[str], object | None]  # what a heading names, None for nothing that is known


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: headings, and rows as texts. `first` is the number of the first row as a person counts it."""

    sheet: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int


def fullest_table(path: Path, name: str, limits: Limits, kind_of: KindOf, rows_hold: str) -> Table:
    """The fullest sheet of a file. Raises `Problem` when no sheet is a table; `rows_hold`: «строки с фамилиями»."""
    sheets = read_sheets(path, name, limits)
    tables = [table for sheet in sheets if (table := _table(Grid(sheet), kind_of)) is not None]
    if not tables:
        raise Problem("в нём нет таблицы", f"нужна хотя бы одна строка заголовков и {rows_hold} под ней")
    fullest = max(tables, key=lambda table: len(table.rows))
    if len(fullest.rows) > MOST_ROWS:
        raise Problem(f"в нём больше {MOST_ROWS} строк", "оставьте в нём одну таблицу одного учебного года")
    return fullest


def _table(grid: Grid, kind_of: KindOf) -> Table | None:
    """Headings may take two rows: where the lower one says nothing, the upper one does."""
    top = _heading_row(grid, kind_of)
    if top is None:
        return None
    last = top + 1 if _goes_on(grid, top) else top
    width = min(grid.width, MOST_COLUMNS)
    head = tuple(_cell(grid, last, column) or _cell(grid, top, column) for column in range(width))
    rows = tuple(tuple(_cell(grid, row, column) for column in range(width)) for row in range(last + 1, len(grid)))
    filled = len(rows) - next((n for n, row in enumerate(reversed(rows)) if any(row)), len(rows))
    return Table(grid.name, head, rows[:filled], last + 2) if filled else None


def _heading_row(grid: Grid, kind_of: KindOf) -> int | None:
    """The row that names most kinds of columns, of equals the one with most words, of equals the first."""

    def told(row: int) -> tuple[int, int, int]:
        kinds = {kind_of(_cell(grid, row, column)) for column in range(min(grid.width, MOST_COLUMNS))} - {None}
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
