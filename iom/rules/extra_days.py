"""On which days a group of extra lessons meets, and which of them have no record. No database."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Span = tuple[date, date]


def meeting_days(weekday: int, term: Span, between: Span, holidays: Sequence[Span]) -> list[date]:
    """The group's weekday (`date.isoweekday()`) within its term and between two days, outside of holidays."""
    day = max(term[0], between[0])
    day += timedelta(days=(weekday - day.isoweekday()) % 7)
    last = min(term[1], between[1])
    days = [day + timedelta(days=7 * week) for week in range(max(0, (last - day).days // 7 + 1))]
    return [each for each in days if not any(first <= each <= end for first, end in holidays)]


def unrecorded(days: Iterable[date], recorded: Iterable[date], today: date) -> list[date]:
    """Days up to today, today included, of which nobody has said that the lesson was held or cancelled."""
    known = set(recorded)
    return [day for day in days if day <= today and day not in known]
