"""What every deed with entries of the registry is made of: lock, compare with what was seen, change, keep the step."""

from collections.abc import Mapping
from datetime import datetime

from common.errors import Refused
from common.russian import counted
from risk_registry.categories import EntryState, Grounds
from risk_registry.models import RegistryEntry, RegistryStep
from risk_registry.workflow import REGISTRY, Deed
from school.models import User

_WRITTEN = [
    "state", "remark", "removal", "version", "changed_at", "changed_by",
    "school_class", "category", "subjects", "evidence", "provisional", "corrected",
]  # fmt: skip


def entries_seen(versions: Mapping[int, int], what: Deed) -> list[RegistryEntry]:
    """The entries, locked, as the person saw them.

    Raises `Refused`, with names in its details, when any has changed since or its state does not allow the deed.
    """
    entries = _locked(list(versions))
    changed = [entry.pupil.list_name for entry in entries if entry.version != versions[entry.pk]]
    if changed or len(entries) != len(versions):
        raise Refused(_changed_words(len(changed)), changed)
    if others := [entry.pupil.list_name for entry in entries if what not in REGISTRY.deeds(entry.state)]:
        raise Refused("Состояние записи этого решения не допускает. Ничего не записано.", others)
    return entries


def _locked(keys: list[int]) -> list[RegistryEntry]:
    """In the order of keys: two people who chose the same rows wait for each other and do not deadlock."""
    rows = RegistryEntry.objects.select_for_update(of=("self",)).select_related("pupil", "period", "school")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _changed_words(number: int) -> str:
    if number <= 1:
        return "Запись изменилась, пока вы решали: посмотрите на неё и решите ещё раз. Ничего не записано."
    told = counted(number, "запись изменилась", "записи изменились", "записей изменились")
    return f"Пока вы решали, {told}: посмотрите на них и выберите снова. Ничего не записано."


def step_take(
    by: User, entry: RegistryEntry, what: Deed, comment: str, now: datetime, *, grounds: Grounds = Grounds.OTHER
) -> RegistryStep:
    """Change the state of the entry in memory and make its step; the category is what the entry has by now."""
    transition = REGISTRY.step(what, entry.state, comment)
    entry.state = EntryState(transition.target)
    entry.removal = grounds if entry.state == EntryState.REMOVED else ""
    if what != Deed.CORRECT:  # a returned one stays returned, with its comment
        entry.remark = comment if transition.needs_comment else ""
    return step_made(by, entry, what, transition.source, comment, now)


def step_made(by: User, entry: RegistryEntry, what: str, before: str, comment: str, now: datetime) -> RegistryStep:
    """The next version of the entry, by this person, with the step that tells of it."""
    entry.version += 1
    entry.changed_at, entry.changed_by = now, by
    return RegistryStep(
        entry=entry,
        from_state=before,
        to_state=entry.state,
        by=by,
        at=now,
        comment=comment,
        version=entry.version,
        deed=what,
        category=entry.category,
        subjects=entry.subjects,
    )


def entries_write(entries: list[RegistryEntry], steps: list[RegistryStep]) -> None:
    """Keep what was changed in memory."""
    RegistryEntry.objects.bulk_update(entries, _WRITTEN, batch_size=500)
    RegistryStep.objects.bulk_create(steps)
