"""The municipality: its name, its schools, the logins of its coordinators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.errors import Refused
from school.forms.organisation import CoordinatorForm, MunicipalityForm
from school.models import Municipality, User
from school.permissions import can_issue_coordinators, can_keep_municipality
from school.services.logins import IssuedLogin
from school.services.municipality import (
    coordinator_disable,
    coordinator_issue,
    coordinator_reset,
    municipality_rename,
)
from school.views.base import FormPage, answer_deed, answer_form, sent
from school.views.logins import show_issued
from school.views.outdated import form_view


@form_view
def card(request: HttpRequest) -> HttpResponse:
    """Its name, which its keepers may correct, its schools and coordinators."""
    user, row = _keeper(request)
    form = MunicipalityForm(sent(request), instance=row)
    page = FormPage(
        row.name,
        ("Рабочий стол", reverse("start")),
        done="Название сохранено.",
        meta="название видят все школы муниципалитета",
        template="school/municipality.html",
        more={
            "schools": row.school_set.all(),
            "coordinators": row.coordinators.all(),
            "issuer": can_issue_coordinators(user),
        },
    )

    def save() -> str:
        municipality_rename(by=user, municipality=row, name=form.cleaned_data["name"])
        return _up(row)[1]

    return answer_form(request, page, form, save)


@form_view
def coordinator_new(request: HttpRequest) -> HttpResponse:
    """Issue a coordinator's login and show its password, this once."""
    user, row = _issuer(request)
    form = CoordinatorForm(sent(request))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["username"]
        try:
            issued = coordinator_issue(by=user, municipality=row, username=name)
        except Refused as refusal:
            form.add_error("username", refusal.message)
        else:
            return show_issued(request, f"Координатор: {name}", issued, _up(row))
    page = FormPage("Новый координатор", _up(row), "Выдать логин", meta="видит школы рядом, без имён учеников")
    status = 422 if request.method == "POST" else 200
    return render(request, page.template, {"page": page, "form": form}, status=status)


@require_POST
def coordinator_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new one-time password and show it, this once."""
    user, row, coordinator = _coordinator(request, pk)
    issued: IssuedLogin = coordinator_reset(by=user, coordinator=coordinator)
    return show_issued(request, f"Координатор: {coordinator.username}", issued, _up(row))


@require_POST
def coordinator_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a coordinator's login off."""
    user, row, coordinator = _coordinator(request, pk)
    done = f"Логин отключён: {coordinator.username}."
    return answer_deed(request, lambda: coordinator_disable(by=user, coordinator=coordinator), done, _up(row)[1])


def _keeper(request: HttpRequest) -> tuple[User, Municipality]:
    """The person and the municipality whose page they keep: the coordinator's own, or that of the school."""
    user = request.user
    if not isinstance(user, User) or not can_keep_municipality(user):
        raise PermissionDenied("Страницу муниципалитета ведут его координатор и администраторы его школ.")
    row = user.municipality or (user.school.municipality if user.school else None)
    assert row is not None  # can_keep_municipality
    return user, row


def _issuer(request: HttpRequest) -> tuple[User, Municipality]:
    user, row = _keeper(request)
    if not can_issue_coordinators(user):
        raise PermissionDenied("Логины координаторов выдаёт администратор.")
    return user, row


def _coordinator(request: HttpRequest, pk: int) -> tuple[User, Municipality, User]:
    user, row = _issuer(request)
    return user, row, get_object_or_404(row.coordinators.all(), pk=pk)


def _up(row: Municipality) -> tuple[str, str]:
    return row.name, reverse("school:municipality")
