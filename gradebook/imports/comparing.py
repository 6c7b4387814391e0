"""What becomes of each slot and each file's share in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.backends.utils import CursorWrapper

from gradebook.imports.slots import SlotKind
from gradebook.imports.slots import Stated as StatedSlots
from gradebook.imports.told import Counts
from gradebook.rules import Outcome, Standing, Stated, reconcile

SlotKey = tuple[int, int, date]  # pupil, subject, day


@dataclass(frozen=True, slots=True)
class Described:
    """What describes a mark or absence beside its value."""

    raw: str
    weight: Any
    work: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A slot that was looked at fact by fact. `standing` is None of a slot that holds nothing."""

    key: SlotKey
    source: int
    outcome: Outcome[Described]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What file `source` states of the slot is not taken: file `taken` says otherwise."""

    source: int
    key: SlotKey
    taken: int


@dataclass(slots=True)
class Comparison:
    """What one kind of facts would change. `counts` are by source; new slots are in the kind's table `fate`."""

    counts: dict[int, Counts] = field(default_factory=lambda: defaultdict(Counts))
    worked: list[Worked] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    doubtful: list[SlotKey] = field(default_factory=list)
    standing: int = 0
    several: bool = False

    @property
    def fresh(self) -> bool:
        """Whether every staged fact is a new one: nothing stands, and no file repeats another's slots."""
        return not (self.several or self.standing or self.worked)

    @property
    def silenced(self) -> list[SlotKey]:
        """Slots for which the call does not speak: a cell was rejected, or a person's word stands."""
        return [*self.doubtful, *(item.key for item in self.worked if item.outcome.overruled)]

    @property
    def changed(self) -> int:
        """Facts that would be changed or removed."""
        return sum(len(item.outcome.updated) + len(item.outcome.removed) for item in self.worked)


def read_comparison(cursor: CursorWrapper, kind: SlotKind, stated: StatedSlots) -> Comparison:
    """Read what `slots.compare` found, and settle the slots that need a look."""
    found = Comparison(several=stated.several)
    cursor.execute(f"SELECT coalesce(sum(standing), 0) FROM {kind.fate}")
    found.standing = int(cursor.fetchone()[0])
    _count_plain(cursor, kind, found, several=stated.several)
    if stated.several:
        found.conflicts = _conflicts(cursor, kind)
    if stated.doubtful:
        found.doubtful = _doubtful(cursor, stated)
    agreeing = _agreeing_sources(cursor, kind) if stated.several else {}
    found.worked = _work(cursor, kind)
    for item in found.worked:
        _count_worked(found.counts, item, agreeing.get(item.key, [item.source]))
    return found


def _count_plain(cursor: CursorWrapper, kind: SlotKind, found: Comparison, *, several: bool) -> None:
    """Slots that are the same as before or new: each file that states them counts them, the new ones once."""
    said = f"{kind.said} said JOIN {kind.fate} USING (pupil, subject, day, sig)" if several else kind.fate
    columns = "said.src, fate, said.src = first, sum(said.n)" if several else "first, fate, true, sum(n)"
    cursor.execute(f"SELECT {columns} FROM {said} WHERE fate IN ('same', 'new') GROUP BY 1, 2, 3")
    for source, fate, is_first, number in cursor.fetchall():
        counts = found.counts[source]
        if fate == "new" and is_first:
            counts.created += int(number)
        else:
            counts.unchanged += int(number)


def _conflicts(cursor: CursorWrapper, kind: SlotKind) -> list[Conflict]:
    """Statements that a later file of the call contradicts."""
    cursor.execute(
        f"""
        SELECT said.src, said.pupil, said.subject, said.day, fate.first
        FROM {kind.said} said JOIN {kind.fate} fate USING (pupil, subject, day)
        WHERE said.sig <> fate.sig AND NOT fate.loose AND NOT EXISTS (
            SELECT FROM stage_unsure u
            WHERE (u.src, u.pupil, u.subject, u.day) = (said.src, said.pupil, said.subject, said.day)
        ) ORDER BY 1, 2, 3, 4
        """
    )
    return [Conflict(row[0], (row[1], row[2], row[3]), row[4]) for row in cursor.fetchall()]


def _doubtful(cursor: CursorWrapper, stated: StatedSlots) -> list[SlotKey]:
    """Slots with rejected cells of which no file is certain."""
    cursor.execute(
        f"""
        SELECT DISTINCT pupil, subject, day FROM stage_unsure u WHERE NOT EXISTS (
            SELECT FROM {stated.agreed} a
            WHERE (a.pupil, a.subject, a.day) = (u.pupil, u.subject, u.day) AND NOT a.loose
        ) ORDER BY 1, 2, 3
        """
    )
    return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _agreeing_sources(cursor: CursorWrapper, kind: SlotKind) -> dict[SlotKey, list[int]]:
    """The files that state a slot as the call does, in order."""
    cursor.execute(
        f"""
        SELECT pupil, subject, day, array_agg(said.src ORDER BY said.src)
        FROM {kind.fate} fate JOIN {kind.said} said USING (pupil, subject, day, sig)
        WHERE fate = 'work' GROUP BY 1, 2, 3
        """
    )
    return {(row[0], row[1], row[2]): row[3] for row in cursor.fetchall()}


def _work(cursor: CursorWrapper, kind: SlotKind) -> list[Worked]:
    standing = _standing_facts(cursor, kind)
    stated = _stated_facts(cursor, kind)
    taken_out = _taken_out(cursor, kind)
    cursor.execute(f"SELECT pupil, subject, day, first, loose FROM {kind.fate} WHERE fate = 'work' ORDER BY 1, 2, 3")
    worked = []
    for pupil, subject, day, source, loose in cursor.fetchall():
        key = (pupil, subject, day)
        outcome = reconcile(standing.get(key, []), stated.get(key, []), taken_out=taken_out.get(key, []), keep=loose)
        worked.append(Worked(key, source, outcome))
    return worked


def _standing_facts(cursor: CursorWrapper, kind: SlotKind) -> dict[SlotKey, list[Standing]]:
    original = _original(kind)
    cursor.execute(
        f"""
        SELECT e.pupil_id, e.subject_id, e.date, e.id, {kind.value}, e.ordinal, e.by_hand,
            CASE WHEN h.before IS NOT NULL THEN {original} END
        FROM {kind.table} e JOIN {kind.fate} f ON (f.pupil, f.subject, f.day) = (e.pupil_id, e.subject_id, e.date)
        LEFT JOIN gradebook_handcorrection h ON h.kind = %s AND h.fact_id = e.id
        WHERE f.fate = 'work' ORDER BY 1, 2, 3, e.ordinal
        """,
        [kind.kind.value],
    )
    return _by_slot(cursor.fetchall(), lambda row: Standing(*row))


def _stated_facts(cursor: CursorWrapper, kind: SlotKind) -> dict[SlotKey, list[Stated[Described]]]:
    cursor.execute(
        f"""
        SELECT st.pupil, st.subject, st.day, st.value, st.raw, st.weight, st.work
        FROM {kind.stage} st JOIN {kind.fate} f USING (pupil, subject, day)
        WHERE f.fate = 'work' AND st.src = f.first ORDER BY 1, 2, 3, 4
        """
    )
    return _by_slot(cursor.fetchall(), lambda row: Stated(row[0], Described(*row[1:])))


def _taken_out(cursor: CursorWrapper, kind: SlotKind) -> dict[SlotKey, list[int]]:
    original = _original(kind)
    cursor.execute(
        f"""
        SELECT h.pupil_id, h.subject_id, h.date, {original}
        FROM gradebook_handcorrection h JOIN {kind.fate} f
            ON (f.pupil, f.subject, f.day) = (h.pupil_id, h.subject_id, h.date)
        WHERE f.fate = 'work' AND h.kind = %s AND h.fact_id IS NULL AND h.before IS NOT NULL ORDER BY 1, 2, 3, 4
        """,
        [kind.kind.value],
    )
    return _by_slot(cursor.fetchall(), lambda row: int(row[0]))


def _original(kind: SlotKind) -> str:
    """SQL for the value that the files gave to a fact that a hand corrected."""
    return kind.value.replace("e.", f"(jsonb_populate_record(NULL::{kind.table}, h.before)).")


def _by_slot(rows: Sequence[Sequence[Any]], make: Any) -> dict[SlotKey, list[Any]]:
    grouped = groupby(rows, key=lambda row: (row[0], row[1], row[2]))
    return {key: [make(row[3:]) for row in found] for key, found in grouped}


def _count_worked(counts: dict[int, Counts], item: Worked, sources: list[int]) -> None:
    """The first file that states the slot so counts what it changes; the others confirm."""
    outcome = item.outcome
    first = counts[item.source]
    first.unchanged += outcome.unchanged
    first.updated += len(outcome.updated)
    first.created += len(outcome.created)
    first.removed += len(outcome.removed)
    for source in sources:
        if source != item.source:
            counts[source].unchanged += outcome.unchanged + len(outcome.updated) + len(outcome.created)
