"""The rhythms of sittings, without a database: what is due, what is missed, which days are planned."""

from datetime import date

import pytest

from roadmaps.rules.rhythms import BY_SOURCE, REVIEWS, Rhythm, days_to_plan, rhythm_slots, standing_of
from roadmaps.rules.terms import Calendar, is_day_off
from roadmaps.sitting_words import SittingKind, Unit

AUTUMN = (date(2026, 10, 31), date(2026, 11, 8))
CALENDAR = Calendar(
    start=2026,
    periods=(
        (1, "1-я четверть", date(2026, 9, 1), date(2026, 10, 31)),
        (2, "2-я четверть", date(2026, 11, 1), date(2026, 12, 31)),
        (3, "3-я четверть", date(2027, 1, 1), date(2027, 3, 31)),
        (4, "4-я четверть", date(2027, 4, 1), date(2027, 8, 31)),
    ),
    holidays=(AUTUMN, (date(2026, 12, 30), date(2027, 1, 10))),
)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "words", "number"),
    [
        (SittingKind.BRIEFING, "1 раз в неделю", 38),
        (SittingKind.DIRECTOR, "1 раз в месяц", 9),
        (SittingKind.GROUP, "2 раза в месяц", 9),
        (SittingKind.COUNCIL, "1 раз в учебный период", 4),
        (SittingKind.UNION, "1 раз в январе", 1),
        (SittingKind.DEPUTY, "по мере необходимости", 0),
    ],
)
def test_each_kind_has_the_rhythm_of_the_sources(kind: SittingKind, words: str, number: int) -> None:
    assert BY_SOURCE[kind].words == words
    assert len(rhythm_slots(BY_SOURCE[kind], CALENDAR)) == number


def test_a_term_that_passed_with_too_few_sittings_is_missed_and_the_running_one_is_not() -> None:
    twice = Rhythm(Unit.MONTH, 2)
    held = [date(2026, 9, 7), date(2026, 9, 21), date(2026, 10, 5), date(2026, 11, 9)]

    one = standing_of(twice, rhythm_slots(twice, CALENDAR), held, [date(2026, 11, 25)], TODAY)

    assert [slot.title for slot in one.missed] == ["октябрь 2026"]
    assert (one.passed, one.held, one.last, one.next) == (2, 4, date(2026, 11, 9), date(2026, 11, 25))


def test_a_saturday_counts_for_the_week_before_it_and_holidays_have_no_terms() -> None:
    weekly = BY_SOURCE[SittingKind.BRIEFING]
    slots = rhythm_slots(weekly, CALENDAR)

    one = standing_of(weekly, slots, [date(2026, 11, 14)], [], date(2026, 11, 16))

    assert not any(AUTUMN[0] <= slot.ends <= AUTUMN[1] for slot in slots)
    assert slots[9].starts == date(2026, 11, 9)
    assert slots[9] not in one.missed


def test_days_are_planned_on_the_weekday_past_holidays_and_where_they_lack() -> None:
    weekly = BY_SOURCE[SittingKind.BRIEFING]
    taken = [date(2026, 11, 26)]

    days = days_to_plan(weekly, rhythm_slots(weekly, CALENDAR), 0, taken, CALENDAR.holidays, TODAY)

    assert days[0] == date(2026, 11, 30)  # the week of the 23rd has one on Thursday
    assert all(day.weekday() == 0 for day in days if day != date(2027, 1, 11))
    assert not any(is_day_off(day, CALENDAR.holidays) for day in days)
    assert days[-1] == date(2027, 5, 31)


def test_two_in_a_month_are_spread_and_one_in_a_quarter_is_at_its_end() -> None:
    twice, quarterly = Rhythm(Unit.MONTH, 2), Rhythm(Unit.PERIOD)

    days = days_to_plan(twice, rhythm_slots(twice, CALENDAR), 2, [], CALENDAR.holidays, date(2027, 2, 1))
    late = days_to_plan(quarterly, rhythm_slots(quarterly, CALENDAR), 3, [], CALENDAR.holidays, TODAY)

    assert days[:4] == (date(2027, 2, 3), date(2027, 2, 17), date(2027, 3, 3), date(2027, 3, 17))
    assert late == (date(2026, 12, 24), date(2027, 3, 25), date(2027, 5, 27))


def test_the_program_is_reviewed_twice_a_year() -> None:
    one = standing_of(REVIEWS, rhythm_slots(REVIEWS, CALENDAR), [date(2027, 1, 20)], [], date(2027, 6, 20))

    assert REVIEWS.words == "2 раза в год"
    assert one.late
