"""What documents of periods ask of a person: drafts of periods that are over wait to be approved."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from common.russian import counted
from monitoring.models import Report, ReportState
from monitoring.permissions import can_approve_reports
from monitoring.reports.kinds import document_kinds
from school.agendas import asked_register
from school.asking import Asked, Told, listed
from school.models import AcademicYear, Period, User
from school.shared import AgendaItem

_MOST = 8
_PERIOD = {"system": F("period__system"), "number": F("period__number"), "year": F("period__year__start")}


def reports_asked(user: User, day: date) -> Asked:
    """Drafts about the school one by one; those about classes and teachers as a number for each period.

    One of a period that goes on is not for approval yet, unless its kind says otherwise.
    """
    if not can_approve_reports(user):
        return Asked()
    early = [kind.code for kind in document_kinds() if kind.early]
    rows = Report.objects.visible_to(user).filter(Q(period__ends__lte=day) | Q(kind__in=early), state=ReportState.DRAFT)
    whole = Q(school_class__isnull=True, teacher__isnull=True)
    of_school = rows.filter(whole).order_by("period__ends", "pk")[:_MOST]
    others: Any = rows.exclude(whole).order_by().values("period").annotate(of=Count("pk"))
    columns = {
        "drafts": listed(of_school, key="pk", kind="kind", **_PERIOD),
        "others": listed(others.order_by("period__ends"), key="period", of="of", **_PERIOD),
    }
    return Asked(columns, lambda told: [*_drafts(told["drafts"] or ()), *_others(told["others"] or ())])


def _drafts(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    titles = {kind.code: kind.title for kind in document_kinds()}
    for row in rows:
        title = titles.get(row["kind"], "Отчёт")
        url = reverse("monitoring:detail", args=[row["key"]])
        yield AgendaItem(f"Утвердить: {title[:1].lower()}{title[1:]}", url, _period(row), signs=True)


def _others(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        words = counted(row["of"], "документ", "документа", "документов")
        url = reverse("monitoring:period", args=[row["key"]])
        yield AgendaItem(f"Утвердить: {words} классов и учителей", url, _period(row), signs=True)


def _period(row: Mapping[str, Any]) -> str:
    """«1-я четверть 2026/27»."""
    title = Period(system=row["system"], number=row["number"]).title_inside
    return f"{title} {AcademicYear(start=row['year']).title}"


asked_register(reports_asked)
