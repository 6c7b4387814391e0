"""Tables for tests: rows of cells with merged ranges, bent as people and programs bend them, saved in any container."""

import csv
import html
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from common.tabular import Cell, Merge


@dataclass(frozen=True)
class Bent:
    """How a file differs from the plain export."""

    seed: int = 0
    permuted: bool = False
    extra: bool = False
    merged: bool = True
    blank_rows: bool = False
    offset: int = 0
    wording: int = 0
    sheet_names: bool = False

    def random(self, salt: str) -> random.Random:
        return random.Random(f"{self.seed} {salt}")  # the same bends for the same example


@dataclass
class Grid:
    """A sheet that is being made. Columns are added in units: a unit's columns stay together under one group."""

    name: str
    title: list[list[Cell]] = field(default_factory=list)
    units: list["Unit"] = field(default_factory=list)
    foot: list[list[Cell]] = field(default_factory=list)


@dataclass
class Unit:
    """Columns that share a group heading: `heads` has one list of heading cells a column, `cells` one of data."""

    heads: list[list[Cell]]
    cells: list[list[Cell]]


@dataclass
class Made:
    """Rows and merged ranges of a sheet as it will be saved."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)


EXTRAS: tuple[tuple[str, Callable[[random.Random], Cell]], ...] = (
    ("Примечание", lambda chance: chance.choice([None, "олимпиада", "справка"])),
    ("Пропущено уроков", lambda chance: chance.randint(0, 40)),
    ("Телефон родителя", lambda chance: f"+7 900 000-00-{chance.randint(10, 99)}"),
)


def make(grid: Grid, bent: Bent, depth: int, data_rows: int) -> Made:
    """Lay a grid out as rows, with the bends."""
    chance = bent.random(grid.name + str(len(grid.units)))
    units = list(grid.units)
    if bent.extra:
        for name, value in EXTRAS[: chance.randint(1, len(EXTRAS))]:
            cells = [value(chance) for _ in range(data_rows)]
            units.insert(chance.randint(0, len(units)), Unit([[name] + [None] * (depth - 1)], [cells]))
    if bent.permuted:
        chance.shuffle(units)
    head, merges = _head(units, depth, bent)
    rows: list[list[Cell]] = [[] for _ in range(bent.offset)] + [list(row) for row in grid.title]
    made = Made(grid.name, rows)
    if bent.blank_rows:
        _insert_blanks(rows, chance, bent.offset)
    top = len(rows)
    rows += head
    made.merges = [Merge(top + m.top, m.left, top + m.bottom, m.right) for m in merges] if bent.merged else []
    for number in range(data_rows):
        if bent.blank_rows and chance.random() < 0.15:
            rows.append([])
        rows.append([column[number] for unit in units for column in unit.cells])
    rows += [list(row) for row in grid.foot]
    return made


def _insert_blanks(rows: list[list[Cell]], chance: random.Random, start: int) -> None:
    for _ in range(2):
        rows.insert(chance.randint(start, len(rows)), [])


def _head(units: list[Unit], depth: int, bent: Bent) -> tuple[list[list[Cell]], list[Merge]]:
    """Heading rows; equal neighbours of a unit are merged across, lone headings down, unless merging is off."""
    columns = [list(head) for unit in units for head in unit.heads]
    merges: list[Merge] = []
    start = 0
    for unit in units:
        width = len(unit.heads)
        for row in range(depth - 1):
            merges += _runs([head[row] for head in unit.heads], row, start)
        for place in range(width):
            head = unit.heads[place]
            if head[0] is not None and all(cell is None for cell in head[1:]) and depth > 1 and width == 1:
                merges.append(Merge(0, start, depth - 1, start))
        start += width
    rows = [[head[row] for head in columns] for row in range(depth)]
    covered = {
        (row, column)
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }
    if bent.merged or not bent.permuted:  # a group written once, over its first column
        rows = [
            [None if (number, column) in covered else cell for column, cell in enumerate(row)]
            for number, row in enumerate(rows)
        ]
    return rows, merges


def _runs(cells: list[Cell], row: int, start: int) -> list[Merge]:
    merges, begin = [], 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place] != cells[begin]:
            if place - begin > 1 and cells[begin] is not None:
                merges.append(Merge(row, start + begin, row, start + place - 1))
            begin = place
    return merges


def save_xlsx(sheets: list[Made], path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for made in sheets:
        sheet = book.create_sheet(made.name)
        for row in made.rows:
            sheet.append(row)
        for merge in made.merges:
            sheet.merge_cells(
                start_row=merge.top + 1,
                start_column=merge.left + 1,
                end_row=merge.bottom + 1,
                end_column=merge.right + 1,
            )
    book.save(path)


def save_xls(sheets: list[Made], path: Path) -> None:
    book = xlwt.Workbook()
    dates = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for made in sheets:
        sheet = book.add_sheet(made.name)
        covered = {(merge.top, merge.left): merge for merge in made.merges}
        for number, row in enumerate(made.rows):
            for column, value in enumerate(row):
                style = dates if isinstance(value, date) else xlwt.Style.default_style
                if merge := covered.get((number, column)):
                    sheet.write_merge(merge.top, merge.bottom, merge.left, merge.right, value, style)
                elif value is not None:
                    sheet.write(number, column, value, style)
    book.save(str(path))


def save_ods(sheets: list[Made], path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    for made in sheets:
        table = Table(name=made.name)
        for number, row in enumerate(made.rows):
            line = TableRow()
            for column, value in enumerate(row):
                line.addElement(_ods_cell(value, number, column, made.merges))
            table.addElement(line)
        table.addElement(_ods_tail())
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_tail() -> TableRow:
    """Empty space to the end of the sheet, as office programs write it."""
    tail = TableRow(numberrowsrepeated=1_048_000)
    tail.addElement(TableCell(numbercolumnsrepeated=16_384))
    return tail


def _ods_cell(value: Cell, row: int, column: int, merges: list[Merge]) -> TableCell:
    for merge in merges:
        if (merge.top, merge.left) == (row, column):
            spans = {
                "numbercolumnsspanned": merge.right - merge.left + 1,
                "numberrowsspanned": merge.bottom - merge.top + 1,
            }
            return _filled(TableCell(valuetype="string", **spans), value)
        if merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
            return CoveredTableCell()
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return _filled(TableCell(valuetype="float", value=value), value)
    return _filled(TableCell(valuetype="string"), value) if value else TableCell()


def _filled(cell: TableCell, value: Cell) -> TableCell:
    cell.addElement(P(text=str(value)))
    return cell


def as_text(value: Cell) -> str:
    """A value as a program writes it into text."""
    if value is None:
        return ""
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)


def save_html(sheets: list[Made], path: Path) -> None:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>"]
    for made in sheets:
        parts.append("<table border=1>")
        for number, row in enumerate(made.rows):
            cells = [_html_cell(value, number, column, made.merges) for column, value in enumerate(row)]
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")


def _html_cell(value: Cell, row: int, column: int, merges: list[Merge]) -> str:
    spans = ""
    for merge in merges:
        if (merge.top, merge.left) == (row, column):
            spans = f" colspan={merge.right - merge.left + 1} rowspan={merge.bottom - merge.top + 1}"
        elif merge.top <= row <= merge.bottom and merge.left <= column <= merge.right:
            return ""
    return f"<td{spans}>{html.escape(as_text(value)) or '&nbsp;'}</td>"


def _csv(encoding: str, delimiter: str) -> Callable[[list[Made], Path], None]:
    def save(sheets: list[Made], path: Path) -> None:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter)
        for made in sheets:
            writer.writerows([as_text(value) for value in row] for row in made.rows)
        path.write_bytes(out.getvalue().encode(encoding))

    return save


CONTAINERS: dict[str, tuple[str, Callable[[list[Made], Path], None]]] = {
    "xlsx": ("file.xlsx", save_xlsx),
    "xls": ("file.xls", save_xls),
    "ods": ("file.ods", save_ods),
    "html": ("file.xls", save_html),
    "csv utf-8 comma": ("file.csv", _csv("utf-8", ",")),
    "csv utf-8 bom semicolon": ("file.csv", _csv("utf-8-sig", ";")),
    "csv cp1251 semicolon": ("file.csv", _csv("cp1251", ";")),
    "csv utf-8 tab": ("file.txt", _csv("utf-8", "\t")),
}
ONE_SHEET = frozenset(name for name in CONTAINERS if name.startswith(("csv", "html")))
