"""Every container becomes the same sheet, whatever its extension says."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from common.tabular import Limits, Merge, Sheet
from common.tabular.errors import Problem
from common.tabular.reader import read_sheets
from common.tabular.text import shown
from tests.common.tabular.hostile import document, ods_cell
from tests.gradebook.tables import CONTAINERS, Made

DAY = date(2026, 9, 1)
TABLE = Made(
    "Лист «А»",
    [
        [],
        [None, "Ковтун Матвей", "строка\nвторая", 'с "кавычками"; и, знаками'],
        [None, 4, 4.5, DAY],
        [None, "01500570", None, "ё"],
        [],
        ["конец"],
    ],
)


def saved(folder: Path, container: str, *sheets: Made, name: str = "") -> Path:
    usual, save = CONTAINERS[container]
    path = folder / (name or usual)
    save(list(sheets), path)
    return path


def sheets_in(path: Path, name: str = "") -> list[Sheet]:
    return list(read_sheets(path, name or path.name, Limits()))


def texts(sheet: Sheet) -> list[list[str]]:
    return [[shown(value) for value in row] for row in sheet.rows]


@pytest.mark.parametrize("container", CONTAINERS)
def test_cells_stand_where_the_file_has_them(tmp_path: Path, container: str) -> None:
    (sheet,) = sheets_in(saved(tmp_path, container, TABLE))
    assert texts(sheet) == [
        ["", "", "", ""],
        ["", "Ковтун Матвей", "строка вторая", 'с "кавычками"; и, знаками'],
        ["", "4", "4.5", "01.09.2026"],
        ["", "01500570", "", "ё"],
        ["", "", "", ""],
        ["конец", "", "", ""],
    ]


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods"])
def test_workbooks_keep_kinds_of_values_and_names_of_sheets(tmp_path: Path, container: str) -> None:
    first, second = sheets_in(saved(tmp_path, container, TABLE, Made("Второй", [["x"]])))
    assert (first.name, second.name, first.titled) == ("Лист «А»", "Второй", True)
    four, half, day = first.rows[2][1:]
    assert (float(shown(four)), half, day) == (4.0, 4.5, DAY)
    assert first.rows[3][1] == "01500570" and first.rows[3][2] is None


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods", "html"])
def test_merged_ranges_are_known(tmp_path: Path, container: str) -> None:
    made = Made("Лист1", [["ФИО", "сентябрь", None], [None, 1, 2]], [Merge(0, 1, 0, 2), Merge(0, 0, 1, 0)])
    (sheet,) = sheets_in(saved(tmp_path, container, made))
    assert sorted(sheet.merges) == [Merge(0, 0, 1, 0), Merge(0, 1, 0, 2)]
    assert texts(sheet) == [["ФИО", "сентябрь", ""], ["", "1", "2"]]


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", ["journal.xls", "journal.csv", "journal.ods", "journal.xlsx", "journal"])
def test_the_content_and_not_the_extension_tells_the_container(tmp_path: Path, container: str, name: str) -> None:
    (sheet,) = sheets_in(saved(tmp_path, container, TABLE, name=name))
    assert sheet.rows[5][0] == "конец"


def test_a_hidden_sheet_is_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Служебный").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [sheet.hidden for sheet in sheets_in(tmp_path / "a.xlsx")] == [False, True]


def test_a_sheet_with_charts_alone_is_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"])
    book.create_chartsheet("Диаграмма")
    book.save(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in sheets_in(tmp_path / "a.xlsx")] == ["Sheet"]


def test_a_styled_column_to_the_end_of_the_sheet_is_no_content(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x"])
    book.worksheets[0].column_dimensions["XFD"].width = 20
    book.save(tmp_path / "a.xlsx")
    (sheet,) = sheets_in(tmp_path / "a.xlsx")
    assert sheet.rows == [["x"]]


def test_two_hundred_thousand_rows_are_allowed_and_one_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"5\n" * 200_000)
    (sheet,) = sheets_in(tmp_path / "a.csv")
    assert len(sheet.rows) == 200_000
    with pytest.raises(Problem, match="больше 199999 строк"):
        list(read_sheets(tmp_path / "a.csv", "a.csv", Limits(rows=199_999)))


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"sep=;\r\na;b\r\n", [["a", "b"]]),
        ("ФИО;Класс\r\nЁж;7А\r\n".encode("cp1251"), [["ФИО", "Класс"], ["Ёж", "7А"]]),
        ("ФИО\tКласс\n".encode("utf-16"), [["ФИО", "Класс"]]),
        (b'a,"b, c"\n"d\ne",f\n', [["a", "b, c"], ["d\ne", "f"]]),
        ("Школа № 1\n\nФИО;Балл, всего\nЛи;5,5\nЮ;4,5\n".encode(), [["Школа № 1", None], [None, None]]),
        ('"МБОУ" СОШ;x\na;b\n'.encode(), [["МБОУ СОШ", "x"], ["a", "b"]]),
        (b"a;b;c\nd\n", [["a", "b", "c"], ["d", None, None]]),
    ],
)
def test_csv_comes_in_many_spellings(tmp_path: Path, content: bytes, rows: list[list[str | None]]) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    (sheet,) = sheets_in(tmp_path / "a.csv")
    assert sheet.rows[: len(rows)] == rows and sheet.name == "a" and not sheet.titled


def html_rows(folder: Path, page: str, encoding: str = "utf-8") -> list[list[str]]:
    (folder / "a.xls").write_bytes(page.encode(encoding))
    (sheet,) = sheets_in(folder / "a.xls")
    return texts(sheet)


def test_html_is_read_in_the_order_of_the_page_with_its_titles(tmp_path: Path) -> None:
    page = (
        "<html><head><style>td {color: red}</style><script>alert('<table>')</script></head><body><h1>Класс: 7А</h1>"
        "<table><tr><td>внешняя<table><tr><th>ФИО</th><th>Алгебра</th></tr><tr><td>Ли&nbsp;Ян</td><td>5</td></tr>"
        "</table></td></tr></table><p>подпись</p><table><caption>Период: 1</caption>"
        "<tr><td>a<br>b</td></tr></table></body></html>"
    )
    assert html_rows(tmp_path, page) == [
        ["Класс: 7А", ""],
        ["внешняя", ""],
        ["ФИО", "Алгебра"],
        ["Ли Ян", "5"],
        ["подпись", ""],
        ["Период: 1", ""],
        ["a b", ""],
    ]


def test_html_spans_move_the_cells_of_the_rows_below(tmp_path: Path) -> None:
    page = (
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td><td rowspan=3>c</td></tr><tr><td>d</td><td>e</td></tr>"
        "<tr><td>f</td><td>g</td><td>h</td></tr></table>"
    )
    assert html_rows(tmp_path, page) == [["a", "b", "", "c"], ["", "d", "e", ""], ["f", "g", "h", ""]]


def test_html_says_its_encoding_itself(tmp_path: Path) -> None:
    page = "<html><meta charset=windows-1251><table><tr><td>Ёжиков</td></tr></table></html>"
    assert html_rows(tmp_path, page, "cp1251") == [["Ёжиков"]]


def test_ods_repeats_what_it_says_and_not_its_empty_end(tmp_path: Path) -> None:
    thrice = ods_cell("a", 'table:number-columns-repeated="3"')
    spaced = ods_cell('b<text:s text:c="2"/>c')
    far = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = [(1, thrice), (2, far), (2, spaced), (1_048_571, far)]
    content = "".join(
        f'<table:table-row table:number-rows-repeated="{count}">{cells}</table:table-row>' for count, cells in rows
    )
    (tmp_path / "a.ods").write_bytes(document(content))
    (sheet,) = sheets_in(tmp_path / "a.ods")
    empty = [None, None, None]
    assert sheet.rows == [["a", "a", "a"], empty, empty, ["b  c", None, None], ["b  c", None, None]]


def test_ods_notes_and_paragraphs(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>заметка</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>5</text:p><text:p>4</text:p></table:table-cell>'
    (tmp_path / "a.ods").write_bytes(document(f"<table:table-row>{cell}</table:table-row>"))
    (sheet,) = sheets_in(tmp_path / "a.ods")
    assert sheet.rows == [["5\n4"]]
