"""Raises, renews and closes signals: what the rules find against what stands, in one statement."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from risk_registry.categories import SignalRule, SignalState
from risk_registry.facts import Asked, ask
from risk_registry.rules.warning import is_newer
from risk_registry.services.locking import lock_period
from risk_registry.warning_facts import Key, Warned, read_warnings
from school.models import Period
from school.rules import school_day_after
from school.selectors import holiday_spans

# Shown to the teacher first: the deputy sees it after so many school days.
_TEACHER_FIRST = {SignalRule.FEW_MARKS: 3}
# The rules that look at marks alone are part of the classification; these are read on their own.
OWN_RULES = tuple(rule for rule in SignalRule if rule != SignalRule.THREE_UNSATISFACTORY)

_STANDING = """
SELECT rule, pupil_id, subject_id, school_class_id, state, level, since, evidence FROM risk_registry_signal
WHERE period_id = %(period)s AND rule = ANY(%(rules)s) {of_pupils}
"""
_WRITE = """
WITH told AS (
    SELECT * FROM json_to_recordset(%(rows)s) AS row
        (rule text, pupil bigint, subject bigint, school_class bigint, was text, state text, level int,
         since date, evidence jsonb, due date, escalates date)
), written AS (
    INSERT INTO risk_registry_signal AS signal
        (school_id, period_id, opened_at, closed_at, version, rule, pupil_id, subject_id, school_class_id, state, level,
         since, evidence, due, escalates)
    SELECT %(school)s, %(period)s, %(now)s, CASE state WHEN 'closed' THEN %(now)s::timestamptz END, 1,
           rule, pupil, subject, school_class, state, level, since, evidence, due, escalates
    FROM told
    ON CONFLICT (pupil_id, rule, subject_id, period_id) DO UPDATE SET
        state = excluded.state, level = excluded.level, since = excluded.since, evidence = excluded.evidence,
        school_class_id = excluded.school_class_id, closed_at = excluded.closed_at,
        version = signal.version + (signal.state <> excluded.state)::int,
        opened_at = CASE WHEN signal.state <> 'open' AND excluded.state = 'open'
                    THEN excluded.opened_at ELSE signal.opened_at END,
        due = coalesce(excluded.due, signal.due), escalates = coalesce(excluded.escalates, signal.escalates)
    RETURNING id, version, rule, pupil_id, subject_id
)
INSERT INTO risk_registry_signalstep (signal_id, from_state, to_state, at, comment, version)
SELECT written.id, told.was, told.state, %(now)s, '', written.version
FROM written JOIN told ON told.rule = written.rule AND told.pupil = written.pupil_id
     AND told.subject IS NOT DISTINCT FROM written.subject_id
WHERE told.was <> told.state
"""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A signal as it was before."""

    school_class: int
    state: str
    level: int
    since: date
    evidence: list[Any]


@transaction.atomic
def period_warn(*, period: Period, pupils: Collection[int] | None = None) -> None:
    """Raise and close the signals of a period of the main system, of all rules that the classification does not know.

    `pupils`: keys of those whose facts changed; None means the whole school. Depends on the school's day.
    """
    asked = ask(period.pk)
    lock_period(period)
    found = read_warnings(asked, asked.school.today(), pupils)
    signals_follow(asked, found, rules=OWN_RULES, pupils=pupils)


def signals_follow(
    asked: Asked, found: Mapping[Key, Warned], *, rules: Collection[str], pupils: Collection[int] | None
) -> None:
    """Let the signals of these rules follow what was found about `pupils`, or about all when None.

    An answered or dismissed signal opens again when the evidence says more than it did; those of a year that was
    changed stay as they are. Needs the period's lock.
    """
    if asked.closed:
        return
    standing = _read_standing(asked.period, rules, pupils)
    now = asked.school.now()
    rows = [row for key in {**standing, **found} if (row := _row(key, standing.get(key), found.get(key)))]
    if rows:
        _date(rows, asked, now.date())
        _write(rows, asked, now)


def _read_standing(period: Period, rules: Collection[str], pupils: Collection[int] | None) -> dict[Key, _Standing]:
    of_pupils = "" if pupils is None else "AND pupil_id = ANY(%(pupils)s)"
    params: dict[str, Any] = {"period": period.pk, "rules": [str(rule) for rule in rules], "pupils": list(pupils or ())}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(of_pupils=of_pupils), params)
        return {
            (rule, pupil, subject): _Standing(school_class, state, level, since, json.loads(evidence))
            for rule, pupil, subject, school_class, state, level, since, evidence in cursor.fetchall()
        }


def _row(key: Key, before: _Standing | None, found: Warned | None) -> dict[str, Any] | None:
    """What to write for one signal, None when nothing changed."""
    state = _state(before, found)
    if found is None:
        if before is None or before.state == state:
            return None
        found = Warned(before.school_class, before.since, before.evidence, before.level)
    rule, pupil, subject = key
    now = _Standing(found.school_class, state, found.level, found.since, found.evidence)
    if now == before:
        return None
    return {
        "rule": rule, "pupil": pupil, "subject": subject, "school_class": found.school_class,
        "was": before.state if before else "", "state": state, "level": found.level, "since": found.since.isoformat(),
        "evidence": found.evidence,
    }  # fmt: skip


def _state(before: _Standing | None, found: Warned | None) -> str:
    if found is None:
        return SignalState.CLOSED
    if before is None or before.state not in (SignalState.ACTED, SignalState.DISMISSED):
        return SignalState.OPEN
    again = found.level > before.level or is_newer(before.evidence, found.evidence)
    return SignalState.OPEN if again else before.state


def _date(rows: list[dict[str, Any]], asked: Asked, today: date) -> None:
    """By when an answer is expected of what has just been opened, and from when the deputy sees it."""
    opened = [row for row in rows if row["state"] == SignalState.OPEN and row["was"] != SignalState.OPEN]
    if not opened:
        return
    holidays = holiday_spans(asked.period.year)
    due = school_day_after(today, asked.settings.answer_days, holidays)
    for row in opened:
        row["due"] = due.isoformat()
        if later := _TEACHER_FIRST.get(row["rule"]):
            row["escalates"] = school_day_after(today, later, holidays).isoformat()


def _write(rows: list[dict[str, Any]], asked: Asked, now: datetime) -> None:
    params: dict[str, Any] = {
        "school": asked.school.pk,
        "period": asked.period.pk,
        "now": now,
        "rows": json.dumps(rows, ensure_ascii=False),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, params)
