"""Undoing an import."""

from django.db import connection
from django.utils import timezone

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from gradebook.events import MarksChanged
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.told import COUNTED
from gradebook.imports.undoing import changed_since, undo_facts
from gradebook.models import Coverage, Procedure, ProcedureState
from gradebook.services.earlier import earlier_years_take_back
from school.models import AcademicYear, ImportBatch, User

_SHOWN = 20


class UndoRefused(Refused):
    """Facts of the batch were changed since. `changed`: {"kind", "external_id", "subject", "date"} of each."""

    def __init__(self, changed: list[dict[str, str | None]]) -> None:
        lines = [f"{row['subject']}, {row['date'] or 'итог'}, ученик {row['external_id']}" for row in changed]
        more = [f"и ещё {len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
        super().__init__(
            "Загрузку нельзя отменить: записанное ею изменили после неё, другой загрузкой или вручную. "
            "Сначала отмените более поздние загрузки.",
            [*lines[:_SHOWN], *more],
        )
        self.changed = changed


@deed
def gradebook_undo(*, by: User | None, batch: ImportBatch) -> dict[str, int]:
    """Restore what stood before the batch; the answer counts the facts taken away or restored, by kind.

    What a later batch confirmed stays and passes to it. Raises `UndoRefused` when facts of the batch were
    changed since, `Refused` when there is nothing to undo.
    """
    lock_gradebook(batch.school)
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("school").get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLIED:
        raise Refused(f"Отменить можно только записанную пачку, а эта: {batch.get_state_display()}.")
    with connection.cursor() as cursor:
        changed = changed_since(cursor, batch)
        if changed:
            raise UndoRefused(changed)
        undone = undo_facts(cursor, batch)
    years = AcademicYear.objects.filter(pk__in=Coverage.objects.filter(batch=batch).values("year"))
    touched = frozenset(pupil for facts in undone.values() for pupil in facts.pupils)
    batch.state = ImportBatch.State.UNDONE
    batch.undone_at = timezone.now()
    batch.undone_by = by
    batch.save(update_fields=["state", "undone_at", "undone_by"])
    _forget_empty_works(batch)
    for year in years if touched else []:
        publish(MarksChanged(batch.school, year, touched))
    earlier_years_take_back(batch)
    return {kind.value: undone[kind].number for kind in COUNTED}


def _forget_empty_works(batch: ImportBatch) -> None:
    """Works that the batch brought and of which nothing is left; those of the timetable wait for results again."""
    named = Coverage.objects.filter(batch=batch, procedure__isnull=False).values("procedure")
    empty = Procedure.objects.filter(pk__in=named, results__isnull=True)
    empty.filter(planned=False).delete()
    empty.filter(state=ProcedureState.HELD).update(state=ProcedureState.PLANNED)
