"""Ordering routes on paper: one, those of a class, all that the person sees; an approved version as it was."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from iom.forms_printing import ALL, COURSE, PARENTS, ROUTE, RoutesPrintForm
from iom.models import Route, RouteVersion
from iom.permissions_routes import can_see_routes
from iom.printing import routes_request, version_request
from iom.reports.route_print import Forms
from school.models import School, User
from school.views.base import FormPage, answer_form, reader, sent
from school.views.outdated import form_view

TEACHERS = "staff"


def _reader(request: HttpRequest) -> tuple[User, School, QuerySet[Route]]:
    """Who asks, and the routes that go on which they see; 403 for whoever sees none at all."""
    user, school = reader(request)
    if not can_see_routes(user):
        raise PermissionDenied("Маршруты видят сотрудники школы.")
    return user, school, Route.objects.visible_to(user).going()


@form_view
def print_many(request: HttpRequest) -> HttpResponse:
    """Routes that go on, of a class or all."""
    user, school, routes = _reader(request)
    form = RoutesPrintForm(sent(request), classes=_classes(routes), initial={"cls": request.GET.get("cls") or ALL})
    return _answer(request, (user, school), form, lambda chosen: _of_class(routes, chosen))


@form_view
def print_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One route, also one that is over."""
    user, school, _ = _reader(request)
    route = get_object_or_404(Route.objects.visible_to(user), pk=pk)
    form = RoutesPrintForm(sent(request), classes=[])
    return _answer(request, (user, school), form, lambda _: Route.objects.filter(pk=route.pk))


@require_POST
def print_version(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved version as it was."""
    user, _, _ = _reader(request)
    versions = RouteVersion.objects.select_related("route__school").filter(route__in=Route.objects.visible_to(user))
    version = get_object_or_404(versions, pk=pk)
    job = version_request(by=user, version=version, key=request.POST.get("once", ""))
    return redirect("documents:job", pk=job.pk)


def _answer(
    request: HttpRequest, asker: tuple[User, School], form: RoutesPrintForm, chosen: Callable[[str], QuerySet[Route]]
) -> HttpResponse:
    user, school = asker

    def save() -> str:
        told = form.cleaned_data
        job = routes_request(
            by=user,
            school=school,
            routes=list(chosen(told.get("cls", "")).values_list("pk", flat=True)),
            forms=Forms(route=ROUTE in told["sheets"], parents=PARENTS in told["sheets"]),
            course=COURSE in told["sheets"],
            packed=told.get("pack") == "zip",
            key=request.POST.get("once", ""),
        )
        return reverse("documents:job", args=[job.pk])

    page = FormPage(
        "Печать маршрутов",
        ("Маршруты", reverse("routes:list")),
        button="Напечатать",
        done="Заказано. Готовый файл появится на этой странице.",
        meta="Печатается то, что утверждено; неутверждённое — с пометкой «проект».",
    )
    return answer_form(request, page, form, save)


def _classes(routes: QuerySet[Route]) -> list[tuple[str, str]]:
    """All, then each class that has a route, with how many; teachers at the end."""
    rows = routes.values("school_class", "school_class__grade", "school_class__letter").annotate(number=Count("pk"))
    found = list(rows.order_by("school_class__grade", "school_class__letter"))
    every = sum(row["number"] for row in found)
    classes = [
        (str(row["school_class"]), f"{row['school_class__grade']}{row['school_class__letter']} — {row['number']}")
        for row in found
        if row["school_class"] is not None
    ]
    teachers = sum(row["number"] for row in found if row["school_class"] is None)
    return [(ALL, f"Все — {every}"), *classes, *([(TEACHERS, f"Педагоги — {teachers}")] if teachers else [])]


def _of_class(routes: QuerySet[Route], chosen: str) -> QuerySet[Route]:
    """Of what the form's list offers."""
    if chosen == ALL:
        return routes
    return routes.filter(school_class__isnull=True) if chosen == TEACHERS else routes.filter(school_class=int(chosen))
