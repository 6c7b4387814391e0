"""How views of routes find what they are about: 404 for what the person does not see, 403 for what is not theirs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from iom.models import Gap, PlanStep, Route, RoutePart
from iom.permissions_routes import can_see_routes
from iom.rights import Rights, rights_on
from iom.selectors.route_page import one_route
from school.models import School, Staff, Subject, User

NOT_YOURS = "Свою часть маршрута правит её учитель, общую — тот, кто ведёт маршрут."
LED_BY = "Это делает тот, кто ведёт маршрут: классный руководитель, тьютор или заместитель директора."


def reader(request: HttpRequest) -> User:
    """Who asks; 403 for whoever has no duty in a school."""
    user = request.user
    if not isinstance(user, User) or not can_see_routes(user):
        raise PermissionDenied("Маршруты видят сотрудники школы, у которых есть обучающиеся.")
    return user


def school_of(user: User) -> School:
    """The person's school."""
    if user.school is None:
        raise Http404
    return user.school


def seen_route(request: HttpRequest, pk: int) -> tuple[User, Route, Rights]:
    """A visible route with what the person may do with it."""
    user = reader(request)
    route = one_route(user, pk)
    if route is None:
        raise Http404
    return user, route, rights_on(user, route)


def led_route(request: HttpRequest, pk: int) -> tuple[User, Route]:
    """One that the person leads."""
    user, route, rights = seen_route(request, pk)
    if not rights.leads:
        raise PermissionDenied(LED_BY)
    return user, route


def seen_part(request: HttpRequest, pk: int) -> tuple[User, RoutePart, Rights]:
    """A part of a visible route."""
    part = get_object_or_404(RoutePart.objects.select_related("subject", "teacher"), pk=pk)
    user, part.route, rights = seen_route(request, part.route_id)
    return user, part, rights


def own_part(request: HttpRequest, pk: int) -> tuple[User, RoutePart]:
    """One that the person may edit."""
    user, part, rights = seen_part(request, pk)
    if not rights.edits(part):
        raise PermissionDenied(NOT_YOURS)
    return user, part


def own_gap(request: HttpRequest, pk: int) -> tuple[User, Gap]:
    """A gap of a part that the person may edit."""
    gap = get_object_or_404(Gap.objects.filter(route__in=Route.objects.visible_to(reader(request))), pk=pk)
    user, gap.part = own_part(request, gap.part_id)
    gap.route = gap.part.route
    return user, gap


def seen_step(request: HttpRequest, pk: int) -> tuple[User, PlanStep, Rights]:
    """A step of a visible route."""
    step = get_object_or_404(PlanStep.objects.filter(removed_at=None), pk=pk)
    user, step.part, rights = seen_part(request, step.part_id)
    step.route = step.part.route
    return user, step, rights


def own_step(request: HttpRequest, pk: int) -> tuple[User, PlanStep]:
    """One that the person may plan."""
    user, step, rights = seen_step(request, pk)
    if not rights.edits_step(step.part, step.kind):
        raise PermissionDenied(NOT_YOURS)
    return user, step


def whose(route: Route) -> str:
    """«Ковтун Матвей»: the pupil or the teacher."""
    person = route.pupil or route.staff
    return person.list_name if person is not None else ""


def up_to(route: Route) -> tuple[str, str]:
    """Where forms of a route return."""
    return f"Маршрут: {whose(route)}", reverse("routes:route", args=[route.pk])


def people_of(school: School) -> QuerySet[Staff]:
    """Those who work in the school today."""
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=school.today()), school=school)


def subjects_of(school: School) -> QuerySet[Subject]:
    """All of the school."""
    return Subject.objects.filter(school=school)


def seen_number(request: HttpRequest, name: str = "version") -> int:
    """The version that a button carries; 0 when it is none."""
    told: Any = request.POST.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
