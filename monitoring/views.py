"""Pages of reports: the list, one report, its printing and approval."""

from collections.abc import Callable
from itertools import groupby
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.errors import Refused
from documents.formats import TITLES
from monitoring import services
from monitoring.forms import ApproveForm, ConcludeForm, SayForm, WithdrawForm
from monitoring.models import Report, ReportState
from monitoring.permissions import (
    can_approve_reports,
    can_conclude,
    can_make_reports,
    can_open_documents,
    can_read_reports,
)
from monitoring.reports.kinds import Of, document_kind
from monitoring.selectors import document_lines, is_over, periods_on_offer, reports_for
from school.access import access_of
from school.models import Period, User

_PER_PAGE = 50


def document_reader(request: HttpRequest) -> User:
    """Whoever may have documents at all."""
    user = cast(User, request.user)
    if not can_open_documents(user):
        raise PermissionDenied
    return user


def report_of(user: User, pk: int) -> Report:
    """One that the person may open, or 404."""
    return get_object_or_404(reports_for(user), pk=pk)


def offered_period(user: User, pk: int) -> Period:
    """A period of the own school that documents are made of, or 404."""
    school = access_of(user).school
    found = next((each for each in periods_on_offer(school) if each.pk == pk), None) if school else None
    if found is None:
        raise Http404
    return found


def _address(report: Report) -> str:
    return reverse("monitoring:detail", args=[report.pk])


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """All documents that the person may open, and the periods of which some can be made."""
    user = document_reader(request)
    school = access_of(user).school
    today = access_of(user).today
    offered = periods_on_offer(school) if school else []
    periods = [each for each in offered if can_read_reports(user) or not each.is_start]  # its list is the school's
    page = Paginator(reports_for(user).defer("data"), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "reports": [_told(report) for report in page.object_list],
        "periods": periods,
        "today": today,
        "ended": next((each for each in periods if today is not None and each.ends <= today), None),
        "can_make": can_make_reports(user),
    }
    return render(request, "monitoring/report_list.html", context)


def _told(report: Report) -> dict[str, object]:
    return {"report": report, "title": document_kind(report.kind).title_of(report.about)}


@require_safe
def period_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be made of a period, and what was."""
    user = document_reader(request)
    period = offered_period(user, pk)
    lines = document_lines(user, period)
    groups = [(kind, list(found)) for kind, found in groupby(lines, key=lambda line: line.kind)]
    context = {
        "period": period,
        "school_lines": [line for kind, found in groups for line in found if kind.of == Of.SCHOOL],
        "groups": [(kind, found) for kind, found in groups if kind.of != Of.SCHOOL],
        "can_make_all": can_make_reports(user),
        "going_on": not is_over(period, period.year.school.today()),
    }
    return render(request, "monitoring/period_documents.html", context)


@require_safe
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: the same tables as in its PDF, with links to the names behind the numbers."""
    user = document_reader(request)
    report = report_of(user, pk)
    return render(request, "monitoring/report_detail.html", _detail_context(user, report))


@require_POST
def report_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Take, rewrite or drop a suggested sentence; take all that are left."""
    user = document_reader(request)
    report = report_of(user, pk)
    deed, code = (request.POST.get(name, "") for name in ("deed", "code"))
    form = SayForm(request.POST)
    try:
        text = _said(form)
        if deed == "all":
            services.report_say_all(by=user, report=report)
        else:
            services.report_say(by=user, report=report, code=code, state=_STATES.get(deed, deed), text=text)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{_address(report)}#{'suggested' if deed == 'all' else f'say-{code}'}")


_STATES = {"open": ""}


def _said(form: SayForm) -> str:
    if not form.is_valid():
        raise Refused(" ".join(map(str, form.errors["text"])))
    text: str = form.cleaned_data["text"]
    return text


@require_POST
def report_conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the conclusions of a draft."""
    user = document_reader(request)
    report = report_of(user, pk)
    form = ConcludeForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, user, report, conclude_form=form)
    text, seen = form.cleaned_data["conclusions"], request.POST.get("seen", "")
    try:
        services.report_conclude(by=user, report=report, text=text, seen=seen)
    except Refused as refusal:
        report.refresh_from_db()
        if report.state != ReportState.DRAFT:  # no field is left to stand beside
            messages.error(request, refusal.message)
            return redirect(_address(report))
        form.add_error("conclusions", refusal.message)
        return _shown_again(request, user, report, conclude_form=form)
    messages.success(request, "Выводы сохранены.")
    return redirect(_address(report))


@require_POST
def report_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the draft under a number."""
    user = document_reader(request)
    report = report_of(user, pk)
    if not can_approve_reports(user):
        raise PermissionDenied
    form, words = ApproveForm(request.POST, today=report.school.today()), ConcludeForm(request.POST)
    if not all([form.is_valid(), words.is_valid()]):
        return _shown_again(request, user, report, approve_form=form, conclude_form=words)
    text = words.cleaned_data["conclusions"] if "conclusions" in request.POST else None
    day, seen = form.cleaned_data["day"], request.POST.get("seen_draft", "")
    try:
        services.report_approve(by=user, report=report, day=day, seen=seen, text=text)
    except Refused as refusal:
        report.refresh_from_db()
        if report.state != ReportState.DRAFT:
            messages.error(request, refusal.message)
            return redirect(_address(report))
        form.add_error("day", refusal.message)
        _warn_of_others(request, report, words)
        return _shown_again(request, user, report, approve_form=form, conclude_form=words)
    messages.success(request, "Документ утверждён.")
    return redirect(_address(report))


def _warn_of_others(request: HttpRequest, report: Report, words: ConcludeForm) -> None:
    """Another person has kept other conclusions meanwhile: approving would put the typed ones in their place."""
    if request.POST.get("seen", "") != services.mark_of_text(report.conclusions):
        words.add_error("conclusions", f"Сейчас в документе записаны другие выводы: «{report.conclusions}».")


@require_POST
def report_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an approval back, with grounds."""
    user = document_reader(request)
    report = report_of(user, pk)
    if not can_approve_reports(user):
        raise PermissionDenied
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, user, report, withdraw_form=form)
    grounds = form.cleaned_data["grounds"]
    return _done(
        request,
        report,
        lambda: services.report_withdraw(by=user, report=report, grounds=grounds),
        "Утверждение отозвано. Документ остаётся в списке под своим номером.",
    )


def _detail_context(user: User, report: Report) -> dict[str, object]:
    today = report.school.today()
    kind = document_kind(report.kind)
    is_draft = report.state == ReportState.DRAFT
    writes = is_draft and can_conclude(user, report)
    return kind.look.context(kind.look.printed(report), report.period_id) | {
        "record": report,
        "kind": kind,
        "body": kind.look.template,
        "formats": [(code, TITLES[code]) for code in kind.formats],
        "is_draft": is_draft,
        "is_approved": report.state == ReportState.APPROVED,
        "can_conclude": writes,
        "can_decide": can_approve_reports(user),
        "can_approve": can_approve_reports(user) and (kind.early or is_over(report.period, today)),
        "undecided": len(services.undecided(report)) if writes else 0,
        "suggest": "monitoring/_suggestions.html" if writes else "",
        "approve_form": ApproveForm(today=today),
        "seen": services.mark_of_text(report.conclusions),
        "seen_draft": services.draft_mark(report),
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
