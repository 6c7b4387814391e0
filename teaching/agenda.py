"""What teachers' records ask of a person."""

from datetime import date

from django.urls import reverse

from common.russian import counted, date_short
from school.access import Viewer
from school.agendas import agenda_register
from school.models import User
from school.shared import AgendaItem
from teaching.permissions import can_see_teaching
from teaching.selectors.own import UNREAD, Asking, asking
from teaching.words import RecordState


def teaching_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Records that wait for the confirmer; own ones that came back; own lessons' visits not read yet. One query."""
    if not isinstance(user, User) or not can_see_teaching(user):
        return []
    rows = asking(user)
    waiting = sum(one.state == RecordState.ENTERED for one in rows)
    found = []
    if waiting:
        words = counted(waiting, "запись педагогов", "записи педагогов", "записей педагогов")
        found.append(AgendaItem(f"Подтвердить: {words}", reverse("teaching:waiting"), "обучение, сообщества, практики"))
    return found + [_item(one) for one in rows if one.state != RecordState.ENTERED]


def _item(one: Asking) -> AgendaItem:
    url = reverse(f"teaching:{one.what}", args=[one.pk])
    if one.state == UNREAD:
        return AgendaItem(
            "Прочитать запись о посещении урока", url, f"урок {date_short(date.fromisoformat(one.title))}"
        )
    return AgendaItem("Запись о развитии вернули с замечанием", url, f"{one.title}: {one.word}")


agenda_register(teaching_agenda)
