import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from documents.rendering.xlsx import Cell, Sheet, render_xlsx

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org";"нажми")',
    "+7 900 000-00-00",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "{=1}",
    "http://example.org",
    "mailto:a@example.org",
    "00123",
    "1e5",
    "<b>&amp;</b>",
]


def sheet_of(*rows: list[Cell], headings: tuple[str, ...] = ("Класс", "Значение")) -> Worksheet:
    book = openpyxl.load_workbook(BytesIO(render_xlsx([Sheet("Лист", headings, rows)])))
    page = book.active
    assert isinstance(page, Worksheet)
    return page


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    page = sheet_of(["7А", text])
    cell = page["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.hyperlink is None


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=50))
def test_any_text_comes_back_as_text(text: str) -> None:
    cell = sheet_of(["7А", text])["B2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == text.translate({0xFFFE: None, 0xFFFF: None}) or cell.value is None


def test_no_sheet_holds_a_formula_element() -> None:
    made = render_xlsx([Sheet("Лист", HOSTILE, [HOSTILE, HOSTILE], note="=1+1")])
    with ZipFile(BytesIO(made)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert not [name for name in packed.namelist() if "rels" in name and "worksheets" in name]


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    assert sheet_of(["7А", "Ко\x00вт\x1bун"])["B2"].value == "Ковтун"


def test_numbers_and_days_stay_numbers_and_days() -> None:
    page = sheet_of(
        ["x", 1180],
        ["x", 15.8],
        ["x", Decimal("3.75")],
        ["x", date(2026, 11, 21)],
        ["x", datetime(2026, 11, 21, 9, 5, tzinfo=UTC)],
    )
    values = [page.cell(row, 2).value for row in range(2, 7)]
    assert values[:3] == [1180, 15.8, 3.75]
    assert [str(value) for value in values[3:]] == ["2026-11-21 00:00:00", "2026-11-21 09:05:00"]
    assert page["B2"].number_format == "#,##0"
    assert page["B5"].number_format == "dd.mm.yyyy"


def test_yes_and_no_are_words_and_nothing_is_an_empty_cell() -> None:
    page = sheet_of(["x", True], ["x", False], ["x", None])
    assert [page.cell(row, 2).value for row in range(2, 5)] == ["да", "нет", None]


def test_headings_stay_in_sight_and_are_printed_on_every_page() -> None:
    page = sheet_of(["7А", 1])
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.paperSize, page.page_setup.fitToHeight) == (9, 0)


def test_names_of_sheets_are_made_fit_and_unique() -> None:
    long = "Неуспевающие и слабоуспевающие [7/8]: поимённо"
    made = render_xlsx([Sheet(long, ("а",), []), Sheet(long, ("а",), []), Sheet("'", ("а",), [])])
    names = openpyxl.load_workbook(BytesIO(made)).sheetnames
    assert len(set(names)) == 3
    assert all(0 < len(name) <= 31 for name in names)


def test_rows_are_read_once_and_not_kept() -> None:
    def endless() -> Iterator[list[Cell]]:
        for number in range(12_000):
            yield [f"Ковтун Матвей {number}", number, "алгебра, геометрия"]

    tracemalloc.start()
    render_xlsx([Sheet("Лист", ("Имя", "Число", "Предметы"), endless())])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_the_same_rows_give_the_same_bytes() -> None:
    assert render_xlsx([Sheet("Лист", ("а",), [["б"]])]) == render_xlsx([Sheet("Лист", ("а",), [["б"]])])


def test_names_of_sheets_fit_however_many_are_alike() -> None:
    apostrophe = f"{'я' * 30}'ж"
    sheets = [Sheet(apostrophe, ["Кто"], []), *[Sheet("ю" * 40, ["Кто"], [])] * 1001]
    book = openpyxl.load_workbook(BytesIO(render_xlsx(sheets)))
    assert book.sheetnames[0] == "я" * 30
    assert len({name.lower() for name in book.sheetnames}) == 1002
    assert max(map(len, book.sheetnames)) == 31
