"""Causes are added, corrected and taken back; what stood before stays with its author, day and words."""

from collections.abc import Collection, Mapping

from common.authorship import deed
from common.errors import Refused
from risk_registry.categories import EntryState
from risk_registry.causes import Established
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import User

_OUT = (EntryState.REMOVED, EntryState.WITHDRAWN)
_GONE = "Эту причину уже исправил или снял другой человек: посмотрите, что стоит теперь. Ничего не записано."
_TWICE = "Такая причина у записи уже стоит."


@deed
def causes_add(*, by: User, entries: Collection[RegistryEntry], codes: Collection[str], told: Established) -> int:
    """Add each of the causes to each of the entries; returns how many are new.

    One that stands already stays as it is. Raises `Refused` for a day to come, and when an entry is out of the
    registry (with names in its details).
    """
    out = [entry.pupil.list_name for entry in entries if entry.state in _OUT]
    if out:
        raise Refused("Записи уже нет в реестре: причины записываются о тех, кто в нём.", out)
    before = EntryCause.objects.filter(entry__in=entries).count()
    rows = [_cause(by, entry, code, told) for entry in entries for code in codes]
    EntryCause.objects.bulk_create(rows, ignore_conflicts=True)
    return EntryCause.objects.filter(entry__in=entries).count() - before


def _cause(by: User, entry: RegistryEntry, code: str, told: Established) -> EntryCause:
    if told.on > entry.school.today():
        raise Refused("Этот день ещё не наступил: укажите, когда причину установили.")
    return EntryCause(
        school=entry.school,
        pupil=entry.pupil,
        entry=entry,
        code=code,
        how=told.how,
        on=told.on,
        note=told.note,
        by=by,
        at=entry.school.now(),
    )


@deed
def entries_agree(
    *, by: User, versions: Mapping[int, int], codes: Collection[str], told: Established
) -> list[RegistryEntry]:
    """Agree to the entries and add the same causes to each, in one deed; raises `Refused` as both do."""
    entries = entries_decide(by=by, versions=versions, what=Deed.AGREE)
    if codes:
        causes_add(by=by, entries=entries, codes=codes, told=told)
    return entries


@deed
def cause_correct(*, by: User, cause: EntryCause, code: str, told: Established) -> EntryCause:
    """Put another cause, or other words, in the place of one; raises `Refused` when it stands no longer."""
    found = _standing(cause)
    _end(found, by, "исправлено")
    if EntryCause.objects.filter(entry=found.entry, code=code, withdrawn_at__isnull=True).exists():
        raise Refused(_TWICE)
    new = _cause(by, found.entry, code, told)
    new.replaces = found
    new.save()
    return new


@deed
def cause_withdraw(*, by: User, cause: EntryCause, why: str) -> None:
    """Take a cause back: it stays in the entry's story with the reason. Raises `Refused` when it stands no longer."""
    if not why.strip():
        raise Refused("Напишите, почему причина снимается.")
    _end(_standing(cause), by, why.strip())


def _standing(cause: EntryCause) -> EntryCause:
    rows = EntryCause.objects.select_for_update(of=("self",)).select_related("entry__school", "entry__pupil")
    found = rows.filter(pk=cause.pk, withdrawn_at__isnull=True).first()
    if found is None:
        raise Refused(_GONE)
    return found


def _end(cause: EntryCause, by: User, why: str) -> None:
    cause.withdrawn_at, cause.withdrawn_by, cause.withdrawn_why = cause.entry.school.now(), by, why
    cause.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
