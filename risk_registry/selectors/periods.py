"""Periods of the school's main system: all that the registry is asked about."""

from collections.abc import Sequence
from datetime import date

from common.errors import Refused
from school.models import AcademicYear, Period, School


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


def shown_period(year: AcademicYear) -> Period | None:
    """What a page opens on: the last period that is over, else the one that is under way."""
    return newest_over(main_periods(year), year.school.today())


def newest_over(periods: Sequence[Period], today: date) -> Period | None:
    """Of periods in order: the last that is over, else the last that has begun, else the last of all."""
    over = [period for period in periods if period.ends < today]
    begun = [period for period in periods if period.starts <= today]
    return next(iter(reversed(over or begun or list(periods))), None)
