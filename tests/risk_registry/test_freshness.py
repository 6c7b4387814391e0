from datetime import date

import pytest

from risk_registry.freshness import DayOff, due_day

AUTUMN = DayOff(date(2026, 10, 24), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 22), date(2026, 10, 15)),
        (date(2026, 10, 18), date(2026, 10, 9)),  # a Sunday: counted from Friday
        (date(2026, 10, 31), date(2026, 10, 16)),  # holidays: counted from the Friday before
        (date(2026, 11, 2), date(2026, 10, 26)),
    ],
)
def test_it_counts_from_the_last_school_day(day: date, expected: date) -> None:
    assert due_day(day, [AUTUMN], stale_after=7) == expected


def test_where_holidays_are_not_entered_it_leaves_room_for_them() -> None:
    assert due_day(date(2026, 10, 31), [], stale_after=7) == date(2026, 10, 14)


def test_how_many_days_make_data_old_is_a_setting() -> None:
    assert due_day(date(2026, 10, 22), [AUTUMN], stale_after=3) == date(2026, 10, 19)
