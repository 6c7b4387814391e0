"""Which months ask for an interview with each class teacher, and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_SUMMER = (6, 7, 8)
# A month with less than a week of lessons asks for no talk of its own.
LEAST_DAYS = 5
_NAMES = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()  # noqa: SIM905


@dataclass(frozen=True)
class Month:
    """A month of the academic year: its first day, and the last school day in it."""

    first: date
    due: date

    @property
    def name(self) -> str:
        """«ноябрь»."""
        return month_name(self.first)


def month_name(day: date) -> str:
    """«ноябрь», «2026» left out: an academic year has each month once."""
    return _NAMES[day.month - 1]


def interview_months(starts: date, ends: date, holidays: Sequence[tuple[date, date]]) -> list[Month]:
    """The months of a year (both days inside) in which the administration talks with each class teacher.

    «Не менее 1 раза в месяц» (duties of the administration, A4): in months with at least a week of school days; none in
    summer, nor in a month that holidays take up. The term is the month's last school day.
    """
    found: dict[date, list[date]] = {}
    for day in _school_days(starts, ends, holidays):
        found.setdefault(day.replace(day=1), []).append(day)
    return [Month(first, days[-1]) for first, days in found.items() if len(days) >= LEAST_DAYS]


def _school_days(starts: date, ends: date, holidays: Sequence[tuple[date, date]]) -> Iterator[date]:
    for number in range((ends - starts).days + 1):
        day = starts + timedelta(days=number)
        free = any(first <= day <= last for first, last in holidays)
        if day.month not in _SUMMER and day.weekday() < _SATURDAY and not free:
            yield day


def held_day(planned: date | None, today: date) -> date:
    """What «held» means without a day: the planned one, unless it is still ahead."""
    return planned if planned is not None and planned <= today else today
