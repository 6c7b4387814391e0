"""What people do with entries of the registry. Each deed is a step with its author, time and comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from risk_registry.categories import Category, EntryState, Grounds
from risk_registry.models import PupilCategory, RegistryEntry
from risk_registry.services.proposals import proposals_follow
from risk_registry.services.starting_later import entries_follow
from risk_registry.services.stepping import entries_seen, entries_write, step_made, step_take
from risk_registry.workflow import INCLUDE, Deed
from school.models import Period, Pupil, SchoolClass, User

_ALREADY_THERE = "Обучающийся уже в реестре этого периода."


@deed
def entries_decide(
    *,
    by: User,
    versions: Mapping[int, int],
    what: Deed,
    comment: str = "",
    grounds: Grounds = Grounds.OTHER,
) -> list[RegistryEntry]:
    """Do one deed with entries of one school and period, all or none; returns them as they are now.

    `versions`: keys of entries with the version at which the person saw each. `grounds`: why they are removed; only
    «other» needs words. Raises `Refused`, with names in its details, when any has changed since or its state does not
    allow the deed; without them when a reason is lacking. A category is corrected by `entry_correct`.
    """
    entries = entries_seen(versions, what)
    if not entries:
        return []
    told = _removal_words(grounds, comment.strip()) if what == Deed.REMOVE else comment.strip()
    if what == Deed.ACCEPT:
        _accept_marks(entries)
    if what == Deed.RESTORE:
        _refuse_without_category(entries)
    now = entries[0].school.now()
    steps = [step_take(by, entry, what, told, now, grounds=grounds) for entry in entries]
    entries_write(entries, steps)
    if what in (Deed.RESTORE, Deed.RETURN):
        _follow(entries, now)
    entries_follow(entries)
    return entries


def _removal_words(grounds: Grounds, comment: str) -> str:
    """«Достигнут результат. Пересдал в ноябре»; «other» is told by its words alone."""
    if grounds == Grounds.OTHER:
        return comment
    return f"{grounds.label}. {comment}" if comment else grounds.label


@deed
def entry_correct(
    *, by: User, entry: RegistryEntry, version: int, category: Category, subjects: list[int], reason: str
) -> RegistryEntry:
    """Give the entry another category or other subjects than the marks say; it follows them no longer.

    Raises `Refused` when the entry has changed since `version`, is out of the registry, when nothing differs, or
    without a reason.
    """
    (found,) = entries_seen({entry.pk: version}, Deed.CORRECT)
    if category == Category.NONE:
        raise Refused("Чтобы убрать из реестра, исключите запись с основанием.")
    if (found.category, sorted(found.subjects)) == (category, sorted(subjects)):
        raise Refused("Категория и предметы те же: исправлять нечего.")
    if not reason.strip():
        raise Refused("Напишите, почему категория другая: без этого исправление не проверить.")
    kept = {told["subject"]: told for told in found.evidence}
    was = Category(found.category)
    found.category, found.subjects, found.corrected, found.provisional = category, subjects, True, False
    found.evidence = [kept[key] for key in subjects if key in kept]
    words = f"{was.label.lower()} → {category.label.lower()}" if was != category else "другие предметы"
    step = step_take(by, found, Deed.CORRECT, f"{words}. {reason.strip()}", found.school.now())
    entries_write([found], [step])
    entries_follow([found])
    return found


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
        if entry.state != EntryState.APPROVED and not entry.corrected:
            raise Refused("Запись и так следует за отметками.", [entry.pupil.list_name])
        entry.category, entry.subjects, entry.evidence = row.category, row.subjects, row.evidence
        entry.provisional, entry.school_class_id, entry.corrected = row.provisional, row.school_class_id, False


def _refuse_without_category(entries: list[RegistryEntry]) -> None:
    judged = _judged(entries)
    bound = [entry for entry in entries if not (entry.by_hand or entry.corrected)]
    lacking = [entry for entry in bound if (entry.period_id, entry.pupil_id) not in judged]
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
    told = Inclusion(pupil, school_class, category, subjects, grounds)
    entry = _include(by, period, told, pupil.school.now())
    entries_follow([entry])
    return entry


@dataclass(frozen=True)
class Inclusion:
    """Who is put into the registry by a person's decision, as what, and why."""

    pupil: Pupil
    school_class: SchoolClass
    category: Category
    subjects: list[int]
    grounds: str


@deed
def entries_include(*, by: User, period: Period, told: Sequence[Inclusion]) -> list[RegistryEntry]:
    """The same for many pupils of one school, all or none."""
    now = period.year.school.now()
    entries = [_include(by, period, each, now) for each in told]
    entries_follow(entries)
    return entries


def _include(by: User, period: Period, told: Inclusion, now: datetime) -> RegistryEntry:
    pupil, grounds = told.pupil, told.grounds.strip()
    if not grounds:
        raise Refused("Напишите основание: без него запись нельзя проверить.")
    if told.category == Category.NONE:
        raise Refused("Выберите категорию.")
    entry = RegistryEntry.objects.select_for_update().filter(period=period, pupil=pupil).first()
    if entry is not None and entry.state not in (EntryState.REMOVED, EntryState.WITHDRAWN):
        raise Refused(_ALREADY_THERE)
    before = entry.state if entry is not None else ""
    entry = entry or RegistryEntry(school=pupil.school, period=period, pupil=pupil, version=0, created_at=now)
    entry.school_class, entry.category, entry.subjects = told.school_class, told.category, told.subjects
    entry.evidence, entry.provisional, entry.by_hand, entry.corrected = [], False, True, False
    entry.state, entry.remark, entry.removal = EntryState.PROPOSED, "", ""
    step = step_made(by, entry, INCLUDE, before, grounds, now)
    _save_new(entry)
    step.entry = entry
    step.save()
    return entry


def _save_new(entry: RegistryEntry) -> None:
    """Two people may put the same pupil in at once: the second is told."""
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        raise Refused(_ALREADY_THERE) from None
