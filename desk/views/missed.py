"""Pupils who miss lessons without a reason: where the desk's figure leads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.rules import Days, so_far
from desk.selectors.missed import asked_period, missed_lessons, missed_pupils
from desk.views.asked import asked_number
from school.access import access_of
from school.permissions import can_see_school

_PER_PAGE = 50


@require_GET
def missed(request: HttpRequest) -> HttpResponse:
    """Those whom the person may see, the most lessons first; `?period=` names the period by its key."""
    if not can_see_school(request.user):
        raise PermissionDenied("Эту страницу открывают те, у кого есть обязанности в школе.")
    period = asked_period(request.user, asked_number(request, "period"))
    told: dict[str, Any] = {"period": period}
    if period is not None:
        today = access_of(request.user).today or period.ends
        days = so_far(Days(period.starts, period.ends), today)
        page = Paginator(missed_pupils(request.user, days), _PER_PAGE).get_page(request.GET.get("page"))
        told |= {"page": page, "lessons": missed_lessons(request.user, days)[0], "days": days}
    return render(request, "desk/missed.html", told)
