"""Workbooks, written row by row in constant memory. Text stays text: nothing written by people becomes a formula."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any

import xlsxwriter

Cell = str | int | float | Decimal | date | datetime | bool | None
Row = Sequence[Cell]

_SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_MEASURED = 200
_NARROWEST, _WIDEST = 6, 60
_LONGEST_TITLE = 31
_LONGEST_TEXT = 32_767
_FORBIDDEN_IN_TITLE = str.maketrans("[]:*?/\\", "       ")
# What XML cannot hold, xlsxwriter writes as it is.
_UNPRINTABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the headings of columns, and rows, which are read once.

    Numbers and dates stay numbers and dates; True is «да», False «нет». `note` stands above the headings.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Row]
    note: str = ""
    landscape: bool = False


class _Formats:
    """The looks of cells: whole numbers, fractions and days are written the Russian way by any Excel."""

    def __init__(self, book: Any) -> None:
        ground = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.text = book.add_format({**ground, "text_wrap": True, "num_format": "@"})
        self.whole = book.add_format({**ground, "num_format": "#,##0"})
        self.part = book.add_format({**ground, "num_format": "#,##0.0#"})
        self.day = book.add_format({**ground, "num_format": "dd.mm.yyyy", "align": "left"})
        self.moment = book.add_format({**ground, "num_format": "dd.mm.yyyy hh:mm", "align": "left"})
        self.note = book.add_format({**ground, "italic": True})
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF1F4", "border": 1}
        self.head = book.add_format({**ground, **head})


def render_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes; the same sheets give the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _SAFE)
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 — the same sheets, the same bytes
    formats = _Formats(book)
    for sheet, title in zip(sheets, _titles(sheets), strict=True):
        _write_sheet(book.add_worksheet(title), sheet, formats)
    book.close()
    return out.getvalue()


def _titles(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Names that Excel takes: short, without its signs, none twice."""
    taken: set[str] = set()
    for sheet in sheets:
        plain = " ".join(sheet.title.translate(_FORBIDDEN_IN_TITLE).split()).strip("'") or "Лист"
        title, number = plain[:_LONGEST_TITLE].rstrip("'"), 1
        while title.lower() in taken:
            number += 1
            title = f"{plain[: _LONGEST_TITLE - len(str(number)) - 1]} {number}"
        taken.add(title.lower())
        yield title


def _write_sheet(page: Any, sheet: Sheet, formats: _Formats) -> None:
    top = 1 if sheet.note else 0
    rows = iter(sheet.rows)
    first = list(islice(rows, _ROWS_MEASURED))
    for column, width in enumerate(_widths(sheet.headings, first)):
        page.set_column(column, column, width)
    _set_up_page(page, sheet, top)
    if sheet.note:
        _write_text(page, 0, 0, sheet.note, formats.note)
    for column, heading in enumerate(sheet.headings):
        _write_text(page, top, column, heading, formats.head)
    for number, row in enumerate(chain(first, rows), start=top + 1):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value, formats)


def _set_up_page(page: Any, sheet: Sheet, top: int) -> None:
    """A4, headings on every printed page and always in sight, the width of one page."""
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(0, top)
    page.set_paper(9)
    page.set_margins(left=1.18, right=0.39, top=0.79, bottom=0.79)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P из &N")
    if sheet.landscape or len(sheet.headings) > 7:
        page.set_landscape()


def _write_cell(page: Any, row: int, column: int, value: Cell, formats: _Formats) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_string(row, column, "да" if value else "нет", formats.text)
        case int():
            page.write_number(row, column, value, formats.whole)
        case float() | Decimal():
            page.write_number(row, column, value, formats.part)
        case datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), formats.moment)
        case date():
            page.write_datetime(row, column, value, formats.day)
        case _:
            _write_text(page, row, column, value, formats.text)


def _write_text(page: Any, row: int, column: int, text: str, look: Any) -> None:
    page.write_string(row, column, str(text).translate(_UNPRINTABLE)[:_LONGEST_TEXT], look)


def _widths(headings: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """In characters: the longest line of the first rows, within reason."""
    columns = max([len(headings), *map(len, rows)], default=0)
    widths = [_NARROWEST] * columns
    for column, heading in enumerate(headings):
        widths[column] = max([_NARROWEST, *map(len, heading.split())]) + 2
    for row in rows:
        for column, value in enumerate(row):
            widths[column] = max(widths[column], min(_WIDEST, _width(value)))
    return widths


def _width(value: Cell) -> int:
    if isinstance(value, datetime):
        return 17
    if isinstance(value, date):
        return 12
    return max(map(len, str("" if value is None else value).split("\n"))) + 2
