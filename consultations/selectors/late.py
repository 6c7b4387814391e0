"""Decisions of councils past their day: whose council, who answers. Their words are restricted and not read here."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from consultations.councils import DecisionState
from consultations.models import CouncilDecision
from school.models import User


def late_decisions(user: User, day: date) -> QuerySet[Any]:
    """Those that the person sees: the kind of council, the day, the parts of the name of who answers."""
    rows = CouncilDecision.objects.visible_to(user).filter(state=DecisionState.OPEN, due__lt=day)
    names = {name: F(f"responsible__{name}") for name in ("last_name", "first_name", "middle_name")}
    return rows.order_by("due", "pk").values("due", kind=F("question__sitting__council__kind"), **names)
