"""Which documents are the mark of a duty: the yearly note, approved, is the administration's A3."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from monitoring.models import Report, ReportState
from monitoring.reports.annual.report import KIND
from roadmaps.selectors.duty_deeds import Asked, DeedKind, offer_deed
from school.models import Period


def approved_notes(asked: Asked) -> QuerySet[Any]:
    """Approved notes about the whole year; they belong to its last period, whenever they were approved."""
    later = Period.objects.filter(
        year=OuterRef("period__year"), system=OuterRef("period__system"), number__gt=OuterRef("period__number")
    )
    rows = Report.objects.filter(~Exists(later), kind=KIND, state=ReportState.APPROVED, period__year=asked.year)
    if asked.span.number:
        rows = rows.filter(period__number=asked.span.number)
    told: QuerySet[Any] = rows.order_by().annotate(
        d_who=F("approved_by__staff"), d_day=F("approved_on"), d_row=F("pk"), d_link=F("pk")
    )
    return told


def offer_deeds() -> None:
    """Called once, when the application is ready."""
    offer_deed("A3", KIND, DeedKind("Утверждённые аналитические справки за год", approved_notes, "monitoring:detail"))
