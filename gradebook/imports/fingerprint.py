"""The mark by which the same plan is known again: what the page showed, and every fact behind its counts.

Keys of subjects and works that the plan itself creates differ at each reading, so they stand under their words.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from gradebook.imports import slots
from gradebook.imports.comparing import Comparison, Described
from gradebook.imports.plan import Plan
from gradebook.imports.singles import Key, Singles
from gradebook.models import FactKind
from gradebook.rules import Outcome

# Sums of hashes do not depend on the order of rows: a million of them need neither sorting nor memory. Two seeds.
_DIGEST = """
SELECT count(*), coalesce(sum(hashtextextended(told.words, 1)), 0), coalesce(sum(hashtextextended(told.words, 2)), 0)
FROM (
    SELECT ROW(coalesce('new ' || made.name, r.subject::text), r.pupil, r.day, {columns})::text AS words
    FROM {table} r LEFT JOIN unnest(%s::int[], %s::text[]) AS made (key, name) ON made.key = r.subject
) told
"""
_STATED = "r.src, r.value, r.raw, r.weight, r.work"
_FATES = "r.sig, r.n, r.first, r.loose, r.standing, r.fate"


def fingerprint_of(plan: Plan, told: Mapping[str, Any]) -> str:
    """SHA-256 of what was `told` of the plan and of what it would write; read in the transaction that staged it."""
    with connection.cursor() as cursor:
        staged = list(_staged(cursor, plan)) if plan.staged else []
    settled = _settled(plan)
    worked = sorted(line for found in plan.lessons.values() for line in _worked(found))
    singles = sorted(line for kind, found in plan.singles.items() for line in _singles(plan, kind, found))
    text = json.dumps([told, staged, settled, worked, singles], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _staged(cursor: CursorWrapper, plan: Plan) -> Iterator[tuple[str, ...]]:
    """What the files state, row by row, and what becomes of each slot."""
    made = plan.book.created_subjects
    keys, names = [subject.pk for subject in made], [subject.name for subject in made]
    for kind in (slots.MARKS, slots.ABSENCES):
        for table, columns in ((kind.stage, _STATED), (kind.fate, _FATES)):
            cursor.execute(_DIGEST.format(table=table, columns=columns), [keys, names])
            yield (table, *map(str, cursor.fetchone()))


def _settled(plan: Plan) -> str:
    """Of pairs that are done with whole: what the files state, and what of it is new."""
    words = {subject.pk: subject.name for subject in plan.book.created_subjects}
    digest = hashlib.sha256(str(plan.settled.pairs.origin).encode())
    for (pupil, subject), pair in plan.settled.pairs.found.items():
        fresh = [plan.settled.fresh[kind].get((pupil, subject)) for kind in (FactKind.MARKS, FactKind.ABSENCES)]
        digest.update(repr((pupil, words.get(subject, subject), pair, fresh)).encode())
    return digest.hexdigest()


def _worked(found: Comparison) -> Iterator[str]:
    for item in found.worked:
        yield repr((item.key, item.source, *_outcome(item.outcome)))


def _outcome(outcome: Outcome[Described]) -> Iterator[Any]:
    """Values only: how a mark is described is among the staged rows."""
    yield outcome.unchanged
    yield [(old.id, old.value, new.value) for old, new in outcome.updated]
    yield [(ordinal, new.value) for ordinal, new in outcome.created]
    yield [(old.id, old.value) for old in outcome.removed]
    yield [(old and (old.id, old.value), new and new.value) for old, new in outcome.overruled]


def _singles(plan: Plan, kind: FactKind, found: Singles) -> Iterator[str]:
    for new in found.created:
        yield repr((kind.value, "new", _in_words(plan, kind, new.key), new.values, new.raw))
    for now, new in (*found.updated, *found.overruled):
        yield repr((kind.value, now.id, now.values, _in_words(plan, kind, new.key), new.values, new.raw))


def _in_words(plan: Plan, kind: FactKind, key: Key) -> tuple[Any, ...]:
    """The key with words in the place of what is known by another number at the next reading."""
    if kind is FactKind.ASSESSMENTS:
        return (plan.terms.procedure_words(key[0]), key[1])
    place = 2 if kind is FactKind.RESULTS else 1
    made = {subject.pk: subject.name for subject in plan.book.created_subjects}
    words = tuple(made.get(part, part) if number == place else part for number, part in enumerate(key))
    opened = {year.pk: year.title for year in plan.book.opened}
    if not opened:
        return words
    year = opened.get(words[0], words[0]) if kind is FactKind.RESULTS else words[0]
    return (year, *words[1:-1], _period_in_words(plan, words[-1]))


def _period_in_words(plan: Plan, period: Any) -> Any:
    """The words of a period of a year that the plan itself opens, else the key."""
    books = [plan.book.yearbook(year) for year in plan.book.opened]
    own = (each for book in books for periods in book.periods.values() for each in periods)
    return next(((each.system, each.number) for each in own if each.pk == period), period)
