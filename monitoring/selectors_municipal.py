"""Reads of a municipality's page: a row a school, whatever the number of its pupils."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Max, OuterRef, Q, Subquery

from monitoring.models import SchoolAggregate
from monitoring.rules.municipal import Figures, Span
from risk_registry.models import Classification
from school.access import Viewer
from school.models import School, User


@dataclass(frozen=True)
class Kept:
    """What is kept of a school for a period. `basis`: who is at risk by; `changed`: marks were counted anew since."""

    system: str
    number: int
    ends: date
    day: date
    basis: str
    provisional: bool
    frozen: bool
    changed: bool
    figures: Figures


@dataclass(frozen=True)
class SchoolFigures:
    """A school with what is kept for the period asked about and for the one before it; None where nothing is."""

    key: int
    name: str
    now: Kept | None
    before: Kept | None


def years_kept(user: Viewer) -> list[int]:
    """In which the school years began that schools have figures of, newest first."""
    rows = SchoolAggregate.objects.visible_to(user).order_by("-start")
    return list(rows.values_list("start", flat=True).distinct())


def spans_kept(user: Viewer, start: int) -> list[Span]:
    """Periods of a year that schools have figures of; those with days of their own apart."""
    rows: Any = SchoolAggregate.objects.visible_to(user).filter(start=start).order_by()
    found = rows.values("system", "number", "ends").annotate(schools=Count("pk"), reached=Max("day"))
    return [
        Span(row["system"], row["number"], row["ends"], row["schools"], row["reached"] >= row["ends"]) for row in found
    ]


def _laid_beside(name: str, start: int, span: Span) -> FilteredRelation:
    """The same period, or in schools with another system that which holds its last day (CONTRACT, half-years)."""
    same = Q(**{f"{name}__system": span.system, f"{name}__number": span.number})
    holding = Q(**{f"{name}__starts__lte": span.ends, f"{name}__ends__gte": span.ends})
    return FilteredRelation(
        name, condition=Q(same | (~Q(**{f"{name}__system": span.system}) & holding), **{f"{name}__start": start})
    )


_COLUMNS = ("system", "number", "ends", "day", "basis", "provisional", "frozen", "figures", "at")


def schools_kept(user: Viewer, start: int, span: Span, before: Span | None) -> list[SchoolFigures]:
    """Every school of the person's municipality by name, with its figures beside it; one statement, a row a school."""
    rows: Any = School.objects.filter(municipality__isnull=False, municipality=_municipality(user)).order_by("pk")
    wanted = {"now": span} | ({"before": before} if before is not None else {})
    changed = Classification.objects.filter(period=OuterRef("now__period")).values("computed_at")
    fields: dict[str, Any] = {"changed_at": Subquery(changed)}
    for name, one in wanted.items():
        relation = _laid_beside("aggregates", start, one)
        rows = rows.annotate(**{name: relation})
        fields |= {f"{name}_{column}": F(f"{name}__{column}") for column in _COLUMNS}
    found = {
        row["pk"]: SchoolFigures(row["pk"], row["name"], _kept(row, "now"), _kept(row, "before"))
        for row in rows.values("pk", "name", **fields)
    }
    return sorted(found.values(), key=lambda one: _natural(one.name))


def _natural(name: str) -> list[tuple[int, str]]:
    """№ 4 before № 10."""
    return [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in re.split(r"(\d+)", name)]


def _municipality(user: Viewer) -> int | None:
    return user.municipality_id if isinstance(user, User) and user.is_active else None


def _kept(row: dict[str, Any], name: str) -> Kept | None:
    if row.get(f"{name}_day") is None:
        return None
    frozen, at = row[f"{name}_frozen"], row[f"{name}_at"]
    later: datetime | None = row["changed_at"] if name == "now" and not frozen else None
    return Kept(
        system=row[f"{name}_system"],
        number=row[f"{name}_number"],
        ends=row[f"{name}_ends"],
        day=row[f"{name}_day"],
        basis=row[f"{name}_basis"],
        provisional=row[f"{name}_provisional"],
        frozen=frozen,
        changed=later is not None and later > at,
        figures=row[f"{name}_figures"],
    )
