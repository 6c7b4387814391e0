"""Which duties a span of the year asks about, and the days of that span. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmaps.duty_words import Cycle

# Marks are given evenly when, this many days before the end of a period, nobody lacks them.
LAST_DAYS = 21
_AUGUST = 8


@dataclass(frozen=True)
class Stretch:
    """A period of the year, or the whole year (number 0). `first` and `last` tell its place among the periods."""

    number: int
    title: str
    starts: date
    ends: date
    first: bool = True
    last: bool = True


def whole_year(starts: date, ends: date) -> Stretch:
    """From the August before the year: lists and diagnostics are prepared there."""
    return Stretch(0, "Весь год", date(starts.year, _AUGUST, 1), ends)


def stretches(periods: Sequence[tuple[int, str, date, date]]) -> list[Stretch]:
    """Periods in order as (number, title, first day, last day). The first begins in August."""
    made = []
    for place, (number, title, starts, ends) in enumerate(periods):
        first = place == 0
        begins = date(starts.year, _AUGUST, 1) if first and starts.month > _AUGUST else starts
        made.append(Stretch(number, title, begins, ends, first, place == len(periods) - 1))
    return made


def asks(cycle: Cycle, span: Stretch) -> bool:
    """Whether the duty has a place in the span: what is due at the beginning belongs to the first period."""
    if cycle in (Cycle.START, Cycle.BEGINNING):
        return span.first
    return span.last if cycle == Cycle.YEAR_END else True


def evenly_from(ends: date) -> date:
    """The day from which it can be told that marks were not piled up."""
    return ends - timedelta(days=LAST_DAYS)


def usual(spans: Sequence[Stretch], today: date) -> Stretch | None:
    """The period under way, else the last that has begun, else the first."""
    begun = [span for span in spans if span.starts <= today]
    return begun[-1] if begun else next(iter(spans), None)
