"""Individual routes, what they plan, and the journals of the work."""

from iom.models.plans import Gap, GapControl, PlanStep
from iom.models.routes import (
    GapReview,
    Route,
    RouteAgreement,
    RoutePart,
    RouteReview,
    RouteStep,
    RouteVersion,
)

__all__ = [
    "Gap",
    "GapControl",
    "GapReview",
    "PlanStep",
    "Route",
    "RouteAgreement",
    "RoutePart",
    "RouteReview",
    "RouteStep",
    "RouteVersion",
]
