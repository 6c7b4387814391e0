"""Contingent and staff files as schools keep them."""

from datetime import date
from pathlib import Path

import pytest

from common.tabular import Cell, Merge, Sheet, UnreadableFile
from common.tabular.grid import Grid
from school.imports.heads import pupils_head, staff_head
from school.imports.layouts import PupilReader, StaffReader
from school.imports.parsed import GuardianRef, PupilRow, RejectedCell, StaffRow
from school.imports.reading import read_pupils, read_staff

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "school"
Rows = list[list[Cell]]


def grid_of(rows: Rows, merges: tuple[Merge, ...] = (), name: str = "Лист1") -> Grid:
    width = max(map(len, rows))
    return Grid(Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], merges))


def pupils(
    rows: Rows, merges: tuple[Merge, ...] = (), name: str = "Лист1"
) -> tuple[list[PupilRow], list[RejectedCell]]:
    grid, rejected = grid_of(rows, merges, name), list[RejectedCell]()
    head = pupils_head(grid)
    assert head
    return list(PupilReader(grid, head, rejected).rows()), rejected


def staff(rows: Rows) -> tuple[list[StaffRow], list[RejectedCell]]:
    grid, rejected = grid_of(rows), list[RejectedCell]()
    head = staff_head(grid)
    assert head
    return list(StaffReader(grid, head, rejected).rows()), rejected


def test_the_sample_contingent_is_read_whole() -> None:
    parsed = read_pupils((SAMPLES / "pupils.xlsx").read_bytes(), "pupils.xlsx")
    assert len(parsed.rows) == 144 and parsed.rejected == ()
    first = parsed.rows[0]
    assert (first.last_name, first.first_name, first.middle_name) == ("Александров", "Семён", "Андреевич")
    assert (first.external_id, first.sex, first.birth_date, first.class_name) == (
        "01500570",
        "m",
        date(2014, 12, 21),
        "5А",
    )
    assert first.guardians == (GuardianRef("Александрова Ольга Павловна", "+7 900 001-00-01"),)
    assert first.cells["class_name"] == "H3"
    assert all(row.birth_date for row in parsed.rows), "dates and texts of dates alike"
    assert sum(row.non_native_russian is True for row in parsed.rows) == 2


def test_the_sample_staff_is_read_whole() -> None:
    parsed = read_staff((SAMPLES / "staff.xlsx").read_bytes(), "staff.xlsx")
    assert len(parsed.rows) == 18 and parsed.rejected == ()
    first = parsed.rows[0]
    assert (first.positions, first.subjects, first.leads) == (("Учитель",), ("Алгебра",), ("5А",))
    assert first.classes == ("7А", "8А", "8Б", "9А")
    assert [row.last_name for row in parsed.rows if row.positions == ("Директор",)] == ["Васильев"]


@pytest.mark.parametrize("name", ["staff.xlsx", "journal_7А.xlsx", "expected.json"])
def test_another_file_is_no_contingent(name: str) -> None:
    with pytest.raises(UnreadableFile, match="в нём нет таблицы учеников, нужны столбцы с ФИО и классом"):
        read_pupils((SAMPLES / name).read_bytes(), name)


def test_a_contingent_is_no_staff_file() -> None:
    with pytest.raises(UnreadableFile, match="в нём нет таблицы сотрудников"):
        read_staff((SAMPLES / "pupils.xlsx").read_bytes(), "pupils.xlsx")


def test_columns_stand_in_any_order_and_one_column_may_hold_the_whole_name() -> None:
    (row,), rejected = pupils(
        [
            [],
            ["Список учащихся"],
            ["Класс", "Дата рождения", "Обучающийся", "Пол", "ОВЗ", "Дата перевода", "Ид. ученика"],
            ["7 «А»", "8.5.2015", "Мамедов Али Гасан оглы", "муж", "ЗПР, заключение № 5", "12.11.2026", 1500570.0],
        ]
    )
    assert (row.last_name, row.first_name, row.middle_name) == ("Мамедов", "Али", "Гасан оглы")
    assert (row.class_name, row.birth_date, row.sex) == ("7 «А»", date(2015, 5, 8), "m")
    assert (row.special_needs, row.moved_on, row.external_id) == (True, date(2026, 11, 12), "1500570")
    assert row.cells["last_name"] == row.cells["first_name"] == "C4" and rejected == []


HEAD: list[Cell] = ["Фамилия", "Имя", "Отчество", "Класс"]


def test_several_parents_come_from_repeated_numbered_and_named_columns() -> None:
    child: list[Cell] = ["Ли", "Ян", None, "7А"]
    repeated, _ = pupils(
        [
            [*HEAD, "Родитель", "Телефон родителя", "Родитель", "Телефон родителя"],
            [*child, "Ли Анна", "1", "Ли Пётр", "2"],
        ]
    )
    numbered, _ = pupils(
        [
            [*HEAD, "Родитель 1", "Родитель 2", "Телефон родителя 1", "Телефон родителя 2"],
            [*child, "Ли Анна", "Ли Пётр", 1, 2],
        ]
    )
    assert repeated[0].guardians == numbered[0].guardians == (GuardianRef("Ли Анна", "1"), GuardianRef("Ли Пётр", "2"))
    named, _ = pupils(
        [
            [*HEAD, "ФИО матери", "Телефон матери", "E-mail матери", "Отец", "Место работы отца", "Опекун"],
            [*child, "Ли Анна", "1", "a@school.example", "Ли Пётр", "завод", "Ли Вера"],
        ]
    )
    assert named[0].guardians == (
        GuardianRef("Ли Анна", "1", "a@school.example", "mother"),
        GuardianRef("Ли Пётр", "", "", "father"),
        GuardianRef("Ли Вера", "", "", "guardian"),
    )


def test_one_cell_may_name_two_parents() -> None:
    (row,), _ = pupils(
        [
            [*HEAD, "Родители", "Телефон", "E-mail"],
            ["Ли", "Ян", None, "7А", "Ли Анна Петровна,\nЛи Пётр Ильич", "1; 2", "a@school.example"],
        ]
    )
    assert row.guardians == (
        GuardianRef("Ли Анна Петровна", "1", "a@school.example"),
        GuardianRef("Ли Пётр Ильич", "2"),
    )


def test_headings_in_two_rows_with_groups() -> None:
    (row,), _ = pupils(
        [
            ["№", "Обучающийся", None, None, "Родитель", None],
            [None, "Фамилия", "Имя", "Класс", "ФИО", "Телефон"],
            [1, "Ли", "Ян", "7А", "Ли Анна", "1"],
        ],
        (Merge(0, 1, 0, 3), Merge(0, 4, 0, 5)),
    )
    assert (row.last_name, row.first_name, row.class_name) == ("Ли", "Ян", "7А")
    assert row.guardians == (GuardianRef("Ли Анна", "1"),)


def test_the_class_may_stand_above_the_table_or_name_the_sheet() -> None:
    above, _ = pupils([["Список 2026/2027. Класс: 7А"], ["ФИО", "Пол"], ["Ли Ян", "м"]])
    titled, _ = pupils([["ФИО", "Пол"], ["Ли Ян", "м"]], name="8Б")
    neither, _ = pupils([["ФИО", "Пол"], ["Ли Ян", "м"]])
    assert [row.class_name for (row,) in (above, titled, neither)] == ["7А", "8Б", ""]


def test_cells_that_are_not_understood_are_rejected_and_their_rows_stay() -> None:
    rows, rejected = pupils(
        [
            ["ФИО", "Класс", "Пол", "Дата рождения", "Русский язык неродной"],
            ["Ли Ян", "7А", "?", "31.02.2015", "возможно"],
            ["Ли", "7А", "м", None, None],
            [None, "7А", None, None, None],
            ["Всего: 2", None, None, None, None],
            ["ФИО", "Класс", "Пол", "Дата рождения", None],
        ]
    )
    assert [(row.last_name, row.sex, row.birth_date, row.non_native_russian) for row in rows] == [
        ("Ли", "", None, None)
    ]
    assert [(cell.cell, cell.value, cell.reason) for cell in rejected] == [
        ("C2", "?", "пол указывают буквой «М» или «Ж»"),
        ("D2", "31.02.2015", "не дата: нужно «08.05.2015»"),
        ("E2", "возможно", "нужно «да» или «нет»"),
        ("A3", "Ли", "нужны фамилия и имя"),
        ("A4", "", "нужны фамилия и имя"),
    ]


def test_staff_may_have_several_positions_subjects_and_classes() -> None:
    (row,), rejected = staff(
        [
            [
                "Сотрудник",
                "Должность",
                "Преподаваемые предметы",
                "Классы",
                "Классный руководитель",
                "Эл. почта",
                "Тел.",
            ],
            [
                "Ли Анна Петровна",
                "учитель; педагог-психолог",
                "Алгебра, Иностранный язык (английский, немецкий)",
                "7А 7Б, 10 А",
                "7А",
                "a@school.example",
                "1",
            ],
        ]
    )
    assert row.positions == ("учитель", "педагог-психолог")
    assert row.subjects == ("Алгебра", "Иностранный язык (английский, немецкий)")
    assert (row.classes, row.leads) == (("7А", "7Б", "10 А"), ("7А",))
    assert (row.email, row.phone, rejected) == ("a@school.example", "1", [])
