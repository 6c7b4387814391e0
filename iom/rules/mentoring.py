"""Which planned meetings of a pair have no entry; which subjects a result makes strong."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iom.mentoring import WEEKS, Rhythm

STRONG = ("4", "5")
MOST_PAIRS = 3  # a mentor with so many going pairs is busy
MEAN_ENOUGH = 4.0  # without a result yet


@dataclass(frozen=True)
class Timetable:
    """When a pair means to meet; `weekdays` are 1–6, Monday first."""

    rhythm: Rhythm
    weekdays: tuple[int, ...]
    begins: date
    ends: date


def planned_days(plan: Timetable, until: date, free: Sequence[tuple[date, date]] = ()) -> list[date]:
    """The planned days up to `until`, without those that fall into holidays (`free`: first and last days)."""
    weeks = WEEKS.get(plan.rhythm)
    if weeks is None or not plan.weekdays:
        return []
    found = []
    monday = plan.begins - timedelta(days=plan.begins.weekday())
    last = min(until, plan.ends)
    while monday <= last:
        days = (monday + timedelta(days=number - 1) for number in sorted(plan.weekdays))
        found += [day for day in days if plan.begins <= day <= last and not _is_free(day, free)]
        monday += timedelta(weeks=weeks)
    return found


def _is_free(day: date, free: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in free)


def without_entry(
    plan: Timetable, entries: Iterable[date], today: date, free: Sequence[tuple[date, date]] = ()
) -> list[date]:
    """Planned days before `today` to which no entry belongs: an entry belongs to the planned day nearest to it."""
    planned = planned_days(plan, plan.ends, free)
    if not planned:
        return []
    answered = {_nearest(planned, day) for day in entries}
    return [day for day in planned if day < today and day not in answered]


def _nearest(planned: Sequence[date], day: date) -> date:
    place = bisect_left(planned, day)
    around = planned[max(place - 1, 0) : place + 1]
    return min(around, key=lambda one: (abs(one - day), one))


def is_strong(results: Collection[str], mean: float | None) -> bool:
    """All known results are 4 or 5; without results the mean of the marks is at least 4."""
    if results:
        return all(value in STRONG for value in results)
    return mean is not None and mean >= MEAN_ENOUGH
