"""The timetable of assessment procedures: put in, correct, move, call off, bring back, write once more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from common.authorship import deed
from common.errors import Refused
from gradebook.models import AssessmentResult, Procedure, ProcedureKind, ProcedureState, ProcedureStep
from school.models import AcademicYear, School, SchoolClass, Subject, User

_TITLE, _WHY = 300, 300


@dataclass(frozen=True, slots=True)
class ProcedureDraft:
    """What is asked about a procedure. `school_class` is None for all classes of the grade; `maxima` by task.

    Works of files may lack a day; what is put into the timetable has one.
    """

    title: str
    kind: ProcedureKind
    grade: int
    school_class: SchoolClass | None
    subject: Subject
    day: date | None
    lesson: int | None = None
    max_score: Decimal | None = None
    maxima: Sequence[Decimal] = field(default=())


@deed
def procedure_plan(*, by: User, year: AcademicYear, draft: ProcedureDraft) -> Procedure:
    """Put a procedure into the timetable. Raises `Refused` for a day outside the year and for one that stands there."""
    _check(year, draft)
    if draft.day is None:
        raise Refused("Назовите день работы.")
    procedure = Procedure(school=year.school, year=year, state=ProcedureState.PLANNED, planned=True, date=draft.day)
    _fill(procedure, draft)
    _save(procedure)
    _note(by, procedure, ProcedureStep.Deed.PLANNED, becomes=draft.day)
    return procedure


@deed
def procedure_correct(*, by: User, procedure: Procedure, draft: ProcedureDraft) -> Procedure:
    """Correct what is written about a procedure, except its day: moving asks why."""
    known = _locked(procedure)
    _check(known.year, draft)
    written = known.results.all()
    about = (draft.grade, draft.school_class, draft.subject)
    if about != (known.grade, known.school_class, known.subject) and written.exists():
        raise Refused("Работу уже писали: класс и предмет у неё не меняют. Отмените её и внесите другую.")
    if draft.maxima and len(draft.maxima) != len(known.tasks) and written.filter(points__isnull=False).exists():
        raise Refused(f"По заданиям уже внесены баллы: заданий в работе {len(known.tasks)}, и менять их число нельзя.")
    _fill(known, draft)
    _save(known)
    return known


@deed
def procedure_move(*, by: User, procedure: Procedure, day: date, lesson: int | None, why: str) -> Procedure:
    """Give a procedure another day. Raises `Refused` without a reason, and for results that a file dates."""
    known = _locked(procedure)
    if not why.strip():
        raise Refused("Напишите, почему работу переносят.")
    if day == known.date:
        raise Refused("Работа и так стоит на этот день.")
    _check_day(known.year, day)
    if AssessmentResult.objects.filter(procedure=known, batch__isnull=False).exists():
        raise Refused("Результаты загружены из файла, и день назван в нём: отмените загрузку и загрузите исправленный.")
    was, known.date, known.lesson = known.date, day, lesson
    _save(known)
    _note(by, known, ProcedureStep.Deed.MOVED, was=was, becomes=day, why=why)
    return known


@deed
def procedure_cancel(*, by: User, procedure: Procedure, why: str) -> Procedure:
    """Call a procedure off, or close one that was a mistake: it counts nowhere, and nothing of it is lost."""
    known = _locked(procedure)
    if known.is_cancelled:
        raise Refused("Работа уже отменена.")
    if not why.strip():
        raise Refused("Напишите, почему работу отменяют.")
    known.state, known.cancelled_why = ProcedureState.CANCELLED, why.strip()[:_WHY]
    _save(known)
    _note(by, known, ProcedureStep.Deed.CANCELLED, was=known.date, why=why)
    return known


@deed
def procedure_restore(*, by: User, procedure: Procedure) -> Procedure:
    """Bring a cancelled procedure back, with its results."""
    known = _locked(procedure)
    if not known.is_cancelled:
        raise Refused("Эта работа не отменена.")
    known.state = ProcedureState.HELD if known.results.exists() else ProcedureState.PLANNED
    known.cancelled_why = ""
    _save(known)
    _note(by, known, ProcedureStep.Deed.RESTORED, becomes=known.date)
    return known


@deed
def procedure_repeat(*, by: User, procedure: Procedure, school_class: SchoolClass, day: date) -> Procedure:
    """Plan that a class writes a procedure once more; who has to is told by the results of the first."""
    _check_day(procedure.year, day)
    if procedure.date is not None and day <= procedure.date:
        raise Refused("Повторная работа — позже первой.")
    if school_class.grade != procedure.grade or procedure.school_class_id not in (None, school_class.pk):
        raise Refused("Этот класс работу не писал.")
    repetition = Procedure(
        school=procedure.school,
        year=procedure.year,
        title=f"Повторно: {procedure.title}"[:_TITLE],
        kind=ProcedureKind.CONTROL,
        grade=procedure.grade,
        school_class=school_class,
        subject=procedure.subject,
        date=day,
        state=ProcedureState.PLANNED,
        planned=True,
        max_score=procedure.max_score,
        tasks=procedure.tasks,
        maxima=procedure.maxima,
        repeats=procedure,
    )
    _save(repetition)
    _note(by, repetition, ProcedureStep.Deed.PLANNED, becomes=day)
    return repetition


@deed
def procedure_analyse(*, by: User, procedure: Procedure) -> Procedure:
    """Note that the results were looked into; again is no deed. Raises `Refused` while nobody has written it."""
    known = _locked(procedure)
    if known.state == ProcedureState.ANALYSED:
        return known
    if known.state != ProcedureState.HELD:
        raise Refused("Разбирают работу, которую написали: внесите результаты.")
    known.state = ProcedureState.ANALYSED
    _save(known)
    _note(by, known, ProcedureStep.Deed.ANALYSED)
    return known


def _locked(procedure: Procedure) -> Procedure:
    rows = Procedure.objects.select_for_update(of=("self",)).select_related("year__school", "school_class", "subject")
    return rows.get(pk=procedure.pk)


def _check(year: AcademicYear, draft: ProcedureDraft) -> None:
    school: School = year.school
    if draft.subject.school_id != school.pk:
        raise Refused("Такого предмета в школе нет.")
    place = draft.school_class
    if place is not None and (place.year_id, place.grade) != (year.pk, draft.grade):
        raise Refused("Такого класса в этом учебном году нет.")
    if not draft.title.strip():
        raise Refused("Назовите работу.")
    if draft.day is not None:
        _check_day(year, draft.day)


def _check_day(year: AcademicYear, day: date) -> None:
    if not year.starts <= day <= year.ends:
        raise Refused(f"{day:%d.%m.%Y} — вне {year} учебного года.")


def _fill(procedure: Procedure, draft: ProcedureDraft) -> None:
    procedure.title = " ".join(draft.title.split())[:_TITLE]
    procedure.kind = draft.kind
    procedure.grade, procedure.school_class = draft.grade, draft.school_class
    procedure.subject, procedure.lesson = draft.subject, draft.lesson
    procedure.max_score = sum(draft.maxima, Decimal()) if draft.maxima else draft.max_score
    if len(draft.maxima) != len(procedure.tasks):
        procedure.tasks = [str(number) for number in range(1, len(draft.maxima) + 1)]
    procedure.maxima = list(draft.maxima)


def _save(procedure: Procedure) -> None:
    try:
        with transaction.atomic():
            procedure.save()
    except IntegrityError as broken:
        if "procedure_once" not in str(broken):
            raise
        raise Refused("Такая работа на этот день уже есть: то же название, те же класс и предмет.") from None


def _note(
    by: User,
    procedure: Procedure,
    what: ProcedureStep.Deed,
    *,
    was: date | None = None,
    becomes: date | None = None,
    why: str = "",
) -> None:
    ProcedureStep.objects.create(
        procedure=procedure,
        deed=what,
        was=was,
        becomes=becomes,
        why=why.strip()[:_WHY],
        by=by,
        at=procedure.school.now(),
    )
