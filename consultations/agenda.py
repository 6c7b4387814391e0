"""What the service asks of people: parts of the common statement, and what a specialist brings by two queries more."""

from datetime import date

from consultations.agenda_bringing import brought_items, sheets_asked
from consultations.agenda_councils import councils_asked
from consultations.agenda_led import led_asked
from consultations.agenda_meetings import meetings_asked
from consultations.agenda_schedule import schedule_asked
from consultations.agenda_talks import talks_asked
from school.access import Viewer, access_of
from school.agendas import agenda_register, asked_register
from school.models import User
from school.shared import AgendaItem


def service_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """What a specialist has to bring to families; titles name nobody."""
    if access_of(user).staff is None or not isinstance(user, User):
        return []
    return brought_items(user, day)


agenda_register(service_agenda)
asked_register(sheets_asked, meetings_asked, schedule_asked, talks_asked, councils_asked, led_asked)
