"""Schools of a municipality side by side: counts, and nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from common.russian import percent
from risk_registry.categories import Category
from risk_registry.models import PupilCategory
from school.models import Period, School, User


@dataclass(frozen=True)
class SchoolLine:
    """One school in the newest period that its marks say anything about; without one there are no counts."""

    school: School
    period: Period | None
    pupils: int = 0
    failing: int = 0
    weak: int = 0
    reserve: int = 0
    unrated: int = 0
    provisional: int = 0

    @property
    def risk(self) -> str:
        """The share of failing and weak."""
        return percent(self.failing + self.weak, self.pupils)


def schools_side_by_side(user: User) -> tuple[SchoolLine, ...]:
    """Every school of the person's municipality, by name; three queries whatever the number of schools."""
    judged = PupilCategory.objects.filter(period=OuterRef("pk"), unrated=False).values("pk")[:1]
    newest = (
        Period.objects.filter(year__school=OuterRef("pk"), system=F("year__main_system"))
        .annotate(judged=Subquery(judged))
        .filter(judged__isnull=False)
        .order_by("-starts")
    )
    schools = list(
        School.objects.filter(municipality=user.municipality_id, municipality__isnull=False)
        .annotate(spoken=Subquery(newest.values("pk")[:1]))
        .order_by("name", "pk")
    )
    periods = Period.objects.select_related("year").in_bulk({one.spoken for one in schools if one.spoken})
    counts = _counts(periods)
    return tuple(_line(one, periods.get(one.spoken), counts) for one in schools)


def _counts(periods: Iterable[int]) -> dict[int, dict[str, int]]:
    rows = PupilCategory.objects.filter(period__in=list(periods)).order_by().values("period")
    counted: Any = rows.annotate(
        pupils=Count("pk"),
        failing=Count("pk", filter=Q(category=Category.FAILING)),
        weak=Count("pk", filter=Q(category=Category.WEAK)),
        reserve=Count("pk", filter=Q(category=Category.RESERVE)),
        unrated=Count("pk", filter=Q(unrated=True)),
        provisional=Count("pk", filter=Q(provisional=True)),
    )
    return {row["period"]: {name: number for name, number in row.items() if name != "period"} for row in counted}


def _line(school: School, period: Period | None, counts: dict[int, dict[str, int]]) -> SchoolLine:
    return SchoolLine(school, period, **(counts.get(period.pk, {}) if period else {}))
