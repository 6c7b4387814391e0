"""Whose rows they are: names in one column or three, merged, missing, or the same twice."""

from datetime import date

from common.tabular import Merge
from tests.gradebook.layouts.sheets import TITLE, read


def test_separate_name_columns_identifier_class_and_birth_date_identify_a_pupil() -> None:
    got = read(
        [
            TITLE,
            ["Отчество", "Ид.", "Имя", "Фамилия", "Класс", "Дата рождения", "01.09"],
            ["Андреевич", "0150", "Матвей", "Ковтун", "7Б", "08.05.2015", 5],
        ]
    )
    (pupil,) = got.block.pupils
    assert (pupil.name, pupil.external_id, pupil.class_name, pupil.birth_date, pupil.cell) == (
        "Ковтун Матвей Андреевич",
        "0150",
        "7Б",
        date(2015, 5, 8),
        "D3",
    )


def test_a_name_heading_merged_over_three_columns_joins_its_parts() -> None:
    got = read(
        [TITLE, ["№", "ФИО", None, None, "01.09"], [1, "Ковтун", "Матвей", "Андреевич", 5]], merges=[Merge(1, 1, 1, 3)]
    )
    assert got.block.pupils[0].name == "Ковтун Матвей Андреевич"


def test_two_rows_of_one_merged_name_are_one_pupils_lines() -> None:
    got = read([TITLE, ["ФИО", "01.09"], ["Ковтун Матвей", 5], [None, 4]], merges=[Merge(2, 0, 3, 0)])
    assert [name for name, *_ in got.marks()] == ["Ковтун", "Ковтун"] and got.rejected == []


def test_marks_without_a_name_are_rejected_and_totals_are_not() -> None:
    got = read(
        [
            TITLE,
            ["№", "ФИО", "01.09", "02.09"],
            [1, "Ковтун Матвей", 5, 4],
            [2, None, 5, 3],
            [None, "Средний балл", 5, 3.5],
            ["Успеваемость", None, 100, 100],
            [None, "Учитель: Ли Н. П.", None, None],
        ]
    )
    assert got.reasons() == [("B4", "", "в строке с отметками не указан ученик")]
    assert len(got.block.pupils) == 1


def test_namesakes_in_a_class_stay_two() -> None:
    got = read([TITLE, ["ФИО", "01.09"], ["Ли Ян", 5], ["Ли Ян", 2]])
    assert [pupil.cell for pupil in got.block.pupils] == ["A3", "A4"]
