"""Reads of reports."""

from django.db.models import F, Q, QuerySet

from monitoring.models import Report, ReportState
from monitoring.permissions import can_read_reports
from risk_registry.selectors.periods import main_period, year_of
from school.access import Viewer
from school.models import AcademicYear, Period, School


def reports_for(user: Viewer) -> QuerySet[Report]:
    """The reports that this person may open, newest first; without their content."""
    if not can_read_reports(user):
        return Report.objects.none()
    return Report.objects.visible_to(user).select_related("period__year", "made_by__staff", "approved_by__staff")


def last_concluded(school: School, kind: str, *, period: Period) -> Report | None:
    """What «since the last report» means: the newest report under a number, of this period or of an earlier one.

    One that was withdrawn counts for its own period only: the school has read it, and asks what is different now.
    """
    own = Q(period=period, state__in=(ReportState.APPROVED, ReportState.WITHDRAWN))
    earlier = Q(period__ends__lt=period.starts, state=ReportState.APPROVED)
    return Report.objects.filter(own | earlier, school=school, kind=kind).order_by("-period__ends", "-number").first()


def periods_of(year: AcademicYear) -> QuerySet[Period]:
    """The periods of the school's main system, in order."""
    return year.periods.filter(system=year.main_system).select_related("year").order_by("number")


def period_by_number(school: School, number: int, start: int | None) -> Period:
    """A period of the school's main system. `start`: the year in which the academic year began, None for the one that
    `year_of` takes. Raises `Refused` when the school has no such year or period.
    """
    return main_period(year_of(school, start), number)


def periods_on_offer(school: School) -> list[Period]:
    """The classified periods of the school's main systems, newest first."""
    return list(
        Period.objects.filter(year__school=school, system=F("year__main_system"), classification__isnull=False)
        .select_related("year__school")
        .order_by("-starts")
    )
