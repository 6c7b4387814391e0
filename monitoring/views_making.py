"""Ordering documents and their files; the worker makes them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Refused
from documents.models import Job
from monitoring.jobs import make_all_request, make_request, print_request
from monitoring.jobs_pack import pack_request
from monitoring.permissions import can_make_reports, can_read_reports
from monitoring.reports.kinds import Of, document_kind
from monitoring.selectors import document_lines, document_wanted
from monitoring.views import document_reader, offered_period, report_of


@require_POST
def document_make(request: HttpRequest, period: int, kind: str, of: int) -> HttpResponse:
    """Order one draft."""
    user = document_reader(request)
    found = offered_period(user, period)
    line = document_wanted(user, found, kind, of)
    if line is None:
        raise Http404
    key = f"{found.pk}:{kind}:{of}:{request.POST.get('once', '')}"
    return _to_job(request, lambda: make_request(by=user, line=line, key=key), _period(found.pk))


@require_POST
def documents_make(request: HttpRequest, period: int, kind: str) -> HttpResponse:
    """Order the drafts of a kind for every class or teacher."""
    user = document_reader(request)
    if not can_make_reports(user):
        raise PermissionDenied
    found = offered_period(user, period)
    if not any(line.kind.code == kind and line.kind.of != Of.SCHOOL for line in document_lines(user, found)):
        raise Http404
    key = f"{found.pk}:{kind}:all:{request.POST.get('once', '')}"
    return _to_job(request, lambda: make_all_request(by=user, period=found, code=kind, key=key), _period(found.pk))


@require_POST
def period_pack(request: HttpRequest, period: int) -> HttpResponse:
    """Order all papers of a period in one archive."""
    user = document_reader(request)
    if not can_read_reports(user):
        raise PermissionDenied
    found = offered_period(user, period)
    key = f"{found.pk}:pack:{request.POST.get('once', '')}"
    return _to_job(request, lambda: pack_request(by=user, period=found, key=key), _period(found.pk))


@require_POST
def report_print(request: HttpRequest, pk: int, format: str) -> HttpResponse:
    """Order a file of the document."""
    user = document_reader(request)
    report = report_of(user, pk)
    if format not in ("pdf", *document_kind(report.kind).formats):
        raise Http404
    return _to_job(
        request,
        lambda: print_request(by=user, report=report, format=format),
        reverse("monitoring:detail", args=[report.pk]),
    )


def _period(pk: int) -> str:
    return reverse("monitoring:period", args=[pk])


def _to_job(request: HttpRequest, order: Callable[[], Job], otherwise: str) -> HttpResponse:
    try:
        job = order()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(otherwise)
    return redirect("documents:job", pk=job.pk)
