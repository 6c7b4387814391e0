"""What pages with a filter share: the query without one of its parts, pills that take a filter away, keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict

from common.look import Chip
from school.forms.filtering import ANY, ListFilter


def query_without(request: HttpRequest, *names: str, **others: str) -> str:
    """The page's own query with some parameters taken out or changed; «?» when nothing is left."""
    query: QueryDict = request.GET.copy()
    for name in (*names, "page", "pick"):
        query.pop(name, None)
    for name, value in others.items():
        query[name] = value
    return f"?{query.urlencode()}"


def chips_of(
    request: HttpRequest, form: ListFilter, chosen: Mapping[str, Any], labels: Mapping[str, str] | None = None
) -> list[Chip]:
    """A pill for each filter that is in force, which takes it away again; without `labels` under those of the form."""
    told = {name: str(form.fields[name].label) for name in chosen} if labels is None else labels
    return [
        Chip(f"{label}: {form.words(name, chosen[name])}", query_without(request, name), removes=True)
        for name, label in told.items()
        if name in chosen
    ]


def options_of(rows: Sequence[Any]) -> list[tuple[object, str]]:
    """Keys and words of rows, after «all»."""
    return [*ANY, *((row.pk, str(row)) for row in rows)]


def whole_number(text: str | None) -> int | None:
    """A key from an address; None when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
