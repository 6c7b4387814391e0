"""Results of a class typed into its sheet: a batch of cells at once, each decided by itself, written set by set."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from common.authorship import deed
from common.events import publish
from gradebook.events import MarksChanged
from gradebook.imports.facts import TABLES
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.statements import no_marks_yet
from gradebook.imports.yearbook import Yearbook
from gradebook.models import FactKind, HandCorrection, PeriodResult
from gradebook.permissions import SheetRight, sheet_right
from gradebook.selectors_sheet import SheetTerm, sheet_pupils
from gradebook.sheet import (
    NOT_A_RESULT,
    RESULT_VALUES,
    CellAnswer,
    CellSent,
    CellState,
    Verdict,
    verdict_of,
)
from school.models import SchoolClass, Subject, User

Slot = tuple[int, int]  # pupil, subject
_NOT_YOURS = "этот предмет ведёт другой учитель: итог ставит он, классный руководитель или администрация"
_GONE = "ученика в этом классе больше нет: обновите страницу"
_COMMENT = 300


@dataclass(slots=True)
class _Standing:
    """What stands in the slots, what hands decided about it, and what they have taken out."""

    results: dict[Slot, PeriodResult]
    notes: dict[int, HandCorrection]
    taken_out: dict[Slot, HandCorrection]
    rows: dict[int, dict[str, Any]]


@dataclass(slots=True)
class _Changes:
    """What is to be written, by kind of statement."""

    added: list[PeriodResult] = field(default_factory=list)
    changed: list[PeriodResult] = field(default_factory=list)
    removed: list[PeriodResult] = field(default_factory=list)
    noted: list[tuple[PeriodResult, dict[str, Any] | None, bool]] = field(default_factory=list)
    signed: list[HandCorrection] = field(default_factory=list)
    tied: list[HandCorrection] = field(default_factory=list)
    dropped: list[HandCorrection] = field(default_factory=list)

    @property
    def pupils(self) -> frozenset[int]:
        """Of whom anything changes."""
        return frozenset(result.pupil_id for result in (*self.added, *self.changed, *self.removed))


@deed
def results_enter(
    *, by: User, school_class: SchoolClass, term: SheetTerm, cells: Sequence[CellSent], comment: str = ""
) -> list[CellAnswer]:
    """Write the cells that are the person's to write and that nobody else has changed meanwhile; "" takes a result out.

    One answer a cell, in their order; of two cells of one slot the later counts. The same cells sent twice are one
    deed. What is written wins over later imports, as any correction by hand.
    """
    lock_gradebook(school_class.school)
    sent = list({(cell.pupil, cell.subject): cell for cell in cells}.values())
    refusals = _refusals(by, school_class, term, sent)
    allowed = [cell for cell in sent if (cell.pupil, cell.subject) not in refusals]
    standing = _read(school_class, term, allowed)
    changes, answers = _Changes(), []
    for cell in sent:
        slot = (cell.pupil, cell.subject)
        now = standing.results.get(slot)
        if slot in refusals:
            answers.append(CellAnswer(*slot, CellState.REFUSED, now.value if now else "", refusals[slot]))
        else:
            answers.append(_decide(by, changes, standing, cell, (school_class, term)))
    _write(by, changes, school_class, comment[:_COMMENT])
    if changes.pupils:
        days = None if term.period is None else (term.starts, term.ends)
        publish(MarksChanged(school_class.school, school_class.year, changes.pupils, days))
    return answers


def _refusals(by: User, school_class: SchoolClass, term: SheetTerm, cells: Iterable[CellSent]) -> dict[Slot, str]:
    """Why cells are not written at all, by slot."""
    right = sheet_right(by, school_class)
    seated = set(sheet_pupils(by, school_class, term).order_by().values_list("pk", flat=True))
    known = Subject.objects.filter(school=school_class.school_id, pk__in={cell.subject for cell in cells})
    subjects = set(known.order_by().values_list("pk", flat=True))
    book = Yearbook(school_class.year, school_class.school.settings.marks_from_grade)
    found = {}
    for cell in cells:
        told = _why_not(right, seated, subjects, cell) or _too_early(book, school_class, term, cell)
        if told:
            found[cell.pupil, cell.subject] = told
    return found


def _why_not(right: SheetRight, seated: set[int], subjects: set[int], cell: CellSent) -> str:
    if cell.pupil not in seated or cell.subject not in subjects:
        return _GONE
    if not right.covers(cell.pupil, cell.subject):
        return _NOT_YOURS
    return "" if cell.value == "" or cell.value in RESULT_VALUES else NOT_A_RESULT


def _too_early(book: Yearbook, school_class: SchoolClass, term: SheetTerm, cell: CellSent) -> str:
    if not cell.value.isdigit():
        return ""
    begins = book.marks_from(school_class, cell.subject)
    return no_marks_yet(str(school_class), school_class.grade, begins) if term.ends.toordinal() < begins else ""


def _read(school_class: SchoolClass, term: SheetTerm, cells: Iterable[CellSent]) -> _Standing:
    pupils, subjects = {cell.pupil for cell in cells}, {cell.subject for cell in cells}
    period = term.period_pk
    about = {"pupil__in": pupils, "subject__in": subjects}
    found = PeriodResult.objects.select_for_update(of=("self",)).filter(
        year=school_class.year_id, kind=term.kind, period=period, **about
    )
    results = {(result.pupil_id, result.subject_id): result for result in found}
    keys = [result.pk for result in results.values()]
    notes = HandCorrection.objects.filter(kind=FactKind.RESULTS, fact_id__in=keys).select_related("by__staff")
    out = HandCorrection.objects.filter(
        kind=FactKind.RESULTS,
        fact_id__isnull=True,
        before__year_id=school_class.year_id,
        before__kind=term.kind.value,
        **({"before__period_id": period} if period else {}),
        **about,
    )
    return _Standing(
        results,
        {note.fact_id or 0: note for note in notes},
        {(note.pupil_id, note.subject_id): note for note in out},
        _rows(keys),
    )


def _rows(keys: list[int]) -> dict[int, dict[str, Any]]:
    """The rows as they stand, in the form in which changes are kept."""
    table = TABLES[FactKind.RESULTS]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id, to_jsonb(e)::text FROM {table} e WHERE e.id = ANY(%s)",  # noqa: S608 — our table
            [keys],
        )
        return {key: json.loads(row) for key, row in cursor.fetchall()}


def _decide(
    by: User, changes: _Changes, standing: _Standing, cell: CellSent, at: tuple[SchoolClass, SheetTerm]
) -> CellAnswer:
    slot = (cell.pupil, cell.subject)
    now = standing.results.get(slot)
    value = now.value if now else ""
    verdict = verdict_of(now=value, was=cell.was, value=cell.value)
    if verdict is Verdict.CLASH:
        return CellAnswer(*slot, CellState.CLASH, value, _whose(now, standing))
    if verdict is Verdict.WRITE:
        if now is None:
            _add(changes, standing.taken_out.get(slot), cell, at)
        elif cell.value == "":
            _remove(changes, now, standing)
        else:
            _change(by, changes, now, standing, cell.value)
    return CellAnswer(*slot, CellState.SAVED, cell.value)


def _whose(now: PeriodResult | None, standing: _Standing) -> str:
    """Where the value comes from that stands against the typed one."""
    note = standing.notes.get(now.pk) if now is not None else None
    if note is not None and note.by is not None:
        return note.by.display_name
    return f"загрузка № {now.batch_id}" if now is not None and now.batch_id else ""


def _add(changes: _Changes, out: HandCorrection | None, cell: CellSent, at: tuple[SchoolClass, SheetTerm]) -> None:
    """A new result; where a hand had taken the files' one out, that row comes back under its own number."""
    school_class, term = at
    before = (out.before or {}) if out is not None else {}
    same = before.get("value") == cell.value
    result = PeriodResult(
        pk=before.get("id"),
        school_id=school_class.school_id,
        year_id=school_class.year_id,
        pupil_id=cell.pupil,
        subject_id=cell.subject,
        kind=term.kind,
        period_id=term.period_pk,
        value=cell.value,
        raw=before.get("raw", "") if same else "",
        batch_id=before.get("batch_id"),
        by_hand=not same,
    )
    changes.added.append(result)
    if out is None:
        changes.noted.append((result, None, False))
    elif same:
        changes.dropped.append(out)
    else:
        out.fact_id = result.pk
        changes.tied.append(out)


def _remove(changes: _Changes, now: PeriodResult, standing: _Standing) -> None:
    """Later imports do not bring back what the files had said; of a result that a hand had added nothing is left."""
    note = standing.notes.get(now.pk)
    before = standing.rows[now.pk] if note is None else note.before
    if note is not None:
        changes.dropped.append(note)
    if before is not None:
        changes.noted.append((now, before, True))
    changes.removed.append(now)


def _change(by: User, changes: _Changes, now: PeriodResult, standing: _Standing, value: str) -> None:
    """Another value; entering what the files said takes the correction back."""
    note = standing.notes.get(now.pk)
    before = note.before if note is not None else None
    if note is not None and before is not None and before["value"] == value:
        changes.dropped.append(note)
        now.value, now.raw, now.excused, now.by_hand = value, before["raw"], before["excused"], False
    else:
        now.value, now.raw, now.excused, now.by_hand = value, "", False, True
        if note is None:
            changes.noted.append((now, standing.rows[now.pk], False))
        else:
            note.by = by
            changes.signed.append(note)
    changes.changed.append(now)


def _write(by: User, changes: _Changes, school_class: SchoolClass, comment: str) -> None:
    """In a dozen statements, whatever the number of cells."""
    dropped = [note.pk for note in changes.dropped]
    if dropped:
        HandCorrection.objects.filter(pk__in=dropped).delete()
    removed = [result.pk for result in changes.removed]
    if removed:
        PeriodResult.objects.filter(pk__in=removed).delete()
    PeriodResult.objects.bulk_create(changes.added)
    PeriodResult.objects.bulk_update(changes.changed, ["value", "raw", "excused", "by_hand"])
    for note in (*changes.signed, *changes.tied):
        note.by, note.comment = by, comment
    HandCorrection.objects.bulk_update([*changes.signed, *changes.tied], ["by", "comment", "fact_id"])
    HandCorrection.objects.bulk_create(
        HandCorrection(
            school_id=school_class.school_id,
            kind=FactKind.RESULTS,
            fact_id=None if out else result.pk,
            pupil_id=result.pupil_id,
            subject_id=result.subject_id,
            before=before,
            by=by,
            comment=comment,
        )
        for result, before, out in changes.noted
    )
