"""What a batch spoke for, set down so that later undos and «данные на …» can ask."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.backends.utils import CursorWrapper

from gradebook.imports import lines, staging
from gradebook.imports.comparing import SlotKey
from gradebook.imports.plan import Plan
from gradebook.models import Coverage, FactKind
from gradebook.parsed import Coverage as Speaks
from school.models import ImportBatch


def write_coverage(cursor: CursorWrapper, plan: Plan, batch: ImportBatch) -> None:
    """Of a plan that was just written in this transaction."""
    rows = list(_singles(plan, batch))
    for kind in (FactKind.MARKS, FactKind.ABSENCES):
        rows += _silenced(plan, kind, batch)
    Coverage.objects.bulk_create(rows, batch_size=500)
    _write_lines(cursor, _lessons(plan, batch))
    for kind in (FactKind.MARKS, FactKind.ABSENCES):
        named = lines.named_lines(plan.settled, kind, batch, plan.statements.years(), plan.book.school.today())
        _write_lines(cursor, named)
    if plan.staged:
        _named(cursor, plan, batch)


def _write_lines(cursor: CursorWrapper, rows: Iterator[str]) -> None:
    staging.copy_into(cursor, f"gradebook_coverage ({lines.COVERAGE})", rows)


def _lessons(plan: Plan, batch: ImportBatch) -> Iterator[str]:
    """Blocks that differ only in their pupils are one row. Those who sat in several classes are left to `_named`:
    a blank in the journal of one class says nothing of the other's lessons."""
    movers = plan.movers()
    pupils: dict[tuple[int, int, tuple[int, ...], tuple[date, ...]], set[int]] = defaultdict(set)
    for bound in plan.files.values():
        for part in bound.blocks:
            if part.block.coverage is not Speaks.LESSON_DAYS or not part.block.covered_days:
                continue
            here: dict[int, set[int]] = defaultdict(set)
            for pupil, school_class in zip(part.pupils, part.classes, strict=True):
                if pupil and school_class is not None:
                    here[school_class.pk] |= {pupil} - movers
            subjects = tuple(sorted(set(part.subjects)))
            for school_class_id, of_class in here.items():
                pupils[part.book.year.pk, school_class_id, subjects, part.block.covered_days] |= of_class
    today = plan.book.school.today()
    for (year, school_class_id, subjects, days), members in pupils.items():
        ordinals = {day.toordinal() for day in days}
        yield lines.lesson_line(batch, (year, school_class_id), subjects, members, ordinals, today)


def _silenced(plan: Plan, kind: FactKind, batch: ImportBatch) -> Iterator[Coverage]:
    """What is taken back of the rows above."""
    taken: dict[tuple[int, int], list[SlotKey]] = defaultdict(list)
    for key in plan.lessons[kind].silenced:
        year = plan.book.year_on(key[2].toordinal())
        if year is not None:
            taken[year.pk, key[1]].append(key)
    for (year_id, subject), keys in taken.items():
        yield Coverage(
            batch=batch,
            form=kind,
            excluded=True,
            year_id=year_id,
            subjects=[subject],
            pupils=[key[0] for key in keys],
            dates=[key[2] for key in keys],
        )


def _singles(plan: Plan, batch: ImportBatch) -> Iterator[Coverage]:
    results: dict[tuple[int, int, str, int | None], list[int]] = defaultdict(list)
    for year, pupil, subject, result_kind, period in plan.singles[FactKind.RESULTS].confirmed:
        results[year, subject, result_kind, period].append(pupil)
    for (year, subject, result_kind, period), pupils in results.items():
        yield Coverage(
            batch=batch,
            form=FactKind.RESULTS,
            year_id=year,
            subjects=[subject],
            pupils=pupils,
            result_kind=result_kind,
            period_id=period,
        )
    yield from _means(plan, batch)
    yield from _works(plan, batch)


def _means(plan: Plan, batch: ImportBatch) -> Iterator[Coverage]:
    means: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pupil, subject, period in plan.singles[FactKind.MEANS].confirmed:
        means[subject, period].append(pupil)
    for (subject, period), pupils in means.items():
        year = plan.terms.year_of_period(period)
        yield Coverage(
            batch=batch, form=FactKind.MEANS, year_id=year, subjects=[subject], pupils=pupils, period_id=period
        )


def _works(plan: Plan, batch: ImportBatch) -> Iterator[Coverage]:
    works: dict[int, list[int]] = defaultdict(list)
    for procedure, pupil in plan.singles[FactKind.ASSESSMENTS].confirmed:
        works[procedure].append(pupil)
    for procedure, pupils in works.items():
        year = plan.terms.year_of_procedure(procedure)
        yield Coverage(batch=batch, form=FactKind.ASSESSMENTS, year_id=year, pupils=pupils, procedure_id=procedure)


# A flat list speaks for marks on each day that it names, for absences only where it states some; a journal, of a pupil
# who moved, for both on each day where it states anything.
_NAMED = {
    FactKind.MARKS: "SELECT src, pupil, subject, day, false AS strict FROM stage_mark UNION ALL "
    "SELECT src, pupil, subject, day, false FROM stage_absence",
    FactKind.ABSENCES: "SELECT src, pupil, subject, day, true AS strict FROM stage_mark UNION ALL "
    "SELECT src, pupil, subject, day, false FROM stage_absence",
}


def _named(cursor: CursorWrapper, plan: Plan, batch: ImportBatch) -> None:
    staging.table(cursor, "stage_place", "src smallint, pupil int, school_class int, lesson boolean")
    staging.copy(cursor, "stage_place", map(staging.line, _places(plan)))
    for kind, rows in _NAMED.items():
        removed = _removed_of_movers(plan, kind)
        staging.table(cursor, "stage_gone", "src smallint, pupil int, subject int, day date, strict boolean")
        staging.copy(cursor, "stage_gone", map(staging.line, removed))
        cursor.execute(
            f"""
            INSERT INTO gradebook_coverage (
                batch_id, form, excluded, year_id, school_class_id, subjects, pupils, dates, last_day, result_kind
            )
            SELECT %s, %s, false, y.year, p.school_class, ARRAY[st.subject], array_agg(st.pupil), array_agg(st.day),
                coalesce(max(st.day) FILTER (WHERE st.day <= %s), max(st.day)), ''
            FROM ({rows} UNION ALL SELECT * FROM stage_gone) st
            JOIN stage_place p USING (src, pupil) JOIN stage_year y USING (day)
            WHERE p.lesson OR NOT st.strict
            GROUP BY y.year, p.school_class, st.subject
            """,
            [batch.pk, kind.value, plan.book.school.today()],
        )


def _places(plan: Plan) -> Iterator[tuple[int, int, int | None, bool]]:
    """(source, pupil, class, whether of a journal): pupils of flat lists, and those of journals who moved."""
    movers = plan.movers()
    for bound in plan.files.values():
        found: dict[tuple[int, bool], int | None] = {}
        for part in bound.blocks:
            lesson = part.block.coverage is Speaks.LESSON_DAYS
            for pupil, school_class in zip(part.pupils, part.classes, strict=True):
                if pupil and part.block.coverage is not Speaks.NOTHING and (not lesson or pupil in movers):
                    found[pupil, lesson] = school_class.pk if school_class is not None else None
        yield from ((bound.source, pupil, key, lesson) for (pupil, lesson), key in found.items())


def _removed_of_movers(plan: Plan, kind: FactKind) -> Iterator[tuple[int, int, int, date, bool]]:
    """Slots of theirs that a blank emptied."""
    movers = plan.movers()
    for item in plan.lessons[kind].worked:
        if item.key[0] in movers and item.outcome.removed:
            yield (item.source, *item.key, False)
