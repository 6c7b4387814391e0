"""Writing a plan: facts, what they were before, what the batch speaks for."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper

from gradebook.imports import lines, slots, staging
from gradebook.imports.comparing import Comparison, Described
from gradebook.imports.facts import TABLES, insert_facts, remove_facts, update_facts
from gradebook.imports.plan import Plan
from gradebook.imports.singles import Key, Singles, Statement
from gradebook.imports.slots import SlotKind
from gradebook.imports.statements import REASON_NUMBERS
from gradebook.models import FactKind
from gradebook.rules import Stated
from school.models import ImportBatch

# Some thirty thousand marks go to the database in one piece.
_PAIRS_AT_ONCE = 1000

_REASON_OF = {number: reason.value for reason, number in REASON_NUMBERS.items()}
_REASON_SQL = "CASE st.value WHEN 1 THEN 'unexcused' WHEN 2 THEN 'illness' ELSE 'excused' END"

# Columns that hold the value and describe it, and the same of the staged row `st`.
_COLUMNS = {
    FactKind.MARKS: (("value", "raw", "weight", "work"), "st.value, st.raw, st.weight, st.work"),
    FactKind.ABSENCES: (("reason", "raw"), f"{_REASON_SQL}, st.raw"),
}
_TYPES = {
    "value": "smallint",
    "raw": "text",
    "weight": "numeric",
    "work": "text",
    "reason": "text",
}


def write_plan(cursor: CursorWrapper, plan: Plan, batch: ImportBatch) -> None:
    """Write all kinds of facts of a plan that was just staged in this transaction."""
    years = plan.statements.years()
    for kind in (FactKind.MARKS, FactKind.ABSENCES):
        target = f"{TABLES[kind]} ({lines.COLUMNS[kind]})"
        fresh = lines.fresh_lines(plan.settled, kind, batch, years)
        staging.copy_into(cursor, target, fresh, chunk_of=_PAIRS_AT_ONCE)
    if plan.staged:
        _write_staged(cursor, plan, batch)
    for single, found in plan.singles.items():
        _write_singles(cursor, plan, single, found, batch)


def _write_staged(cursor: CursorWrapper, plan: Plan, batch: ImportBatch) -> None:
    _stage_years(cursor, plan)
    for kind in (slots.MARKS, slots.ABSENCES):
        _write_new_slots(cursor, plan, kind, batch)
        _write_worked(cursor, plan, kind, batch)
    _describe_marks(cursor)


def _stage_years(cursor: CursorWrapper, plan: Plan) -> None:
    staging.table(cursor, "stage_year", "day date, year int")
    for found in plan.lessons.values():
        for item in found.worked:
            plan.statements.in_year(item.key[2].toordinal())
    days = plan.statements.years()
    staging.copy(cursor, "stage_year", (f"{staging.iso(day)}\t{year}" for day, year in days.items()))


def _write_new_slots(cursor: CursorWrapper, plan: Plan, kind: SlotKind, batch: ImportBatch) -> None:
    """Where nothing stands the first file's rows are written as they are."""
    columns, staged = _COLUMNS[kind.kind]
    fate = f"{kind.fate} f USING (pupil, subject, day)"
    some = "" if plan.lessons[kind.kind].fresh else f"JOIN {fate} WHERE f.fate = 'new' AND st.src = f.first"
    cursor.execute(
        f"""
        INSERT INTO {kind.table} (
            {", ".join(columns)}, by_hand, date, ordinal, batch_id, pupil_id, school_id, subject_id, year_id
        )
        SELECT {staged}, false, st.day,
            row_number() OVER (PARTITION BY st.pupil, st.subject, st.day ORDER BY st.value) - 1,
            %s, st.pupil, %s, st.subject, y.year
        FROM {kind.stage} st JOIN stage_year y USING (day) {some}
        """,
        [batch.pk, plan.book.school.pk],
    )


def _write_worked(cursor: CursorWrapper, plan: Plan, kind: SlotKind, batch: ImportBatch) -> None:
    comparison = plan.lessons[kind.kind]
    columns, _ = _COLUMNS[kind.kind]
    updates = ((old.id, _values(kind, new)) for item in comparison.worked for old, new in item.outcome.updated)
    update_facts(cursor, kind.kind, {name: _TYPES[name] for name in columns}, updates, batch)
    remove_facts(cursor, kind.kind, (old.id for item in comparison.worked for old in item.outcome.removed), batch)
    names = (*columns, "by_hand", "date", "ordinal", "batch_id", "pupil_id", "school_id", "subject_id", "year_id")
    insert_facts(cursor, kind.kind, names, _created(plan, kind, comparison, batch))


def _values(kind: SlotKind, stated: Stated[Described]) -> tuple[Any, ...]:
    told = stated.payload
    if kind.kind is FactKind.MARKS:
        return (stated.value, told.raw, told.weight, told.work)
    return (_REASON_OF[stated.value], told.raw)


def _created(plan: Plan, kind: SlotKind, comparison: Comparison, batch: ImportBatch) -> Iterator[tuple[Any, ...]]:
    years = plan.statements.years()
    school = plan.book.school.pk
    for item in comparison.worked:
        pupil, subject, day = item.key
        year = years.get(day.toordinal())
        for ordinal, stated in item.outcome.created:
            yield (*_values(kind, stated), False, day, ordinal, batch.pk, pupil, school, subject, year)


# Weight, kind of work and the raw text («3-») describe a mark and come from whichever file states them. They are no
# change of the mark: not counted, not undone. Equal marks of a slot are told apart by their order.
_DESCRIBE = """
    WITH described AS (
        SELECT DISTINCT src, pupil, subject, day FROM stage_mark
        WHERE src = %(src)s AND (raw <> '' OR work <> '' OR weight IS NOT NULL)
    ), said AS (
        SELECT st.*, row_number() OVER same AS nth
        FROM stage_mark st JOIN described USING (src, pupil, subject, day)
        JOIN said_marks s USING (src, pupil, subject, day)
        JOIN fate_marks f ON (f.pupil, f.subject, f.day, f.sig) = (s.pupil, s.subject, s.day, s.sig)
        WINDOW same AS (PARTITION BY st.pupil, st.subject, st.day, st.value ORDER BY st.raw, st.weight, st.work)
    ), stands AS (
        SELECT e.*, row_number() OVER same AS nth
        FROM gradebook_mark e JOIN described d ON (d.pupil, d.subject, d.day) = (e.pupil_id, e.subject_id, e.date)
        WHERE NOT e.by_hand
        WINDOW same AS (PARTITION BY e.pupil_id, e.subject_id, e.date, e.value ORDER BY e.raw, e.weight, e.work)
    )
    UPDATE gradebook_mark e SET
        raw = CASE e.raw WHEN '' THEN s.raw ELSE e.raw END,
        weight = coalesce(s.weight, e.weight),
        work = CASE s.work WHEN '' THEN e.work ELSE s.work END
    FROM stands t JOIN said s
        ON (s.pupil, s.subject, s.day, s.value, s.nth) = (t.pupil_id, t.subject_id, t.date, t.value, t.nth)
    WHERE e.id = t.id AND (
        (e.raw = '' AND s.raw <> '')
        OR (s.weight IS NOT NULL AND e.weight IS DISTINCT FROM s.weight)
        OR (s.work <> '' AND e.work <> s.work)
    )
"""


def _describe_marks(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT DISTINCT src FROM stage_mark WHERE raw <> '' OR work <> '' OR weight IS NOT NULL ORDER BY 1")
    for (source,) in cursor.fetchall():
        cursor.execute(_DESCRIBE, {"src": source})


_SINGLE_COLUMNS: dict[FactKind, tuple[tuple[str, ...], dict[str, str]]] = {
    FactKind.RESULTS: (
        ("year_id", "pupil_id", "subject_id", "kind", "period_id"),
        {"value": "text", "raw": "text", "excused": "boolean"},
    ),
    FactKind.MEANS: (
        ("pupil_id", "subject_id", "period_id"),
        {"mean": "numeric", "weighted": "numeric"},
    ),
    FactKind.ASSESSMENTS: (
        ("procedure_id", "pupil_id"),
        {
            "code": "text",
            "variant": "text",
            "score": "numeric",
            "mark": "smallint",
            "journal_mark": "smallint",
            "points": "numeric[]",
        },
    ),
}


def _write_singles(cursor: CursorWrapper, plan: Plan, kind: FactKind, found: Singles, batch: ImportBatch) -> None:
    keys, types = _SINGLE_COLUMNS[kind]
    update_facts(cursor, kind, types, ((now.id, _single(kind, new)) for now, new in found.updated), batch)
    rows = (
        (*new.key, *_single(kind, new), *_year(plan, kind, new.key), plan.book.school.pk, batch.pk, False)
        for new in found.created
    )
    year = () if kind is FactKind.RESULTS else ("year_id",)
    insert_facts(cursor, kind, (*keys, *types, *year, "school_id", "batch_id", "by_hand"), rows)


def _single(kind: FactKind, new: Statement) -> tuple[Any, ...]:
    """A new value of a result is no longer an excused one."""
    return (*new.values, new.raw, False) if kind is FactKind.RESULTS else new.values


def _year(plan: Plan, kind: FactKind, key: Key) -> tuple[int, ...]:
    """The academic year of a mean's period or of a work; a result's key holds its own."""
    if kind is FactKind.RESULTS:
        return ()
    return (plan.terms.year_of_period(key[2]) if kind is FactKind.MEANS else plan.terms.year_of_procedure(key[0]),)
