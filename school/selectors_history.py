"""History in words: what was changed, by whom and when, what it was before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, JSONField, Model, Q, QuerySet
from django.utils.timezone import localtime

from common.russian import date_short
from school.access import Viewer, pupils_for
from school.history_words import column_name, thing_name
from school.models import HistoryEvent, Pupil

# Columns that say nothing to a reader: whose row it is stands in the heading.
_SILENT = {"id", "school", "pupil", "version", "ordinal", "computed_at", "changed_at"}
_OUTSIDE = "outside:"  # addresses of pages for people without an account
_COMMAND = "команда "

AnyField: TypeAlias = "Field[Any, Any]"


@dataclass(frozen=True)
class FieldChange:
    """One column: its Russian name, the value before and after. Both empty: changed, and not to be shown."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One row's change. `thing` is what it is («отметка»), `about` which one («Алгебра, 12.10.2026»)."""

    pk: int
    at: datetime
    who: str
    operation: HistoryEvent.Operation
    thing: str
    about: str
    fields: tuple[FieldChange, ...]
    row: tuple[str, str]


def history_of(obj: Model) -> list[Change]:
    """The changes of one row, the newest first. Whoever asks has found the row through `visible_to`.

    A constant number of queries: one, and one for each kind of thing that the columns point to.
    """
    pupil_id = obj.pk if isinstance(obj, Pupil) else getattr(obj, "pupil_id", None)
    mine = Q(pupil_id=pupil_id) if pupil_id is not None else Q(pupil__isnull=True)
    return changes_in_words(_events().filter(mine, table=obj._meta.db_table, row_id=str(obj.pk)))


_kept_back: list[Callable[[Pupil], Q]] = []


def keep_back(rule: Callable[[Pupil], Q]) -> None:
    """Name events that a pupil's common history does not tell: they are read on pages of their own, past a log."""
    if rule not in _kept_back:
        _kept_back.append(rule)


def pupil_events(user: Viewer, pupil: Pupil) -> QuerySet[HistoryEvent]:
    """Recorded about the pupil, the newest first, but for what is kept back; nothing when the pupil is not visible."""
    rows = _events().filter(pupil__in=pupils_for(user).filter(pk=pupil.pk).order_by())
    for rule in _kept_back:
        rows = rows.exclude(rule(pupil))
    return rows


@dataclass(frozen=True)
class Correction:
    """A value that a row no longer has: what it was, until when, who changed it."""

    old: Any
    at: datetime
    who: str


def corrections_of(pupil: Pupil, model: type[Model], column: str) -> dict[str, list[Correction]]:
    """Former values of one column of the pupil's rows, the oldest first, by the row's key; one query."""
    events = _events().filter(
        pupil=pupil, table=model._meta.db_table, operation=HistoryEvent.Operation.UPDATE, after__has_key=column
    )
    found: dict[str, list[Correction]] = defaultdict(list)
    for event in events.order_by("pk"):
        found[event.row_id].append(Correction((event.before or {}).get(column), event.at, _who(event)))
    return dict(found)


def _events() -> QuerySet[HistoryEvent]:
    return HistoryEvent.objects.select_related("user__staff").order_by("-pk")


def changes_in_words(events: Iterable[HistoryEvent]) -> list[Change]:
    """The events as a person reads them; those of tables that are gone are left out."""
    rows = [(event, model) for event in events if (model := _model_of(event.table)) is not None]
    names = _Names(rows)
    return [_change(event, model, names) for event, model in rows]


def _model_of(table: str) -> type[Model] | None:
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)
    return next(found, None)


def _columns(model: type[Model]) -> dict[str, AnyField]:
    return {str(field.column): field for field in model._meta.concrete_fields if field.name not in _SILENT}


def _change(event: HistoryEvent, model: type[Model], names: "_Names") -> Change:
    before, after = event.before or {}, event.after or {}
    columns = _columns(model)
    update = event.operation == HistoryEvent.Operation.UPDATE
    touched = after if update else before | after
    changed = [field for key, field in columns.items() if key in touched]
    fields = [names.change(field, before, after) for field in changed if update or not _is_opaque(field)]
    fields += [FieldChange(column_name(columns[key]), "", "") for key in event.concealed or [] if key in columns]
    about = [field for key, field in columns.items() if update and key in before and key not in after]
    return Change(
        pk=event.pk,
        at=event.at,
        who=_who(event),
        operation=HistoryEvent.Operation(event.operation),
        thing=thing_name(model),
        about=", ".join(names.value(field, before) for field in about),
        # A new or removed row tells what it holds; that a column of it is empty says nothing.
        fields=tuple(field for field in fields if update or field.old or field.new),
        row=(event.table, event.row_id),
    )


def _is_opaque(field: AnyField) -> bool:
    """Lists and evidence: that they changed is said, how is not."""
    return isinstance(field, JSONField | ArrayField)


def _who(event: HistoryEvent) -> str:
    if event.source.startswith(_OUTSIDE):  # whoever made the link stands in the row, and did not do it
        return "родители, по ссылке"
    if event.user_id is not None:
        return event.user.display_name if event.user is not None else f"логин № {event.user_id}"
    return "командная строка" if event.source.startswith(_COMMAND) else "система"


class _Names:
    """Values as words. What foreign keys point to is read at once, a query for each model."""

    def __init__(self, rows: Sequence[tuple[HistoryEvent, type[Model]]]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for event, model in rows:
            for key, field in _columns(model).items():
                if isinstance(field, ForeignKey):
                    told = [(event.before or {}).get(key), (event.after or {}).get(key)]
                    wanted[field.related_model].update(value for value in told if value is not None)
        self._known = {
            model: model._base_manager.select_related(*_worded_by(model)).in_bulk(keys)
            for model, keys in wanted.items()
            if keys
        }

    def change(self, field: AnyField, before: dict[str, Any], after: dict[str, Any]) -> FieldChange:
        """What the column was and became; of a column with lists only that it changed."""
        if _is_opaque(field):
            return FieldChange(column_name(field), "", "")
        return FieldChange(column_name(field), self.value(field, before), self.value(field, after))

    def value(self, field: AnyField, columns: dict[str, Any]) -> str:
        """The value of the column as words; empty when it is empty or absent."""
        value = columns.get(str(field.column))
        if value is None or value == "":
            return ""
        if isinstance(field, ForeignKey):
            found = self._known[field.related_model].get(value)
            return str(found) if found is not None else f"№ {value}"
        return _in_words(field, value)


def _worded_by(model: type[Model]) -> list[str]:
    """What the model's own words are read from, so that naming many rows needs no query for each."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey) and not field.null]


def _in_words(field: AnyField, value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    choices = dict(field.flatchoices)
    if value in choices:
        return str(choices[value])
    python = field.to_python(value)
    if isinstance(python, datetime):
        return f"{localtime(python):%d.%m.%Y %H:%M}"
    return date_short(python) if isinstance(python, date) else str(value)
