"""Making a route: from an entry of the registry, or of a colleague."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from iom.forms_routes import PUPIL_KINDS, MakeForm, TeacherMakeForm
from iom.permissions_routes import can_make_colleagues, can_make_for, can_make_needs, can_make_own
from iom.rules.routes import KIND_OF
from iom.selectors.proposing import route_idea
from iom.services.making import RouteWish, route_make, teacher_route_make
from iom.services.teacher_gaps import open_gaps
from iom.views.finding import people_of, reader, school_of, subjects_of
from iom.words import Every, RouteKind
from risk_registry.categories import Category
from risk_registry.models import RegistryEntry
from school.access import pupils_for
from school.models import Pupil, Staff, User
from school.views.base import FormPage, answer_form, sent
from school.views.filtering import whole_number
from school.views.outdated import form_view


@form_view
def route_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A route of the pupil: `?entry=` names an entry of the registry, everything known is filled in."""
    user = reader(request)
    pupil = get_object_or_404(pupils_for(user).select_related("school"), pk=pk)
    if not can_make_for(user, pupil):
        raise PermissionDenied("Маршрут составляет классный руководитель, тьютор или заместитель директора.")
    entry = _entry(user, pupil, whole_number(request.GET.get("entry")))
    form = _make_form(request, user, pupil, entry)
    words = pupil.full_name if entry is None else f"{pupil.full_name}, реестр: {entry.get_category_display().lower()}"
    up = (pupil.list_name, reverse("desk:pupil", args=[pupil.pk]))
    page = FormPage("Составить маршрут", up, "Составить", "Маршрут составлен: дополните свою часть.", meta=words)

    def save() -> str:
        told = form.cleaned_data
        wish = RouteWish(
            [subject.pk for subject in told["subjects"]],
            *(told[name] for name in ("tutor", "begins", "ends", "every", "steps", "gaps")),
        )
        route = route_make(by=user, pupil=pupil, kind=told["kind"], entry=entry, wish=wish)
        return reverse("routes:route", args=[route.pk])

    return answer_form(request, page, form, save)


def _entry(user: User, pupil: Pupil, key: int | None) -> RegistryEntry | None:
    rows = RegistryEntry.objects.visible_to(user).filter(pupil=pupil).select_related("period")
    if key is not None:
        return get_object_or_404(rows, pk=key)
    return rows.exclude(state__in=("removed", "withdrawn")).order_by("-period__starts").first()


def _make_form(request: HttpRequest, user: User, pupil: Pupil, entry: RegistryEntry | None) -> MakeForm:
    kinds = [row for row in PUPIL_KINDS if row[0] != RouteKind.NEEDS or can_make_needs(user, pupil)]
    kind = KIND_OF.get(Category(entry.category), RouteKind.WEAK) if entry is not None else RouteKind.WEAK
    idea = _known(pupil, kind, entry)
    return MakeForm(
        sent(request),
        subjects=subjects_of(pupil.school),
        people=people_of(pupil.school),
        kinds=kinds,
        initial={
            "kind": kind,
            "subjects": [part.subject.pk for part in idea.parts],
            "tutor": idea.tutor.pk if idea.tutor is not None else None,
            "begins": idea.begins,
            "ends": idea.ends,
            "every": Every.FORTNIGHT,
        },
    )


def _known(pupil: Pupil, kind: str, entry: RegistryEntry | None) -> Any:
    try:
        return route_idea(pupil, kind, entry=entry)
    except ValueError as error:
        raise Http404 from error


@form_view
def teacher_new(request: HttpRequest) -> HttpResponse:
    """A route of a teacher's professional gaps."""
    user = reader(request)
    if not (can_make_colleagues(user) or can_make_own(user)):
        raise PermissionDenied("Маршрут педагога составляет он сам, руководитель ШМО или заместитель директора.")
    school = school_of(user)
    people = people_of(school)
    teachers = people if can_make_colleagues(user) else people.filter(pk=user.staff_id or 0)
    teacher = teachers.filter(pk=whole_number(request.GET.get("staff")) or user.staff_id or 0).first()
    form = TeacherMakeForm(
        sent(request),
        people=people,
        teachers=teachers,
        subjects=subjects_of(school),
        written=_written(user, teacher),
        initial={"staff": teacher.pk if teacher is not None else None},
    )
    page = FormPage("Маршрут педагога", ("Маршруты", reverse("routes:list")), "Составить", "Маршрут составлен.")

    def save() -> str:
        told = form.cleaned_data
        wish = RouteWish([subject.pk for subject in told["subjects"]], told["tutor"], gaps=told["gaps"])
        staff: Staff = told["staff"]
        return reverse("routes:route", args=[teacher_route_make(by=user, staff=staff, wish=wish).pk])

    return answer_form(request, page, form, save)


def _written(user: User, teacher: Staff | None) -> str:
    """Which gaps the route would begin with."""
    rows = open_gaps(user, teacher) if teacher is not None else []
    if not rows:
        return "Те, что записаны в «Развитии педагогов» и не закрыты: станут дефицитами маршрута."
    assert teacher is not None
    return f"{teacher.short_name}: {'; '.join(row.text for row in rows)}."
