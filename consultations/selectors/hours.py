"""Hours of one specialist, with whoever receives in the same room at the same time."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from common.names import initials
from consultations.models import ServiceHours
from school.models import Staff


def hours_beside(specialist: Staff) -> list[Any]:
    """All hours by day and time, each with `beside`: names of those who have hours in its room then. One query."""
    rows: QuerySet[Any] = ServiceHours.objects.filter(specialist=specialist).annotate(others=ArraySubquery(_in_room()))
    found = list(rows.order_by("weekday", "time_from", "begins"))
    for row in found:
        row.beside = list(dict.fromkeys(initials(one["last"], one["first"], one["middle"]) for one in row.others))
    return found


def _in_room() -> QuerySet[Any, Any]:
    there: dict[str, Any] = {"school": OuterRef("school"), "weekday": OuterRef("weekday")}
    times: dict[str, Any] = {"time_from__lt": OuterRef("time_to"), "time_to__gt": OuterRef("time_from")}
    days: dict[str, Any] = {"begins__lte": OuterRef("ends"), "ends__gte": OuterRef("begins")}
    place: Any = OuterRef("room")
    rows = ServiceHours.objects.filter(**there, **times, **days, room__iexact=place).exclude(room="")
    names = {name: F(f"specialist__{name}_name") for name in ("last", "first", "middle")}
    others = rows.exclude(specialist=OuterRef("specialist")).order_by("specialist__sort_key")
    return others.values(told=JSONObject(**names))
