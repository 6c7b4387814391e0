"""What the headless commands answer: shapes of the contract, read from what was computed."""

from typing import Any

from risk_registry.categories import Category, SignalState
from risk_registry.models import Classification, PupilCategory, Signal
from school.models import Period, School, Subject


def classification_answer(school: School, period: Period) -> dict[str, Any]:
    """`classify`: counts and every pupil of the contingent, by class and name."""
    rows = list(
        PupilCategory.objects.in_period(period)
        .select_related("pupil", "school_class")
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pupil_id")
    )
    names = _subject_names(school)
    found = [row.category for row in rows]
    return {
        "school": school.code,
        "period": period.number,
        "provisional": Classification.objects.get(period=period).provisional,
        "counts": {category.value: found.count(category) for category in Category},
        "pupils": [_pupil(row, names) for row in rows],
    }


def _pupil(row: PupilCategory, names: dict[int, str]) -> dict[str, Any]:
    return {
        "external_id": row.pupil.external_id,
        "name": row.pupil.full_name,
        "class": row.school_class.name,
        "category": row.category,
        "subjects": [names[subject] for subject in row.subjects],
        "evidence": [_evidence(told, names) for told in row.evidence],
        "provisional": row.provisional,
        "unrated": row.unrated,
    }


def _evidence(told: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Of the year's beginning it says the sources too."""
    answer = {
        "subject": names[told["subject"]],
        "unsatisfactory": told["unsatisfactory"],
        "result": told["result"],
        "not_attested": told["not_attested"],
    }
    sources = [{name: each[name] for name in ("kind", "value", "on")} for each in told.get("sources", ())]
    return {**answer, "sources": sources} if sources else answer


def signals_answer(period: Period) -> dict[str, Any]:
    """`signals`: those of the period that its facts bear out, by class, name and subject.

    A signal that corrected marks have closed is of the pages only: its evidence is no longer there.
    """
    rows = (
        Signal.objects.in_period(period)
        .exclude(state=SignalState.CLOSED)
        .select_related("pupil", "subject")
        .order_by(
            "school_class__grade", "school_class__letter", "pupil__sort_key", "pupil_id", "subject__sort_key", "rule"
        )
    )
    return {
        "signals": [
            {
                "rule": row.rule,
                "external_id": row.pupil.external_id,
                "subject": row.subject.name if row.subject is not None else None,
                "evidence": row.evidence,
                "state": row.state,
            }
            for row in rows
        ]
    }


def _subject_names(school: School) -> dict[int, str]:
    return dict(Subject.objects.filter(school=school).values_list("pk", "name"))
