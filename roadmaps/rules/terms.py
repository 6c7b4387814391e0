"""Terms of activities: what a term means in a year with its holidays and periods. Decided without a database.

Source of the kinds: the school's roadmap of the program («Август», «Ежемесячно», «Октябрь, декабрь, март, май»,
«Октябрь–ноябрь», «В течение года», «Постоянно», «По мере необходимости», «Согласно графику»).

Months are counted from January of the year in which the school year begins: 9 is its September, 13 the January after
it, 8 the August before it (papers are made ready then), 20 the August at its end. A term so kept holds in any year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.russian import date_short
from roadmaps.words import Every, Schedule, TermKind

FIRST_MONTH, LAST_MONTH = 8, 20
_SEPTEMBER, _MAY = 9, 17
_SATURDAY = 5
MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Term:
    """What is kept beside the term's own words. `months` of MONTH (one), MONTHS, and RANGE (the first and the last)."""

    kind: TermKind
    months: tuple[int, ...] = ()
    day: date | None = None
    every: Every | None = None
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A school year: periods as (number, title, first day, last day), holidays of the whole school, days of works."""

    start: int
    periods: tuple[tuple[int, str, date, date], ...] = ()
    holidays: tuple[Span, ...] = ()
    works: tuple[date, ...] = ()

    @property
    def taught(self) -> Span:
        """From 1 September to 31 May: what recurs, recurs while there are lessons."""
        return date(self.start, 9, 1), date(self.start + 1, 5, 31)

    @property
    def span(self) -> Span:
        """The days in which something of the year may stand: from the August before it to its last day."""
        return date(self.start, FIRST_MONTH, 1), date(self.start + 1, 8, 31)


@dataclass(frozen=True, slots=True)
class Slot:
    """One deed that a term asks for: between two days, due on the last. `key` tells it from the term's others."""

    key: str
    title: str
    starts: date
    ends: date


def month_span(month: int, start: int) -> Span:
    """First and last day of a month counted as above."""
    first = date(start + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, date(start + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def month_title(month: int, start: int) -> str:
    """«октябрь 2026»."""
    return f"{MONTHS[(month - 1) % 12]} {start + (month - 1) // 12}"


def month_of(day: date, start: int) -> int:
    """The number under which the day's month is kept."""
    return (day.year - start) * 12 + day.month


def mistake_of(term: Term, calendar: Calendar) -> str:
    """What the term lacks or contradicts, for a person; empty when nothing."""
    if any(not FIRST_MONTH <= month <= LAST_MONTH for month in term.months):
        return "Месяц не входит в учебный год."
    match term.kind:
        case TermKind.MONTH if len(term.months) != 1:
            return "Назовите месяц."
        case TermKind.MONTHS if not term.months:
            return "Отметьте хотя бы один месяц."
        case TermKind.RANGE if len(term.months) != 2 or term.months[0] > term.months[1]:
            return "Назовите первый и последний месяц, первый не позже последнего."
        case TermKind.RECURRING if term.every is None:
            return "Назовите, как часто."
        case TermKind.BY_SCHEDULE if term.schedule is None:
            return "Назовите, по какому графику."
        case TermKind.DATE if term.day is None:
            return "Назовите день."
    first, last = calendar.span
    if term.day is not None and not first <= term.day <= last:
        return f"День не входит в учебный год: {date_short(first)} – {date_short(last)}."
    return ""


def is_standing(term: Term) -> bool:
    """Whether it asks for no deed by a day: a line that stands all the year, to which deeds are written when held."""
    if term.kind == TermKind.BY_SCHEDULE:
        return term.schedule != Schedule.ASSESSMENTS
    return term.kind in (TermKind.CONTINUOUS, TermKind.AS_NEEDED)


def slots_of(term: Term, calendar: Calendar) -> tuple[Slot, ...]:
    """The deeds that the term asks for in the year, in order.

    A slot is narrowed to the working days of its month, range or period: what is due by a month's end is due before
    the holidays in it. A month without one (August) keeps its weekdays when the term names it, and is left out where
    the term only recurs. A named day stays, holiday or not (`days_off` warns).
    """
    return tuple(_slots(term, calendar))


def _slots(term: Term, calendar: Calendar) -> Iterator[Slot]:
    match term.kind:
        case TermKind.MONTH | TermKind.MONTHS:
            yield from (_of_month(month, calendar) for month in sorted(set(term.months)))
        case TermKind.RANGE:
            yield _of_range(term.months[0], term.months[-1], calendar)
        case TermKind.RECURRING if term.every == Every.WEEK:
            yield from _weeks(calendar)
        case TermKind.RECURRING:
            yield from _taught_months(calendar)
        case TermKind.PERIOD:
            yield from _periods(calendar)
        case TermKind.DATE if term.day is not None:
            yield Slot(f"day-{term.day.isoformat()}", date_short(term.day), term.day, term.day)
        case TermKind.ALL_YEAR:
            first, last = _worked(*calendar.taught, calendar.holidays) or calendar.taught
            yield Slot("year", "в течение года", first, last)
        case TermKind.BY_SCHEDULE if term.schedule == Schedule.ASSESSMENTS:
            yield from _months_of_works(calendar)


def _of_month(month: int, calendar: Calendar) -> Slot:
    first, last = month_span(month, calendar.start)
    starts, ends = _worked(first, last, calendar.holidays) or _worked(first, last, ()) or (first, last)
    return Slot(f"month-{month}", month_title(month, calendar.start), starts, ends)


def _of_range(first: int, last: int, calendar: Calendar) -> Slot:
    begins, ends = _of_month(first, calendar), _of_month(last, calendar)
    title = begins.title if first == last else f"{begins.title} – {ends.title}"
    return Slot(f"range-{first}-{last}", title, begins.starts, ends.ends)


def _taught_months(calendar: Calendar) -> Iterator[Slot]:
    for month in range(_SEPTEMBER, _MAY + 1):
        if _worked(*month_span(month, calendar.start), calendar.holidays) is not None:
            yield _of_month(month, calendar)


def _weeks(calendar: Calendar) -> Iterator[Slot]:
    first, last = calendar.taught
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        week = _worked(max(monday, first), min(monday + timedelta(days=6), last), calendar.holidays)
        if week is not None:
            title = f"неделя с {date_short(monday)}"
            yield Slot(f"week-{monday.isoformat()}", title, *week)
        monday += timedelta(days=7)


def _periods(calendar: Calendar) -> Iterator[Slot]:
    """Each ends with its last working day while there are lessons: the last quarter is due in May."""
    last_taught = calendar.taught[1]
    for number, title, starts, ends in sorted(calendar.periods):
        span = _worked(starts, min(ends, last_taught), calendar.holidays)
        if span is not None:
            yield Slot(f"period-{number}", title, *span)


def _months_of_works(calendar: Calendar) -> Iterator[Slot]:
    """A deed for each month in which the timetable of assessments has works, due by its end."""
    for month in sorted({month_of(day, calendar.start) for day in calendar.works}):
        if FIRST_MONTH <= month <= LAST_MONTH:
            slot = _of_month(month, calendar)
            latest = max(day for day in calendar.works if month_of(day, calendar.start) == month)
            yield Slot(f"works-{month}", slot.title, slot.starts, max(slot.ends, latest))


def is_day_off(day: date, holidays: Iterable[Span]) -> bool:
    """Saturdays, Sundays, holidays."""
    return day.weekday() >= _SATURDAY or any(first <= day <= last for first, last in holidays)


def _worked(first: date, last: date, holidays: Sequence[Span]) -> Span | None:
    """The first and the last working day between two days; None when there is none."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    working = [day for day in days if not is_day_off(day, holidays)]
    return (working[0], working[-1]) if working else None
