"""Computes the categories, signals and proposals of a period and writes what changed."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from risk_registry.categories import SignalRule
from risk_registry.facts import Asked, PupilInPeriod, ask, read_facts, thresholds_of
from risk_registry.rules.categories import Judgement, Reason, Thresholds, categorise, three_unsatisfactory
from risk_registry.services.locking import lock_period
from risk_registry.services.proposals import proposals_follow
from risk_registry.services.signalling import signals_follow
from risk_registry.services.starting import start_rows
from risk_registry.standing import Difference, Row, Rows, compare, read_standing
from risk_registry.warning_facts import Key, Warned
from school.models import Period

_WRITE_CATEGORIES = """
INSERT INTO risk_registry_pupilcategory
    (school_id, period_id, computed_at, pupil_id, school_class_id, category, provisional, unrated, subjects, evidence)
SELECT %(school)s, %(period)s, %(now)s, told.* FROM json_to_recordset(%(categories)s) AS told
    (pupil bigint, school_class bigint, category text, provisional bool, unrated bool, subjects bigint[],
     evidence jsonb)
ON CONFLICT (period_id, pupil_id) DO UPDATE SET
    computed_at = excluded.computed_at, school_class_id = excluded.school_class_id, category = excluded.category,
    provisional = excluded.provisional, unrated = excluded.unrated, subjects = excluded.subjects,
    evidence = excluded.evidence;
DELETE FROM risk_registry_pupilcategory WHERE period_id = %(period)s AND pupil_id = ANY(%(gone)s)
"""
# Thresholds are those of the last computation of the whole school.
_REMEMBER = """
INSERT INTO risk_registry_classification (school_id, period_id, computed_at, provisional, thresholds)
VALUES (%(school)s, %(period)s, %(now)s,
        EXISTS (SELECT FROM risk_registry_pupilcategory WHERE period_id = %(period)s AND provisional),
        %(thresholds)s)
ON CONFLICT (period_id) DO UPDATE SET
    computed_at = excluded.computed_at, provisional = excluded.provisional,
    thresholds = CASE WHEN %(whole)s THEN excluded.thresholds ELSE risk_registry_classification.thresholds END
"""


@transaction.atomic
def period_classify(*, period: Period, pupils: Collection[int] | None = None) -> None:
    """Compute the categories of a period, or of the year's beginning, and everything that follows from them.

    `pupils`: keys of those whose facts changed; None, or a period that was never computed, means the whole school.
    Writes only what differs: categories, signals, the registry's proposals. Approved entries stay as they are.
    """
    asked = ask(period.pk)
    lock_period(period)
    if not asked.computed:
        pupils = None
    now, thresholds = asked.school.now(), thresholds_of(asked.settings)
    begins = asked.period.is_start
    found = start_rows(asked, pupils) if begins else _judge(read_facts(asked, pupils), thresholds)
    difference = compare(found.categories, read_standing(period.pk, pupils))
    _write(asked, difference, now)
    if not begins:
        signals_follow(asked, found.signals, rules=[SignalRule.THREE_UNSATISFACTORY], pupils=pupils)
    if changed := difference.pupils:
        proposals_follow(period=asked.period, now=now, pupils=changed if pupils is not None else None)
    _remember(asked, thresholds, now, whole=pupils is None)


def _remember(asked: Asked, thresholds: Thresholds, now: datetime, *, whole: bool) -> None:
    told = json.dumps(thresholds_told(thresholds))
    params: dict[str, Any] = {"school": asked.school.pk, "period": asked.period.pk, "now": now, "whole": whole}
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, {**params, "thresholds": told})


def thresholds_told(thresholds: Thresholds) -> dict[str, str]:
    """The numbers as they are kept beside a computation, to see later whether they changed."""
    return {name: str(value) for name, value in asdict(thresholds).items()}


def _judge(pupils: Iterable[PupilInPeriod], thresholds: Thresholds) -> Rows:
    found = Rows()
    for pupil in pupils:
        found.categories[pupil.pupil] = _category_row(pupil, categorise(pupil.facts, thresholds))
        found.signals.update(_three_unsatisfactory(pupil, thresholds))
    return found


def _category_row(pupil: PupilInPeriod, judgement: Judgement) -> Row:
    return {
        "pupil": pupil.pupil,
        "school_class": pupil.school_class,
        "category": judgement.category.value,
        "provisional": judgement.provisional,
        "unrated": judgement.unrated,
        "subjects": [reason.subject for reason in judgement.reasons],
        "evidence": [_evidence(reason) for reason in judgement.reasons],
    }


def _evidence(reason: Reason) -> dict[str, Any]:
    return {
        "subject": reason.subject,
        "unsatisfactory": [day.isoformat() for day in reason.unsatisfactory],
        "result": reason.result,
        "not_attested": reason.not_attested,
        "forecast": reason.forecast,
        "mean": None if reason.mean is None else f"{reason.mean:.2f}",
        "weighted": reason.weighted,
    }


def _three_unsatisfactory(pupil: PupilInPeriod, thresholds: Thresholds) -> Iterator[tuple[Key, Warned]]:
    for facts in pupil.facts.subjects:
        if three_unsatisfactory(facts, thresholds):
            days: list[Any] = [day.isoformat() for day in facts.unsatisfactory]
            since = facts.unsatisfactory[thresholds.three_unsatisfactory_min - 1]
            yield (SignalRule.THREE_UNSATISFACTORY, pupil.pupil, facts.subject), Warned(pupil.school_class, since, days)


def _write(asked: Asked, difference: Difference, now: datetime) -> None:
    """Nothing is sent where nothing differs."""
    params: dict[str, Any] = {
        "school": asked.school.pk,
        "period": asked.period.pk,
        "now": now,
        "categories": json.dumps(difference.categories, ensure_ascii=False),
        "gone": difference.gone,
    }
    if difference.categories or difference.gone:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE_CATEGORIES, params)
