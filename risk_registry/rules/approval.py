"""By which day the registry of a period is agreed and approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from school.rules import school_day_after

# «Составление списка обучающихся группы риска — до 15.09»: the deputy's technological card.
START_LIST = (9, 15)
_FIRST = 1


@dataclass(frozen=True)
class Asked:
    """A period of the main system, both days inside; `days`: the school's term after its end, in school days."""

    number: int
    starts: date
    ends: date
    days: int


def approval_due(asked: Asked, today: date, holidays: Sequence[tuple[date, date]]) -> date:
    """The last day of the term.

    The list of the year's beginning, as long as the first period goes on, is due by 15 September; after each period
    the registry is due so many school days after its end.
    """
    if asked.number == _FIRST and today <= asked.ends:
        return date(asked.starts.year, *START_LIST)
    return school_day_after(asked.ends, asked.days, holidays)


def is_start_list(asked: Asked, today: date) -> bool:
    """Whether the list of the year's beginning is meant."""
    return asked.number == _FIRST and today <= asked.ends


def reminds_on(due: date, today: date, *, before: int, holidays: Sequence[tuple[date, date]]) -> bool:
    """Whether the automatic reminder is due: from `before` school days ahead of the last day, that day included."""
    return today <= due <= school_day_after(today, before, holidays)
