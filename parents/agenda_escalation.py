"""What decisions about families ask: an outcome of one's own step whose term is over. Nothing is ever proposed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from parents.escalation_words import StepState
from parents.models import FamilyStep
from school.models import User
from school.shared import AgendaItem

_MOST = 10
_TITLE = "Запишите исход решения по семье: срок прошёл"


def late_steps(user: User, day: date) -> ArraySubquery:
    """Steps that the person decided, past their term and without an outcome; a part of another query."""
    rows = FamilyStep.objects.visible_to(user).filter(decided_by=user, state=StepState.OPEN, due__lt=day)
    return ArraySubquery(rows.order_by("due", "pk").values(told=JSONObject(case="case", due="due"))[:_MOST])


def family_items(rows: Iterable[Mapping[str, Any]]) -> Iterator[AgendaItem]:
    """What `late_steps` found; names nobody."""
    for row in rows:
        yield AgendaItem(_TITLE, reverse("family:case", args=[row["case"]]), "", date.fromisoformat(row["due"]))
