"""Extra lessons on days: their pupils, their teacher (or who stands in) and their room are taken."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from iom.models import ExtraGroup, ExtraMember, ExtraSession
from iom.words import SessionState
from school.busy import school_days
from school.busy_times import Busy, BusyAsked, BusySource, busy_register, minutes_of


def extra_busy(asked: BusyAsked) -> Iterator[Busy]:
    """Groups that meet on the days asked about; a cancelled lesson takes nobody's time."""
    members: dict[int, list[ExtraMember]] = defaultdict(list)
    for row in ExtraMember.objects.filter(pupil__in=asked.pupils, begins__lte=asked.last, ends__gte=asked.first):
        members[row.group_id].append(row)
    mine = Q(pk__in=members) | Q(teacher__in=asked.staff) | Q(sessions__staff__in=asked.staff)
    if asked.room:
        mine |= Q(room__iexact=asked.room)
    rows = ExtraGroup.objects.filter(mine, school=asked.school, begins__lte=asked.last, ends__gte=asked.first)
    groups = list(rows.distinct())
    if not groups:
        return
    told = {(one.group_id, one.on): one for one in _sessions(asked, groups)}
    for day in school_days(asked):
        for group in groups:
            session = told.get((group.pk, day))
            cancelled = session is not None and session.state == SessionState.CANCELLED
            if group.weekday == day.isoweekday() and group.begins <= day <= group.ends and not cancelled:
                teacher = session.staff_id if session is not None and session.staff_id else group.teacher_id
                yield from _of_group(asked, group, day, teacher, members[group.pk])


def _sessions(asked: BusyAsked, groups: list[ExtraGroup]) -> list[ExtraSession]:
    return list(ExtraSession.objects.filter(group__in=groups, on__range=(asked.first, asked.last)))


def _of_group(
    asked: BusyAsked, group: ExtraGroup, day: date, teacher: int, members: list[ExtraMember]
) -> Iterator[Busy]:
    span = minutes_of(group.time_from), minutes_of(group.time_to)
    what = f"дополнительное занятие «{group.title}»"
    if teacher in asked.staff:
        yield Busy(day, *span, what, BusySource.EXTRA, staff=teacher)
    if asked.room and group.room.upper() == asked.room.upper():
        yield Busy(day, *span, what, BusySource.EXTRA, room=asked.room)
    for row in members:
        if row.begins <= day <= row.ends:
            yield Busy(day, *span, what, BusySource.EXTRA, pupil=row.pupil_id)


busy_register(BusySource.EXTRA, extra_busy)
