"""Decisions about the school's calendar, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from common.russian import date_short

# First days of the default periods: (month, day). Together they cover every day of the year without gaps.
_FIRST_DAYS = {
    "quarters": [(9, 1), (11, 1), (1, 1), (4, 1)],
    "trimesters": [(9, 1), (12, 1), (3, 1)],
    "halfyears": [(9, 1), (1, 1)],
}
YEAR_BEGINS = (9, 1)
# «Составление списка обучающихся группы риска — до 15.09»: the deputy's technological card.
START_LIST_DUE = (9, 15)
FIRST_UPPER_GRADE = 10
_SATURDAY = 5


@dataclass(frozen=True)
class PeriodSpan:
    """Both days belong to the period."""

    number: int
    starts: date
    ends: date


def year_span(start: int) -> tuple[date, date]:
    """The academic year that begins in `start`: 1 September to 31 August."""
    return date(start, *YEAR_BEGINS), date(start + 1, *YEAR_BEGINS) - timedelta(days=1)


def default_periods(system: str, start: int) -> list[PeriodSpan]:
    """The default periods of a system ("quarters", "trimesters", "halfyears"); KeyError for another word.

    Source: the headless contract, `create_school`.
    """
    firsts = [date(start if month >= YEAR_BEGINS[0] else start + 1, month, day) for month, day in _FIRST_DAYS[system]]
    lasts = [first - timedelta(days=1) for first in firsts[1:]] + [year_span(start)[1]]
    return [PeriodSpan(n, first, last) for n, (first, last) in enumerate(zip(firsts, lasts, strict=True), 1)]


def start_span(start: int) -> PeriodSpan:
    """The days of the list of the year's beginning, of number 0: from the first day until the one it is due."""
    return PeriodSpan(0, date(start, *YEAR_BEGINS), date(start, *START_LIST_DUE))


def academic_year_of(day: date) -> int:
    """The year in which the academic year of that day began."""
    return day.year if (day.month, day.day) >= YEAR_BEGINS else day.year - 1


def period_system_of(grade: int, main: str, upper: str) -> str:
    """Classes 10–11 have a system of their own when the school says so."""
    return upper if grade >= FIRST_UPPER_GRADE else main


def school_day_after(day: date, count: int, holidays: Sequence[tuple[date, date]]) -> date:
    """The day that is `count` school days later: Mondays to Fridays outside of `holidays` (first and last days)."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in holidays):
            count -= 1
    return day


def period_mistake(spans: Sequence[PeriodSpan], first: date, last: date) -> str:
    """What is wrong with the days of a year's periods, for a person; empty when nothing is.

    `first` and `last` are the year's days. Periods follow each other in the order of their numbers.
    """
    for span in spans:
        if span.starts > span.ends:
            return f"Период {span.number}: последний день раньше первого."
        if span.starts < first or span.ends > last:
            return f"Период {span.number} выходит за учебный год: {date_short(first)} – {date_short(last)}."
    for one, following in pairwise(sorted(spans, key=lambda span: span.number)):
        if following.starts <= one.ends:
            return f"Периоды {one.number} и {following.number} пересекаются или стоят не по порядку."
    return ""


def period_gaps(spans: Sequence[PeriodSpan], first: date, last: date) -> list[tuple[date, date]]:
    """Days of the year that belong to no period: marks of such a day would be counted nowhere."""
    gaps = []
    free = first
    for span in sorted(spans, key=lambda span: span.starts):
        if span.starts > free:
            gaps.append((free, span.starts - timedelta(days=1)))
        free = max(free, span.ends + timedelta(days=1))
    return [*gaps, (free, last)] if free <= last else gaps
