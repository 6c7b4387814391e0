"""Whether what is known of a class is fresh enough to be believed, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Where the school has entered no holidays: the days between two quarters, with the weekends around them.
UNKNOWN_HOLIDAYS = timedelta(days=10)
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days without lessons; both belong to them."""

    starts: date
    ends: date


def due_day(day: date, holidays: Sequence[DayOff], *, stale_after: int) -> date:
    """Data that end before this day are old, when they are looked at on `day` (or `day` ends the period).

    Counted from the last school day: nobody marks on holidays and weekends. `stale_after` is in days.
    """
    last = _last_school_day(day, holidays) if holidays else day - UNKNOWN_HOLIDAYS
    return last - timedelta(days=stale_after)


def _last_school_day(day: date, holidays: Sequence[DayOff]) -> date:
    while day.weekday() >= _SATURDAY or any(each.starts <= day <= each.ends for each in holidays):
        day -= _DAY
    return day
