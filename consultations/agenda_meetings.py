"""What meetings ask of people: today's, those without a record, without a consent, outside of hours; urgent ones."""

from datetime import date

from django.urls import reverse

from common.russian import counted
from consultations.permissions import can_note_urgent, is_service
from consultations.selectors.meetings import COMING, LACKING, OUTSIDE, UNRECORDED, urgent_ones, waiting_for
from school.access import Viewer
from school.shared import AgendaItem


def meetings_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Of the person's own meetings, one query; of urgent ones for whoever takes note, one more."""
    found = waiting_for(user, day) if is_service(user) else None
    told = []
    if found is not None:
        told += _own(found.today, f"Встречи сегодня: {found.today}", COMING, day, on=day)
        told += _own(found.unrecorded, f"Встречи без записи: {found.unrecorded}", UNRECORDED, None)
        told += _own(found.lacking, f"Встречи впереди без согласия: {found.lacking}", LACKING, None)
        told += _own(found.outside, f"Встречи вне часов приёма, перенести: {found.outside}", OUTSIDE, None)
    return told + _urgent(user)


def _own(number: int, title: str, tab: str, due: date | None, on: date | None = None) -> list[AgendaItem]:
    if not number:
        return []
    url = f"{reverse('service:meetings')}?tab={tab}&staff=mine" + (f"&on={on:%Y-%m-%d}" if on is not None else "")
    return [AgendaItem(title, url, due=due)]


def _urgent(user: Viewer) -> list[AgendaItem]:
    if not can_note_urgent(user):
        return []
    number = urgent_ones(user, unseen=True).count()
    words = counted(number, "срочная встреча", "срочные встречи", "срочных встреч")
    return [AgendaItem(f"Принять к сведению: {words}", reverse("service:urgent"))] if number else []
