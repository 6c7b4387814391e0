"""The schedule of psychological help: what is in force, what has changed, approving and printing it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from consultations.forms_schedule import ApproveForm
from consultations.models import ServiceSchedule
from consultations.permissions import can_see_schedule
from consultations.permissions_schedule import approves_as
from consultations.registration_schedule import PARENTS, SCHEDULE
from consultations.reports.schedule import SIGN_UP, SchedulePaper, grid, paper_of, still, unsigned, weekday_words
from consultations.rules.schedule import ScheduleRow, changed_from, differing
from consultations.selectors.schedule import hours_of, schedules_of
from consultations.services.schedule import mark_of, schedule_approve
from consultations.tabs import service_tabs
from documents.services.reports import report_job_request
from risk_registry.selectors.periods import main_periods
from school.models import AcademicYear, School, User, Weekday
from school.selectors import current_year
from school.views.base import FormPage, answer_form, reader, sent
from school.views.outdated import form_view


@dataclass(frozen=True)
class Shown:
    """The year's schedules: the newest approved one with what differs from it, and the hours as they are."""

    now: SchedulePaper
    approved: SchedulePaper | None
    all: list[ServiceSchedule]

    @property
    def differs(self) -> bool:
        """Whether the hours want a new approval."""
        return bool(self.now.rows) and (self.approved is None or self.approved.changed_from is not None)

    def differences(self) -> tuple[list[ScheduleRow], list[ScheduleRow]]:
        """New rows and gone ones; nothing while the approved schedule still holds."""
        if self.approved is None or self.approved.changed_from is None:
            return [], []
        since = self.now.day
        return differing([row for row in self.approved.rows if row.ends >= since], self.now.rows)


def schedule_reader(request: HttpRequest) -> tuple[User, School]:
    """Whoever has a duty in the school."""
    user, school = reader(request)
    if not can_see_schedule(user):
        raise PermissionDenied("График психологической помощи видят работники школы.")
    return user, school


def _shown(school: School, year: AcademicYear) -> Shown:
    """Three queries."""
    every, today = schedules_of(school, year), school.today()
    newest = every[0] if every else None
    rows = hours_of(school, year, min(newest.on, today) if newest else today, today=today)
    now = unsigned(school, year, today, rows)
    if newest is None:
        return Shown(now, None, every)
    paper = paper_of(newest)
    return Shown(now, replace(paper, changed_from=changed_from(paper.rows, rows, newest.on, year.ends)), every)


@require_GET
def schedule_page(request: HttpRequest) -> HttpResponse:
    """Who of the service receives when; whether it is approved."""
    user, school = schedule_reader(request)
    year = current_year(school)
    told: dict[str, Any] = {"tabs": service_tabs(user, "schedule:page"), "year": year}
    if year is not None:
        shown = _shown(school, year)
        added, gone = shown.differences()
        told |= {
            "shown": shown,
            "added": [(weekday_words(row), row) for row in added],
            "gone": [(weekday_words(row), row) for row in gone],
            "grid": grid(shown.now),
            "days": [Weekday(day).label for day in shown.now.weekdays],
            "approves": bool(approves_as(user)),
        }
    return render(request, "consultations/schedule.html", told)


@require_GET
def schedule_old(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved schedule as it was."""
    _, school = schedule_reader(request)
    found = get_object_or_404(ServiceSchedule.objects.filter(school=school).select_related("year", "school"), pk=pk)
    paper = still(found, school.today()) if found.year == current_year(school) else paper_of(found)
    days = [Weekday(day).label for day in paper.weekdays]
    told = {"paper": paper, "schedule": found, "grid": grid(paper), "days": days}
    return render(request, "consultations/schedule_old.html", told)


@form_view
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the hours as they are now."""
    user, school = schedule_reader(request)
    if not approves_as(user):
        raise PermissionDenied("График утверждает директор или его заместитель.")
    year = current_year(school)
    if year is None:
        raise Http404("Учебного года ещё нет.")
    shown = _shown(school, year)
    said = shown.approved.sign_up if shown.approved else SIGN_UP
    initial = {"on": school.today(), "sign_up": said, "hours": mark_of(shown.now)}
    form = ApproveForm(sent(request), initial=initial)
    page = FormPage(
        "Утвердить график",
        ("График психологической помощи", reverse("schedule:page")),
        "Утвердить",
        done="График утверждён.",
        meta="номер даст журнал номеров школы",
        template="consultations/schedule_approve.html",
        more={
            "grid": grid(shown.now),
            "days": [Weekday(day).label for day in shown.now.weekdays],
            "today": shown.now.day,
            "until": shown.now.last_day,
        },
    )

    def save() -> None:
        schedule_approve(by=user, year=year, approval=form.approval())

    return answer_form(request, page, form, save)


@require_POST
def schedule_print(request: HttpRequest, sheet: str, format: str) -> HttpResponse:
    """Order a file: `sheet` is school, parents, or draft; `?schedule=` an earlier approved one."""
    user, school = schedule_reader(request)
    year = current_year(school)
    if sheet not in ("school", "parents", "draft") or format not in ("pdf", "xlsx", "json") or year is None:
        raise Http404("Печатать нечего.")
    extra: dict[str, Any] = {"draft": True} if sheet == "draft" else {}
    asked = request.GET.get("schedule", "")
    if asked.isascii() and asked.isdigit():
        found = get_object_or_404(ServiceSchedule.objects.filter(school=school), pk=int(asked))
        extra, year = {"schedule": found.pk}, found.year
    try:
        job = report_job_request(
            by=user,
            school=school,
            kind=PARENTS if sheet == "parents" else SCHEDULE,
            period=period_of_day(year, school.today()),
            format=format,
            key=request.POST.get("once", ""),
            year=year.start,
            extra=extra,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("schedule:page")
    return redirect("documents:job", pk=job.pk)


def period_of_day(year: AcademicYear, day: date) -> int:
    """The number of the main period in which the day is, the last begun one outside of them, else the first."""
    begun = [period.number for period in main_periods(year) if period.starts <= day]
    return begun[-1] if begun else 1
