"""What the service asks of people: its parts answered by one statement, what a specialist brings by two more."""

from datetime import date

from consultations.agenda_bringing import brought_items, sheets_asked
from consultations.agenda_councils import councils_asked
from consultations.agenda_led import led_asked
from consultations.agenda_meetings import meetings_asked
from consultations.agenda_schedule import schedule_asked
from consultations.agenda_talks import talks_asked
from consultations.asking import answered
from school.access import Viewer, access_of
from school.agendas import agenda_register
from school.models import User
from school.shared import AgendaItem

_PARTS = (sheets_asked, meetings_asked, schedule_asked, talks_asked, councils_asked, led_asked)


def service_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Meetings, sheets, the schedule, referrals, plans, councils. Titles name nobody; three queries at most."""
    staff = access_of(user).staff
    if staff is None or not isinstance(user, User):
        return []
    return answered(staff, (part(user, day) for part in _PARTS)) + brought_items(user, day)


agenda_register(service_agenda)
