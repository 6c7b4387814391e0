"""The calendar by which terms are counted."""

from gradebook.models import Procedure
from roadmaps.rules.terms import Calendar
from school.models import AcademicYear
from school.selectors import holiday_spans


def calendar_of(year: AcademicYear) -> Calendar:
    """Periods of the school's main system, holidays, days of the timetable of assessments. Three queries."""
    periods = year.periods.filter(system=year.main_system).order_by("number")
    works = Procedure.objects.standing().filter(year=year, date__isnull=False)
    return Calendar(
        start=year.start,
        periods=tuple((one.number, one.title, one.starts, one.ends) for one in periods),
        holidays=tuple(holiday_spans(year)),
        works=tuple(sorted({day for day in works.values_list("date", flat=True) if day is not None})),
    )
