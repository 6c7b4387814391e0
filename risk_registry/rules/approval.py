"""By which day the registry of a period is agreed and approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from school.rules import school_day_after


@dataclass(frozen=True)
class Asked:
    """A period of the main system, or the year's beginning (number 0), both days inside.

    `days`: the school's term after a period's end, in school days.
    """

    number: int
    starts: date
    ends: date
    days: int


def approval_due(asked: Asked, holidays: Sequence[tuple[date, date]]) -> date:
    """The last day of the term.

    The list of the year's beginning is due by its last day, 15 September («составление списка обучающихся группы
    риска — до 15.09», the deputy's technological card); the registry of a period so many school days after its end.
    """
    if asked.number == 0:
        return asked.ends
    return school_day_after(asked.ends, asked.days, holidays)


def reminds_on(due: date, today: date, *, before: int, holidays: Sequence[tuple[date, date]]) -> bool:
    """Whether the automatic reminder is due: from `before` school days ahead of the last day, that day included."""
    return today <= due <= school_day_after(today, before, holidays)
