"""Meetings with specialists take the time of those who come, of the specialist, the colleague and the room."""

from collections.abc import Iterator

from django.db.models import Q
from django.db.models.functions import Upper

from consultations.models import Appointment, AppointmentPupil
from consultations.words import TAKES_TIME
from school.busy_times import Busy, BusyAsked, BusySource, busy_register, minutes_of


def meetings_busy(asked: BusyAsked) -> Iterator[Busy]:
    """Planned and held ones of the days asked about. Neither kind nor contents; two queries."""
    days = {"on__range": (asked.first, asked.last)}
    lines = AppointmentPupil.objects.filter(pupil__in=asked.pupils, present=True, state__in=TAKES_TIME, **days)
    for line in lines.select_related("appointment__specialist"):
        what = _words(line.appointment)
        span = minutes_of(line.time_from), minutes_of(line.time_to)
        yield Busy(line.on, *span, what, BusySource.MEETING, pupil=line.pupil_id)
    people = set(asked.staff)
    mine = Q(specialist__in=people) | Q(colleague__in=people)
    if asked.room:
        mine |= Q(place=asked.room.upper())
    rows = Appointment.objects.taking_time().annotate(place=Upper("room")).filter(mine, school=asked.school, **days)
    for row in rows.select_related("specialist"):
        span = minutes_of(row.time_from), minutes_of(row.time_to)
        for key in {row.specialist_id, row.colleague_id} & people:
            yield Busy(row.on, *span, _words(row), BusySource.MEETING, staff=key)
        if asked.room and row.room.upper() == asked.room.upper():
            yield Busy(row.on, *span, _words(row), BusySource.MEETING, room=asked.room)


def _words(meeting: Appointment) -> str:
    return f"встреча, которую проводит {meeting.specialist.short_name}"


busy_register(BusySource.MEETING, meetings_busy)
