"""Who says the same: the first later batch, not undone, that speaks for what a batch had written.

A fact of a batch that still stands, though a later batch spoke for its slot, is one that the later batch stated: it
would have changed or removed it otherwise. So it is enough to ask who spoke.
"""

from django.db.backends.utils import CursorWrapper

from gradebook.imports import staging
from gradebook.models import FactKind
from school.models import ImportBatch

_SLOTS = """
    WITH spoke AS (
        SELECT l.seq, l.batch, w.id
        FROM wanted w JOIN later_lessons l ON (l.pupil, l.subject) = (w.pupil, w.subject) AND w.day = ANY (l.dates)
        UNION
        SELECT l.seq, l.batch, w.id FROM wanted w JOIN later_named l USING (pupil, subject, day)
    )
    SELECT DISTINCT ON (id) id, batch AS heir FROM spoke
    WHERE NOT EXISTS (
        SELECT FROM wanted w JOIN later_silent s USING (pupil, subject, day)
        WHERE w.id = spoke.id AND s.batch = spoke.batch
    )
    ORDER BY id, seq
"""

_SINGLES = {
    FactKind.RESULTS: "g.subjects[1] = w.subject AND g.result_kind = w.kind AND g.year_id = w.year"
    " AND g.period_id IS NOT DISTINCT FROM w.period",
    FactKind.MEANS: "g.subjects[1] = w.subject AND g.period_id = w.period",
    FactKind.ASSESSMENTS: "g.procedure_id = w.procedure",
}


def stage_later(cursor: CursorWrapper, batch: ImportBatch) -> None:
    """Stage the batches applied after this one, in order."""
    later = ImportBatch.objects.filter(
        school=batch.school, kind=batch.kind, state=ImportBatch.State.APPLIED, applied_at__gt=batch.applied_at
    ).order_by("applied_at")
    staging.table(cursor, "later", "seq int, batch bigint")
    staging.copy(cursor, "later", (f"{n}\t{key}" for n, key in enumerate(later.values_list("pk", flat=True))))


def stage_heirs(cursor: CursorWrapper, kind: FactKind) -> None:
    """From `wanted` (facts) to `heirs` (id, heir): those for which a later batch spoke."""
    if kind in _SINGLES:
        staging.table_as(cursor, "heirs", _singles(kind))
        return
    _stage_speaking(cursor, kind)
    staging.table_as(cursor, "heirs", _SLOTS)


def _singles(kind: FactKind) -> str:
    return f"""
        SELECT DISTINCT ON (w.id) w.id, l.batch AS heir
        FROM wanted w CROSS JOIN later l JOIN gradebook_coverage g
            ON g.batch_id = l.batch AND g.form = '{kind}' AND {_SINGLES[kind]} AND w.pupil = ANY (g.pupils)
        ORDER BY w.id, l.seq
    """


def _stage_speaking(cursor: CursorWrapper, kind: FactKind) -> None:
    staging.table_as(
        cursor,
        "later_lessons",
        """
        SELECT l.seq, l.batch, p.pupil, s.subject, g.dates
        FROM later l JOIN gradebook_coverage g ON g.batch_id = l.batch AND g.form = 'lessons'
        CROSS JOIN unnest(g.pupils) p (pupil) CROSS JOIN unnest(g.subjects) s (subject)
        WHERE p.pupil IN (SELECT pupil FROM wanted)
        """,
    )
    for name, excluded in (("later_named", "NOT g.excluded"), ("later_silent", "g.excluded")):
        staging.table_as(
            cursor,
            name,
            f"""
            SELECT DISTINCT l.seq, l.batch, u.pupil, g.subjects[1] AS subject, u.day
            FROM later l JOIN gradebook_coverage g ON g.batch_id = l.batch AND g.form = '{kind}' AND {excluded}
            CROSS JOIN unnest(g.pupils, g.dates) u (pupil, day)
            WHERE u.pupil IN (SELECT pupil FROM wanted)
            """,
        )
