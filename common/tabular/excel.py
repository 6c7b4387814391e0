"""Workbooks of Excel (XLSX, XLS) by the fast reader."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine as calamine

from common.tabular.errors import Problem
from common.tabular.kinds import PASSWORD
from common.tabular.limits import Limits
from common.tabular.sheets import Merge, Row, Sheet, check_size

KEPT = frozenset({str, float, int, bool, date, datetime})  # times of day and spans become texts


def read_excel(path: Path, limits: Limits) -> Iterator[Sheet]:
    """The worksheets in the workbook's order, one at a time: only one is in memory."""
    try:
        # Given a path, the reader would believe its extension.
        with path.open("rb") as file, calamine.load_workbook(file) as book:
            for meta in book.sheets_metadata:
                if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                    yield _sheet(book, meta, limits)
    except calamine.PasswordError as error:
        raise Problem(*PASSWORD) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Problem("он повреждён или передан не полностью") from error


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, limits: Limits) -> Sheet:
    found = book.get_sheet_by_name(meta.name)
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    if found.start is None or found.end is None:
        return Sheet(meta.name, [], hidden=hidden)
    bottom, right = found.end
    check_size(bottom + 1, right + 1, limits)
    before: Row = [None] * found.start[1]
    values: Iterator[list[Any]] = found.iter_rows()
    rows: list[Row] = [before + _cells(row) for row in values] if before else list(map(_cells, values))
    rows[:0] = [[None] * (right + 1) for _ in range(bottom + 1 - len(rows))]
    merges = tuple(Merge(*start, *end) for start, end in found.merged_cell_ranges or ())
    return Sheet(meta.name, rows, merges, hidden=hidden)


def _cells(row: list[Any]) -> Row:
    """Most rows of long sheets are as they should be."""
    if "" not in row and KEPT.issuperset(map(type, row)):
        return row
    return [None if value == "" else value if type(value) in KEPT else str(value) for value in row]
