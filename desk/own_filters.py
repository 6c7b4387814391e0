"""The reader's own filters, kept in their session: every list shows them, and a list has no query to spare."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from desk.models import SavedFilter

_KEY = "own_filters"
OwnFilter = tuple[str, str, bool]


def own_filters(request: HttpRequest, page: str) -> list[OwnFilter]:
    """Name, query and whether the page opens with it, by name; one query in a session, none after it."""
    kept: Any = request.session.get(_KEY)
    if kept is None:
        rows = SavedFilter.objects.filter(user=request.user.pk).order_by("name", "pk")
        kept = request.session[_KEY] = _by_page(rows)
    return [(name, query, default) for name, query, default in kept.get(page, [])]


def _by_page(rows: Iterable[SavedFilter]) -> dict[str, list[OwnFilter]]:
    found: dict[str, list[OwnFilter]] = {}
    for row in rows:
        found.setdefault(row.page, []).append((row.name, row.query, row.is_default))
    return found


def own_filters_changed(session: SessionBase) -> None:
    """Read them anew: the person has just changed them."""
    session.pop(_KEY, None)
