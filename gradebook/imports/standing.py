"""What stands in the database under the keys that a call states: results, means, results of works."""

from collections.abc import Collection
from decimal import Decimal

from gradebook.imports.singles import Key, StandingOne, Values
from gradebook.models import AssessmentResult, FactKind, HandCorrection, PeriodMean, PeriodResult


def standing_results(keys: Collection[Key]) -> dict[Key, StandingOne]:
    """By (year, pupil, subject, kind, period or None)."""
    rows = PeriodResult.objects.filter(year__in={key[0] for key in keys}, pupil__in={key[1] for key in keys})
    columns = rows.values_list("year", "pupil", "subject", "kind", "period", "id", "value", "by_hand")
    return {row[:5]: StandingOne(row[5], (row[6],), row[7]) for row in columns}


def removed_results(keys: Collection[Key]) -> dict[Key, Values]:
    """What a person took out of the results, by the same keys."""
    notes = HandCorrection.objects.filter(
        kind=FactKind.RESULTS, fact_id__isnull=True, pupil__in={key[1] for key in keys}, before__isnull=False
    )
    told = (before for before in notes.values_list("before", flat=True) if before is not None)
    return {
        (row["year_id"], row["pupil_id"], row["subject_id"], row["kind"], row["period_id"]): (row["value"],)
        for row in told
    }


def standing_means(keys: Collection[Key]) -> dict[Key, StandingOne]:
    """By (pupil, subject, period)."""
    rows = PeriodMean.objects.filter(period__in={key[2] for key in keys}, pupil__in={key[0] for key in keys})
    columns = rows.values_list("pupil", "subject", "period", "id", "mean", "weighted", "by_hand")
    return {row[:3]: StandingOne(row[3], row[4:6], row[6]) for row in columns}


def standing_works(keys: Collection[Key]) -> dict[Key, StandingOne]:
    """By (procedure, pupil)."""
    rows = AssessmentResult.objects.filter(procedure__in={key[0] for key in keys})
    columns = rows.values_list(
        "procedure", "pupil", "id", "code", "variant", "score", "mark", "journal_mark", "points", "by_hand"
    )
    return {row[:2]: StandingOne(row[2], (*row[3:8], _points(row[8])), row[9]) for row in columns}


def _points(told: list[Decimal | None] | None) -> tuple[Decimal | None, ...] | None:
    return None if told is None else tuple(told)
