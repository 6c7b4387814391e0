"""Writing rows so that the batch can be undone: each written row leaves an `ImportChange`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from school.models import ImportBatch, ImportChange


class Recorder:
    """Writes in bulk and remembers, in the order of writing."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._changes: list[ImportChange] = []

    def create(self, rows: Sequence[Model], fields: Iterable[str]) -> None:
        """Insert rows of one table; `fields` are those by which a later change by hand will be noticed."""
        if not rows:
            return
        type(rows[0])._default_manager.bulk_create(rows)
        names = list(fields)
        for row in rows:
            self._note(row, None, {name: getattr(row, name) for name in names})

    def change(self, rows: Sequence[tuple[Model, Mapping[str, Any]]]) -> None:
        """Set columns of existing rows of one table, each row its own."""
        if not rows:
            return
        touched: set[str] = set()
        for row, fields in rows:
            self._note(row, {name: getattr(row, name) for name in fields}, dict(fields))
            for name, value in fields.items():
                setattr(row, name, value)
            touched |= set(fields)
        type(rows[0][0])._default_manager.bulk_update([row for row, _ in rows], sorted(touched))

    def _note(self, row: Model, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        table = str(row._meta.model_name)
        self._changes.append(ImportChange(batch=self._batch, table=table, row=row.pk, before=before, after=after))

    def save(self) -> None:
        """Keep what was written beside the batch."""
        ImportChange.objects.bulk_create(self._changes)
