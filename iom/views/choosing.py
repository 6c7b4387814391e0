"""Choosing pupils of a class: what pages about several pupils share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from school.access import access_of, pupils_for
from school.models import Enrolment, Pupil, SchoolClass, User
from school.views.filtering import whole_number


@dataclass(frozen=True)
class Chosen:
    """The class of the address with the visible pupils in it; `pupil`: the one who was named, already ticked."""

    school_class: SchoolClass
    pupils: QuerySet[Pupil]
    pupil: Pupil | None


def classes_with_pupils(user: User) -> list[SchoolClass]:
    """Classes of today in which the person sees somebody."""
    today = access_of(user).today
    seats = Enrolment.objects.on(today).filter(pupil__in=pupils_for(user).order_by().values("pk")) if today else None
    return list(SchoolClass.objects.filter(pk__in=seats.values("school_class"))) if seats is not None else []


def chosen_pupils(request: HttpRequest, user: User) -> Chosen | None:
    """Of `?cls=` or `?pupil=`; None while neither is given, 404 for whom the person does not see."""
    today = access_of(user).today
    key, named = whole_number(request.GET.get("cls")), whole_number(request.GET.get("pupil"))
    if today is None or (key is None and named is None):
        return None
    pupil = get_object_or_404(pupils_for(user), pk=named) if named is not None else None
    seats = Enrolment.objects.on(today)
    if pupil is not None:
        seat = get_object_or_404(seats, pupil=pupil)
        key = seat.school_class_id
    school_class = get_object_or_404(SchoolClass, pk=key, school=user.school)
    seated = seats.filter(school_class=school_class).values("pupil")
    pupils = pupils_for(user).filter(pk__in=seated)
    return Chosen(school_class, pupils, pupil)


def choose_class(
    request: HttpRequest,
    user: User,
    heading: str,
    up: tuple[str, str],
    classes: Sequence[SchoolClass] | None = None,
) -> HttpResponse:
    """The page that asks of which class: of those named, else of all in which the person sees somebody."""
    shown = {"heading": heading, "up": up, "classes": classes_with_pupils(user) if classes is None else classes}
    return render(request, "iom/choose_class.html", shown)
