"""What a week holds against an extra lesson: lessons, other groups, rooms, buses. A constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet

from iom.models import ExtraGroup, ExtraMember
from iom.rules.extra import DAY_FIRST, DAY_LAST, SCHOOL_DAYS, Place, Ride, Taken, Week, last_rides
from school.models import (
    Bell,
    BusRider,
    Enrolment,
    LessonSlot,
    Pupil,
    School,
    SchoolClass,
    Staff,
    Subgroup,
    TeachingAssignment,
)

Bells = Mapping[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Asked:
    """For whom a time is looked for: `begins`–`ends` is the term, `group` the one that is being moved."""

    school: School
    teacher: Staff | None
    room: str
    pupils: Collection[Pupil]
    begins: date
    ends: date
    group: ExtraGroup | None = None


def minutes(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def week_of(asked: Asked) -> Week:
    """Everything that may clash with a lesson of these people in this room."""
    bells = bells_of(asked.school)
    seats = _seats(asked)
    taught = _taught(asked)
    slots = list(_slots(asked, set(seats.values()), taught))
    parts = _parts(asked)
    taken = [*_lessons(asked, slots, bells, seats, parts), *_extra_of_people(asked), *_extra_of_pupils(asked)]
    span = [minute for pair in bells.values() for minute in pair]
    return Week(
        taken=tuple(taken),
        rides=last_rides(_rides(asked)),
        days=tuple(sorted({*SCHOOL_DAYS, *(slot.weekday for slot in slots)})),
        first=min([DAY_FIRST, *span]),
        last=max([DAY_LAST, *span]),
        unknown=tuple(_unknown(asked, slots, bells, {*seats.values(), *taught})),
    )


def bells_of(school: School) -> dict[tuple[int, int], tuple[int, int]]:
    """(shift, number of the lesson) → its minutes."""
    rows = Bell.objects.filter(school=school)
    return {(bell.shift, bell.number): (minutes(bell.starts), minutes(bell.ends)) for bell in rows}


def in_term(begins: date, ends: date) -> Q:
    """Rows with `starts` and `ends` that are in force on a day of the term."""
    return (Q(starts__isnull=True) | Q(starts__lte=ends)) & (Q(ends__isnull=True) | Q(ends__gte=begins))


def _seats(asked: Asked) -> dict[int, int]:
    """Pupil → class on the term's first day that is not over, or today."""
    day = max(asked.begins, min(asked.school.today(), asked.ends))
    rows = Enrolment.objects.on(day).filter(pupil__in=[pupil.pk for pupil in asked.pupils])
    return dict(rows.values_list("pupil", "school_class"))


def _taught(asked: Asked) -> set[int]:
    if asked.teacher is None:
        return set()
    rows = TeachingAssignment.objects.filter(in_term(asked.begins, asked.ends), staff=asked.teacher)
    current = rows.filter(school_class__year__starts__lte=asked.ends, school_class__year__ends__gte=asked.begins)
    return set(current.values_list("school_class", flat=True))


def _slots(asked: Asked, classes: set[int], taught: set[int]) -> QuerySet[LessonSlot]:
    """Of the pupils' classes, of the teacher, in the room."""
    mine = Q(school_class__in=classes | taught) | Q(staff=asked.teacher, staff__isnull=False)
    if asked.room:
        mine |= Q(room__iexact=asked.room)
    rows = LessonSlot.objects.filter(in_term(asked.begins, asked.ends), mine, school=asked.school)
    return rows.select_related("school_class", "subject")


def _parts(asked: Asked) -> dict[int, set[int]]:
    """Subgroup → pupils of those asked about."""
    rows = Subgroup.pupils.through.objects.filter(pupil__in=[pupil.pk for pupil in asked.pupils])
    found: dict[int, set[int]] = defaultdict(set)
    for part, pupil in rows.values_list("subgroup", "pupil"):
        found[part].add(pupil)
    return found


def _lessons(
    asked: Asked, slots: Iterable[LessonSlot], bells: Bells, seats: Mapping[int, int], parts: Mapping[int, set[int]]
) -> Iterator[Taken]:
    for slot in slots:
        span = bells.get((slot.shift, slot.number))
        if span is None:
            continue
        place = Place(slot.weekday, *span)
        what = lesson_words(slot)
        if asked.teacher is not None and slot.staff_id == asked.teacher.pk:
            yield Taken(asked.teacher.short_name, f"{what} в {slot.school_class}", place)
        if asked.room and slot.room.upper() == asked.room.upper():
            yield Taken(f"кабинет {asked.room}", f"{what} в {slot.school_class}", place)
        for pupil in asked.pupils:
            sits = seats.get(pupil.pk) == slot.school_class_id
            if sits and (slot.subgroup_id is None or pupil.pk in parts.get(slot.subgroup_id, ())):
                yield Taken(pupil.short_name, f"{what}, {slot.school_class}", place)


def lesson_words(slot: LessonSlot) -> str:
    """«6-й урок, Алгебра»."""
    return f"{slot.number}-й урок" + (f", {slot.subject.name}" if slot.subject is not None else "")


def _others(asked: Asked) -> Q:
    own = ~Q(pk=asked.group.pk) if asked.group is not None else Q()
    return own & Q(begins__lte=asked.ends, ends__gte=asked.begins)


def _extra_of_people(asked: Asked) -> Iterator[Taken]:
    """Other groups of the teacher and in the room; one query."""
    mine = Q(teacher=asked.teacher, teacher__isnull=False)
    if asked.room:
        mine |= Q(room__iexact=asked.room)
    for group in ExtraGroup.objects.filter(_others(asked), mine, school=asked.school):
        place = place_of(group)
        what = f"дополнительное занятие «{group.title}»"
        if asked.teacher is not None and group.teacher_id == asked.teacher.pk:
            yield Taken(asked.teacher.short_name, what, place)
        if asked.room and group.room.upper() == asked.room.upper():
            yield Taken(f"кабинет {asked.room}", what, place)


def _extra_of_pupils(asked: Asked) -> Iterator[Taken]:
    names = {pupil.pk: pupil.short_name for pupil in asked.pupils}
    rows = ExtraMember.objects.filter(pupil__in=names, begins__lte=asked.ends, ends__gte=asked.begins)
    if asked.group is not None:
        rows = rows.exclude(group=asked.group)
    for row in rows.select_related("group"):
        yield Taken(names[row.pupil_id], f"дополнительное занятие «{row.group.title}»", place_of(row))


def place_of(row: ExtraGroup | ExtraMember) -> Place:
    """Where a group or its member stands in the week."""
    return Place(row.weekday, minutes(row.time_from), minutes(row.time_to))


def _rides(asked: Asked) -> Iterator[Ride]:
    names = {pupil.pk: pupil.short_name for pupil in asked.pupils}
    riders = BusRider.objects.filter(in_term(asked.begins, asked.ends), pupil__in=names, run__school=asked.school)
    for rider in riders.select_related("run"):
        run = rider.run
        for weekday in run.weekdays:
            yield Ride(rider.pupil_id, names[rider.pupil_id], run.title, weekday, minutes(run.leaves), run.walk)


def _unknown(asked: Asked, slots: Iterable[LessonSlot], bells: Bells, classes: set[int]) -> Iterator[str]:
    known = {slot.school_class_id for slot in slots}
    missing = [str(one) for one in SchoolClass.objects.filter(pk__in=classes - known)]
    if missing:
        yield f"Расписание уроков не внесено: {', '.join(missing)}. С этими уроками время не сверено."
    silent = sorted({slot.shift for slot in slots if (slot.shift, slot.number) not in bells})
    for shift in silent:
        yield f"Звонки {shift}-й смены внесены не все: уроки без звонков со временем занятия не сверены."
