"""What decisions about families ask: an outcome of one's own step whose term is over. Nothing is ever proposed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from parents.escalation_words import StepState
from parents.models import FamilyStep
from parents.permissions import can_write_conversations
from school.asking import Asked, Told, day_told, listed
from school.models import User
from school.shared import AgendaItem

_MOST = 10
_TITLE = "Запишите исход решения по семье: срок прошёл"


def family_asked(user: User, day: date) -> Asked:
    """Steps that the person decided, past their term and without an outcome; names nobody."""
    if not can_write_conversations(user):
        return Asked()
    rows = FamilyStep.objects.visible_to(user).filter(decided_by=user, state=StepState.OPEN, due__lt=day)
    return Asked({"steps": listed(rows.order_by("due", "pk")[:_MOST], case="case", due="due")}, _told)


def _told(told: Told) -> Iterator[AgendaItem]:
    for row in told["steps"] or ():
        yield AgendaItem(_TITLE, reverse("family:case", args=[row["case"]]), "", day_told(row["due"]))
