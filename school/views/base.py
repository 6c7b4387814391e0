"""What the views of the school's rooms share: who may come in, and pages that are one form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from common.errors import Refused
from school.access import pupils_for
from school.models import Pupil, School, User
from school.permissions import can_edit_school, can_see_school
from school.views.outdated import is_outdated, outdated, seen_of

RowT = TypeVar("RowT", bound=Model)

EDITORS_ONLY = "Данные школы правят директор, заместитель директора и администратор."


def reader(request: HttpRequest) -> tuple[User, School]:
    """The person and their school; 403 for whoever has no duty in a school."""
    user = request.user
    if not isinstance(user, User) or user.school is None or not can_see_school(user):
        raise PermissionDenied("Эту страницу открывают те, у кого есть обязанности в школе.")
    return user, user.school


def editor(request: HttpRequest) -> tuple[User, School]:
    """The same for whoever may change the school's data."""
    user, school = reader(request)
    if not can_edit_school(user):
        raise PermissionDenied(EDITORS_ONLY)
    return user, school


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None when it is only looked at."""
    return request.POST if request.method == "POST" else None


def asked(request: HttpRequest, name: str, default: str = "") -> str:
    """What the address asks for under the name, without what no database text can hold."""
    return request.GET.get(name, default).replace("\0", "").strip()


def visible_pupil(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """A pupil whom the person may see; 404 for anybody else's."""
    user, _ = reader(request)
    return user, get_object_or_404(pupils_for(user).select_related("school"), pk=pk)


def pupil_for(request: HttpRequest, pk: int, may: Callable[[User, Pupil], bool], refusal: str) -> tuple[User, Pupil]:
    """A visible pupil with whom the person may do this; 403 with these words when only seen."""
    user, pupil = visible_pupil(request, pk)
    if not may(user, pupil):
        raise PermissionDenied(refusal)
    return user, pupil


def edited_pupil(request: HttpRequest, pk: int) -> tuple[User, Pupil]:
    """A visible pupil whom the person may change; 403 when only seen."""
    return pupil_for(request, pk, lambda user, _: can_edit_school(user), EDITORS_ONLY)


def edited_about_pupil(request: HttpRequest, rows: QuerySet[RowT], pk: int) -> tuple[User, RowT]:
    """A row about a visible pupil (it has a key `pupil`), for whoever may change it."""
    user, _ = reader(request)
    row = get_object_or_404(rows.filter(pupil__in=pupils_for(user).order_by()), pk=pk)
    if not can_edit_school(user):
        raise PermissionDenied(EDITORS_ONLY)
    return user, row


@dataclass(frozen=True)
class FormPage:
    """A page that is one form. `up` is where it belongs: (title, address); there one returns when it is saved."""

    heading: str
    up: tuple[str, str]
    button: str = "Сохранить"
    done: str = "Сохранено."
    meta: str = ""
    warning: str = ""
    template: str = "school/form.html"
    more: dict[str, Any] = field(default_factory=dict)


def answer_form(request: HttpRequest, page: FormPage, form: BaseForm, save: Callable[[], str | None]) -> HttpResponse:
    """Show the form, or save what was sent: `save` calls a service and may name where to go.

    What was typed stays on the page when it is refused (422), also because another person was quicker.
    """
    if request.method == "POST" and form.is_valid():
        try:
            if is_outdated(request, form):
                raise outdated(form)
            target = save()
        except Refused as refusal:
            form.add_error(None, [refusal.message, *refusal.details])
        else:
            messages.success(request, page.done)
            return redirect(target or page.up[1])
    status = 422 if request.method == "POST" else 200
    return render(
        request, page.template, {"page": page, "form": form, "seen": seen_of(form), **page.more}, status=status
    )


def answer_deed(
    request: HttpRequest, deed: Callable[[], object], done: str, back: str, after: str = ""
) -> HttpResponse:
    """Do what a button asks and return: to `after` (else `back`) with `done`, or to `back` with the refusal."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, " ".join([refusal.message, *refusal.details]))
        return redirect(back)
    messages.success(request, done)
    return redirect(after or back)
