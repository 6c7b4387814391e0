"""Addresses of filtered lists, for every page that shows a number."""

from urllib.parse import urlencode

from django.urls import reverse


def registry_link(**filters: object) -> str:
    """The registry filtered: `period`, `cls`, `category` (also «at_risk»), `subject` by keys, `state`, `text`.

    `causes`: «none» for entries without an established cause, «some» for those with one.
    """
    return _link("registry:list", filters)


def categories_link(**filters: object) -> str:
    """All pupils of a period by what the marks say: `period`, `cls`, `category` (also «at_risk», «unrated»)."""
    return _link("registry:categories", filters)


def signals_link(**filters: object) -> str:
    """Signals filtered: `period`, `cls`, `subject` by keys, `state`, `text`."""
    return _link("registry:signals", filters)


def debts_link(**filters: object) -> str:
    """Academic debts filtered: `cls`, `subject` by keys, `state`, `need`, `term` («soon», «over»), `text`."""
    return _link("debts:list", filters)


def _link(name: str, filters: dict[str, object]) -> str:
    told = {key: value for key, value in filters.items() if value not in (None, "")}
    return f"{reverse(name)}?{urlencode(told)}" if told else reverse(name)
