"""HTML tables that e-journals save under `.xls`.

The page becomes one sheet: tables one below another in the order of the page, with the text between them. A table
that holds other tables only lays the page out. Scripts and styles are dropped, nothing is fetched.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from common.tabular.delimited import decode
from common.tabular.errors import Problem
from common.tabular.limits import Limits
from common.tabular.sheets import Merge, Row, Sheet, rectangle

DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "iframe"})
BREAKING = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "br", "table", "center", "hr", "tr"})
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)


def read_markup(path: Path, name: str, limits: Limits) -> Iterator[Sheet]:
    """One sheet, named after the file. All values are text."""
    text = _decoded(path.read_bytes())
    if ENTITY.search(text):
        raise Problem("внутри есть определения сущностей XML, а это опасно")
    page = _Page(limits)
    page.block(_tree(text))
    if not page.tables:
        raise Problem("на веб-странице нет таблицы", "выгрузите из журнала таблицу Excel")
    yield Sheet(name, rectangle(page.rows, limits), tuple(page.merges), titled=False)


def _decoded(data: bytes) -> str:
    declared = CHARSET.search(data[:4096])
    if declared and declared[1].lower() in (b"windows-1251", b"cp1251", b"cp-1251"):
        return data.decode("cp1251", errors="replace").replace("\x00", "")
    return decode(data)


def _tree(text: str) -> Any:
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise Problem("на веб-странице нет таблицы", "выгрузите из журнала таблицу Excel") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise Problem("веб-страница устроена слишком сложно")
    return tree


class _Page:
    """The sheet that a page becomes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self.tables = 0
        self.line: list[str] = []

    def block(self, element: Any) -> None:
        """An element that is no table's cell: its text lines become rows, its tables follow."""
        self._walk(element)
        self._end_line()

    def _walk(self, element: Any) -> None:
        if element.tag in DROPPED or not isinstance(element.tag, str):
            return
        if element.tag in BREAKING:
            self._end_line()
        if element.tag == "table" and next(element.iterdescendants("table"), None) is None:
            self._table(element)
            return
        self.line.append(element.text or "")
        for child in element.iterchildren():
            self._walk(child)
            if child.tag in BREAKING:
                self._end_line()
            self.line.append(child.tail or "")
        if element.tag in ("td", "th"):
            self._end_line()

    def _end_line(self) -> None:
        text = _tidy("".join(self.line))
        self.line.clear()
        if text:
            self._append([text])

    def _append(self, row: Row) -> None:
        if len(self.rows) >= self.limits.rows:
            raise Problem(f"лист больше {self.limits.rows} строк", "разделите его на части")
        self.rows.append(row)

    def _table(self, table: Any) -> None:
        self.tables += 1
        for caption in table.iterchildren("caption"):
            self.block(caption)
        taken: dict[int, int] = {}  # column → rows below that a cell above still spans
        rows = list(table.iterdescendants("tr"))
        for number, element in enumerate(rows):
            self._append(self._row(element, taken, len(rows) - number))

    def _row(self, element: Any, taken: dict[int, int], left: int) -> Row:
        row: Row = []
        spans: dict[int, int] = {}
        for cell in element.iterchildren("td", "th"):
            while taken.get(len(row)):
                row.append(None)
            down, across = min(_span(cell, "rowspan"), left), _span(cell, "colspan")
            if len(row) + across > self.limits.columns:
                raise Problem(f"лист больше {self.limits.columns} столбцов", "разделите его на части")
            if down > 1 or across > 1:
                top, start = len(self.rows), len(row)
                self.merges.append(Merge(top, start, top + down - 1, start + across - 1))
            spans.update({len(row) + extra: down - 1 for extra in range(across if down > 1 else 0)})
            row.extend([_text(cell) or None, *[None] * (across - 1)])
        for column in [column for column, rows in taken.items() if rows]:
            taken[column] -= 1
        taken.update(spans)
        return row


def _span(cell: Any, attribute: str) -> int:
    value = cell.get(attribute, "1").strip()
    if not (value.isascii() and value.isdigit()):
        return 1
    return max(1, int(value[:6]))


def _text(cell: Any) -> str:
    return _tidy("".join(_pieces(cell)))


def _pieces(element: Any) -> Iterator[str]:
    if element.tag in DROPPED or not isinstance(element.tag, str):
        return
    if element.tag in BREAKING:
        yield "\n"
    yield element.text or ""
    for child in element.iterchildren():
        yield from _pieces(child)
        yield child.tail or ""


def _tidy(text: str) -> str:
    return " ".join(text.split())
