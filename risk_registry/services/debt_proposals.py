"""Proposed debts follow the results until a person decides; each change of theirs is a step of the debt.

The same rule as `rules.debts.debts_of`, over a whole school at once.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from risk_registry.facts import AS_BEFORE, ROOM
from school.models import AcademicYear, Attestation, SchoolSettings

# The result of a year is decided by the pedagogical council at the end of May; the deputy may set the day itself.
_LAST_MONTH, _LAST_DAY = 5, 31
_BAD = """
bad AS (
    SELECT result.school_id, result.year_id, result.period_id, result.pupil_id, result.subject_id, result.value,
           least(%(today)s::date, coalesce(period.ends, %(last)s::date)) AS arose
    FROM gradebook_periodresult AS result LEFT JOIN school_period AS period ON period.id = result.period_id
    WHERE result.school_id = %(school)s AND result.year_id = %(year)s {of_pupils}
      AND result.value IN ('1', '2', 'незач', 'н/а') AND NOT (result.excused AND result.value = 'н/а')
      AND (result.kind = 'year' OR %(each)s AND result.kind = 'period' AND period.number > 0)
), told AS (
    SELECT bad.*, seat.school_class_id FROM bad CROSS JOIN LATERAL (
        SELECT enrolment.school_class_id FROM school_enrolment AS enrolment
        JOIN school_schoolclass AS school_class ON school_class.id = enrolment.school_class_id
        WHERE enrolment.pupil_id = bad.pupil_id AND school_class.year_id = bad.year_id
        ORDER BY enrolment.starts DESC LIMIT 1
    ) AS seat
    WHERE bad.period_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM bad AS of_period WHERE of_period.pupil_id = bad.pupil_id
            AND of_period.subject_id = bad.subject_id AND of_period.period_id IS NOT NULL)
), debt AS (
    SELECT id, pupil_id, subject_id, period_id, state, by_hand, result FROM risk_registry_academicdebt
    WHERE school_id = %(school)s AND year_id = %(year)s {of_pupils}
)"""
_SAME = """(debt.pupil_id, debt.subject_id) = (told.pupil_id, told.subject_id)
    AND debt.period_id IS NOT DISTINCT FROM told.period_id"""
# Nearly every change of marks leaves nothing to do here: one look tells.
_ANY = """
WITH {bad}
SELECT EXISTS (SELECT FROM told LEFT JOIN debt ON {same} WHERE debt.id IS NULL OR debt.state = 'withdrawn'
               OR debt.state = 'proposed' AND NOT debt.by_hand AND debt.result <> told.value)
    OR EXISTS (SELECT FROM debt LEFT JOIN told ON {same}
               WHERE debt.state = 'proposed' AND NOT debt.by_hand AND told.pupil_id IS NULL)
"""
_STEP = "INSERT INTO risk_registry_debtstep (debt_id, from_state, to_state, at, comment, version, deed)"
_PROPOSE = """
WITH {bad}, made AS (
    INSERT INTO risk_registry_academicdebt
        (school_id, year_id, period_id, pupil_id, subject_id, school_class_id, state, by_hand, result, arose, due,
         order_number, choice, choice_paper, version, created_at, changed_at)
    SELECT told.school_id, told.year_id, told.period_id, told.pupil_id, told.subject_id, told.school_class_id,
           'proposed', false, told.value, told.arose, (told.arose + interval '1 year')::date,
           '', '', '', 1, %(now)s, %(now)s
    FROM told LEFT JOIN debt ON {same} WHERE debt.id IS NULL
    ON CONFLICT (pupil_id, subject_id, year_id, period_id) DO NOTHING
    RETURNING id, result
)
{step} SELECT id, '', 'proposed', %(now)s, concat('итог: ', result), 1, 'marks' FROM made
"""
_FOLLOW = """
WITH {bad}, changed AS (
    UPDATE risk_registry_academicdebt AS row SET
        state = 'proposed', result = told.value, version = row.version + 1, changed_at = %(now)s, changed_by_id = NULL
    FROM debt JOIN told ON {same}
    WHERE row.id = debt.id AND (row.state = 'withdrawn'
        OR row.state = 'proposed' AND NOT row.by_hand AND row.result <> told.value)
    RETURNING row.id, debt.state AS from_state, row.version, row.result
)
{step} SELECT id, from_state, 'proposed', %(now)s, concat('итог: ', result), version, 'marks' FROM changed
"""
_WITHDRAW = """
WITH {bad}, changed AS (
    UPDATE risk_registry_academicdebt AS row
    SET state = 'withdrawn', version = row.version + 1, changed_at = %(now)s, changed_by_id = NULL
    FROM debt LEFT JOIN told ON {same}
    WHERE row.id = debt.id AND row.state = 'proposed' AND NOT row.by_hand AND told.pupil_id IS NULL
    RETURNING row.id, row.version
)
{step} SELECT id, 'proposed', 'withdrawn', %(now)s, '', version, 'marks' FROM changed
"""


def debts_follow(*, year: AcademicYear, pupils: Collection[int] | None = None) -> None:
    """Propose debts of a year's results, withdraw the proposals that the results no longer bear.

    For `pupils`, or the whole school when None. What a person has confirmed, declined or closed does not change, nor
    what a person added.
    """
    school = year.school
    each = SchoolSettings.objects.filter(school=school, attestation=Attestation.PERIOD).exists()
    params: dict[str, Any] = {
        "school": school.pk,
        "year": year.pk,
        "today": school.today(),
        "last": date(year.start + 1, _LAST_MONTH, _LAST_DAY),
        "now": school.now(),
        "each": each,
        "pupils": None if pupils is None else list(pupils),
    }
    of_pupils = "" if pupils is None else "AND pupil_id = ANY(%(pupils)s)"
    parts = {"bad": _BAD.format(of_pupils=of_pupils), "same": _SAME, "step": _STEP}
    with connection.cursor() as cursor:
        cursor.execute(ROOM + _ANY.format(**parts), params)
        if cursor.fetchone()[0]:
            cursor.execute(";".join((_PROPOSE, _FOLLOW, _WITHDRAW)).format(**parts), params)
        cursor.execute(AS_BEFORE)
