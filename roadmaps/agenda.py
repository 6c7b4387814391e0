"""What the roadmap asks of a person."""

from datetime import date

from django.urls import reverse

from common.russian import counted
from roadmaps.permissions import can_edit_roadmap, can_see_roadmap
from roadmaps.selectors.activities import late_of, own_waiting
from school.access import Viewer
from school.agendas import agenda_register
from school.models import User
from school.shared import AgendaItem

_MOST = 5


def roadmap_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Whoever keeps the roadmap: how much is late in all. Everybody else: the own deeds due by the end of the month.

    At most two queries.
    """
    if not isinstance(user, User) or not can_see_roadmap(user):
        return []
    if can_edit_roadmap(user):
        return [*_late(user, day), *_own(user, day, late=False)]
    return _own(user, day, late=True)


def _late(user: User, day: date) -> list[AgendaItem]:
    rows = list(late_of(user, day).values_list("activity", "ends"))
    if not rows:
        return []
    number = counted(len({activity for activity, _ in rows}), "мероприятие", "мероприятия", "мероприятий")
    url = f"{reverse('roadmap:list')}?show=late"
    return [AgendaItem(f"Дорожная карта: просрочено, {number}", url, "отметьте проведённым или перенесите", rows[0][1])]


def _own(user: User, day: date, *, late: bool) -> list[AgendaItem]:
    rows = own_waiting(user, day)
    if not late:
        rows = rows.filter(ends__gte=day)
    return [
        AgendaItem("Мероприятие дорожной карты", reverse("roadmap:activity", args=[row.activity_id]),
                   row.activity.title, row.ends)
        for row in rows[:_MOST]
    ]  # fmt: skip


agenda_register(roadmap_agenda)
