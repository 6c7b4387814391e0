"""«Что предстоит»: by day or by week."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Tab
from desk.permissions import can_see_agenda
from desk.selectors.agenda import ALL, SPANS, agenda_groups, agenda_lines
from school.access import access_of
from school.models import User


@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person; `?span=day` or `week` leaves out what is further away."""
    user = request.user
    today = access_of(user).today
    if not isinstance(user, User) or today is None or not can_see_agenda(user):
        raise PermissionDenied("Эту страницу открывают те, у кого есть обязанности в школе.")
    asked = request.GET.get("span", ALL)
    span = asked if asked in SPANS else ALL
    lines = agenda_lines(user)
    told = {
        "groups": agenda_groups(lines, today, span),
        "tabs": [Tab(title, f"?span={key}" if key != ALL else "?", key == span) for key, title in SPANS.items()],
        "today": today,
        "anything": bool(lines),
    }
    return render(request, "desk/agenda.html", told)
