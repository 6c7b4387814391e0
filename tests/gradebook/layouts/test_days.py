"""Over which days lessons stand, in all the ways in which journals write days."""

from datetime import date, datetime

import pytest

from common.tabular import Cell
from common.tabular.errors import Problem
from tests.gradebook.layouts.sheets import TITLE, read


def test_the_day_row_may_carry_the_names_and_the_months_stand_above_it() -> None:
    got = read([TITLE, [None, None, "Сентябрь", None], ["№", "ФИО", 1, 2], [1, "Ковтун Матвей", 5, "н"]])
    assert got.marks() == [("Ковтун", "Алгебра", "2026-09-01", "5")]
    assert got.absences() == [("Ковтун", "Алгебра", "2026-09-02", "unexcused")]


@pytest.mark.parametrize(
    "heads",
    [
        [date(2026, 9, 1), date(2027, 1, 12)],
        [datetime(2026, 9, 1), datetime(2027, 1, 12)],  # noqa: DTZ001
        ["01.09.2026", "12.01.2027"],
        ["01.09", "12.01"],
        ["1.9", "12.1"],
        ["2026-09-01", "2027-01-12"],
        [46266.0, 46399.0],
        ["1 сентября", "12 января"],
    ],
)
def test_days_may_be_whole_dates_and_january_is_in_the_second_year(heads: list[Cell]) -> None:
    got = read([TITLE, ["ФИО", *heads], ["Ковтун Матвей", 5, 4]])
    assert [(day, raw) for _, _, day, raw in got.marks()] == [("2026-09-01", "5"), ("2027-01-12", "4")]
    assert got.block.covered_days == (date(2026, 9, 1), date(2027, 1, 12))


def test_the_tenth_month_that_became_a_number_is_october_after_september() -> None:
    got = read([TITLE, ["ФИО", 28.09, 1.1, 2.1], ["Ковтун Матвей", 5, 4, 3]])
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-28", "2026-10-01", "2026-10-02"]


def test_weekdays_under_the_days_and_a_row_of_column_numbers_are_no_pupils() -> None:
    got = read(
        [
            TITLE,
            ["№", "ФИО", "сентябрь", None, None],
            [None, None, 1, 2, 3],
            [None, None, "вт", "ср", "чт"],
            [1, 2, 3, 4, 5],
            [1, "Ковтун Матвей", 5, 4, 3],
        ]
    )
    assert len(got.marks()) == 3 and len(got.block.pupils) == 1 and got.rejected == []


@pytest.mark.parametrize("days", [["1 вт", "2 (ср)"], ["вт 01", "ср 02"], ["1\nвт", "2 ср."], ["01 (1)", "2 (2 урок)"]])
def test_days_may_carry_weekdays_and_numbers_of_lessons(days: list[Cell]) -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, *days], ["Ковтун Матвей", 5, 4]])
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-01", "2026-09-02"]
    whole = read([TITLE, ["ФИО", "01.09 вт", "02.09 (ср)", "02.09 (2)"], ["Ковтун Матвей", 5, 4, 3]])
    assert [day for _, _, day, _ in whole.marks()] == ["2026-09-01", "2026-09-02", "2026-09-02"]


def test_a_double_lesson_covers_its_day_once_and_keeps_both_marks() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 1, 1], ["Ковтун Матвей", 5, 5]])
    assert len(got.marks()) == 2 and got.block.covered_days == (date(2026, 9, 1),)


def test_a_day_that_no_calendar_has_is_rejected_and_its_column_is_not_covered() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 31, 30], ["Ковтун Матвей", 5, 4]])
    assert got.reasons() == [("B3", "31", "такого дня нет в календаре: столбец не прочитан")]
    assert [raw for *_, raw in got.marks()] == ["4"] and got.block.covered_days == (date(2026, 9, 30),)


def test_days_without_a_year_need_one_from_somewhere() -> None:
    rows: list[list[Cell]] = [["Класс: 7А. Предмет: Алгебра"], ["ФИО", "сентябрь"], [None, 1], ["Ковтун Матвей", 5]]
    with pytest.raises(Problem, match="не указан учебный год"):
        read(rows)
    assert read(rows, year=2025).marks() == [("Ковтун", "Алгебра", "2025-09-01", "5")]
    dated: list[list[Cell]] = [["Период: с 01.09.24 по 31.10.24"], *rows]
    assert read(dated, year=2025).marks() == [("Ковтун", "Алгебра", "2024-09-01", "5")]


def test_a_column_added_among_the_days_does_not_take_their_month_away() -> None:
    got = read(
        [
            TITLE,
            ["ФИО", "сентябрь", None, "Примечание", None, "октябрь"],
            [None, 1, 2, None, 3, 1],
            ["Ковтун Матвей", 5, 4, "справка", 3, 2],
        ]
    )
    assert [day for _, _, day, _ in got.marks()] == ["2026-09-01", "2026-09-02", "2026-09-03", "2026-10-01"]


def test_marks_under_no_heading_are_named_and_numbers_of_rows_are_not() -> None:
    got = read(
        [
            TITLE,
            [None, "ФИО", "01.09", None, None],
            [1, "Ковтун Матвей", 5, 4, None],
            [2, "Ли Ян", None, 4, None],
            [3, "Ю Ян", None, None, None],
        ]
    )
    assert got.reasons() == [("D3", "4", "над столбцом нет даты: его отметки не прочитаны")]
