"""By which day the registry is due, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.approval import Asked, approval_due, reminds_on

START = Asked(0, date(2026, 9, 1), date(2026, 9, 15), 5)
FIRST = Asked(1, date(2026, 9, 1), date(2026, 10, 30), 5)
SECOND = Asked(2, date(2026, 11, 1), date(2026, 12, 31), 5)
AUTUMN = (date(2026, 10, 31), date(2026, 11, 8))


@pytest.mark.parametrize(
    ("asked", "due"),
    [(START, date(2026, 9, 15)), (FIRST, date(2026, 11, 13)), (SECOND, date(2027, 1, 7))],
)
def test_the_start_list_is_due_by_15_september_and_each_period_some_school_days_after_it(
    asked: Asked, due: date
) -> None:
    assert approval_due(asked, [AUTUMN]) == due


@given(st.integers(1, 20), st.dates(date(2026, 9, 1), date(2027, 5, 31)), st.integers(0, 14))
def test_the_term_lies_after_the_period_on_a_school_day(days: int, ends: date, off: int) -> None:
    holidays = (ends + timedelta(days=1), ends + timedelta(days=off))
    due = approval_due(Asked(2, ends - timedelta(days=40), ends, days), [holidays])
    assert due > ends + timedelta(days=off)
    assert due.weekday() < 5
    lessons = [ends + timedelta(days=n) for n in range(off + 1, (due - ends).days + 1)]
    assert len([day for day in lessons if day.weekday() < 5]) == days


@pytest.mark.parametrize(
    ("today", "reminds"),
    [
        (date(2026, 11, 10), False),
        (date(2026, 11, 11), True),
        (date(2026, 11, 12), True),
        (date(2026, 11, 13), True),
        (date(2026, 11, 14), False),
    ],
)
def test_the_calendar_reminds_two_school_days_ahead_and_not_afterwards(today: date, reminds: bool) -> None:
    assert reminds_on(date(2026, 11, 13), today, before=2, holidays=[]) == reminds


@given(st.dates(date(2026, 9, 1), date(2027, 5, 31)), st.integers(1, 10))
def test_it_reminds_on_the_last_day_itself(due: date, before: int) -> None:
    assert reminds_on(due, due, before=before, holidays=[])
