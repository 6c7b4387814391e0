"""Signals that wait: for this very person, and those that nobody answered in time."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.look import Chip
from common.russian import date_words
from risk_registry.models import Signal
from risk_registry.permissions import can_record_deed, can_see_registry
from risk_registry.selectors.addressed import addressed_to, slipping
from risk_registry.selectors.signals import signal_rows, signals_with_marks
from school.access import access_of
from school.models import User
from school.views.base import asked

_PER_PAGE = 50
_NONE = "none"


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What asks this person first; `?due=2026-11-25` only what is due that day, `none` what has no day."""
    user, _ = _reader(request)
    rows = addressed_to(user)
    due = _due(asked(request, "due"))
    chips = []
    if due is not None:
        rows = rows.filter(due__isnull=True) if due == _NONE else rows.filter(due=due)
        title = "без срока" if isinstance(due, str) else f"до {date_words(due)}"
        chips = [Chip(title, "?", removes=True)]
    empty = ("Никто не ждёт вашего ответа", "Здесь появятся сигналы по вашим предметам и пропуски вашего класса.")
    return _answer(request, user, rows, "Ждут моего ответа", chips, empty)


@require_GET
def slip(request: HttpRequest) -> HttpResponse:
    """Pupils who slip, and nobody has done anything by the day that was given."""
    user, today = _reader(request)
    empty = ("Таких нет", "Здесь будут сигналы, на которые никто не ответил к сроку.")
    return _answer(request, user, slipping(user, today), "Срок прошёл, ответа нет", [], empty)


def _reader(request: HttpRequest) -> tuple[User, date]:
    user, today = request.user, access_of(request.user).today
    if not isinstance(user, User) or today is None or not can_see_registry(user):
        raise PermissionDenied("Сигналы видят сотрудники школы, у которых есть обучающиеся.")
    return user, today


def _due(text: str) -> date | str | None:
    """What is no day is no filter."""
    if text == _NONE:
        return _NONE
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _answer(
    request: HttpRequest, user: User, rows: QuerySet[Signal], heading: str, chips: list[Chip], empty: tuple[str, str]
) -> HttpResponse:
    found = signals_with_marks(rows).order_by("due", "since", "pupil__sort_key", "pk")
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "heading": heading,
        "page": page,
        "rows": signal_rows(page.object_list),
        "chips": chips,
        "records": can_record_deed(user),
        "empty": empty,
    }
    return render(request, "desk/waiting.html", told)
