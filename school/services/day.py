"""The school's day is written down: bells, a class's week of lessons, buses and who rides on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Q

from common.authorship import deed
from common.constraints import refused_by
from common.errors import Refused
from school.models import (
    Bell,
    BusRider,
    BusRun,
    LessonSlot,
    Pupil,
    School,
    SchoolClass,
    Staff,
    Subgroup,
    Subject,
    TeachingAssignment,
    User,
)


@dataclass(frozen=True, slots=True)
class BellDraft:
    """One lesson of a shift."""

    number: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """One cell of a class's week; `weekday` as `date.isoweekday()`."""

    weekday: int
    number: int
    subject: Subject | None
    subgroup: Subgroup | None = None
    room: str = ""


@deed
def bells_write(*, by: User, school: School, shift: int, bells: Sequence[BellDraft]) -> None:
    """The bells of a shift are these. Raises `Refused` when a lesson ends before it begins or runs into the next."""
    rows = sorted(bells, key=lambda bell: bell.number)
    for bell in rows:
        if bell.ends <= bell.starts:
            raise Refused(f"{bell.number}-й урок кончается раньше, чем начинается.")
    for one, following in pairwise(rows):
        if following.starts < one.ends:
            raise Refused(f"{following.number}-й урок начинается раньше, чем кончается {one.number}-й.")
    known = {bell.number: bell for bell in Bell.objects.filter(school=school, shift=shift)}
    gone = set(known) - {bell.number for bell in rows}
    Bell.objects.filter(school=school, shift=shift, number__in=gone).delete()
    for bell in rows:
        row = known.get(bell.number) or Bell(school=school, shift=shift, number=bell.number)
        if row.pk is None or (row.starts, row.ends) != (bell.starts, bell.ends):
            row.starts, row.ends = bell.starts, bell.ends
            row.save()


@deed
def lessons_write(
    *, by: User, school_class: SchoolClass, shift: int, lessons: Sequence[LessonDraft], starts: date
) -> int:
    """From a day on the class's week is this; what stood before ends the day before it. Returns the lessons written.

    The teacher of a lesson is who teaches the subject to the class, or to the subgroup, when that is one person.
    """
    year = school_class.year
    if not year.starts <= starts <= year.ends:
        raise Refused(f"Расписание действует внутри учебного года: {year.starts:%d.%m.%Y} — {year.ends:%d.%m.%Y}.")
    teachers = _teachers(school_class, starts)
    wanted = {_key(lesson, shift, teachers): lesson for lesson in lessons}
    standing = LessonSlot.objects.select_for_update().filter(school_class=school_class)
    standing.filter(starts__gt=starts).delete()
    for slot in standing.filter(Q(ends__isnull=True) | Q(ends__gte=starts)):
        key = (slot.weekday, slot.number, slot.shift, slot.subgroup_id, slot.subject_id, slot.room, slot.staff_id)
        if key in wanted and slot.ends is None:
            del wanted[key]
        elif slot.starts == starts:
            slot.delete()
        else:
            slot.ends = starts - timedelta(days=1)
            slot.save(update_fields=["ends"])
    with refused_by("slot_once", "Двух уроков одной подгруппы в одно время быть не может: проверьте таблицу."):
        LessonSlot.objects.bulk_create(_slot(school_class, shift, key, starts) for key in wanted)
    return len(lessons)


SlotFacts = list[Any]
_FACTS = ("weekday", "number", "shift", "subgroup_id", "subject_id", "room", "staff_id", "starts", "ends")


def lessons_told(school_class: SchoolClass) -> list[SlotFacts]:
    """The class's lessons of all days as plain values in a fixed order: to compare, and to put back."""
    return sorted((_facts(slot) for slot in school_class.lessons.all()), key=str)


def _facts(slot: LessonSlot) -> SlotFacts:
    told = [getattr(slot, name) for name in _FACTS]
    return [one.isoformat() if isinstance(one, date) else one for one in told]


@deed
def lessons_put_back(
    *, by: User, school_class: SchoolClass, before: Sequence[SlotFacts], after: Sequence[SlotFacts]
) -> bool:
    """The class's lessons are `before` again; False, and nothing changes, when they are no longer `after`."""
    slots = list(LessonSlot.objects.select_for_update().filter(school_class=school_class))
    if sorted((_facts(slot) for slot in slots), key=str) != list(after):
        return False
    gone = [slot.pk for slot in slots if _facts(slot) not in before]
    LessonSlot.objects.filter(pk__in=gone).delete()
    back = [told for told in before if told not in after]
    LessonSlot.objects.bulk_create(_slot_of(school_class, told) for told in back)
    return True


def _slot_of(school_class: SchoolClass, told: SlotFacts) -> LessonSlot:
    known = dict(zip(_FACTS, told, strict=True))
    days = {name: date.fromisoformat(known[name]) if known[name] else None for name in ("starts", "ends")}
    return LessonSlot(school_id=school_class.school_id, school_class=school_class, **(known | days))


_Key = tuple[int, int, int, int | None, int | None, str, int | None]


def _key(lesson: LessonDraft, shift: int, teachers: dict[tuple[int, int | None], Staff]) -> _Key:
    group = lesson.subgroup.pk if lesson.subgroup is not None else None
    subject = lesson.subject.pk if lesson.subject is not None else None
    teacher = teachers.get((subject, group)) if subject is not None else None
    staff = teacher.pk if teacher is not None else None
    return lesson.weekday, lesson.number, shift, group, subject, lesson.room, staff


def _slot(school_class: SchoolClass, shift: int, key: _Key, starts: date) -> LessonSlot:
    weekday, number, _, group, subject, room, staff = key
    return LessonSlot(
        school_id=school_class.school_id,
        school_class=school_class,
        weekday=weekday,
        number=number,
        shift=shift,
        subgroup_id=group,
        subject_id=subject,
        room=room,
        staff_id=staff,
        starts=starts,
    )


def _teachers(school_class: SchoolClass, day: date) -> dict[tuple[int, int | None], Staff]:
    """(subject, subgroup) → the only teacher of it."""
    rows = TeachingAssignment.objects.on(day).filter(school_class=school_class).select_related("staff")
    found: dict[tuple[int, int | None], list[Staff]] = {}
    for row in rows:
        found.setdefault((row.subject_id, row.subgroup_id), []).append(row.staff)
    return {key: people[0] for key, people in found.items() if len(people) == 1}


@deed
def bus_save(
    *, by: User, school: School, bus: BusRun | None, title: str, weekdays: Sequence[int], leaves: time, walk: int
) -> BusRun:
    """A run of the school's bus. Raises `Refused` when that run at that time is there already."""
    row = bus or BusRun(school=school)
    row.title, row.weekdays, row.leaves, row.walk = title, sorted(weekdays), leaves, walk
    with refused_by("bus_once", f"Рейс «{title}» в {leaves:%H:%M} уже есть."):
        row.save()
    return row


@deed
def bus_delete(*, by: User, bus: BusRun) -> None:
    """The run is no more, and nobody rides on it; history keeps who did."""
    bus.riders.all().delete()
    bus.delete()


@deed
def riders_add(*, by: User, bus: BusRun, pupils: Collection[Pupil], starts: date) -> int:
    """Pupils who go home by the run from a day on; who does already is left. Returns how many were added."""
    riding = set(bus.riders.filter(Q(ends__isnull=True) | Q(ends__gte=starts)).values_list("pupil", flat=True))
    coming = [pupil for pupil in pupils if pupil.pk not in riding]
    with refused_by("bus_rider_once", "Кого-то из них на этот рейс только что записали: обновите страницу."):
        BusRider.objects.bulk_create(BusRider(run=bus, pupil=pupil, starts=starts) for pupil in coming)
    return len(coming)


@deed
def rider_end(*, by: User, rider: BusRider, today: date) -> None:
    """From today on the pupil does not ride; one who was to begin today or later is taken off the list."""
    if rider.starts is not None and rider.starts >= today:
        rider.delete()
    else:
        rider.ends = today - timedelta(days=1)
        rider.save(update_fields=["ends"])
