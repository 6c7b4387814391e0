"""A sheet as table readers need it."""

import pytest

from common.tabular import Merge, Sheet
from common.tabular.errors import Problem
from common.tabular.grid import Grid


def test_a_merged_range_shows_its_value_everywhere_and_is_filled_once() -> None:
    grid = Grid(Sheet("Лист1", [["ФИО", "сентябрь", None], [None, 1, 2]], (Merge(0, 1, 0, 2), Merge(0, 0, 1, 0))))
    assert [[grid.text(row, column) for column in range(3)] for row in range(2)] == [
        ["ФИО", "сентябрь", "сентябрь"],
        ["ФИО", "1", "2"],
    ]
    assert grid.filled(0) == [0, 1] and grid.filled(1) == [1, 2]


def test_merged_ranges_outside_the_sheet_are_cut() -> None:
    grid = Grid(Sheet("Лист1", [["a", "b"]], (Merge(0, 0, 1_048_575, 16_383), Merge(5, 5, 6, 6))))
    assert grid.text(0, 1) == "a"


def test_too_many_merged_ranges_are_refused() -> None:
    rows: list[list[str | int | float | None]] = [[None] * 1000 for _ in range(100)]
    with pytest.raises(Problem, match="слишком много объединённых ячеек"):
        Grid(Sheet("Лист1", [list(row) for row in rows], (Merge(0, 0, 99, 999),) * 100))
