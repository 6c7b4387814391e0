"""Computes the categories, signals and proposals of a period and writes what changed."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from risk_registry.categories import SignalRule
from risk_registry.facts import PupilInPeriod, read_facts, thresholds_of
from risk_registry.models import Classification, PupilCategory
from risk_registry.rules import Judgement, Reason, Thresholds, categorise, three_unsatisfactory
from risk_registry.services.proposals import proposals_follow
from school.models import Period, School

_WRITE_CATEGORIES = """
INSERT INTO risk_registry_pupilcategory
    (school_id, period_id, computed_at, pupil_id, school_class_id, category, provisional, unrated, subjects, evidence)
SELECT %(school)s, %(period)s, %(now)s, told.* FROM json_to_recordset(%(categories)s) AS told
    (pupil bigint, school_class bigint, category text, provisional bool, unrated bool, subjects bigint[],
     evidence jsonb)
ON CONFLICT (period_id, pupil_id) DO UPDATE SET
    computed_at = excluded.computed_at, school_class_id = excluded.school_class_id, category = excluded.category,
    provisional = excluded.provisional, unrated = excluded.unrated, subjects = excluded.subjects,
    evidence = excluded.evidence
WHERE (risk_registry_pupilcategory.school_class_id, risk_registry_pupilcategory.category,
       risk_registry_pupilcategory.provisional, risk_registry_pupilcategory.unrated,
       risk_registry_pupilcategory.subjects, risk_registry_pupilcategory.evidence)
   IS DISTINCT FROM (excluded.school_class_id, excluded.category, excluded.provisional, excluded.unrated,
                     excluded.subjects, excluded.evidence)
"""
# Those who left the contingent: the table holds whom the period's last day finds in a class.
_DROP_CATEGORIES = """
DELETE FROM risk_registry_pupilcategory
WHERE period_id = %(period)s {of_pupils}
  AND pupil_id NOT IN (SELECT unnest(%(found)s::bigint[]))
"""
_WRITE_SIGNALS = """
INSERT INTO risk_registry_signal
    (school_id, period_id, opened_at, rule, state, pupil_id, school_class_id, subject_id, evidence)
SELECT %(school)s, %(period)s, %(now)s, %(rule)s, 'open', told.* FROM json_to_recordset(%(signals)s) AS told
    (pupil bigint, school_class bigint, subject bigint, evidence jsonb)
ON CONFLICT (pupil_id, rule, subject_id, period_id) DO UPDATE SET
    state = 'open', closed_at = NULL, evidence = excluded.evidence, school_class_id = excluded.school_class_id,
    opened_at = CASE risk_registry_signal.state WHEN 'open' THEN risk_registry_signal.opened_at
                ELSE excluded.opened_at END
WHERE (risk_registry_signal.state, risk_registry_signal.evidence, risk_registry_signal.school_class_id)
   IS DISTINCT FROM ('open', excluded.evidence, excluded.school_class_id)
"""
_CLOSE_SIGNALS = """
UPDATE risk_registry_signal SET state = 'closed', closed_at = %(now)s
WHERE period_id = %(period)s AND rule = %(rule)s AND state = 'open' {of_pupils}
  AND (pupil_id, subject_id) NOT IN (SELECT pupil, subject FROM json_to_recordset(%(signals)s) AS told
                                     (pupil bigint, subject bigint))
"""
# Two computations of one period wait for each other; the number keeps clear of other advisory locks.
_LOCK = "SELECT pg_advisory_xact_lock(7031, %s)"


@transaction.atomic
def period_classify(*, period: Period, pupils: Collection[int] | None = None) -> Classification:
    """Compute the categories of a period of the main system and everything that follows from them.

    `pupils`: keys of those whose facts changed; None, or a period that was never computed, means the whole school.
    Writes only what differs: categories, signals, the registry's proposals. Approved entries stay as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [period.pk])
    known = Classification.objects.filter(period=period).first()
    if known is None:
        pupils = None
    school = School.objects.select_related("settings").get(years=period.year_id)
    thresholds = thresholds_of(school.settings)
    now = school.now()
    _write(_judge(read_facts(period, school.settings, pupils), thresholds), school.pk, period, now, pupils)
    proposals_follow(period=period, now=now, pupils=pupils)
    return _remember(known or Classification(school=school, period=period), now, thresholds, whole=pupils is None)


def _remember(row: Classification, now: datetime, thresholds: Thresholds, *, whole: bool) -> Classification:
    """When and by which numbers it was computed; a part keeps the numbers of the whole."""
    row.computed_at = now
    row.provisional = PupilCategory.objects.filter(period=row.period_id, provisional=True).exists()
    if whole:
        row.thresholds = thresholds_told(thresholds)
    row.save()
    return row


def thresholds_told(thresholds: Thresholds) -> dict[str, str]:
    """The numbers as they are kept beside a computation, to see later whether they changed."""
    return {name: str(value) for name, value in asdict(thresholds).items()}


class _Found:
    """Rows to write, as JSON would have them."""

    def __init__(self) -> None:
        self.categories: list[dict[str, Any]] = []
        self.signals: list[dict[str, Any]] = []


def _judge(pupils: Iterable[PupilInPeriod], thresholds: Thresholds) -> _Found:
    found = _Found()
    for pupil in pupils:
        found.categories.append(_category_row(pupil, categorise(pupil.facts, thresholds)))
        found.signals.extend(_signal_rows(pupil, thresholds))
    return found


def _category_row(pupil: PupilInPeriod, judgement: Judgement) -> dict[str, Any]:
    return {
        "pupil": pupil.pupil,
        "school_class": pupil.school_class,
        "category": judgement.category,
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


def _signal_rows(pupil: PupilInPeriod, thresholds: Thresholds) -> Iterator[dict[str, Any]]:
    for facts in pupil.facts.subjects:
        if three_unsatisfactory(facts, thresholds):
            yield {
                "pupil": pupil.pupil,
                "school_class": pupil.school_class,
                "subject": facts.subject,
                "evidence": [day.isoformat() for day in facts.unsatisfactory],
            }


def _write(found: _Found, school: int, period: Period, now: datetime, pupils: Collection[int] | None) -> None:
    """What differs is updated; what is no longer so is dropped or closed."""
    params: dict[str, Any] = {
        "school": school,
        "period": period.pk,
        "now": now,
        "rule": str(SignalRule.THREE_UNSATISFACTORY),
        "pupils": None if pupils is None else list(pupils),
        "found": [row["pupil"] for row in found.categories],
        "categories": json.dumps(found.categories, ensure_ascii=False),
        "signals": json.dumps(found.signals),
    }
    of_pupils = "" if pupils is None else "AND pupil_id = ANY(%(pupils)s)"
    statements = ";".join([_WRITE_CATEGORIES, _DROP_CATEGORIES, _WRITE_SIGNALS, _CLOSE_SIGNALS])
    with connection.cursor() as cursor:
        cursor.execute(statements.format(of_pupils=of_pupils), params)
