"""The registry's proposals follow the marks until a person decides; each change of theirs is a step of the entry."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from risk_registry.categories import Category
from school.models import Period

_JUDGED = """
judged AS (
    SELECT school_id, period_id, pupil_id, school_class_id, category, provisional, subjects, evidence
    FROM risk_registry_pupilcategory WHERE period_id = %(period)s AND category <> 'none' {of_pupils}
)"""
# An edit leaves nothing to do to most of the three statements below, and those that change no row cost as much.
_DUE = """
WITH {judged}, entry AS (
    SELECT pupil_id, state, by_hand OR corrected AS decided FROM risk_registry_registryentry
    WHERE period_id = %(period)s {of_pupils}
)
SELECT count(*) FILTER (WHERE entry.pupil_id IS NULL) > 0,
       count(*) FILTER (WHERE judged.pupil_id = entry.pupil_id AND NOT decided
                        AND state IN ('proposed', 'agreed', 'returned', 'withdrawn')) > 0,
       count(*) FILTER (WHERE judged.pupil_id IS NULL AND NOT decided
                        AND state IN ('proposed', 'agreed', 'returned')) > 0
FROM judged FULL JOIN entry USING (pupil_id)
"""
_STEP = """
INSERT INTO risk_registry_registrystep (entry_id, from_state, to_state, at, comment, version, deed, category, subjects)
"""
_PROPOSE = """
WITH {judged}, made AS (
    INSERT INTO risk_registry_registryentry
        (school_id, period_id, pupil_id, school_class_id, category, provisional, subjects, evidence,
         state, by_hand, corrected, removal, remark, version, created_at, changed_at)
    SELECT judged.*, 'proposed', false, false, '', '', 1, %(now)s, %(now)s FROM judged
    WHERE pupil_id NOT IN (SELECT pupil_id FROM risk_registry_registryentry WHERE period_id = %(period)s)
    ON CONFLICT (period_id, pupil_id) DO NOTHING
    RETURNING id, version, category, subjects
)
{step} SELECT id, '', 'proposed', %(now)s, %(words)s::jsonb ->> category, version, 'marks', category, subjects
FROM made
"""
# What a person agreed to is no longer what the marks say: it has to be agreed again.
_FOLLOW = """
WITH {judged}, before AS (
    SELECT entry.id, entry.state, entry.category,
           (entry.category, entry.subjects) IS DISTINCT FROM (judged.category, judged.subjects)
               OR entry.state = 'withdrawn' AS matters
    FROM risk_registry_registryentry AS entry JOIN judged USING (period_id, pupil_id)
    WHERE entry.state IN ('proposed', 'agreed', 'returned', 'withdrawn') AND NOT entry.by_hand
      AND NOT entry.corrected
      AND (entry.state = 'withdrawn'
           OR (entry.category, entry.subjects, entry.provisional, entry.evidence, entry.school_class_id)
              IS DISTINCT FROM (judged.category, judged.subjects, judged.provisional, judged.evidence,
                                judged.school_class_id))
    FOR UPDATE OF entry
), followed AS (
    UPDATE risk_registry_registryentry AS entry SET
        category = judged.category, subjects = judged.subjects, provisional = judged.provisional,
        evidence = judged.evidence, school_class_id = judged.school_class_id,
        state = CASE WHEN before.matters AND entry.state IN ('agreed', 'withdrawn') THEN 'proposed'
                ELSE entry.state END,
        version = entry.version + before.matters::int,
        changed_at = CASE WHEN before.matters THEN %(now)s ELSE entry.changed_at END,
        changed_by_id = CASE WHEN before.matters THEN NULL ELSE entry.changed_by_id END
    FROM before, judged
    WHERE before.id = entry.id AND judged.pupil_id = entry.pupil_id AND judged.period_id = entry.period_id
    RETURNING entry.id, before.state AS from_state, entry.state AS to_state, entry.version, before.matters,
              before.category AS was, entry.category AS is_now, entry.subjects
)
{step} SELECT id, from_state, to_state, %(now)s,
    CASE WHEN was <> is_now AND from_state <> 'withdrawn'
         THEN concat(%(words)s::jsonb ->> was, ' → ', %(words)s::jsonb ->> is_now)
         ELSE %(words)s::jsonb ->> is_now END, version, 'marks', is_now, subjects
FROM followed WHERE matters
"""
_WITHDRAW = """
WITH {judged}, before AS (
    SELECT id, state FROM risk_registry_registryentry
    WHERE period_id = %(period)s AND state IN ('proposed', 'agreed', 'returned') AND NOT by_hand AND NOT corrected
      {of_pupils}
      AND pupil_id NOT IN (SELECT pupil_id FROM judged)
    FOR UPDATE
), withdrawn AS (
    UPDATE risk_registry_registryentry AS entry
    SET state = 'withdrawn', version = version + 1, changed_at = %(now)s, changed_by_id = NULL
    FROM before WHERE before.id = entry.id
    RETURNING entry.id, before.state AS from_state, entry.version, entry.category, entry.subjects
)
{step} SELECT id, from_state, 'withdrawn', %(now)s, '', version, 'marks', category, subjects FROM withdrawn
"""


def proposals_follow(*, period: Period, now: datetime, pupils: Collection[int] | None = None) -> None:
    """Propose who has a category, let undecided entries follow the marks, withdraw those whom the marks let go.

    Needs the categories of the period to be written. Entries approved, removed, corrected or
    made by a person do not change.
    """
    words = json.dumps({category.value: category.label.lower() for category in Category}, ensure_ascii=False)
    params: dict[str, Any] = {
        "period": period.pk,
        "now": now,
        "words": words,
        "pupils": None if pupils is None else list(pupils),
    }
    of_pupils = "" if pupils is None else "AND pupil_id = ANY(%(pupils)s)"
    parts = {"judged": _JUDGED.format(of_pupils=of_pupils), "step": _STEP, "of_pupils": of_pupils}
    with connection.cursor() as cursor:
        cursor.execute(_DUE.format(**parts), params)
        due = [deed for deed, is_due in zip((_PROPOSE, _FOLLOW, _WITHDRAW), cursor.fetchone(), strict=True) if is_due]
        if due:
            cursor.execute(";".join(due).format(**parts), params)
