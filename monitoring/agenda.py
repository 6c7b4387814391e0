"""What reports ask of a person: drafts of periods that are over wait to be approved."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F
from django.urls import reverse

from monitoring.models import Report, ReportState
from monitoring.permissions import can_approve_reports
from monitoring.services import QUARTERLY
from school.agendas import asked_register
from school.asking import Asked, Told, listed
from school.models import AcademicYear, Period, User
from school.shared import AgendaItem

_MOST = 5


def reports_asked(user: User, day: date) -> Asked:
    """Drafts of the school's own report; one of a period that goes on is not for approval yet."""
    if not can_approve_reports(user):
        return Asked()
    rows = Report.objects.visible_to(user).filter(kind=QUARTERLY, state=ReportState.DRAFT, period__ends__lte=day)
    names = {"system": F("period__system"), "number": F("period__number"), "year": F("period__year__start")}
    columns = {"drafts": listed(rows.order_by("period__ends", "pk")[:_MOST], key="pk", **names)}
    return Asked(columns, lambda told: _drafts(told["drafts"] or ()))


def _drafts(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        title = Period(system=row["system"], number=row["number"]).title_accusative
        url = reverse("monitoring:detail", args=[row["key"]])
        about = f"{AcademicYear(start=row['year']).title} учебный год"
        yield AgendaItem(f"Утвердить отчёт за {title}", url, about, signs=True)


asked_register(reports_asked)
