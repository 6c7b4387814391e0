"""Planned meetings without an entry, and who is strong: no database."""

from datetime import date

from iom.mentoring import Rhythm
from iom.rules.mentoring import Timetable, is_strong, planned_days, without_entry

WEEKLY = Timetable(Rhythm.WEEK, (2,), date(2026, 11, 2), date(2026, 12, 25))  # Tuesdays
TODAY = date(2026, 11, 21)


def test_each_week_has_its_days_but_holidays_have_none() -> None:
    free = [(date(2026, 11, 9), date(2026, 11, 15))]
    assert planned_days(WEEKLY, TODAY, free) == [date(2026, 11, 3), date(2026, 11, 17)]
    two = Timetable(Rhythm.FORTNIGHT, (1, 4), date(2026, 11, 3), date(2026, 11, 30))
    assert planned_days(two, date(2026, 12, 31)) == [
        date(2026, 11, 5),
        date(2026, 11, 16),
        date(2026, 11, 19),
        date(2026, 11, 30),
    ]


def test_an_entry_belongs_to_the_nearest_planned_day() -> None:
    assert without_entry(WEEKLY, [date(2026, 11, 4), date(2026, 11, 16)], TODAY) == [date(2026, 11, 10)]
    assert without_entry(WEEKLY, [], date(2026, 11, 3)) == []  # the day itself is not over
    assert without_entry(WEEKLY, [], date(2026, 11, 4)) == [date(2026, 11, 3)]


def test_meetings_by_arrangement_remind_of_nothing() -> None:
    free = Timetable(Rhythm.FREE, (), date(2026, 9, 1), date(2026, 12, 25))
    assert without_entry(free, [], TODAY) == []


def test_a_month_is_every_fourth_week_and_the_term_ends_it() -> None:
    plan = Timetable(Rhythm.MONTH, (5,), date(2026, 9, 1), date(2026, 10, 15))
    assert planned_days(plan, date(2027, 5, 1)) == [date(2026, 9, 4), date(2026, 10, 2)]


def test_strong_is_who_has_fours_and_fives_or_so_far_the_mean_of_them() -> None:
    assert is_strong(["4", "5"], 3.2)
    assert not is_strong(["5", "3"], 5.0)
    assert is_strong([], 4.0)
    assert not is_strong([], 3.9)
    assert not is_strong([], None)
