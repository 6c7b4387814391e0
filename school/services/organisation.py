"""Making a school, its year and its periods."""

from django.db import transaction

from common.errors import Refused
from school.models import START, AcademicYear, Municipality, Period, PeriodSystem, School, SchoolSettings, User
from school.rules import default_periods, start_span, year_span

YEARS = range(2000, 2100)


@transaction.atomic
def school_create(
    *,
    by: User | None,
    code: str,
    name: str,
    start: int,
    periods: str,
    upper: str = "halfyears",
    municipality: str = "",
) -> School:
    """Create a school with its settings, its first year and the year's default periods.

    `periods`: a `PeriodSystem` value; `upper`: "halfyears", or "same" for classes 10–11 like the rest. Raises `Refused`
    when the code is taken or a value is unusable. `by` is None for the command line.
    """
    _check(code, name, start, municipality)
    if School.objects.filter(code=code).exists():
        raise Refused(f"Школа с кодом «{code}» уже есть.")
    district = Municipality.objects.get_or_create(name=municipality)[0] if municipality else None
    school = School.objects.create(code=code, name=name, municipality=district)
    SchoolSettings.objects.create(school=school)
    year_create(school=school, start=start, main=periods, upper=periods if upper == "same" else upper)
    return school


def _check(code: str, name: str, start: int, municipality: str) -> None:
    for title, text, longest in (("Код", code, 32), ("Название", name, 200), ("Муниципалитет", municipality, 200)):
        if len(text) > longest or (not text.strip() and title != "Муниципалитет"):
            raise Refused(f"{title} школы: от 1 до {longest} знаков.")
    if start not in YEARS:
        raise Refused(f"Учебный год начинается в {YEARS.start}–{YEARS.stop - 1} году, а не в {start}.")


@transaction.atomic
def year_create(*, school: School, start: int, main: str, upper: str) -> AcademicYear:
    """Create an academic year with the default periods of both systems, and its beginning."""
    first, last = year_span(start)
    year = AcademicYear.objects.create(
        school=school, start=start, starts=first, ends=last, main_system=main, upper_system=upper
    )
    for system in sorted({main, upper}):
        Period.objects.bulk_create(
            Period(year=year, system=PeriodSystem(system), number=span.number, starts=span.starts, ends=span.ends)
            for span in default_periods(system, start)
        )
    begins = start_span(start)
    Period.objects.create(year=year, system=START, number=begins.number, starts=begins.starts, ends=begins.ends)
    return year
