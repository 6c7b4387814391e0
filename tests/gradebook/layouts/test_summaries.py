"""Tables of results: subjects and periods in either order, groups above them, columns of one's own."""

from common.tabular import Merge
from tests.gradebook.layouts.sheets import read


def test_a_summary_may_have_periods_under_subjects_or_subjects_under_periods() -> None:
    under = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["ФИО", "Алгебра", None, "История", None],
            [None, "1 ч.", "Год", "1 ч.", "Год"],
            ["Ковтун Матвей", 4, 5, 3, 3],
        ]
    )
    above = read(
        [
            ["Класс: 7А", "Учебный год: 2026/2027"],
            ["ФИО", "1 четверть", None, "Год", None],
            [None, "Алгебра", "История", "Алгебра", "История"],
            ["Ковтун Матвей", 4, 3, 5, 3],
        ]
    )
    assert sorted(under.results()) == sorted(above.results())
    assert ("Ковтун", "История", "year 3") in under.results()


def test_a_summary_with_a_group_over_its_subjects_reads_the_subjects() -> None:
    got = read(
        [
            ["Сводная ведомость 7А класса за 1 триместр 2026/2027 учебного года"],
            ["№", "Ученик", "Предметы", None, "Средний балл"],
            [None, None, "Алгебра", "Робототехника", None],
            [1, "Ковтун Матвей", 4, "зач", 4.0],
            [None, "Качество знаний, %", 100, None, None],
        ],
        merges=[Merge(1, 2, 1, 3), Merge(1, 0, 2, 0), Merge(1, 1, 2, 1), Merge(1, 4, 2, 4)],
    )
    assert got.results() == [
        ("Ковтун", "Алгебра", "trimester 1 4"),
        ("Ковтун", "Робототехника", "trimester 1 зач"),
    ]
    assert (got.block.class_name, got.block.year_start) == ("7А", 2026)


def test_a_summary_without_a_period_says_so_by_none() -> None:
    got = read([["Класс: 7А"], ["ФИО", "Алгебра"], ["Ковтун Матвей", 4]])
    assert got.block.period is None and [result.period for result in got.block.results] == [None]


def test_a_wrong_result_in_a_subject_is_rejected_and_an_added_column_is_not_read() -> None:
    got = read([["Класс: 7А"], ["ФИО", "Алгебра", "Кружок"], ["Ковтун Матвей", 6, "шахматы"]])
    assert got.reasons() == [("B3", "6", "отметка вне шкалы 1–5")]
