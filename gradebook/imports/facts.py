"""Setting facts down by the thousand, and keeping what they were."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.utils import CursorWrapper

from gradebook.imports import staging
from gradebook.models import FactKind
from school.models import ImportBatch

TABLES = {
    FactKind.MARKS: "gradebook_mark",
    FactKind.ABSENCES: "gradebook_absence",
    FactKind.RESULTS: "gradebook_periodresult",
    FactKind.ASSESSMENTS: "gradebook_assessmentresult",
    FactKind.MEANS: "gradebook_periodmean",
}


def insert_facts(
    cursor: CursorWrapper, kind: FactKind, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """New facts, by COPY."""
    staging.copy_into(cursor, f"{TABLES[kind]} ({', '.join(columns)})", map(staging.line, rows))


def update_facts(
    cursor: CursorWrapper,
    kind: FactKind,
    types: dict[str, str],
    rows: Iterable[tuple[int, tuple[Any, ...]]],
    batch: ImportBatch,
) -> None:
    """New values of facts that stand, which become the batch's; what they were is kept for undo."""
    known = list(rows)
    if not known:
        return
    staging.table(cursor, "plan_update", "id bigint, " + ", ".join(f"{name} {type_}" for name, type_ in types.items()))
    staging.copy(cursor, "plan_update", (staging.line((fact, *values)) for fact, values in known))
    _remember(cursor, kind, "updated", "plan_update", batch)
    assigned = ", ".join(f"{name} = p.{name}" for name in types)
    cursor.execute(
        f"UPDATE {TABLES[kind]} e SET {assigned}, batch_id = %s FROM plan_update p WHERE e.id = p.id", [batch.pk]
    )


def remove_facts(cursor: CursorWrapper, kind: FactKind, facts: Iterable[int], batch: ImportBatch) -> None:
    """Facts that the files no longer state; they are kept for undo."""
    known = list(facts)
    if not known:
        return
    staging.table(cursor, "plan_remove", "id bigint")
    staging.copy(cursor, "plan_remove", map(str, known))
    _remember(cursor, kind, "removed", "plan_remove", batch)
    cursor.execute(f"DELETE FROM {TABLES[kind]} e USING plan_remove p WHERE e.id = p.id")


def _remember(cursor: CursorWrapper, kind: FactKind, deed: str, table: str, batch: ImportBatch) -> None:
    cursor.execute(
        f"""
        INSERT INTO gradebook_factchange (batch_id, kind, deed, fact_id, before, before_batch_id)
        SELECT %s, %s, %s, e.id, to_jsonb(e), e.batch_id FROM {TABLES[kind]} e JOIN {table} p ON p.id = e.id
        """,
        [batch.pk, kind.value, deed],
    )
