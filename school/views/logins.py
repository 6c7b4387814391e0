"""Logins of the school's people: who has one, and handing them out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from common.errors import Refused
from common.look import Tab
from school.models import Staff, User
from school.permissions import can_change_login, can_issue_logins
from school.selectors_logins import LoginState, login_counts, login_rows, people_with_logins
from school.services.logins import IssuedLogin, login_disable, login_issue, login_reset
from school.views.base import asked

_PER_PAGE = 50


@require_GET
def login_list(request: HttpRequest) -> HttpResponse:
    """People of the school with the state of their logins."""
    user = _issuer(request)
    text = asked(request, "text")
    chosen = request.GET.get("state", "")
    page = Paginator(people_with_logins(user, state=chosen, text=text), _PER_PAGE).get_page(request.GET.get("page"))
    rows = login_rows(user, list(page.object_list))
    told = {"page": page, "rows": rows, "tabs": _tabs(user, chosen), "text": text, "state": chosen}
    return render(request, "school/login_list.html", told)


@require_POST
def login_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a login and show its password, this once."""
    return _hand_out(request, pk, login_issue)


@require_POST
def login_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new one-time password and show it, this once."""
    return _hand_out(request, pk, login_reset)


@require_POST
def login_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a login off."""
    user, staff = _issuer_and_person(request, pk)
    try:
        login_disable(by=user, staff=staff)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Логин отключён: {staff.short_name}. Открытые сеансы закончились.")
    return redirect("school:logins")


def _hand_out(request: HttpRequest, pk: int, service: Callable[..., IssuedLogin]) -> HttpResponse:
    user, staff = _issuer_and_person(request, pk)
    try:
        issued = service(by=user, staff=staff)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("school:logins")
    return show_issued(request, staff.full_name, issued, ("Логины", reverse("school:logins")))


def show_issued(request: HttpRequest, name: str, issued: IssuedLogin, back: tuple[str, str]) -> HttpResponse:
    """The login and its password, shown this once; `back` is where one goes on: (title, address)."""
    told = {"name": name, "issued": issued, "back": back}
    return render(request, "school/login_issued.html", told, status=201)


def _issuer(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not can_issue_logins(user):
        raise PermissionDenied("Логины выдают директор, заместитель директора и администратор.")
    return user


def _issuer_and_person(request: HttpRequest, pk: int) -> tuple[User, Staff]:
    user = _issuer(request)
    staff = get_object_or_404(Staff.objects.select_related("school", "user"), pk=pk, school=user.school)
    if not can_change_login(user, staff):
        raise PermissionDenied("Логин этого сотрудника меняет он сам или тот, кто выше по должности.")
    return user, staff


def _tabs(user: User, chosen: str) -> list[Tab]:
    counts = login_counts(user)
    tabs: list[Any] = [("", "Все", sum(counts.values()))]
    tabs += [(state.value, state.label, counts[state]) for state in LoginState]
    return [Tab(title, f"?state={key}" if key else "?", key == chosen, number) for key, title, number in tabs]
