"""What points at a row: the school does not know the floors above, but the database's keys do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from django.db.models import DO_NOTHING, Count, Field, ForeignKey, ForeignObjectRel, Model

from common.errors import Refused
from school.history_words import thing_name


def dependents_of(
    model: type[Model], keys: Sequence[int], own: Mapping[str, AbstractSet[int]]
) -> Iterator[tuple[int, str, int]]:
    """(key, in words what, how many) for rows of any table that point at the keys.

    Rows listed in `own` (by table) do not count. Nor do tables that are computed from others (their models say
    `derived = True`), nor history, which outlives what it tells of.
    """
    if not keys:
        return
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and _binds(relation.field):
            yield from _pointing(relation.related_model, relation.field, keys, own)


def _binds(field: Any) -> bool:
    return isinstance(field, ForeignKey) and getattr(field.remote_field, "on_delete", None) is not DO_NOTHING


def _pointing(
    related: type[Model], field: "Field[object, object]", keys: Sequence[int], own: Mapping[str, AbstractSet[int]]
) -> Iterator[tuple[int, str, int]]:
    table = str(related._meta.model_name)
    if getattr(related, "derived", False):
        return
    rows = related._default_manager.filter(**{f"{field.name}__in": keys})
    if related._meta.app_label == "school" and own.get(table):
        rows = rows.exclude(pk__in=own[table])
    for pk, number in rows.values_list(field.attname).annotate(n=Count("pk")).order_by():
        yield pk, _in_words(related), number


def _in_words(related: type[Model]) -> str:
    told = thing_name(related)
    return "другие записи" if told.isascii() else told


def total_by_words(model: type[Model], keys: Sequence[int]) -> dict[str, int]:
    """What points at any of the keys, in words, and how many rows of each: {"отметки": 12}."""
    totals: Counter[str] = Counter()
    for _, words, number in dependents_of(model, keys, {}):
        totals[words] += number
    return dict(totals)


def must_be_unused(row: Model, message: str) -> None:
    """Raise `Refused` with the message and what uses the row, when something does."""
    used = total_by_words(type(row), [row.pk])
    if used:
        told = ", ".join(f"{words} ({number})" for words, number in sorted(used.items()))
        raise Refused(f"{message} Уже есть: {told}.")
