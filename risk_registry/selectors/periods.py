"""Periods of the school's main system and the beginning of the year: all that the registry is asked about."""

from collections.abc import Collection, Sequence
from datetime import date

from common.errors import Refused
from risk_registry.models import Classification
from school.models import START, AcademicYear, Period, School


def school_by_code(code: str) -> School:
    """The school; `Refused` when there is none of that code."""
    school = School.objects.filter(code=code).first()
    if school is None:
        raise Refused(f"Школы с кодом «{code}» нет.")
    return school


def year_of(school: School, start: int | None = None) -> AcademicYear:
    """The academic year that began in `start`; by default the current one, else the newest begun, else the first.

    `Refused` when there is none.
    """
    years = list(school.years.order_by("-start"))
    if start is not None:
        years = [year for year in years if year.start == start]
    if not years:
        raise Refused(f"У школы «{school}» нет такого учебного года: создайте его в настройках школы.")
    today = school.today()
    return next((year for year in years if year.starts <= today), years[-1])


def main_periods(year: AcademicYear) -> list[Period]:
    """The periods of the school's main system, in order."""
    return list(Period.objects.filter(year=year, system=year.main_system).select_related("year").order_by("number"))


def main_period(year: AcademicYear, number: int) -> Period:
    """The period of that number; `Refused` when the year has none."""
    periods = {period.number: period for period in main_periods(year)}
    if number not in periods:
        raise Refused(f"В учебном году {year} нет периода № {number}: есть {_listed(list(periods))}.")
    return periods[number]


def registry_period(year: AcademicYear, number: int) -> Period:
    """The period of that number, 0 being the beginning of the year; `Refused` when the year has none."""
    return start_of(year) if number == 0 else main_period(year, number)


def start_of(year: AcademicYear) -> Period:
    """The beginning of the year; `Refused` when the year has none."""
    found = Period.objects.filter(year=year, system=START).select_related("year__school__settings").first()
    if found is None:
        raise Refused(f"В учебном году {year} нет начала года.")
    return found


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "ни одного"


def previous_period(period: Period) -> Period | None:
    """The one before it: in the year, or the last of the school's year before; None for the very first."""
    before = Period.objects.filter(year=period.year_id, system=period.system, number__lt=period.number)
    found = before.select_related("year").order_by("-number").first()
    if found is not None:
        return found
    older = AcademicYear.objects.filter(school=period.year.school_id, start__lt=period.year.start).first()
    return main_periods(older)[-1] if older is not None and main_periods(older) else None


def year_before(year: AcademicYear) -> AcademicYear | None:
    """The school's year before this one."""
    return AcademicYear.objects.filter(school=year.school_id, start=year.start - 1).first()


def closing_period(last: AcademicYear) -> Period | None:
    """The last period of the main system: how the registry of the year closed."""
    return Period.objects.filter(year=last, system=last.main_system).order_by("-number").first()


def shown_period(year: AcademicYear) -> Period | None:
    """What is decided now: see `present_period`."""
    rows = Period.objects.filter(year=year, system__in=(year.main_system, START)).select_related("year")
    periods = list(rows.order_by("number"))
    computed = set(Classification.objects.filter(period__in=periods).values_list("period", flat=True))
    return present_period(periods, computed, year.school.today())


def present_period(periods: Sequence[Period], computed: Collection[int], today: date) -> Period | None:
    """Of a year's periods in order, its beginning first: what is decided, and what a page opens on.

    The list of the year's beginning until its last day; and until the first period is over, unless only that period's
    categories were ever `computed`. Then the last period that is over.
    """
    begins, own = [each for each in periods if each.is_start], [each for each in periods if not each.is_start]
    if begins and own and today <= own[0].ends:
        started = today <= begins[0].ends or begins[0].pk in computed or own[0].pk not in computed
        return begins[0] if started else own[0]
    return newest_over(own, today)


def newest_over(periods: Sequence[Period], today: date) -> Period | None:
    """Of periods in order: the last that is over, else the last that has begun, else the last of all."""
    over = [period for period in periods if period.ends < today]
    begun = [period for period in periods if period.starts <= today]
    return next(iter(reversed(over or begun or list(periods))), None)
