"""What teachers' records ask of a person."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from common.russian import counted, date_short
from school.agendas import asked_register
from school.asking import Asked, Told, day_told, listed
from school.models import User
from school.shared import AgendaItem
from teaching.permissions import can_see_teaching
from teaching.selectors.own import asking, unread_visits
from teaching.words import RecordState


def teaching_asked(user: User, day: date) -> Asked:
    """Records that wait for the confirmer; own ones that came back; own lessons' visits not read yet."""
    if not can_see_teaching(user):
        return Asked()
    names = {name: name for name in ("state", "title", "word")}
    columns = {what: listed(rows.order_by("pk"), key="pk", **names) for what, rows in asking(user).items()}
    columns["visit"] = listed(unread_visits(user).order_by("pk"), key="pk", on="on")
    return Asked(columns, lambda told: [*_waiting(told), *_returned(told), *_unread(told)])


def _waiting(told: Told) -> Iterator[AgendaItem]:
    number = sum(row["state"] == RecordState.ENTERED for rows in told.values() for row in rows or () if "state" in row)
    if number:
        about = "обучение, сообщества, практики"
        words = counted(number, "запись педагогов", "записи педагогов", "записей педагогов")
        yield AgendaItem(f"Подтвердить: {words}", reverse("teaching:waiting"), about, signs=True)


def _returned(told: Told) -> Iterator[AgendaItem]:
    for what, rows in told.items():
        for row in rows or ():
            if row.get("state") == RecordState.RETURNED:
                url = reverse(f"teaching:{what}", args=[row["key"]])
                yield AgendaItem("Запись о развитии вернули с замечанием", url, f"{row['title']}: {row['word']}")


def _unread(told: Told) -> Iterator[AgendaItem]:
    for row in told["visit"] or ():
        url = reverse("teaching:visit", args=[row["key"]])
        yield AgendaItem("Прочитать запись о посещении урока", url, f"урок {date_short(day_told(row['on']))}")


asked_register(teaching_asked)
