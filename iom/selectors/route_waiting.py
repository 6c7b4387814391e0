"""How many routes wait for what of one person: one query a request, for the agenda and the desk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from iom.models import Route
from iom.selectors.route_list import SOON, gaps_due, parts_to_agree, steps_due
from iom.words import OVER, RouteState
from school.access import access_of
from school.models import User


@dataclass(frozen=True)
class Waiting:
    """Numbers of routes. `own_*`: where the person is the tutor; days are the nearest."""

    going: int = 0
    late: int = 0
    agreed: int = 0
    parts: int = 0
    gaps: int = 0
    gap_due: date | None = None
    steps: int = 0
    step_due: date | None = None
    own_late: int = 0
    own_late_due: date | None = None
    own_soon: int = 0
    own_soon_due: date | None = None
    own_parents: int = 0


def routes_waiting(user: User, day: date) -> Waiting:
    """Of visible routes; asked once a request."""
    known: dict[date, Waiting] = user.__dict__.setdefault("_routes_waiting", {})
    if day not in known:
        known[day] = Waiting(**_asked(user, day))
    return known[day]


def _asked(user: User, day: date) -> dict[str, Any]:
    staff = access_of(user).staff
    own = Q(tutor=staff) if staff is not None else Q(pk__in=[])
    active = Q(state=RouteState.ACTIVE)
    late, soon = active & Q(next_review__lt=day), active & Q(next_review__range=(day, day + SOON))
    answer: dict[str, Any] = _told(user, day).aggregate(
        going=Count("pk", filter=~Q(state__in=OVER)),
        late=Count("pk", filter=late),
        agreed=Count("pk", filter=Q(state=RouteState.AGREED)),
        parts=Count("pk", filter=Q(to_agree=True)),
        gaps=Count("first_gap"),
        gap_due=Min("first_gap"),
        steps=Count("first_step"),
        step_due=Min("first_step"),
        own_late=Count("pk", filter=own & late),
        own_late_due=Min("next_review", filter=own & late),
        own_soon=Count("pk", filter=own & soon),
        own_soon_due=Min("next_review", filter=own & soon),
        own_parents=Count("pk", filter=own & Q(state=RouteState.WITH_PARENTS, pupil__isnull=False)),
    )
    return answer


def _told(user: User, day: date) -> QuerySet[Any]:
    rows = Route.objects.visible_to(user).exclude(state__in=OVER).order_by()
    gaps, steps, parts = gaps_due(user, day), steps_due(user, day), parts_to_agree(user)
    mine = {"route": OuterRef("pk")}
    found: QuerySet[Any] = rows.annotate(
        to_agree=Exists(parts.filter(**mine)),
        first_gap=Subquery(gaps.filter(**mine).order_by("due").values("due")[:1]),
        first_step=Subquery(steps.filter(**mine).order_by("on").values("on")[:1]),
    )
    return found
