"""Pages of reports: the list, one report, its printing and approval."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.errors import Refused
from documents.models import Job
from monitoring import services
from monitoring.forms import ApproveForm, ConcludeForm, WithdrawForm
from monitoring.jobs import make_request, print_request
from monitoring.links import Links
from monitoring.models import Report, ReportState
from monitoring.permissions import can_approve_reports, can_make_reports, can_read_reports
from monitoring.reports.printing import body_context, printed_of
from monitoring.selectors import periods_on_offer, reports_for
from school.access import access_of
from school.models import User


def _reader(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not can_read_reports(user):
        raise PermissionDenied
    return user


def _report(user: User, pk: int) -> Report:
    return get_object_or_404(reports_for(user), pk=pk)


def _address(report: Report) -> str:
    return reverse("monitoring:detail", args=[report.pk])


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """All reports of the school, and what can be made."""
    user = _reader(request)
    school = access_of(user).school
    today = access_of(user).today
    periods = periods_on_offer(school) if school else []
    context = {
        "reports": reports_for(user).defer("data"),
        "periods": periods,
        "today": today,
        "ended": next((each for each in periods if today is not None and each.ends <= today), None),
        "can_make": can_make_reports(user),
    }
    return render(request, "monitoring/report_list.html", context)


@require_POST
def report_make(request: HttpRequest, period: int) -> HttpResponse:
    """Order the report of a period; the worker makes it."""
    user = _reader(request)
    school = access_of(user).school
    found = next((each for each in periods_on_offer(school) if each.pk == period), None) if school else None
    if found is None:
        raise Http404
    key = f"{found.pk}:{request.POST.get('once', '')}"
    return _to_job(request, lambda: make_request(by=user, period=found, key=key), reverse("monitoring:list"))


@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: the same tables as in its PDF, with links to the names behind the numbers."""
    user = _reader(request)
    report = _report(user, pk)
    return render(request, "monitoring/report_detail.html", _detail_context(user, report))


@require_POST
def report_print(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Order a file of the report."""
    user = _reader(request)
    report = _report(user, pk)
    if format not in ("pdf", "xlsx"):
        raise Http404
    return _to_job(
        request,
        lambda: print_request(by=user, report=report, format=format),
        reverse("monitoring:detail", args=[report.pk]),
    )


@require_POST
def report_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the conclusions of a draft."""
    user = _reader(request)
    report = _report(user, pk)
    form = ConcludeForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, user, report, conclude_form=form)
    text, seen = form.cleaned_data["conclusions"], request.POST.get("seen", "")
    try:
        services.report_conclude(by=user, report=report, text=text, seen=seen)
    except Refused as refusal:
        form.add_error("conclusions", refusal.message)
        report.refresh_from_db()
        return _shown_again(request, user, report, conclude_form=form)
    messages.success(request, "Выводы сохранены.")
    return redirect(_address(report))


@require_POST
def report_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the draft under a number."""
    user = _reader(request)
    report = _report(user, pk)
    form = ApproveForm(request.POST, today=report.school.today())
    if not form.is_valid():
        return _shown_again(request, user, report, approve_form=form)
    day, seen = form.cleaned_data["day"], request.POST.get("seen", "")
    return _done(
        request,
        report,
        lambda: services.report_approve(by=user, report=report, day=day, seen=seen),
        "Отчёт утверждён.",
    )


@require_POST
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an approval back, with grounds."""
    user = _reader(request)
    report = _report(user, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, user, report, withdraw_form=form)
    grounds = form.cleaned_data["grounds"]
    return _done(
        request,
        report,
        lambda: services.report_withdraw(by=user, report=report, grounds=grounds),
        "Утверждение отозвано. Отчёт остаётся в списке под своим номером.",
    )


def _detail_context(user: User, report: Report) -> dict[str, object]:
    today = report.school.today()
    return body_context(printed_of(report), links=Links(report.period_id)) | {
        "record": report,
        "is_draft": report.state == ReportState.DRAFT,
        "is_approved": report.state == ReportState.APPROVED,
        "can_make": can_make_reports(user),
        "can_approve": can_approve_reports(user) and report.period.ends <= today,
        "approve_form": ApproveForm(today=today),
        "seen": services.mark_of_text(report.conclusions),
        "conclude_form": ConcludeForm(initial={"conclusions": report.conclusions}),
        "withdraw_form": WithdrawForm(),
    }


def _shown_again(request: HttpRequest, user: User, report: Report, **forms: Form) -> HttpResponse:
    context = _detail_context(user, report) | forms
    return render(request, "monitoring/report_detail.html", context, status=422)


def _done(request: HttpRequest, report: Report, deed: Callable[[], Report], told: str) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, told)
    return redirect("monitoring:detail", pk=report.pk)


def _to_job(request: HttpRequest, order: Callable[[], Job], otherwise: str) -> HttpResponse:
    try:
        job = order()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(otherwise)
    return redirect("documents:job", pk=job.pk)
