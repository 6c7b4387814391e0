"""A sheet as a table reader needs it: merged cells resolved, texts and keys of cells at hand."""

from collections.abc import Iterable, Iterator

from common.tabular.address import address
from common.tabular.errors import Problem
from common.tabular.sheets import Cell, Merge, Row, Sheet, is_filled
from common.tabular.text import key_of, shown

SPREAD_ROWS = 60
MOST_COVERED = 2_000_000


class Grid:
    """One sheet. Rows and columns are counted from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.name = sheet.name
        self.rows = sheet.rows
        self.width = sheet.width
        self.origins = dict(_origins(sheet.merges, len(sheet.rows), sheet.width))

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, row: int, column: int) -> Cell:
        """The value in a cell; inside a merged range, of its top left cell."""
        row, column = self.origins.get((row, column), (row, column))
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """What a person sees in the cell."""
        return shown(self.at(row, column))

    def key(self, row: int, column: int) -> str:
        """The cell's text made comparable; empty for numbers and dates."""
        return key_of(self.at(row, column))

    def raw(self, row: int) -> Row:
        return self.rows[row]

    def show_formulas(self, rows: range, columns: Iterable[int]) -> None:
        """Let cells of these rows and columns say the formula that nobody has computed, instead of nothing."""
        shown_in = set(columns)
        for (row, column), formula in self.sheet.formulas.items():
            if row in rows and column in shown_in and row < len(self.rows) and self.rows[row][column] is None:
                self.rows[row][column] = formula

    def filled(self, row: int) -> list[int]:
        """Columns of the row's own filled cells: of a merged range only the first."""
        return [column for column, value in enumerate(self.rows[row]) if is_filled(value)]

    def blank(self, row: int) -> bool:
        return not any(map(is_filled, self.rows[row]))

    def spans(self, row: int, column: int) -> bool:
        """Whether the cell is covered by a range that begins in a row above."""
        return self.origins.get((row, column), (row, column))[0] < row

    def address(self, row: int, column: int) -> str:
        return address(row, column)


def _origins(merges: Iterable[Merge], rows: int, columns: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each covered cell with the top left one of its range. Ranges are cut where the sheet ends, and when huge."""
    left = MOST_COVERED
    for merge in merges:
        bottom = min(merge.bottom, rows - 1, merge.top + SPREAD_ROWS)
        right = min(merge.right, columns - 1)
        if merge.top >= rows or merge.left >= columns:
            continue
        left -= (bottom - merge.top + 1) * (right - merge.left + 1)
        if left < 0:
            raise Problem("на листе слишком много объединённых ячеек")
        for row in range(merge.top, bottom + 1):
            for column in range(merge.left, right + 1):
                yield (row, column), (merge.top, merge.left)
