"""What subject teachers do with entries: see them, say how they mean to work. Nothing of it is demanded."""

from collections.abc import Collection

from common.authorship import deed
from common.errors import Refused
from risk_registry.categories import EntryState
from risk_registry.models import EntryLook, RegistryEntry, WorkForm
from school.models import Subject, User


@deed
def entries_look(*, by: User, entries: Collection[RegistryEntry]) -> None:
    """Note that the teacher has seen the entries; the first time counts."""
    rows = [EntryLook(entry=entry, by=by, at=entry.school.now()) for entry in entries]
    EntryLook.objects.bulk_create(rows, ignore_conflicts=True)


@deed
def work_add(*, by: User, entries: Collection[RegistryEntry], text: str, subject: Subject | None) -> int:
    """Add a form of work to each entry, which also counts as seen; returns how many are new.

    The same words of the same teacher stand once. Raises `Refused` without words, and for entries out of the registry.
    """
    if not text.strip():
        raise Refused("Напишите форму или метод работы — или отметьте, что просмотрели.")
    out = [each.pupil.list_name for each in entries if each.state in (EntryState.REMOVED, EntryState.WITHDRAWN)]
    if out:
        raise Refused("Записи уже нет в реестре. Ничего не записано.", out)
    before = WorkForm.objects.filter(entry__in=entries).count()
    rows = [
        WorkForm(
            school=entry.school,
            pupil=entry.pupil,
            entry=entry,
            subject=subject,
            text=text.strip(),
            by=by,
            at=entry.school.now(),
        )
        for entry in entries
    ]
    WorkForm.objects.bulk_create(rows, ignore_conflicts=True)
    entries_look(by=by, entries=entries)
    return WorkForm.objects.filter(entry__in=entries).count() - before


@deed
def work_withdraw(*, by: User, work: WorkForm) -> None:
    """Take back what was written by mistake. Raises `Refused` for another person's words."""
    if work.by_id != by.pk:
        raise Refused("Снять может тот, кто записал.")
    WorkForm.objects.filter(pk=work.pk, withdrawn_at__isnull=True).update(withdrawn_at=work.school.now())
