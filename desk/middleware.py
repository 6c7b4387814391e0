"""A list that a person wants to open with a filter of their own opens so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from desk.models import FilteredPage
from desk.own_filters import own_filters
from school.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
_PAGES = frozenset(FilteredPage.values)


class DefaultFilter:
    """Whoever comes from elsewhere, without a filter in the address, is led to the one they chose as their own.

    Within the page itself «reset» and the last pill's cross lead to the address without a filter: that is meant.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """On three pages, when nothing is asked."""
        match = request.resolver_match
        if match is None or match.view_name not in _PAGES or request.method != "GET" or request.GET:
            return None
        if not isinstance(request.user, User) or _came_from_here(request):
            return None
        query = next((query for _, query, default in own_filters(request, match.view_name) if default), "")
        return redirect(f"{request.path}?{query}") if query else None


def _came_from_here(request: HttpRequest) -> bool:
    return urlsplit(request.headers.get("Referer", "")).path == request.path
