"""The agenda in the format of calendars (RFC 5545, written by the library icalendar)."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from consultations.feed import own_events
from school.agendas import agenda_of
from school.models import User
from school.shared import AgendaItem

REFRESH = timedelta(hours=4)


def calendar_of(user: User, today: date, site: str) -> bytes:
    """Whole days with what is due on them, and a specialist's meetings at their times.

    `site`: «https://opora.school», before which addresses of pages begin. Only titles, which name no pupil, and
    addresses, behind which is the door. What is late stands on today.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Опора//Что предстоит//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Опора: что предстоит")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for item in agenda_of(user, today):
        if item.due is not None:
            calendar.add_component(_event(item, max(item.due, today), site))
    for event in own_events(user, today, site):
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _event(item: AgendaItem, day: date, site: str) -> Event:
    event = Event()
    event.add("uid", f"{sha256(f'{item.url} {item.due}'.encode()).hexdigest()[:32]}@opora")
    event.add("dtstamp", datetime.combine(day, datetime.min.time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", item.title)
    event.add("url", f"{site}{item.url}")
    event.add("transp", "TRANSPARENT")
    return event
