"""Results of an assessment procedure entered by hand: a class at once, each pupil decided by themselves."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from gradebook.events import MarksChanged
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.statements import no_marks_yet
from gradebook.imports.yearbook import Yearbook
from gradebook.models import AssessmentResult, FactKind, HandCorrection, Procedure, ProcedureState
from gradebook.rules_results import Entered, Limits, problem_of
from gradebook.selectors_results import entered_of, result_pupils
from school.models import SchoolClass, User

_GONE = "в этом классе такого ученика нет или его результаты вносит другой учитель"
_CLASH = "пока вы писали, результат изменил кто-то другой: посмотрите, что стоит теперь, и внесите снова"


@dataclass(frozen=True, slots=True)
class ResultSent:
    """What was typed about a pupil, and what stood there when the form was shown."""

    pupil: int
    entered: Entered
    was: Entered


@dataclass(slots=True)
class _Changes:
    """What is to be written, by kind of statement; `rows` are facts as the files gave them, by key."""

    rows: dict[int, dict[str, Any]]
    added: list[AssessmentResult] = field(default_factory=list)
    changed: list[AssessmentResult] = field(default_factory=list)
    removed: list[AssessmentResult] = field(default_factory=list)
    noted: list[HandCorrection] = field(default_factory=list)
    dropped: list[HandCorrection] = field(default_factory=list)

    @property
    def pupils(self) -> frozenset[int]:
        """Of whom anything changes."""
        return frozenset(one.pupil_id for one in (*self.added, *self.changed, *self.removed))


@deed
def results_set(
    *, by: User, procedure: Procedure, school_class: SchoolClass, rows: Sequence[ResultSent]
) -> dict[int, str]:
    """Write what was typed about pupils of the class; the answer says by pupil what was not written, and why.

    What is written wins over later imports. An empty row takes a result out: of what a file stated there stays a note
    that it is not to come back. Raises `Refused` for a cancelled procedure and for a day to come.
    """
    lock_gradebook(procedure.school)
    rows_of = Procedure.objects.select_for_update(of=("self",)).select_related("year", "school__settings", "subject")
    known = rows_of.get(pk=procedure.pk)
    _check(known)
    pupils = set(result_pupils(by, known, school_class).order_by().values_list("pk", flat=True))
    limits = _limits(known, school_class)
    found = AssessmentResult.objects.select_for_update().filter(procedure=known, pupil__in=[row.pupil for row in rows])
    standing = {one.pupil_id: one for one in found}
    notes = _notes(standing)
    changes, problems = _Changes(_rows([one.pk for one in standing.values()])), {}
    for row in rows:
        problem = _GONE if row.pupil not in pupils else problem_of(row.entered, limits)
        now = standing.get(row.pupil)
        if not problem and entered_of(now) not in (row.was, row.entered):
            problem = _CLASH
        if problem:
            problems[row.pupil] = problem
        elif entered_of(now) != row.entered:
            _decide(by, changes, known, row, now, notes.get(now.pk if now else 0))
    _write(changes)
    _settle_state(known)
    if changes.pupils:
        publish(MarksChanged(known.school, known.year, changes.pupils))
    return problems


def _check(procedure: Procedure) -> None:
    if procedure.is_cancelled:
        raise Refused("Работа отменена: верните её, чтобы внести результаты.")
    if procedure.date is not None and procedure.date > procedure.school.today():
        raise Refused("День работы ещё не наступил.")


def _limits(procedure: Procedure, school_class: SchoolClass) -> Limits:
    book = Yearbook(procedure.year, procedure.school.settings.marks_from_grade)
    begins = book.marks_from(school_class, procedure.subject_id)
    day = procedure.date or procedure.year.ends
    early = no_marks_yet(str(school_class), school_class.grade, begins) if day.toordinal() < begins else ""
    return Limits(procedure.max_score, tuple(procedure.maxima), no_marks=early)


def _notes(standing: dict[int, AssessmentResult]) -> dict[int, HandCorrection]:
    keys = [one.pk for one in standing.values()]
    notes = HandCorrection.objects.filter(kind=FactKind.ASSESSMENTS, fact_id__in=keys)
    return {note.fact_id or 0: note for note in notes}


def _rows(keys: list[int]) -> dict[int, dict[str, Any]]:
    """Facts as rows, in the form in which changes are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, to_jsonb(e)::text FROM gradebook_assessmentresult e WHERE id = ANY (%s)", [keys])
        return {key: json.loads(row) for key, row in cursor.fetchall()}


def _decide(
    by: User,
    changes: _Changes,
    procedure: Procedure,
    row: ResultSent,
    now: AssessmentResult | None,
    note: HandCorrection | None,
) -> None:
    if now is None:
        fresh = AssessmentResult(
            school=procedure.school, year=procedure.year, procedure=procedure, pupil_id=row.pupil, by_hand=True
        )
        changes.added.append(_filled(fresh, row.entered))
        changes.noted.append(_note(by, procedure, row.pupil))
        return
    if row.entered.is_empty and note is not None and note.before is None:
        changes.removed.append(now)
        changes.dropped.append(note)
        return
    before = changes.rows[now.pk] if note is None else note.before
    if note is not None and before is not None and _as_told(before) == row.entered:
        now.by_hand = False
        changes.dropped.append(note)
    else:
        now.by_hand = True
        changes.noted.append(note if note is not None else _note(by, procedure, row.pupil, now.pk, before))
    changes.changed.append(_filled(now, row.entered))


def _as_told(before: dict[str, Any]) -> Entered:
    score, points = before["score"], before.get("points")
    return Entered(
        mark=before["mark"],
        score=None if score is None else Decimal(str(score)),
        variant=before["variant"],
        points=None if points is None else tuple(None if one is None else Decimal(str(one)) for one in points),
        absent=bool(before.get("absent")),
    )


def _filled(result: AssessmentResult, entered: Entered) -> AssessmentResult:
    result.mark, result.score, result.variant = entered.mark, entered.score, entered.variant
    result.points = list(entered.points) if entered.points is not None else None
    result.absent = entered.absent
    return result


def _note(
    by: User, procedure: Procedure, pupil: int, fact: int | None = None, before: dict[str, Any] | None = None
) -> HandCorrection:
    return HandCorrection(
        school=procedure.school,
        kind=FactKind.ASSESSMENTS,
        fact_id=fact,
        pupil_id=pupil,
        subject=procedure.subject,
        date=procedure.date,
        before=before,
        by=by,
        comment=procedure.title[:300],
    )


def _write(changes: _Changes) -> None:
    AssessmentResult.objects.bulk_create(changes.added)
    added = {one.pupil_id: one.pk for one in changes.added}
    for note in changes.noted:
        note.fact_id = note.fact_id or added[note.pupil_id]
    AssessmentResult.objects.bulk_update(changes.changed, ["mark", "score", "variant", "points", "absent", "by_hand"])
    AssessmentResult.objects.filter(pk__in=[one.pk for one in changes.removed]).delete()
    HandCorrection.objects.filter(pk__in=[note.pk for note in changes.dropped]).delete()
    HandCorrection.objects.bulk_create([note for note in changes.noted if note.pk is None])


def _settle_state(procedure: Procedure) -> None:
    """Written as soon as there is a result; without any, one of the timetable waits again."""
    written = AssessmentResult.objects.filter(procedure=procedure).exists()
    state = procedure.state
    if written and state == ProcedureState.PLANNED:
        state = ProcedureState.HELD
    elif not written and procedure.planned:
        state = ProcedureState.PLANNED
    if state != procedure.state:
        procedure.state = state
        procedure.save(update_fields=["state"])
