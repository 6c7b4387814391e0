"""How many lessons of a subject may still come: hours a week and days off, as parts of queries that are made anyway."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from school.models import Holiday, TeachingAssignment


def hours_told(today: date, school_class: str, pupil: int) -> ArraySubquery:
    """For a query about classes: [{"subject": 3, "hours": 2.5}] of the pupil in the class of that column."""
    duties = TeachingAssignment.objects.on(today).filter(
        Q(subgroup__isnull=True) | Q(subgroup__pupils=pupil),
        school_class=OuterRef(school_class),
        weekly_hours__isnull=False,
    )
    return ArraySubquery(duties.values(told=JSONObject(subject="subject", hours="weekly_hours")))


def days_off_told(year: str) -> ArraySubquery:
    """For a query about years: [{"starts": "2026-10-26", "ends": "2026-11-01"}], the whole school's."""
    rows = Holiday.objects.filter(year=OuterRef(year), first_grade_only=False)
    return ArraySubquery(rows.values(told=JSONObject(starts="starts", ends="ends")))


def weekly_hours(today: date) -> Subquery:
    """For a query about signals: hours a week of its subject in its class, of the pupil's own subgroup."""
    duties = TeachingAssignment.objects.on(today).filter(
        Q(subgroup__isnull=True) | Q(subgroup__pupils=OuterRef("pupil")),
        school_class=OuterRef("school_class"),
        subject=OuterRef("subject"),
    )
    most = duties.order_by().values("subject").annotate(most=Max(F("weekly_hours")))
    return Subquery(most.values("most"))


def hours_of(told: Sequence[dict[str, Any]]) -> dict[int, Decimal]:
    """What `hours_told` answered, by subject; of several groups the most."""
    found: dict[int, Decimal] = {}
    for one in told:
        found[one["subject"]] = max(found.get(one["subject"], Decimal(0)), Decimal(str(one["hours"])))
    return found


def days_off_of(told: Sequence[dict[str, str]]) -> tuple[tuple[date, date], ...]:
    """What `days_off_told` answered."""
    return tuple((date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"])) for one in told)
