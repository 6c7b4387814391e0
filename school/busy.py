"""Lessons and buses of days: what a pupil would miss."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q

from school.busy_times import END_OF_DAY, Busy, BusyAsked, BusySource, busy_register, minutes_of
from school.models import Bell, BusRider, Enrolment, Holiday, LessonSlot, Subgroup

Days = Sequence[date]


def days_between(first: date, last: date) -> list[date]:
    """Both inside; empty when the last is before the first."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def school_days(asked: BusyAsked) -> list[date]:
    """The days asked about that are no holidays of the whole school; one query."""
    rows = Holiday.objects.filter(
        year__school=asked.school, first_grade_only=False, starts__lte=asked.last, ends__gte=asked.first
    )
    off = list(rows.values_list("starts", "ends"))
    return [day for day in days_between(asked.first, asked.last) if not any(a <= day <= b for a, b in off)]


def lessons_busy(asked: BusyAsked) -> Iterator[Busy]:
    """Lessons of the pupils' classes and subgroups, of staff and in the room."""
    bells = {
        (bell.shift, bell.number): (minutes_of(bell.starts), minutes_of(bell.ends))
        for bell in Bell.objects.filter(school=asked.school)
    }
    if not bells:
        return
    seats = _seats(asked)
    parts = _parts(asked)
    mine = Q(school_class__in={seat for seat, _, _ in seats}) | Q(staff__in=asked.staff)
    if asked.room:
        mine |= Q(room__iexact=asked.room)
    slots = LessonSlot.objects.filter(mine, _meets(asked), school=asked.school)
    rows = list(slots.select_related("school_class", "subject"))
    for day in school_days(asked):
        for slot in rows:
            span = bells.get((slot.shift, slot.number))
            if span is not None and slot.weekday == day.isoweekday() and _in_force(slot, day):
                yield from _of_slot(asked, slot, day, span, seats, parts)


def buses_busy(asked: BusyAsked) -> Iterator[Busy]:
    """From the minute at which a pupil has to go to the last bus of a day."""
    riders = BusRider.objects.filter(_meets(asked), pupil__in=asked.pupils, run__school=asked.school)
    rows = list(riders.select_related("run"))
    if not rows:
        return
    for day in school_days(asked):
        last: dict[int, Busy] = {}
        for rider in rows:
            if day.isoweekday() in rider.run.weekdays and _in_force(rider, day):
                until = minutes_of(rider.run.leaves) - rider.run.walk
                if rider.pupil_id not in last or last[rider.pupil_id].starts < until:
                    words = f"автобус «{rider.run.title}» уходит в {rider.run.leaves:%H:%M}"
                    last[rider.pupil_id] = Busy(day, until, END_OF_DAY, words, BusySource.BUS, pupil=rider.pupil_id)
        yield from last.values()


def _seats(asked: BusyAsked) -> list[tuple[int, int, Enrolment]]:
    rows = Enrolment.objects.filter(_meets(asked), pupil__in=asked.pupils)
    return [(row.school_class_id, row.pupil_id, row) for row in rows]


def _parts(asked: BusyAsked) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Subgroup.pupils.through.objects.filter(pupil__in=asked.pupils)
    for part, pupil in rows.values_list("subgroup", "pupil"):
        found[part].add(pupil)
    return found


def _meets(asked: BusyAsked) -> Q:
    return (Q(starts__isnull=True) | Q(starts__lte=asked.last)) & (Q(ends__isnull=True) | Q(ends__gte=asked.first))


def _in_force(row: LessonSlot | BusRider | Enrolment, day: date) -> bool:
    return (row.starts is None or row.starts <= day) and (row.ends is None or row.ends >= day)


def _of_slot(
    asked: BusyAsked,
    slot: LessonSlot,
    day: date,
    span: tuple[int, int],
    seats: Sequence[tuple[int, int, Enrolment]],
    parts: dict[int, set[int]],
) -> Iterator[Busy]:
    what = f"{slot.number}-й урок" + (f", {slot.subject.name}" if slot.subject is not None else "")
    there = f"{what} в {slot.school_class}"
    if slot.staff_id in asked.staff:
        yield Busy(day, *span, there, BusySource.LESSON, staff=slot.staff_id)
    if asked.room and slot.room.upper() == asked.room.upper():
        yield Busy(day, *span, there, BusySource.LESSON, room=asked.room)
    for seat, pupil, row in seats:
        sits = seat == slot.school_class_id and _in_force(row, day)
        if sits and (slot.subgroup_id is None or pupil in parts.get(slot.subgroup_id, ())):
            yield Busy(day, *span, what, BusySource.LESSON, pupil=pupil)


busy_register(BusySource.LESSON, lessons_busy)
busy_register(BusySource.BUS, buses_busy)
