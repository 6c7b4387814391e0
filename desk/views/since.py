"""What has changed since the person was last here, by name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.selectors.home.periods import desk_periods
from desk.selectors.home.since import WEEK, since_page
from risk_registry.permissions import can_see_registry
from school.access import access_of
from school.models import User
from school.sessions import visit_before


@require_GET
def since(request: HttpRequest) -> HttpResponse:
    """For everybody who has pupils: about those whom they see. `?days=7`: the last week, else since the visit."""
    user = request.user
    school = access_of(user).school
    if not isinstance(user, User) or school is None or not can_see_registry(user):
        raise PermissionDenied("Эту страницу открывают сотрудники школы, у которых есть обучающиеся.")
    week = request.GET.get("days") == str(WEEK.days)
    before = school.now() - WEEK if week else visit_before(request.session)
    told: dict[str, Any] = {
        "page": None,
        "heading": "За последнюю неделю" if week else "После вашего визита",
        "week": week,
    }
    if before is not None:
        told["page"] = since_page(user, before, desk_periods(school, school.today()))
    return render(request, "desk/since.html", told)
