"""A plan in the words of a page."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from gradebook.imports.fingerprint import fingerprint_of
from gradebook.imports.plan import Plan
from gradebook.imports.schoolbook import years_told
from gradebook.imports.singles import Statement, Values, work_words
from gradebook.imports.statements import REASON_NUMBERS
from gradebook.models import AbsenceReason, FactKind
from gradebook.selectors_profiles import codes_told

# A page shows so many changed and removed facts one by one; the counts are whole.
SHOWN_CHANGES = 500
_REASONS = {number: AbsenceReason(reason).label for reason, number in REASON_NUMBERS.items()}


def preview_of(plan: Plan) -> dict[str, Any]:
    """What the batch's page shows, as JSON: files, counts, single changes, new subjects, a fingerprint of it all."""
    names, subjects = plan.book.names, plan.book.subject_names()
    changes = list(_changes(plan))
    shown = [_in_words(change, names, subjects) for change in islice(changes, SHOWN_CHANGES)]
    told = {
        "files": [bound.told.as_stored(names) for bound in plan.files.values()],
        "changed": plan.changed,
        "standing": plan.standing,
        "unusual": plan.unusual,
        "new_years": years_told(plan.book),
        "new_subjects": sorted(subject.name for subject in plan.book.created_subjects),
    }
    codes = codes_told(bound.parsed for bound in plan.files.values())
    several = {"codes": codes, "changes": shown, "more_changes": max(0, len(changes) - SHOWN_CHANGES)}
    return told | several | {"fingerprint": fingerprint_of(plan, told)}


Change = tuple[str, int, int, str, str, str]  # kind, pupil, subject, when, was, becomes


def _changes(plan: Plan) -> Iterator[Change]:
    """Every fact that would be another one or be gone; becoming "" is being removed."""
    for kind, comparison in plan.lessons.items():
        for item in comparison.worked:
            pupil, subject, day = item.key
            for old, new in item.outcome.updated:
                yield kind.value, pupil, subject, _day(day), _value(kind, old.value), _value(kind, new.value)
            for old in item.outcome.removed:
                yield kind.value, pupil, subject, _day(day), _value(kind, old.value), ""
    for kind, singles in plan.singles.items():
        if kind is FactKind.MEANS:
            continue
        for now, statement in singles.updated:
            subject = statement.key[2] if kind is FactKind.RESULTS else 0
            yield kind.value, statement.key[1], subject, "", *_values(kind, now.values, statement)


def _day(day: date) -> str:
    return day.isoformat()


def _value(kind: FactKind, value: int) -> str:
    return str(value) if kind is FactKind.MARKS else _REASONS[value]


def _values(kind: FactKind, was: Values, statement: Statement) -> tuple[str, str]:
    if kind is not FactKind.ASSESSMENTS:
        return ", ".join(str(value) for value in was if value is not None), statement.raw
    old, new = work_words(was), work_words(statement.values)
    return (old, new) if old != new else (old, f"{new}; код участника другой")


def _in_words(change: Change, names: dict[int, str], subjects: dict[int, str]) -> dict[str, str]:
    kind, pupil, subject, when, was, becomes = change
    return {
        "kind": kind,
        "pupil": names.get(pupil, ""),
        "subject": subjects.get(subject, ""),
        "date": when,
        "was": was,
        "becomes": becomes,
    }
