"""Where assessment procedures are shown: floors above add their pages, and say which procedures a person may open."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from common.look import Tab
from school.models import User

Sees = Callable[[int | None, int], bool]


@dataclass(frozen=True)
class PageTab:
    """One of the pages about assessment procedures."""

    order: int
    title: str
    url_name: str
    allowed: Callable[[User], bool]


_tabs: dict[str, PageTab] = {}
_card: list[tuple[str, Callable[[User], Sees]]] = []


def tab_register(*tabs: PageTab) -> None:
    """Add pages; a page is known by its address, so registering it again replaces it."""
    for tab in tabs:
        _tabs[tab.url_name] = tab


def card_register(url_name: str, sees: Callable[[User], Sees]) -> None:
    """Name the page of one procedure, and who may open it: `sees(user)(class or None, subject)`."""
    _card[:] = [(url_name, sees)]


def tabs_for(user: User, current: str) -> list[Tab]:
    """The pages that the person may open; nothing to choose from one."""
    allowed = sorted((tab for tab in _tabs.values() if tab.allowed(user)), key=lambda tab: tab.order)
    tabs = [Tab(tab.title, reverse(tab.url_name), tab.url_name == current) for tab in allowed]
    return tabs if len(tabs) > 1 else []


def card_of(procedure: int) -> str:
    """The address of a procedure's page; empty when no floor shows one."""
    return reverse(_card[0][0], args=[procedure]) if _card else ""


def sees_of(user: User) -> Sees:
    """Which procedures, by class and subject, the person may open."""
    return _card[0][1](user) if _card else lambda _class, _subject: False
