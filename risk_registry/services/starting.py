"""The list of the year's beginning as rows of categories: the same shape as those of a period's marks."""

from collections.abc import Collection
from typing import Any

from risk_registry.facts import Asked
from risk_registry.rules.categories import NOT_ATTESTED
from risk_registry.rules.start_list import Ground, StartJudgement, StartReason, in_order, judge_start
from risk_registry.standing import Row, Rows
from risk_registry.start_facts import PupilAtStart, read_start
from risk_registry.start_words import StartSource
from school.models import Subject


def start_rows(asked: Asked, pupils: Collection[int] | None) -> Rows:
    """Categories of the contingent when the year begins, or of those of it who are among `pupils`."""
    subjects = list(Subject.objects.filter(school=asked.settings.school_id).values_list("pk", flat=True))
    most = asked.settings.reserve_max_subjects
    found = Rows()
    for pupil in read_start(asked.period, pupils):
        judgement = judge_start(pupil.facts, reserve_max_subjects=most)
        found.categories[pupil.pupil] = _row(pupil, in_order(judgement, subjects))
    return found


def _row(pupil: PupilAtStart, judgement: StartJudgement) -> Row:
    return {
        "pupil": pupil.pupil,
        "school_class": pupil.school_class,
        "category": judgement.category.value,
        "provisional": False,
        "unrated": judgement.unrated,
        "subjects": [reason.subject for reason in judgement.reasons],
        "evidence": [_evidence(reason) for reason in judgement.reasons],
    }


def _evidence(reason: StartReason) -> dict[str, Any]:
    days = [ground.on for ground in reason.grounds if ground.source == StartSource.WORK and ground.on is not None]
    return {
        "subject": reason.subject,
        "unsatisfactory": [day.isoformat() for day in days],
        "result": reason.result,
        "not_attested": reason.result == NOT_ATTESTED,
        "forecast": None,
        "mean": None,
        "weighted": False,
        "sources": [_source(ground) for ground in reason.grounds],
    }


def _source(ground: Ground) -> dict[str, Any]:
    return {
        "kind": ground.source.value,
        "category": ground.category.value,
        "value": ground.value,
        "on": None if ground.on is None else ground.on.isoformat(),
        "key": ground.key,
    }
