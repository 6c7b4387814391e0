"""What every container becomes: sheets of cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from common.tabular.errors import Problem
from common.tabular.limits import Limits

Cell = str | int | float | bool | date | None
Row = list[Cell]


class Merge(NamedTuple):
    """A merged range, both ends included, counted from 0. Its value stands in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `rows` all of one length, the first is row 1 of the file and its first cell is A1.

    Empty cells are None. `titled` is false where the container has no sheet names (CSV, HTML). `formulas` are those
    whose value nobody has computed, by (row, column): their cells are None.
    """

    name: str
    rows: list[Row]
    merges: tuple[Merge, ...] = ()
    titled: bool = True
    hidden: bool = False
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def blank(self) -> bool:
        return not any(is_filled(cell) for row in self.rows for cell in row)


def is_filled(cell: Cell) -> bool:
    """Whether a person sees something in the cell."""
    return cell is not None and not (isinstance(cell, str) and (not cell or cell.isspace()))


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet beyond the limits."""
    if rows > limits.rows or columns > limits.columns:
        raise Problem(f"лист больше {limits.rows} строк или {limits.columns} столбцов", "разделите его на части")
    if rows * columns > limits.area:
        raise Problem("ячейки разбросаны по слишком большому листу", "оставьте на листе только таблицу")


def rectangle(rows: Iterable[Row], limits: Limits) -> list[Row]:
    """Rows made equally long with empty cells, without empty rows at the end."""
    kept = list(rows)
    while kept and not any(is_filled(cell) for cell in kept[-1]):
        kept.pop()
    width = max(map(len, kept), default=0)
    check_size(len(kept), width, limits)
    for row in kept:
        row.extend([None] * (width - len(row)))
    return kept
