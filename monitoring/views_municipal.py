"""Schools of a municipality side by side: the coordinator's first page."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.look import Chip
from monitoring.jobs_municipal import FORMATS, municipal_print_request
from monitoring.permissions import can_compare_schools
from monitoring.reports.municipal.report import Municipal, build_municipal, sorted_lines, year_title
from monitoring.reports.municipal.words import SOURCE
from school.models import Period, User
from school.views.base import asked


def _coordinator(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not can_compare_schools(user):
        raise PermissionDenied("Школы рядом видит координатор муниципалитета.")
    return user


def _number(request: HttpRequest, name: str) -> int | None:
    text = asked(request, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All schools in a period; `?year=`, `?period=`, `?sort=` a column, by default names."""
    user = _coordinator(request)
    told = build_municipal(user, _number(request, "year"), _number(request, "period"))
    page = {
        "board": told,
        "lines": sorted_lines(told.lines, asked(request, "sort")),
        "years": _years(told),
        "periods": _periods(told),
        "source": SOURCE,
        "sorted": asked(request, "sort"),
    }
    return render(request, "monitoring/municipal.html", page)


def _years(told: Municipal) -> list[Chip]:
    if len(told.years) < 2:
        return []
    here = reverse("municipal:board")
    return [Chip(year_title(year), f"{here}?year={year}", year == told.start) for year in told.years]


def _periods(told: Municipal) -> list[Chip]:
    here = reverse("municipal:board")
    return [
        Chip(
            Period(system=one.system, number=one.number).title,
            f"{here}?year={told.start}&period={one.number}",
            one.number == told.number,
        )
        for one in told.spans
    ]


@require_POST
def board_print(request: HttpRequest, start: int, number: int, format: str) -> HttpResponse:
    """Order the page as a file."""
    user = _coordinator(request)
    if format not in FORMATS:
        raise Http404
    job = municipal_print_request(
        by=user, start=start, number=number, format=format, key=request.POST.get("once", "")[:64]
    )
    return redirect("documents:job", pk=job.pk)
