"""Which days and whose results count for a class when a period of the school's main system is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Interval:
    """A period of some system, by its key; both days belong to it."""

    key: int
    number: int
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Span:
    """Marks of these days and the results of this own period; it goes on when the own period ends later."""

    period: Interval
    starts: date
    ends: date

    @property
    def goes_on(self) -> bool:
        """Whether the class's own period is not over on the last day that is counted."""
        return self.period.ends > self.ends


def span_for(asked: Interval, own: Sequence[Interval]) -> Span:
    """What a class counts for the interval `asked` of the main system; `own` are the periods of the class's system.

    Its own period that contains the interval's last day, with the marks from its start up to that day. Where the
    school's dates leave that day outside of every period, the last one begun by then; failing that, the interval
    itself. Source: the headless contract, «A class with another period system».
    """
    begun = [period for period in own if period.starts <= asked.ends]
    period = max(begun, key=lambda each: each.starts, default=asked)
    return Span(period=period, starts=period.starts, ends=asked.ends)
