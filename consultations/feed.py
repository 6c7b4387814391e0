"""Meetings as events of calendars (RFC 5545). They leave the school: when and where, never with whom or why."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from icalendar import Calendar, Event

from consultations.models import Appointment
from consultations.words import MeetingKind, MeetingState
from school.access import access_of
from school.models import User

_BEFORE, _AHEAD = timedelta(days=14), timedelta(days=60)
_WITH = {
    MeetingKind.INDIVIDUAL: "Индивидуальная встреча",
    MeetingKind.GROUP: "Групповая встреча",
    MeetingKind.PARENTS: "Встреча с родителями",
    MeetingKind.DIAGNOSTICS: "Диагностика",
    MeetingKind.STAFF: "Встреча с педагогом",
}


def own_events(user: User, today: date, site: str) -> list[Event]:
    """The person's own meetings, from two weeks ago to two months ahead, for the personal feed."""
    staff = access_of(user).staff
    if staff is None:
        return []
    rows = Appointment.objects.visible_to(user).filter(specialist=staff, on__range=(today - _BEFORE, today + _AHEAD))
    rows = rows.exclude(state=MeetingState.CANCELLED).select_related("school").order_by("on", "time_from")
    return week_events(rows, site)


def week_events(rows: Iterable[Appointment], site: str) -> list[Event]:
    """These meetings. `site`: «https://opora.school», before which addresses of pages begin."""
    return [meeting_event(row, site) for row in rows]


def meeting_event(row: Appointment, site: str) -> Event:
    """One meeting: its times by the school's clock, its kind and room, the address of its page behind the door."""
    zone = ZoneInfo(row.school.timezone)
    event = Event()
    event.add("uid", f"meeting-{row.school.code}-{row.pk}@opora")
    event.add("dtstamp", row.booked_at.astimezone(UTC))
    event.add("sequence", row.version)
    event.add("dtstart", datetime.combine(row.on, row.time_from, zone).astimezone(UTC))
    event.add("dtend", datetime.combine(row.on, row.time_to, zone).astimezone(UTC))
    event.add("summary", _WITH[MeetingKind(row.kind)] + (", не пришли" if row.state == MeetingState.MISSED else ""))
    if row.room:
        event.add("location", f"кабинет {row.room}")
    event.add("url", f"{site}{reverse('service:meeting', args=[row.pk])}")
    return event


def calendar_file(events: Iterable[Event], name: str) -> HttpResponse:
    """A file to download; `name` in Latin letters without an extension."""
    calendar = Calendar()
    calendar.add("prodid", "-//Опора//Встречи//RU")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
