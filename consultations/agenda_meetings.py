"""What meetings ask of people: today's, those without a record, without a consent, outside of hours; urgent ones."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists
from django.urls import reverse

from common.russian import counted
from consultations.permissions import can_see_urgent, heads_now, heads_service, is_service
from consultations.selectors.meetings import COMING, LACKING, OUTSIDE, UNRECORDED, own_meetings, urgent_ones, waiting
from school.asking import Asked, Told, numbered, summed
from school.models import User
from school.shared import AgendaItem

_WORDS = {
    UNRECORDED: "Встречи без записи",
    LACKING: "Встречи впереди без согласия",
    OUTSIDE: "Встречи вне часов приёма, перенести",
}


def meetings_asked(user: User, day: date) -> Asked:
    """Of the person's own meetings; of urgent ones for whoever takes note."""
    columns = {}
    if is_service(user):
        columns["meetings"] = summed(own_meetings(user, day), **waiting(day))
    if can_see_urgent(user):
        rows = urgent_ones(user, unseen=True)
        mine = rows if heads_service(user) else rows.filter(~Exists(heads_now(user)))
        columns["urgent"] = numbered(mine, by="appointment__school")
    return Asked(columns, lambda told: _told(told, day))


def _told(told: Told, day: date) -> Iterator[AgendaItem]:
    own = told.get("meetings") or {}
    if number := own.get(COMING):
        yield AgendaItem(f"Встречи сегодня: {number}", f"{_list(COMING)}&on={day:%Y-%m-%d}", due=day)
    for tab, words in _WORDS.items():
        if number := own.get(tab):
            yield AgendaItem(f"{words}: {number}", _list(tab))
    if number := told.get("urgent"):
        words = counted(number, "срочная встреча", "срочные встречи", "срочных встреч")
        yield AgendaItem(f"Принять к сведению: {words}", reverse("service:urgent"))


def _list(tab: str) -> str:
    return f"{reverse('service:meetings')}?tab={tab}&staff=mine"
