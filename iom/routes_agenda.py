"""What routes ask of a person: parts to agree, parents to ask, papers to approve, reviews, gaps and steps."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from common.russian import counted
from iom.permissions_routes import can_approve_routes, can_see_routes, is_deputy
from iom.selectors.route_waiting import Waiting, routes_waiting
from iom.words import RouteState
from school.access import Viewer, access_of
from school.models import User
from school.shared import AgendaItem


def routes_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Titles count routes: those that the address lists. One query."""
    if not isinstance(user, User) or not can_see_routes(user) or access_of(user).staff is None:
        return []
    told = routes_waiting(user, day)
    heads = _of_heads(told) if can_approve_routes(user) else ()
    return [*_own(told), *_led(told), *heads, *(_of_deputy(told) if is_deputy(user) else ())]


def _own(told: Waiting) -> Iterator[AgendaItem]:
    """The parts, gaps and steps that the person answers for."""
    if told.parts:
        yield AgendaItem(f"Согласовать свою часть: {_routes(told.parts)}", _list(wait="part"))
    if told.gaps:
        title = f"Повторный контроль: {_routes(told.gaps)}"
        yield AgendaItem(title, _list(wait="gap"), "срок дефицита наступил", told.gap_due)
    if told.steps:
        title = f"Отметить шаги: {_routes(told.steps)}"
        yield AgendaItem(title, _list(wait="step"), "выполнен или не состоялся", told.step_due)


def _led(told: Waiting) -> Iterator[AgendaItem]:
    """The routes of which the person is the tutor."""
    if told.own_late:
        title = f"Пересмотр просрочен: {_routes(told.own_late)}"
        yield AgendaItem(title, _list(review="late", mine="lead"), due=told.own_late_due)
    if told.own_soon:
        title = f"Пересмотр подходит: {_routes(told.own_soon)}"
        yield AgendaItem(title, _list(review="soon", mine="lead"), due=told.own_soon_due)
    if told.own_parents:
        yield AgendaItem(f"Получить ответ родителей: {_routes(told.own_parents)}", _list(wait="parents"))


def _of_heads(told: Waiting) -> Iterator[AgendaItem]:
    if told.agreed:
        yield AgendaItem(f"Утвердить: {_routes(told.agreed)}", _list(state=RouteState.AGREED.value), signs=True)


def _of_deputy(told: Waiting) -> Iterator[AgendaItem]:
    if told.late:
        yield AgendaItem(f"Пересмотр просрочен: {_routes(told.late)}", _list(review="late"), "по всей школе")


def _routes(number: int) -> str:
    return counted(number, "маршрут", "маршрута", "маршрутов")


def _list(**asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('routes:list')}?{query}"
