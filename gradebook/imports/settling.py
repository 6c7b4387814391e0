"""Pairs of pupil and subject that are settled whole: what stands of each as one string against what is stated."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.utils import CursorWrapper

from gradebook.imports import slots
from gradebook.imports.pairs import Key, Pair, Pairs, day_of
from gradebook.imports.slots import SlotKind
from gradebook.models import FactKind
from school.models import School

KINDS = (slots.MARKS, slots.ABSENCES)
# Facts that a hand touched, and marks with words beside them, are looked at one by one.
_STANDING = """
SELECT e.pupil_id, e.subject_id, string_agg(chr((e.date - %(origin)s) * 8 + {value}), ''), bool_or({special})
FROM {table} e
WHERE e.school_id = %(school)s AND e.pupil_id = ANY(%(pupils)s) AND e.date BETWEEN %(since)s AND %(until)s
GROUP BY e.pupil_id, e.subject_id
"""
_SPECIAL = {
    FactKind.MARKS: "e.by_hand OR e.raw <> '' OR e.work <> '' OR e.weight IS NOT NULL",
    FactKind.ABSENCES: "e.by_hand",
}
_TAKEN_OUT = """
SELECT DISTINCT pupil_id, subject_id FROM gradebook_handcorrection
WHERE fact_id IS NULL AND pupil_id = ANY(%s) AND date BETWEEN %s AND %s
"""


@dataclass(slots=True)
class Settled:
    """Pairs that need nothing but their new facts written. `fresh`: by kind and pair, codes of the facts to write."""

    pairs: Pairs = field(default_factory=Pairs)
    fresh: dict[FactKind, dict[Key, list[int]]] = field(default_factory=lambda: {kind.kind: {} for kind in KINDS})
    standing: "Counter[FactKind]" = field(default_factory=Counter)

    def __contains__(self, key: object) -> bool:
        return key in self.pairs.found

    def counts(self, kind: FactKind) -> dict[int, tuple[int, int]]:
        """By source: facts that are new, and facts that stand already."""
        found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for key, pair in self.pairs.found.items():
            stated, fresh = len(pair.told(kind).codes), len(self.fresh[kind].get(key, ()))
            created, unchanged = found[pair.source]
            found[pair.source] = (created + fresh, unchanged + stated - fresh)
        return found

    def touched(self) -> set[int]:
        """Pupils of whom something is written."""
        return {key[0] for fresh in self.fresh.values() for key in fresh}


def settle(cursor: CursorWrapper, school: School, pairs: Pairs) -> Settled:
    """Take out of `pairs` those in which some slot differs from what stands; the rest is settled."""
    settled = Settled(pairs)
    if not pairs.found:
        return settled
    pupils = sorted({key[0] for key in pairs.found})
    standing = {kind.kind: _standing(cursor, kind, school, pairs, pupils) for kind in KINDS}
    special = {key for rows in standing.values() for key, (_, is_special) in rows.items() if is_special}
    special |= _taken_out(cursor, pairs, pupils)
    found = pairs.found.items()
    pairs.leave([key for key, pair in found if key in special or not _settle_pair(settled, key, pair, standing)])
    return settled


Standing = Mapping[Key, tuple[str, bool]]


def _standing(
    cursor: CursorWrapper, kind: SlotKind, school: School, pairs: Pairs, pupils: list[int]
) -> dict[Key, tuple[str, bool]]:
    """What stands of the pupils between the first and the last day of which the files speak."""
    query = _STANDING.format(table=kind.table, value=kind.value, special=_SPECIAL[kind.kind])
    span = {"origin": date.fromordinal(pairs.origin), "since": date.fromordinal(pairs.origin)}
    cursor.execute(query, {**span, "until": date.fromordinal(pairs.until), "school": school.pk, "pupils": pupils})
    return {(pupil, subject): (codes, special) for pupil, subject, codes, special in cursor.fetchall()}


def _taken_out(cursor: CursorWrapper, pairs: Pairs, pupils: list[int]) -> set[Key]:
    """Pairs in which a person removed a fact."""
    cursor.execute(_TAKEN_OUT, [pupils, date.fromordinal(pairs.origin), date.fromordinal(pairs.until)])
    return {(pupil, subject) for pupil, subject in cursor.fetchall()}


def _settle_pair(settled: Settled, key: Key, pair: Pair, standing: Mapping[FactKind, Standing]) -> bool:
    """Whether the pair is settled. Words beside a mark may be news of one that stands."""
    found = {}
    for kind, rows in standing.items():
        codes = sorted(map(ord, rows.get(key, ("", False))[0]))
        fresh = fresh_codes(pair.told(kind).codes, codes)
        if fresh is None or (codes and kind is FactKind.MARKS and pair.marks.words):
            return False
        found[kind] = len(codes), fresh
    for kind, (number, fresh) in found.items():
        settled.standing[kind] += number
        if fresh:
            settled.fresh[kind][key] = fresh
    return True


def fresh_codes(stated: list[int], standing: list[int]) -> list[int] | None:
    """The stated facts that are to be written; None where a slot in which something stands is stated otherwise.

    Both in order.
    """
    if not standing or stated == standing:
        return [] if standing else stated
    days = {day_of(code) for code in standing}
    if [code for code in stated if day_of(code) in days] != standing:
        return None
    return [code for code in stated if day_of(code) not in days]
