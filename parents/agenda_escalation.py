"""What decisions about families ask: an outcome of one's own step whose term is over. Nothing is ever proposed."""

from datetime import date

from django.urls import reverse

from parents.escalation_words import StepState
from parents.models import FamilyStep
from parents.permissions_escalation import can_see_family_cases
from school.access import Viewer
from school.models import User
from school.shared import AgendaItem

_MOST = 10


def family_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """Steps that the person decided, past their term and without an outcome; names nobody. One query."""
    if not isinstance(user, User) or not can_see_family_cases(user):
        return []
    rows = FamilyStep.objects.visible_to(user).filter(decided_by=user, state=StepState.OPEN, due__lt=day)
    found = rows.order_by("due", "pk").values_list("case", "due")[:_MOST]
    title = "Запишите исход решения по семье: срок прошёл"
    return [AgendaItem(title, reverse("family:case", args=[case]), "", due) for case, due in found]
