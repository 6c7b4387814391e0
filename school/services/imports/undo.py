"""Taking a batch of pupils or staff back."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.utils import timezone

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from school.events import ContingentChanged
from school.models import ImportBatch, ImportChange, School, User
from school.services.dependents import dependents_of

# What a batch made in passing; it stays when something else has come to use it.
_SHARED = {"schoolclass", "subject"}
_SHOWN = 20
# What the answer counts, by tables: every count is there, also when it is 0.
_COUNTED = {
    ImportBatch.Kind.PUPILS: {
        "pupils": "pupil",
        "enrolments": "enrolment",
        "classes": "schoolclass",
        "guardians": "guardian",
        "guardianships": "guardianship",
        "social_records": "socialrecord",
    },
    ImportBatch.Kind.STAFF: {
        "staff": "staff",
        "positions": "staffposition",
        "assignments": "teachingassignment",
        "classes": "schoolclass",
        "subjects": "subject",
    },
}


class UndoRefused(Refused):
    """Something depends on the batch by now. `changed`: {"kind", "external_id", "subject", "date", "name"} of each."""

    def __init__(self, changed: list[dict[str, str | None]]) -> None:
        lines = [f"{row['name']}: {row['kind']}" for row in changed]
        more = [f"и ещё {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
        super().__init__(
            "Загрузку нельзя отменить: после неё с этими людьми уже работали. Исправьте их по одному.",
            [*lines[:_SHOWN], *more],
        )
        self.changed = changed


@deed
def undo(*, by: User | None, batch: ImportBatch) -> dict[str, int]:
    """Take back what the batch wrote; the answer counts what was taken away and restored.

    Raises `UndoRefused` when a row was changed since or something depends on it, `Refused` when there is
    nothing to undo.
    """
    School.objects.select_for_update(no_key=True).get(pk=batch.school_id)
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("school").get(pk=batch.pk)
    if batch.kind not in (ImportBatch.Kind.PUPILS, ImportBatch.Kind.STAFF):
        raise Refused("Эту пачку отменяют там, где загружены отметки.")
    if batch.state != ImportBatch.State.APPLIED:
        raise Refused(f"Отменить можно только записанную пачку, а эта: {batch.get_state_display()}.")
    changes = list(batch.changes.all())
    obstacles = [*_changed_since(changes), *_depended_on(changes)]
    if obstacles:
        raise UndoRefused(obstacles)
    pupils = _pupils_of(changes)
    undone = _take_back(changes)
    batch.state = ImportBatch.State.UNDONE
    batch.undone_at = timezone.now()
    batch.undone_by = by
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    if pupils:
        publish(ContingentChanged(batch.school, pupils))
    return {name: undone[table] for name, table in _COUNTED[ImportBatch.Kind(batch.kind)].items()}


def _model(table: str) -> type[Model]:
    return apps.get_model("school", table)


def _rows(changes: Iterable[ImportChange]) -> dict[tuple[str, int], Model]:
    keys: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        keys[change.table].add(change.row)
    found: dict[tuple[str, int], Model] = {}
    for table, pks in keys.items():
        for row in _model(table)._default_manager.filter(pk__in=pks):
            found[table, row.pk] = row
    return found


def _plain(value: Any) -> Any:
    """As it is kept in JSON."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _changed_since(changes: list[ImportChange]) -> Iterator[dict[str, str | None]]:
    """Rows that are gone or no longer say what the batch last wrote."""
    rows = _rows(changes)
    wanted: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for change in changes:
        if change.table not in _SHARED or change.before is not None:
            wanted[change.table, change.row].update(change.after)
    for key, fields in wanted.items():
        row = rows.get(key)
        if row is None:
            yield _obstacle(None, "запись уже удалена")
        elif any(_plain(getattr(row, name)) != value for name, value in fields.items()):
            yield _obstacle(row, "исправлено после загрузки")


def _obstacle(row: Model | None, kind: str) -> dict[str, str | None]:
    person = row
    for owner in ("pupil", "staff", "guardian"):
        person = getattr(person, owner, person)
    external_id = str(getattr(person, "external_id", ""))
    name = "—" if person is None else str(person)
    return {"kind": kind, "external_id": external_id, "subject": None, "date": None, "name": name}


def _created(changes: Iterable[ImportChange]) -> dict[str, list[int]]:
    made: dict[str, list[int]] = defaultdict(list)
    for change in changes:
        if change.before is None:
            made[change.table].append(change.row)
    return made


def _depended_on(changes: list[ImportChange]) -> Iterator[dict[str, str | None]]:
    made = _created(changes)
    own: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        own[change.table].add(change.row)
    for table in ("pupil", "staff", "guardian"):
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for pk, words, number in dependents_of(_model(table), made.get(table, []), own):
            counts[pk][words] += number
        rows = _model(table)._default_manager.in_bulk(list(counts))
        for pk, of in counts.items():
            yield _obstacle(rows[pk], ", ".join(f"{words} ({number})" for words, number in sorted(of.items())))


def _pupils_of(changes: list[ImportChange]) -> frozenset[int]:
    rows = _rows(change for change in changes if change.table in ("pupil", "enrolment"))
    return frozenset(int(getattr(row, "pupil_id", row.pk)) for row in rows.values())


def _take_back(changes: list[ImportChange]) -> "Counter[str]":
    """In the reverse order of writing, so that no constraint is met on the way."""
    undone: Counter[str] = Counter()
    runs = groupby(reversed(changes), key=lambda change: (change.table, change.before is None, _columns(change)))
    for (table, made, columns), run in runs:
        group = list(run)
        undone[table] += _delete(table, group) if made else _restore(table, group, columns)
    return undone


def _columns(change: ImportChange) -> tuple[str, ...]:
    return tuple(sorted(change.before or ()))


def _delete(table: str, group: list[ImportChange]) -> int:
    pks = [change.row for change in group]
    if table in _SHARED:
        used = {pk for pk, _, _ in dependents_of(_model(table), pks, {})}
        pks = [pk for pk in pks if pk not in used]
    _model(table)._default_manager.filter(pk__in=pks).delete()
    return len(pks)


def _restore(table: str, group: list[ImportChange], columns: tuple[str, ...]) -> int:
    model = _model(table)
    rows = model._default_manager.in_bulk([change.row for change in group])
    for change in group:
        for name, value in (change.before or {}).items():
            setattr(rows[change.row], name, _revived(model, name, value))
    model._default_manager.bulk_update(list(rows.values()), list(columns))
    return len(rows)


def _revived(model: type[Model], name: str, value: Any) -> Any:
    """A column's value out of JSON."""
    column = model._meta.get_field(name)
    return column.to_python(value) if isinstance(column, Field) and value is not None else value
