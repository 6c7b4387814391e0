"""What duties ask of a person: the school's own that have a day. Nothing else reminds of what is not written."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from roadmaps.models import DutyMark, OwnDuty
from roadmaps.permissions_duties import can_see_duties, duty_roles_of
from roadmaps.selectors.duties import OWN
from school.access import access_of
from school.asking import Asked, Told, day_told, listed
from school.models import User
from school.shared import AgendaItem

_AHEAD, _AFTER, _MOST = timedelta(days=14), timedelta(days=7), 5


def duties_asked(user: User, day: date) -> Asked:
    """Duties that the school gave to a role of the person for a day, from two weeks before until a week after it,
    while the person has marked nothing."""
    access = access_of(user)
    roles = [role.value for role in duty_roles_of(user)]
    if not roles or not can_see_duties(user):
        return Asked()
    code = Concat(Value(OWN), Cast(OuterRef("pk"), CharField()))
    marked = DutyMark.objects.standing().filter(school=access.school, staff=access.staff, duty=code)
    rows = OwnDuty.objects.filter(~Exists(marked), school=access.school, role__in=roles, removed_at__isnull=True)
    rows = rows.filter(due__range=(day - _AFTER, day + _AHEAD)).order_by("due", "pk")
    return Asked({"duties": listed(rows[:_MOST], text="text", due="due")}, lambda told: _items(told["duties"] or ()))


def _items(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        yield AgendaItem("Обязанность по роли", reverse("duties:mine"), row["text"], day_told(row["due"]))
