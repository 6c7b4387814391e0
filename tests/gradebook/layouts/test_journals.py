"""What a journal covers and which results stand beside its lessons, each a case that once could be misread."""

from datetime import date

import pytest

from common.tabular import Cell
from common.tabular.errors import Problem
from gradebook.parsed import Coverage
from tests.gradebook.layouts.sheets import TITLE, read


def test_a_rejected_cell_makes_its_lesson_unsure_so_that_nothing_is_removed_there() -> None:
    got = read([TITLE, ["ФИО", "сентябрь", None], [None, 1, 2], ["Ковтун Матвей", "4 6", 4], ["Ли Ян", "5555", 5]])
    days = [date(2026, 9, 1).toordinal()] * 2
    assert got.block.coverage is Coverage.LESSON_DAYS
    assert got.block.unsure == {(0, 0, days[0]), (1, 0, days[1])}
    assert got.reasons() == [
        ("B4", "4 6", "отметка вне шкалы 1–5"),
        ("B5", "5555", "не разделены отметки: нужно «5 5 5 5» или «5/5/5/5»"),
    ]


def test_a_class_without_marks_yet_is_covered_too() -> None:
    got = read([TITLE, ["№", "ФИО", "сентябрь"], [None, None, 1], [1, "Ковтун Матвей", None]])
    assert [pupil.name for pupil in got.block.pupils] == ["Ковтун Матвей"]
    assert got.block.subjects == ("Алгебра",) and len(got.block.covered_days) == 1


def test_added_columns_in_a_journal_are_passed_over() -> None:
    got = read(
        [
            TITLE,
            ["№", "Пол", "ФИО", "Примечание", "сентябрь", None, "Поведение", "Ср."],
            [None, None, None, None, 1, 2, None, None],
            [1, "М", "Ковтун Матвей", "4", 5, 4, 5, 4.5],
        ]
    )
    assert len(got.marks()) == 2 and got.results() == [] and got.rejected == []
    assert [(mean.mean, mean.weighted) for mean in got.block.means] == [(4.5, None)]


def test_several_result_columns_have_each_their_period() -> None:
    heads = ["ФИО", "1 четв.", "2 четв.", "Год", "Экз.", "Итоговая"]
    got = read([TITLE, [*heads, "01.09"], ["Ковтун Матвей", "4", "н/а", 4, 5, 5, 5]])
    assert [result for *_, result in got.results()] == ["quarter 1 4", "quarter 2 н/а", "year 4", "exam 5", "final 5"]


def test_an_ending_result_beside_lessons_is_of_the_period_when_no_year_stands_beside_it() -> None:
    got = read([TITLE, ["ФИО", "01.09", "Итоговая оценка"], ["Ковтун Матвей", 5, 4]])
    assert got.results() == [("Ковтун", "Алгебра", "quarter 1 4")]


def test_a_named_quarter_wins_over_the_dates_beside_it() -> None:
    title: list[Cell] = ["Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть (01.09 - 24.10)"]
    got = read([title, ["ФИО", "01.09", "Итог"], ["Ковтун Матвей", 5, 4]])
    assert got.results() == [("Ковтун", "Алгебра", "quarter 1 4")]


def test_a_journal_that_names_no_subject_takes_it_from_its_sheet() -> None:
    rows: list[list[Cell]] = [["Класс: 7А"], ["ФИО", "01.09.2026"], ["Ковтун Матвей", 5]]
    assert read(rows, name="Геометрия").block.subjects == ("Геометрия",)
    for name in ("Лист1", "7А", "Sheet"):
        with pytest.raises(Problem, match="не указан предмет"):
            read(rows, name=name)
    with pytest.raises(Problem, match="не указан предмет"):
        read(rows, name="journal", titled=False)


def test_stacked_blocks_repeat_class_and_year_or_inherit_them() -> None:
    got = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["Предмет: Алгебра"],
            ["ФИО", "01.09"],
            ["Ковтун Матвей", 5],
            [],
            ["Предмет: История"],
            ["ФИО", "02.09"],
            ["Ковтун Матвей", 3],
        ]
    )
    assert got.marks() == [("Ковтун", "Алгебра", "2026-09-01", "5"), ("Ковтун", "История", "2026-09-02", "3")]
    assert [block.class_name for block in got.blocks] == ["7А", "7А"]
