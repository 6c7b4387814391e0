"""Keeping what each school comes to in a period: counted anew when something has changed, and every night.

Only figures of the school are kept, no pupil: the municipality's page reads them and nothing else.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from monitoring.computations.base import Scope
from monitoring.models import Measurement, SchoolAggregate
from monitoring.rules.hiding import FAILING, PUPILS, RESERVE, UNRATED
from monitoring.rules.municipal import SHARES, WEAK
from monitoring.selectors_figures import Figure, figures_of
from risk_registry.categories import IN_REGISTRY
from risk_registry.models import Classification, PupilCategory, RegistryStep
from roadmaps.indicators import CATALOGUE
from school.models import Period

_WITH_RESERVE = "S2"  # its denominator is everybody at risk and the reserve
_ASKED = {code: CATALOGUE[code] for code in (*SHARES, _WITH_RESERVE)}
Kept = dict[str, list[int | None]]


@transaction.atomic
def aggregate_keep(*, period: Period) -> SchoolAggregate:
    """Count a period and keep it in place of what was kept; of a frozen period its frozen values."""
    scope = Scope.of(period)
    at = scope.school.now()  # what changes meanwhile is later
    measured = _measured(period)
    classified = Classification.objects.filter(period=period).first()
    told = SchoolAggregate(
        school=scope.school,
        period=period,
        start=period.year.start,
        system=period.system,
        number=period.number,
        starts=period.starts,
        ends=period.ends,
        day=scope.day,
        at=at,
        basis=measured["R01"].basis if measured else scope.basis,
        provisional=classified is not None and classified.provisional and not measured,
        frozen=bool(measured),
        figures=_with_categories(_sides(measured or figures_of(scope, _ASKED)), scope),
    )
    given = [field.name for field in SchoolAggregate._meta.fields if field.name not in ("id", "period")]
    SchoolAggregate.objects.bulk_create([told], update_conflicts=True, unique_fields=["period"], update_fields=given)
    return told


def _measured(period: Period) -> dict[str, Measurement]:
    rows = Measurement.objects.filter(period=period, code__in=_ASKED).defer("counted", "whole")
    return {row.code: row for row in rows}


def _sides(told: Mapping[str, Measurement] | Mapping[str, Figure]) -> Kept:
    return {code: [one.numerator, one.denominator] for code, one in told.items()}


def _with_categories(figures: Kept, scope: Scope) -> Kept:
    """Categories follow from denominators, so that they are of the same moment and basis as the shares."""
    risk, pupils = figures["R01"]
    failing, everybody = figures["R06"][1], figures[_WITH_RESERVE][1]
    counts: Kept = {PUPILS: [pupils, None], FAILING: [failing, None]}
    counts[WEAK] = [(risk or 0) - (failing or 0), None]
    counts[RESERVE] = [(everybody or 0) - (risk or 0), None]
    unrated = PupilCategory.objects.filter(period=scope.period, unrated=True)
    counts[UNRATED] = [unrated.exclude(pupil__in=scope.pupils_in(IN_REGISTRY).values("pk")).count(), None]
    return counts | {code: figures[code] for code in SHARES}


def aggregates_refresh() -> int:
    """The calendar's: count what has changed since it was kept, and what was kept yesterday. Returns how many.

    Each is a transaction of its own: whoever is interrupted goes on from there; to do it again does nothing.
    """
    SchoolAggregate.objects.exclude(system=F("period__year__main_system")).delete()  # the school keeps others now
    due = list(_due(_standing()))
    for period in due:
        aggregate_keep(period=period)
    return len(due)


def _standing() -> QuerySet[Classification]:
    """Computed periods of main systems whose kept figures are not final."""
    kept = SchoolAggregate.objects.filter(period=OuterRef("period"))
    decided = RegistryStep.objects.filter(entry__period=OuterRef("period"), at__gt=OuterRef("period__aggregate__at"))
    rows = Classification.objects.filter(period__system=F("period__year__main_system"))
    rows = rows.exclude(Exists(kept.filter(frozen=True))).annotate(decided=Exists(decided))
    return rows.select_related("period__year__school__settings", "period__aggregate").order_by("period")


def _due(rows: Iterable[Any]) -> Iterable[Period]:
    for row in rows:
        kept: SchoolAggregate | None = getattr(row.period, "aggregate", None)
        if kept is None or kept.at < row.computed_at or row.decided or _of_yesterday(row.period, kept):
            yield row.period


def _of_yesterday(period: Period, kept: SchoolAggregate) -> bool:
    """Routes, lessons and answers change without a word; in a year that is over they are looked at no more."""
    school = period.year.school
    return period.year.ends >= school.today() > kept.at.astimezone(school.now().tzinfo).date()
