"""Routes past their review and pairs past their term, for those who answer for the whole school; no pupil is named."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from iom.mentoring import PairState
from iom.models import MentoringPair, Route
from iom.words import RouteState
from school.models import Enrolment, User


def late_routes(user: User, day: date) -> QuerySet[Any]:
    """Keys, the day of the review, the parts of the tutor's name, the class (None of a teacher's route)."""
    seat = Enrolment.objects.on(day).filter(pupil=OuterRef("pupil"))
    rows: QuerySet[Any] = Route.objects.visible_to(user).filter(state=RouteState.ACTIVE, next_review__lt=day)
    rows = rows.annotate(seat=Subquery(seat.values("school_class__name")[:1])).order_by("next_review", "pk")
    return rows.values("pk", "next_review", "seat", *_name("tutor"))


def late_pairs(user: User, day: date) -> QuerySet[Any]:
    """Keys, the last day, the parts of the curator's name."""
    rows: QuerySet[Any] = MentoringPair.objects.visible_to(user).filter(year__starts__lte=day, year__ends__gte=day)
    found = rows.filter(state=PairState.ACTIVE, ends__lt=day).order_by("ends", "pk")
    return found.values("pk", "ends", *_name("curator"))


def _name(person: str) -> list[str]:
    return [f"{person}__{part}" for part in ("last_name", "first_name", "middle_name")]
