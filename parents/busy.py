"""Talks for which parents chose one of the offered times take the time of whoever offered it, and the room."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.timezone import localtime

from parents.models import PersonalLink
from parents.rules.links import TALK_MINUTES
from parents.words import LinkAnswer, Matter
from school.busy_times import END_OF_DAY, Busy, BusyAsked, BusySource, busy_register, minutes_of, room_name

_WHAT = "беседа с родителями, время выбрано по ссылке"


def talks_busy(asked: BusyAsked) -> Iterator[Busy]:
    """Chosen times of the days asked about, of links that stand. Nobody's child is named; one query."""
    zone = ZoneInfo(asked.school.timezone)
    days = (datetime.combine(asked.first, time.min, zone), datetime.combine(asked.last, time.max, zone))
    mine = Q(by__staff__in=asked.staff) | (~Q(place="") if asked.room else Q())
    rows = PersonalLink.objects.filter(mine, school=asked.school, matter=Matter.TALK, answer=LinkAnswer.CHOSEN)
    rows = rows.filter(withdrawn_at=None, chosen__range=days) if asked.staff or asked.room else rows.none()
    for moment, staff, place in rows.values_list("chosen", "by__staff", "place"):
        local = localtime(moment, zone)
        starts = minutes_of(local.time())
        span = starts, min(starts + TALK_MINUTES, END_OF_DAY)
        if staff in asked.staff:
            yield Busy(local.date(), *span, _WHAT, BusySource.TALK, staff=staff)
        if asked.room and room_name(place).upper() == asked.room.upper():
            yield Busy(local.date(), *span, _WHAT, BusySource.TALK, room=asked.room)


busy_register(BusySource.TALK, talks_busy)
