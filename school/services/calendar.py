"""Academic years, their periods and holidays."""

from collections.abc import Sequence
from datetime import date

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import CalendarChanged, HolidaysChanged
from school.models import START, AcademicYear, Holiday, Period, PeriodSystem, School, SchoolClass, User
from school.rules import FIRST_UPPER_GRADE, PeriodSpan, default_periods, period_mistake
from school.services.dependents import dependents_of, total_by_words
from school.services.organisation import year_create


@deed
def year_open(*, by: User | None, school: School, start: int, main: str, upper: str) -> AcademicYear:
    """Open the academic year that begins in `start`, with default periods. Raises `Refused` when it is there."""
    if AcademicYear.objects.filter(school=school, start=start).exists():
        raise Refused(f"Учебный год {start}/{(start + 1) % 100:02d} уже открыт.")
    return year_create(school=school, start=start, main=main, upper=upper)


@deed
def year_delete(*, by: User | None, year: AcademicYear) -> None:
    """Take back a year opened by mistake. Raises `Refused` when it is the only one, or something refers to it."""
    if not AcademicYear.objects.filter(school=year.school).exclude(pk=year.pk).exists():
        raise Refused("Это единственный учебный год школы. Исправьте его периоды, а удалить его нельзя.")
    own = {"period": set(year.periods.values_list("pk", flat=True))}
    own["holiday"] = set(year.holidays.values_list("pk", flat=True))
    used = {words for _, words, _ in dependents_of(AcademicYear, [year.pk], own)}
    used |= total_by_words(Period, sorted(own["period"])).keys()
    if used:
        raise Refused(f"Год нельзя удалить, в нём уже есть: {', '.join(sorted(used))}.")
    year.delete()


@deed
def periods_set(*, by: User | None, year: AcademicYear, system: str, spans: Sequence[PeriodSpan]) -> None:
    """Set the days of the periods of one system of the year; their number stays.

    Raises `Refused` when periods overlap, stand in another order than their numbers, or leave the year.
    """
    mistake = period_mistake(spans, year.starts, year.ends)
    if mistake:
        raise Refused(mistake)
    rows = {period.number: period for period in Period.objects.select_for_update().filter(year=year, system=system)}
    if rows.keys() != {span.number for span in spans}:
        raise Refused("Число периодов изменилось: обновите страницу.")
    for span in spans:
        rows[span.number].starts, rows[span.number].ends = span.starts, span.ends
    Period.objects.bulk_update(rows.values(), ["starts", "ends"])
    publish(CalendarChanged(year.school, year))


@deed
def systems_set(*, by: User | None, year: AcademicYear, main: str, upper: str) -> None:
    """Give the year, or its classes 10–11, another system of periods, with default days where it is new.

    Raises `Refused` when something already refers to the periods that would be given up.
    """
    used = total_by_words(Period, _given_up(year, main, upper))
    if used:
        told = ", ".join(f"{words} ({number})" for words, number in sorted(used.items()))
        raise Refused(f"Периоды уже используются: {told}. Вид периодов года больше не меняется.")
    Period.objects.filter(pk__in=_given_up(year, main, upper)).delete()
    kept = set(year.periods.values_list("system", flat=True))
    year.main_system, year.upper_system = main, upper
    year.save(update_fields=["main_system", "upper_system"])
    for system in sorted({main, upper} - kept):
        Period.objects.bulk_create(
            Period(year=year, system=PeriodSystem(system), number=span.number, starts=span.starts, ends=span.ends)
            for span in default_periods(system, year.start)
        )
    classes = SchoolClass.objects.filter(year=year)
    classes.filter(grade__lt=FIRST_UPPER_GRADE).update(period_system=main)
    classes.filter(grade__gte=FIRST_UPPER_GRADE).update(period_system=upper)
    publish(CalendarChanged(year.school, year))


def _given_up(year: AcademicYear, main: str, upper: str) -> list[int]:
    return list(year.periods.exclude(system__in={main, upper, START}).values_list("pk", flat=True))


@deed
def holiday_save(
    *,
    by: User | None,
    year: AcademicYear,
    holiday: Holiday | None,
    name: str,
    starts: date,
    ends: date,
    first_grade_only: bool,
) -> Holiday:
    """Write down days without lessons, or correct them."""
    row = holiday or Holiday(year=year)
    row.name, row.starts, row.ends, row.first_grade_only = name, starts, ends, first_grade_only
    row.save()
    publish(HolidaysChanged(year.school, year))
    return row


@deed
def holiday_delete(*, by: User | None, holiday: Holiday) -> None:
    """Take a holiday away; history keeps it."""
    year = holiday.year
    holiday.delete()
    publish(HolidaysChanged(year.school, year))
