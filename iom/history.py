"""What a pupil's common history leaves out: a route for special needs says something about the child's health."""

from typing import Any

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from iom.models import (
    Gap,
    GapControl,
    GapReview,
    PlanStep,
    Route,
    RouteAgreement,
    RoutePart,
    RouteReview,
    RouteVersion,
)
from iom.models import RouteStep as WayStep
from iom.words import RouteKind
from school.models import Pupil

# Each table with the way to its route.
_TABLES: tuple[tuple[type[Model], str], ...] = (
    (Route, ""),
    (WayStep, "route__"),
    (RoutePart, "route__"),
    (RouteVersion, "route__"),
    (RouteAgreement, "route__"),
    (RouteReview, "route__"),
    (GapReview, "gap__route__"),
    (Gap, "route__"),
    (GapControl, "gap__route__"),
    (PlanStep, "route__"),
)


def of_needs_routes(pupil: Pupil) -> Q:
    """Events of the pupil's routes for special needs; the route's own page tells its way."""
    found = Q()
    for model, way in _TABLES:
        asked: dict[str, Any] = {f"{way}pupil": pupil, f"{way}kind": RouteKind.NEEDS}
        rows = model._default_manager.filter(**asked).annotate(key=Cast("pk", TextField())).order_by()
        found |= Q(table=model._meta.db_table, row_id__in=rows.values("key"))
    return found
