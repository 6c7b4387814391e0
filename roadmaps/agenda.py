"""What the roadmap asks of a person."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, Min
from django.urls import reverse

from common.russian import counted
from roadmaps.agenda_acts import acts_asked
from roadmaps.agenda_program import program_asked, roadmap_order_asked
from roadmaps.duties_agenda import duties_asked
from roadmaps.permissions import can_edit_roadmap, can_see_roadmap
from roadmaps.selectors.activities import late_of, own_waiting
from roadmaps.sittings_agenda import sittings_asked
from school.agendas import asked_register
from school.asking import Asked, Told, day_told, listed, summed
from school.models import User
from school.shared import AgendaItem

_MOST = 5


def roadmap_asked(user: User, day: date) -> Asked:
    """Whoever keeps the roadmap: how much is late in all. Everybody else: the own deeds due by the end of the month."""
    if not can_see_roadmap(user):
        return Asked()
    rows = own_waiting(user, day)
    columns: dict[str, Any] = {}
    if can_edit_roadmap(user):
        rows = rows.filter(ends__gte=day)
        late = late_of(user, day)
        number = Count("activity", distinct=True)
        columns["late"] = summed(late, by="activity__roadmap__school", number=number, first=Min("ends"))
    columns["own"] = listed(rows[:_MOST], activity="activity_id", title=F("activity__title"), ends="ends")
    return Asked(columns, lambda told: [*_late(told.get("late") or {}), *_own(told["own"] or ())])


def _late(told: Told) -> Iterator[AgendaItem]:
    if number := told.get("number"):
        words = counted(number, "мероприятие", "мероприятия", "мероприятий")
        url, first = f"{reverse('roadmap:list')}?show=late", day_told(told["first"])
        yield AgendaItem(f"Дорожная карта: просрочено, {words}", url, "отметьте проведённым или перенесите", first)


def _own(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        url = reverse("roadmap:activity", args=[row["activity"]])
        yield AgendaItem("Мероприятие дорожной карты", url, row["title"], day_told(row["ends"]))


asked_register(roadmap_asked, sittings_asked, program_asked, roadmap_order_asked, acts_asked, duties_asked)
