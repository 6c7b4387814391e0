"""What people do with entries of the registry. Each deed is a step with its author, time and comment."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from common.russian import counted
from risk_registry.categories import Category, EntryState
from risk_registry.models import PupilCategory, RegistryEntry, RegistryStep
from risk_registry.services.proposals import proposals_follow
from risk_registry.workflow import REGISTRY, Deed
from school.models import Period, Pupil, SchoolClass, User

_WRITTEN = [
    "state", "remark", "version", "changed_at", "changed_by",
    "school_class", "category", "subjects", "evidence", "provisional",
]  # fmt: skip

_ALREADY_THERE = "Обучающийся уже в реестре этого периода."


@deed
def entries_decide(*, by: User, versions: Mapping[int, int], what: Deed, comment: str = "") -> list[RegistryEntry]:
    """Do one deed with entries of one school and period, all or none; returns them as they are now.

    `versions`: keys of entries with the version at which the person saw each. Raises `Refused`, with names in its
    details, when any has changed since or its state does not allow the deed; without them when a reason is lacking.
    """
    entries = _locked(list(versions))
    changed = [entry.pupil.list_name for entry in entries if entry.version != versions[entry.pk]]
    if changed or len(entries) != len(versions):
        raise Refused(_changed_words(len(changed)), changed)
    if others := [entry.pupil.list_name for entry in entries if what not in REGISTRY.deeds(entry.state)]:
        raise Refused("Состояние записи этого решения не допускает. Ничего не записано.", others)
    if not entries:
        return []
    if what == Deed.ACCEPT:
        _accept_marks(entries)
    if what == Deed.RESTORE:
        _refuse_without_category(entries)
    now = entries[0].school.now()
    steps = [_take(by, entry, what, comment.strip(), now) for entry in entries]
    RegistryEntry.objects.bulk_update(entries, _WRITTEN, batch_size=500)
    RegistryStep.objects.bulk_create(steps)
    if what in (Deed.RESTORE, Deed.RETURN):
        _follow(entries, now)
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


def _take(by: User, entry: RegistryEntry, what: Deed, comment: str, now: datetime) -> RegistryStep:
    """Change the entry in memory and make its step."""
    transition = REGISTRY.step(what, entry.state, comment)
    entry.state = transition.target
    entry.remark = comment if transition.needs_comment else ""
    entry.version += 1
    entry.changed_at, entry.changed_by = now, by
    return RegistryStep(
        entry=entry,
        from_state=transition.source,
        to_state=transition.target,
        by=by,
        at=now,
        comment=comment,
        version=entry.version,
    )


def _judged(entries: list[RegistryEntry]) -> dict[tuple[int, int], PupilCategory]:
    """What the marks say of the entries' pupils now, where they say anything."""
    rows = PupilCategory.objects.filter(
        period__in={entry.period_id for entry in entries}, pupil__in=[entry.pupil_id for entry in entries]
    ).exclude(category=Category.NONE)
    return {(row.period_id, row.pupil_id): row for row in rows}


def _accept_marks(entries: list[RegistryEntry]) -> None:
    """The decided entry takes over what the marks say now."""
    judged = _judged(entries)
    for entry in entries:
        row = judged.get((entry.period_id, entry.pupil_id))
        if row is None:
            raise Refused("По отметкам категории больше нет: исключите из реестра с основанием.")
        entry.category, entry.subjects, entry.evidence = row.category, row.subjects, row.evidence
        entry.provisional, entry.school_class_id = row.provisional, row.school_class_id


def _refuse_without_category(entries: list[RegistryEntry]) -> None:
    judged = _judged(entries)
    lacking = [entry for entry in entries if not entry.by_hand and (entry.period_id, entry.pupil_id) not in judged]
    if lacking:
        raise Refused(
            "По отметкам категории больше нет: чтобы вернуть в реестр, включите вручную с основанием.",
            [entry.pupil.list_name for entry in lacking],
        )


def _follow(entries: list[RegistryEntry], now: datetime) -> None:
    """Entries that are open again follow the marks at once."""
    for period in {entry.period_id: entry.period for entry in entries}.values():
        pupils = [entry.pupil_id for entry in entries if entry.period_id == period.pk]
        proposals_follow(period=period, now=now, pupils=pupils)
    fresh = RegistryEntry.objects.in_bulk([entry.pk for entry in entries])
    for entry in entries:
        entry.state, entry.version = fresh[entry.pk].state, fresh[entry.pk].version


@deed
def entry_include(
    *,
    by: User,
    period: Period,
    pupil: Pupil,
    school_class: SchoolClass,
    category: Category,
    subjects: list[int],
    grounds: str,
) -> RegistryEntry:
    """Put a pupil into the registry by a person's decision; such an entry does not follow the marks.

    Raises `Refused` without grounds, or when the pupil is already there. One who was removed or withdrawn comes back.
    """
    if not grounds.strip():
        raise Refused("Напишите основание: без него запись нельзя проверить.")
    if category == Category.NONE:
        raise Refused("Выберите категорию.")
    now = pupil.school.now()
    entry = RegistryEntry.objects.select_for_update().filter(period=period, pupil=pupil).first()
    if entry is not None and entry.state not in (EntryState.REMOVED, EntryState.WITHDRAWN):
        raise Refused(_ALREADY_THERE)
    before = entry.state if entry is not None else ""
    entry = entry or RegistryEntry(school=pupil.school, period=period, pupil=pupil, version=0, created_at=now)
    entry.school_class, entry.category, entry.subjects = school_class, category, subjects
    entry.evidence, entry.provisional, entry.by_hand = [], False, True
    entry.state, entry.remark, entry.version = EntryState.PROPOSED, "", entry.version + 1
    entry.changed_at, entry.changed_by = now, by
    _save_new(entry)
    RegistryStep.objects.create(
        entry=entry,
        from_state=before,
        to_state=entry.state,
        by=by,
        at=now,
        comment=grounds.strip(),
        version=entry.version,
    )
    return entry


def _save_new(entry: RegistryEntry) -> None:
    """Two people may put the same pupil in at once: the second is told."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        raise Refused(_ALREADY_THERE) from None
