from datetime import date, timedelta
from decimal import Decimal

import pytest

from desk.rules import (
    Days,
    HeatCell,
    Missed,
    absence_blocks,
    absence_totals,
    age_on,
    heat_of_mean,
    heat_of_result,
    mean,
    original_value,
    same_days,
    so_far,
)
from risk_registry.rules.categories import Thresholds

AUTUMN = Days(date(2026, 9, 1), date(2026, 10, 31))
WINTER = Days(date(2026, 11, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("today", "age"), [(date(2026, 4, 17), 12), (date(2026, 4, 18), 13), (date(2026, 12, 31), 13)])
def test_an_age_grows_on_the_birthday(today: date, age: int) -> None:
    assert age_on(today, date(2013, 4, 18)) == age


def test_born_on_the_29th_of_february_one_grows_older_on_the_first_of_march() -> None:
    assert age_on(date(2025, 2, 28), date(2012, 2, 29)) == 12
    assert age_on(date(2025, 3, 1), date(2012, 2, 29)) == 13


def test_a_mean_is_rounded_half_up() -> None:
    assert mean([3, 2, 2, 3, 2, 2, 2, 2], 2) == Decimal("2.25")
    assert mean([2, 3], 0) == Decimal(3)
    assert mean([]) is None


def test_like_is_compared_with_like() -> None:
    now = so_far(WINTER, date(2026, 11, 21))
    assert now == Days(date(2026, 11, 1), date(2026, 11, 21))
    assert same_days(AUTUMN, now) == Days(date(2026, 9, 1), date(2026, 9, 21))


def test_a_longer_period_is_compared_with_all_of_a_shorter_one() -> None:
    assert same_days(Days(date(2026, 11, 1), date(2026, 11, 10)), AUTUMN) == Days(date(2026, 11, 1), date(2026, 11, 10))


def test_the_calendar_shows_the_gravest_reason_of_a_day_and_how_many_lessons() -> None:
    day = date(2026, 9, 10)
    missed = [Missed(day, "illness"), Missed(day, "unexcused"), Missed(day, "excused")]
    [block] = absence_blocks(missed, Days(date(2026, 9, 1), date(2026, 9, 20)), [])
    cell = block.rows[day.weekday()][1]
    assert (cell.day, cell.reason, cell.lessons, cell.letter) == (day, "unexcused", 3, "н")
    assert cell.spoken == "10.09: без причины, 3\u00a0урока"


def test_days_before_the_first_lesson_after_the_last_and_of_holidays_are_empty() -> None:
    lessons = Days(date(2026, 9, 2), date(2026, 9, 17))
    [block] = absence_blocks([], lessons, [Days(date(2026, 9, 9), date(2026, 9, 9))])
    off = {cell.day for row in block.rows for cell in row if cell.off}
    assert off == {date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 9), date(2026, 9, 18)}


def test_an_absence_in_the_holidays_is_shown_all_the_same() -> None:
    day = date(2026, 9, 9)
    [block] = absence_blocks([Missed(day, "excused")], Days(day, day), [Days(day, day)])
    assert block.rows[2][0].letter == "у"


def test_saturdays_stand_there_only_when_one_was_missed() -> None:
    week = Days(date(2026, 9, 7), date(2026, 9, 13))
    assert len(absence_blocks([], week, [])[0].rows) == 5
    assert len(absence_blocks([Missed(date(2026, 9, 12), "illness")], week, [])[0].rows) == 6


def test_a_year_is_cut_into_blocks_of_twelve_weeks_under_their_months() -> None:
    blocks = absence_blocks([], Days(date(2026, 9, 1), date(2027, 5, 28)), [])
    assert [len(block.mondays) for block in blocks] == [12, 12, 12, 3]
    assert [month for month, _ in blocks[0].months] == ["сентябрь", "октябрь", "ноябрь"]
    assert sum(width for _, width in blocks[0].months) == 12


def test_totals_count_lessons_and_days_of_each_reason() -> None:
    first = date(2026, 9, 7)
    told = absence_totals(
        [Missed(first, "unexcused"), Missed(first, "unexcused"), Missed(first + timedelta(1), "illness")]
    )
    assert [(one.reason, one.lessons, one.days) for one in told] == [
        ("unexcused", 2, 1),
        ("illness", 1, 1),
        ("excused", 0, 0),
    ]
    assert told[0].in_words == "2\u00a0урока, 1\u00a0день"


@pytest.mark.parametrize(
    ("exact", "marks", "cell"),
    [
        ("2.49", 3, HeatCell("2,5", "2")),
        ("2.50", 3, HeatCell("2,5", "3")),
        ("3.50", 3, HeatCell("3,5", "4")),
        ("4.50", 3, HeatCell("4,5", "5")),
        ("2.00", 2, HeatCell("2,0", "2", few=True)),
        ("1.00", 5, HeatCell("1,0", "2")),
    ],
)
def test_a_mean_has_the_tone_of_what_it_foretells(exact: str, marks: int, cell: HeatCell) -> None:
    assert heat_of_mean(Decimal(exact), marks, Thresholds()) == cell


@pytest.mark.parametrize(
    ("value", "tone"), [("2", "2"), ("1", "2"), ("н/а", "2"), ("незач", "2"), ("4", "4"), ("осв", "x"), ("зач", "x")]
)
def test_a_result_has_its_own_tone(value: str, tone: str) -> None:
    assert heat_of_result(value, excused=False).tone == tone


def test_an_excused_not_attested_is_not_among_the_twos() -> None:
    assert heat_of_result("н/а", excused=True).tone == "x"


def test_a_corrected_mark_tells_what_it_was_at_first() -> None:
    assert original_value([2, 3], 4) == 2
    assert original_value([2, 4], 2) is None
    assert original_value([], 4) is None
