"""Periods, school years and classes as headings write them."""

from datetime import date

import pytest

from common.tabular.text import key
from gradebook.layouts.heading import class_of_title, find_class
from gradebook.layouts.periods import annual_kind, find_school_year, heading_period, stated_period
from gradebook.parsed import PeriodKind, StatedPeriod

Q, T, H = PeriodKind.QUARTER, PeriodKind.TRIMESTER, PeriodKind.HALFYEAR


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("1 четверть", Q, 1),
        ("1 четв.", Q, 1),
        ("1-я четверть", Q, 1),
        ("I четверть", Q, 1),
        ("IV четв.", Q, 4),
        ("Четверть 2", Q, 2),
        ("первая четверть", Q, 1),
        ("четвёртая четверть", Q, 4),
        ("Оценка за 3 четверть", Q, 3),
        ("Итог за III четверть", Q, 3),
        ("2 триместр", T, 2),
        ("II трим.", T, 2),
        ("1 полугодие", H, 1),
        ("II п/г", H, 2),
        ("2-е полугодие", H, 2),
    ],
)
def test_it_knows_periods_by_many_words(text: str, kind: PeriodKind, number: int) -> None:
    assert heading_period(key(text)) == StatedPeriod(kind, number)
    assert stated_period(text, 2026) == StatedPeriod(kind, number)


@pytest.mark.parametrize("text", ["Алгебра", "Итог", "5 четверть", "1", "Часть 1", "Класс: 1 А", ""])
def test_other_headings_are_no_periods(text: str) -> None:
    assert heading_period(key(text)) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Год", "year"),
        ("Год. оценка", "year"),
        ("Годовая", "year"),
        ("Экз.", "exam"),
        ("Экз. оценка", "exam"),
        ("Гос. экз. оценка", "state_exam"),
        ("ОГЭ", "state_exam"),
        ("Итог. оценка", "final"),
        ("Итоговая", "final"),
        ("Итоговая оценка", "final"),
    ],
)
def test_it_knows_results_of_the_year(text: str, kind: str) -> None:
    assert annual_kind(key(text)) == kind


@pytest.mark.parametrize("text", ["Итог", "Итоговая оценка за период", "1 четверть", "Алгебра"])
def test_other_headings_are_no_results_of_the_year(text: str) -> None:
    assert annual_kind(key(text)) is None


@pytest.mark.parametrize(
    "text", ["с 01.09.26 по 24.10.26", "01.09.2026 - 24.10.2026", "С 1.9 по 24.10", "с 2026-09-01 по 2026-10-24"]
)
def test_a_period_may_be_a_range_of_dates(text: str) -> None:
    assert stated_period(text, 2026) == StatedPeriod(first=date(2026, 9, 1), last=date(2026, 10, 24))


def test_a_period_may_be_a_bare_number_or_the_year() -> None:
    assert stated_period("2", 2026) == StatedPeriod(None, 2)
    assert stated_period("II", 2026) == StatedPeriod(None, 2)
    assert stated_period("2026/2027 учебный год", 2026) == StatedPeriod(PeriodKind.YEAR)
    assert stated_period("осень", 2026) is None


def test_a_school_year_is_two_years_that_follow_each_other() -> None:
    assert [find_school_year(text) for text in ("2026/2027", "2026-27 уч. год", "2026/2029", "2026-09-01")] == [
        2026,
        2026,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Журнал 7А класса", "7А"),
        ("Класс 7 «А»", "7 «А»"),
        ("Сводная ведомость 10-Б класса", "10-Б"),
        ("Классный журнал", None),
        ("МБОУ СОШ № 1", None),
    ],
)
def test_it_finds_a_class_in_a_title(text: str, found: str | None) -> None:
    assert find_class(text) == found


def test_a_sheet_may_be_named_after_its_class() -> None:
    assert [class_of_title(name) for name in ("7А", "10 Б класс", "Лист1", "7", "Алгебра")] == [
        "7А",
        "10 Б",
        None,
        None,
        None,
    ]
