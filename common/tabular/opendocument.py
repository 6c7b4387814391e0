"""Workbooks of OpenDocument (ODS), read as a stream.

Repeated rows and columns are how ODS stores empty space (the last row is usually repeated to the end of the sheet)
and how a small file can pretend to be huge: only those with content count, and only within the limits.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from common.tabular.errors import Problem
from common.tabular.kinds import PASSWORD
from common.tabular.limits import Limits
from common.tabular.packages import BAD_ZIP
from common.tabular.sheets import Cell, Merge, Row, Sheet, check_size, is_filled, rectangle

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
NOTE = f"{OFFICE}annotation"


def read_opendocument(path: Path, limits: Limits) -> Iterator[Sheet]:
    """The sheets in the document's order, one at a time."""
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_encrypted(package)
            with package.open("content.xml") as content:
                yield from _sheets(content, limits)
    except (*BAD_ZIP, KeyError, etree.XMLSyntaxError) as error:
        raise Problem("он повреждён или передан не полностью") from error


def _refuse_encrypted(package: zipfile.ZipFile) -> None:
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.namelist() else b""
    if b"encryption-data" in manifest:
        raise Problem(*PASSWORD)


def _sheets(content: Any, limits: Limits) -> Iterator[Sheet]:
    hidden: set[str] = set()
    grid: _Grid | None = None
    for event, element in etree.iterparse(
        content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    ):
        if event == "start":
            if element.tag == f"{TABLE}table" and grid is None:
                grid = _Grid(element, limits)
        elif element.tag == f"{STYLE}style":
            _remember_hidden(element, hidden)
        elif element.tag == f"{TABLE}table-row" and grid:
            grid.add(element)
            _forget(element)
        elif element.tag == f"{TABLE}table" and grid and element is grid.element:
            yield grid.sheet(hidden)
            grid = None
            _forget(element)


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _remember_hidden(style: Any, hidden: set[str]) -> None:
    properties = style.find(f"{STYLE}table-properties")
    if properties is not None and properties.get(f"{TABLE}display") == "false":
        hidden.add(style.get(f"{STYLE}name", ""))


class _Grid:
    """The sheet that is being read."""

    def __init__(self, element: Any, limits: Limits) -> None:
        self.element = element
        self.name = element.get(f"{TABLE}name", "")
        self.style = element.get(f"{TABLE}style-name", "")
        self.limits = limits
        self.rows: list[Row] = []
        self.pending = 0
        self.width = 0
        self.merges: list[Merge] = []

    def add(self, element: Any) -> None:
        repeated = _count(element, "number-rows-repeated")
        cells = self._cells(element)
        if not cells:
            self.pending += repeated
            return
        self.width = max(self.width, len(cells))
        check_size(len(self.rows) + self.pending + repeated, self.width, self.limits)
        self.rows.extend([] for _ in range(self.pending))
        self.pending = 0
        self.rows.extend(list(cells) for _ in range(repeated))

    def _cells(self, element: Any) -> Row:
        """Values up to the last filled one; an empty list for an empty row."""
        cells: Row = []
        blank = 0
        for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            repeated = _count(cell, "number-columns-repeated")
            value = _value(cell)
            self._merge(cell, len(cells) + blank)
            if not is_filled(value):
                blank += repeated
                continue
            if len(cells) + blank + repeated > self.limits.columns:
                raise Problem(f"лист больше {self.limits.columns} столбцов", "разделите его на части")
            cells.extend([None] * blank + [value] * repeated)
            blank = 0
        return cells

    def _merge(self, cell: Any, column: int) -> None:
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            row = len(self.rows) + self.pending
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))

    def sheet(self, hidden: set[str]) -> Sheet:
        rows = rectangle(self.rows, self.limits)
        return Sheet(self.name, rows, tuple(self.merges), hidden=self.style in hidden)


def _count(element: Any, attribute: str) -> int:
    value = element.get(TABLE + attribute, "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def _value(cell: Any) -> Cell:
    kind = cell.get(f"{OFFICE}value-type")
    try:
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(f"{OFFICE}value"))
        if kind == "date":
            return _date(cell.get(f"{OFFICE}date-value"))
        if kind == "boolean":
            return bool(cell.get(f"{OFFICE}boolean-value") == "true")
    except (TypeError, ValueError) as error:
        raise Problem("он повреждён или передан не полностью") from error
    return _text(cell) or None


def _date(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text(cell: Any) -> str:
    paragraphs = cell.iterchildren(f"{TEXT}p", f"{TEXT}h")
    return "\n".join("".join(_pieces(paragraph)) for paragraph in paragraphs)


def _pieces(element: Any) -> Iterator[str]:
    if element.tag == NOTE:
        return
    yield element.text or ""
    for child in element.iterchildren():
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), 100)
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield " "
        elif isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
