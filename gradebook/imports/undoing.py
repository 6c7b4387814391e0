"""Taking a batch back: what it created goes, what it changed or removed returns, unless a later batch says the same."""

from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

from gradebook.imports import staging
from gradebook.imports.facts import TABLES
from gradebook.imports.heirs import stage_heirs, stage_later
from gradebook.models import FactKind
from school.models import ImportBatch

# The columns that a change may have touched.
_VALUES = {
    FactKind.MARKS: ("value", "raw", "weight", "work"),
    FactKind.ABSENCES: ("reason", "raw"),
    FactKind.RESULTS: ("value", "raw", "excused"),
    FactKind.ASSESSMENTS: ("code", "variant", "score", "mark", "journal_mark", "points"),
    FactKind.MEANS: ("mean", "weighted"),
}
# What tells whom and what a fact is about, as `stage_heirs` asks for it.
_ABOUT = {
    FactKind.MARKS: "e.pupil_id AS pupil, e.subject_id AS subject, e.date AS day",
    FactKind.ABSENCES: "e.pupil_id AS pupil, e.subject_id AS subject, e.date AS day",
    FactKind.RESULTS: "e.pupil_id AS pupil, e.subject_id AS subject, e.kind, e.year_id AS year, e.period_id AS period",
    FactKind.ASSESSMENTS: "e.pupil_id AS pupil, e.procedure_id AS procedure",
    FactKind.MEANS: "e.pupil_id AS pupil, e.subject_id AS subject, e.period_id AS period",
}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many facts of a kind were taken away or restored, and whose."""

    number: int
    pupils: frozenset[int]


def undo_facts(cursor: CursorWrapper, batch: ImportBatch) -> dict[FactKind, Undone]:
    """Take back all facts of a batch that nothing changed since."""
    staging.prepare(cursor)
    stage_later(cursor, batch)
    _splice_means(cursor, batch)
    return {kind: _undo_kind(cursor, kind, batch) for kind in FactKind}


def _undo_kind(cursor: CursorWrapper, kind: FactKind, batch: ImportBatch) -> Undone:
    """`wanted` are facts that the batch set or removed; those with an heir pass to it, the others go back."""
    table = TABLES[kind]
    staging.table_as(
        cursor,
        "wanted",
        f"""
        SELECT e.id, false AS gone, {_ABOUT[kind]} FROM {table} e WHERE e.batch_id = %s
        UNION ALL
        SELECT e.id, true, {_ABOUT[kind]}
        FROM gradebook_factchange c CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, c.before) e
        WHERE c.batch_id = %s AND c.kind = %s AND c.deed = 'removed'
        """,
        [batch.pk, batch.pk, kind.value],
    )
    stage_heirs(cursor, kind)
    _pass_on(cursor, kind, batch)
    cursor.execute("SELECT DISTINCT pupil FROM wanted WHERE id NOT IN (SELECT id FROM heirs)")
    pupils = frozenset(row[0] for row in cursor.fetchall())
    number = _restore(cursor, kind, batch) + _remove_created(cursor, kind) + _bring_back(cursor, kind, batch)
    cursor.execute("DELETE FROM gradebook_factchange WHERE batch_id = %s AND kind = %s", [batch.pk, kind.value])
    return Undone(number, pupils)


def _pass_on(cursor: CursorWrapper, kind: FactKind, batch: ImportBatch) -> None:
    """The heir answers for the fact from now on, and for what it was before."""
    cursor.execute(f"UPDATE {TABLES[kind]} e SET batch_id = h.heir FROM heirs h WHERE e.id = h.id")
    cursor.execute(
        """
        UPDATE gradebook_factchange c SET batch_id = h.heir FROM heirs h
        WHERE c.fact_id = h.id AND c.kind = %s AND c.batch_id = %s
        """,
        [kind.value, batch.pk],
    )
    cursor.execute("DELETE FROM wanted WHERE id IN (SELECT id FROM heirs)")


def _restore(cursor: CursorWrapper, kind: FactKind, batch: ImportBatch) -> int:
    assigned = ", ".join(f"{column} = r.{column}" for column in (*_VALUES[kind], "batch_id"))
    cursor.execute(
        f"""
        UPDATE {TABLES[kind]} e SET {assigned}
        FROM gradebook_factchange c CROSS JOIN LATERAL jsonb_populate_record(NULL::{TABLES[kind]}, c.before) r
        WHERE c.batch_id = %s AND c.kind = %s AND c.deed = 'updated' AND e.id = c.fact_id
        """,
        [batch.pk, kind.value],
    )
    restored = cursor.rowcount
    cursor.execute(
        """
        DELETE FROM wanted w USING gradebook_factchange c
        WHERE c.batch_id = %s AND c.kind = %s AND c.deed = 'updated' AND w.id = c.fact_id
        """,
        [batch.pk, kind.value],
    )
    return int(restored)


def _remove_created(cursor: CursorWrapper, kind: FactKind) -> int:
    cursor.execute(f"DELETE FROM {TABLES[kind]} e USING wanted w WHERE e.id = w.id AND NOT w.gone")
    return int(cursor.rowcount)


def _bring_back(cursor: CursorWrapper, kind: FactKind, batch: ImportBatch) -> int:
    """Removed facts return behind those that stand in their slot by now. Only marks and absences are ever removed."""
    if kind not in (FactKind.MARKS, FactKind.ABSENCES):
        return 0
    table = TABLES[kind]
    copied = ("id", *_VALUES[kind], "by_hand", "date", "batch_id", "pupil_id", "school_id", "subject_id", "year_id")
    cursor.execute(
        f"""
        INSERT INTO {table} ({", ".join(copied)}, ordinal)
        SELECT {", ".join(f"r.{column}" for column in copied)},
            coalesce((
                SELECT max(e.ordinal) + 1 FROM {table} e
                WHERE (e.pupil_id, e.subject_id, e.date) = (r.pupil_id, r.subject_id, r.date)
            ), 0) + row_number() OVER (PARTITION BY r.pupil_id, r.subject_id, r.date ORDER BY r.ordinal) - 1
        FROM gradebook_factchange c CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, c.before) r
        WHERE c.batch_id = %s AND c.kind = %s AND c.deed = 'removed'
        """,
        [batch.pk, kind.value],
    )
    return int(cursor.rowcount)


def _splice_means(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Means are no facts of their own: a later batch's mean is no obstacle, it merely forgets this one's."""
    cursor.execute(
        """
        UPDATE gradebook_factchange c SET before = own.before, before_batch_id = own.before_batch_id
        FROM gradebook_factchange own
        WHERE c.before_batch_id = %s AND c.kind = 'period_means' AND own.batch_id = %s
            AND own.kind = c.kind AND own.fact_id = c.fact_id
        """,
        [batch.pk, batch.pk],
    )
    cursor.execute("DELETE FROM gradebook_factchange WHERE before_batch_id = %s AND kind = 'period_means'", [batch.pk])


_OBSTACLES = {
    FactKind.MARKS: ("r.pupil_id", "r.subject_id", "r.date"),
    FactKind.ABSENCES: ("r.pupil_id", "r.subject_id", "r.date"),
    FactKind.RESULTS: ("r.pupil_id", "r.subject_id", "NULL::date"),
    FactKind.ASSESSMENTS: (
        "r.pupil_id",
        "(SELECT p.subject_id FROM gradebook_procedure p WHERE p.id = r.procedure_id)",
        "(SELECT p.date FROM gradebook_procedure p WHERE p.id = r.procedure_id)",
    ),
}


def changed_since(cursor: CursorWrapper, batch: ImportBatch) -> list[dict[str, str | None]]:
    """Facts of the batch that a later batch or a hand changed: {"kind", "external_id", "subject", "date"}.

    A result that was marked as excused counts as changed.
    """
    found: list[dict[str, str | None]] = []
    for kind, (pupil, subject, day) in _OBSTACLES.items():
        excused = "UNION ALL SELECT r.* FROM gradebook_periodresult r WHERE r.batch_id = %(batch)s AND r.excused"
        cursor.execute(
            f"""
            WITH touched AS (
                SELECT r.* FROM gradebook_factchange c
                CROSS JOIN LATERAL jsonb_populate_record(NULL::{TABLES[kind]}, c.before) r
                WHERE c.before_batch_id = %(batch)s AND c.kind = %(kind)s
                UNION ALL
                SELECT r.* FROM gradebook_handcorrection h
                CROSS JOIN LATERAL jsonb_populate_record(NULL::{TABLES[kind]}, h.before) r
                WHERE h.school_id = %(school)s AND h.kind = %(kind)s AND (h.before ->> 'batch_id')::bigint = %(batch)s
                {excused if kind is FactKind.RESULTS else ""}
            )
            SELECT DISTINCT p.external_id, s.name, {day} AS day FROM touched r
            JOIN school_pupil p ON p.id = {pupil} JOIN school_subject s ON s.id = {subject} ORDER BY 1, 2, 3
            """,
            {"batch": batch.pk, "kind": kind.value, "school": batch.school_id},
        )
        found += [_obstacle(kind, *row) for row in cursor.fetchall()]
    return found


def _obstacle(kind: FactKind, external_id: str, subject: str, day: object) -> dict[str, str | None]:
    return {
        "kind": kind.value,
        "external_id": external_id,
        "subject": subject,
        "date": str(day) if day is not None else None,
    }
