"""Corrections by hand. They win over later imports until they are taken back by entering what the files said."""

import json
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from gradebook.events import MarksChanged
from gradebook.imports.facts import TABLES
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.statements import no_marks_yet
from gradebook.imports.yearbook import Yearbook
from gradebook.models import Absence, AbsenceReason, FactKind, HandCorrection, Mark, PeriodResult, ResultKind
from gradebook.sheet import RESULT_VALUES
from school.models import AcademicYear, Period, Pupil, School, SchoolClass, Subject, User

FactT = TypeVar("FactT", Mark, Absence, PeriodResult)
_KINDS: dict[type[Any], FactKind] = {
    Mark: FactKind.MARKS,
    Absence: FactKind.ABSENCES,
    PeriodResult: FactKind.RESULTS,
}
LessonT = TypeVar("LessonT", Mark, Absence)
_COMPARED: dict[type[Any], str] = {Mark: "value", Absence: "reason"}
NOT_ATTESTED = "н/а"


@deed
def mark_correct(*, by: User, mark: Mark, value: int, was: int | None = None, comment: str = "") -> Mark:
    """Give a mark another value, 1–5. With `was` a change that came in between is refused instead of overwritten."""
    _check_value(value)
    return _correct(by, _as_seen(_locked(mark), was), {"value": value, "raw": ""}, comment)


@deed
def mark_add(*, by: User, pupil: Pupil, subject: Subject, day: date, value: int, comment: str = "") -> Mark:
    """Add a mark that the files lack; one that a hand had removed from the same day comes back instead."""
    _check_value(value)
    lock_gradebook(pupil.school)
    year = _year_for_mark(pupil, subject, day)
    return _add(by, Mark(pupil=pupil, subject=subject, date=day, value=value), year, comment)


@deed
def mark_remove(*, by: User, mark: Mark, was: int | None = None, comment: str = "") -> None:
    """Remove a mark; later imports do not bring it back. With `was` one that was changed meanwhile is refused."""
    _take_out(by, _as_seen(_locked(mark), was), comment)


@deed
def absence_set_reason(*, by: User, absence: Absence, reason: AbsenceReason, comment: str = "") -> Absence:
    """Say why a lesson was missed, whatever code the journal has."""
    return _correct(by, _locked(absence), {"reason": AbsenceReason(reason).value}, comment)


@deed
def absence_add(
    *, by: User, pupil: Pupil, subject: Subject, day: date, reason: AbsenceReason, comment: str = ""
) -> Absence:
    """Write down a missed lesson of which the files do not tell; what a hand had removed comes back instead."""
    lock_gradebook(pupil.school)
    year = _seat_on(pupil, subject, day)[0]
    row = Absence(pupil=pupil, subject=subject, date=day, reason=AbsenceReason(reason).value)
    return _add(by, row, year, comment)


@deed
def absence_remove(*, by: User, absence: Absence, was: str = "", comment: str = "") -> None:
    """The lesson was not missed; later imports do not say so again. With `was` a changed reason is refused."""
    row = _locked(absence)
    if was and row.reason != was:
        label = AbsenceReason(row.reason).label
        raise Refused(f"Причину уже исправили, сейчас записано «{label}». Посмотрите и решите снова.")
    _take_out(by, row, comment)


@deed
def period_result_set(
    *,
    by: User,
    pupil: Pupil,
    subject: Subject,
    year: AcademicYear,
    period: Period | None,
    value: str,
    kind: ResultKind = ResultKind.PERIOD,
    comment: str = "",
) -> PeriodResult:
    """Set the result of a period, or with `period=None` one of the year; a new one or another value."""
    if value not in RESULT_VALUES:
        raise Refused(f"Итога «{value}» не бывает: выберите из списка {', '.join(RESULT_VALUES)}.")
    if (kind == ResultKind.PERIOD) != (period is not None) or (period is not None and period.year_id != year.pk):
        raise Refused("Выберите учебный период того же года.")
    _check_school(pupil, subject)
    lock_gradebook(pupil.school)
    known = PeriodResult.objects.filter(pupil=pupil, subject=subject, year=year, kind=kind, period=period).first()
    if known is not None:
        return _correct(by, _locked(known), {"value": value, "raw": "", "excused": False}, comment)
    result = PeriodResult.objects.create(
        school=pupil.school,
        year=year,
        pupil=pupil,
        subject=subject,
        kind=kind,
        period=period,
        value=value,
        by_hand=True,
    )
    _note(by, result, None, comment)
    _tell(result)
    return result


@deed
def period_result_excuse(*, by: User, result: PeriodResult, excused: bool) -> PeriodResult:
    """Count «н/а» as excused (the subject is then unrated), or not. Another value from the files ends it."""
    result = _locked(result)
    if result.value != NOT_ATTESTED:
        raise Refused("Уважительной причина бывает только у «н/а».")
    result.excused = excused
    result.save(update_fields=["excused"])
    _tell(result)
    return result


def _as_seen(mark: Mark, was: int | None) -> Mark:
    if was is not None and mark.value != was:
        raise Refused(f"Отметку уже исправили, сейчас стоит «{mark.value}». Посмотрите и решите снова.")
    return mark


def _check_value(value: int) -> None:
    if not 1 <= value <= 5:
        raise Refused("Отметка бывает от 1 до 5.")


def _check_school(pupil: Pupil, subject: Subject) -> None:
    if pupil.school_id != subject.school_id:
        raise Refused("Такого предмета в школе нет.")


def _locked(fact: FactT) -> FactT:
    """The fact as it is now, for writing; it may be gone meanwhile."""
    lock_gradebook(fact.school)
    found = type(fact)._default_manager.select_for_update(of=("self",)).filter(pk=fact.pk).first()
    if found is None:
        raise Refused("Этой записи больше нет: её убрала загрузка или другой человек. Обновите страницу.")
    return found


def _row(fact: Mark | Absence | PeriodResult) -> dict[str, Any]:
    """The row as the files gave it, in the form in which changes are kept."""
    table = TABLES[_KINDS[type(fact)]]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(e)::text FROM {table} e WHERE e.id = %s", [fact.pk])  # noqa: S608 — our tables
        row: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return row


def _note_of(fact: Mark | Absence | PeriodResult) -> HandCorrection | None:
    return HandCorrection.objects.filter(kind=_KINDS[type(fact)], fact_id=fact.pk).first()


def _note(
    by: User,
    fact: Mark | Absence | PeriodResult,
    before: dict[str, Any] | None,
    comment: str,
    *,
    removed: bool = False,
) -> None:
    HandCorrection.objects.create(
        school=fact.school,
        kind=_KINDS[type(fact)],
        fact_id=None if removed else fact.pk,
        pupil=fact.pupil,
        subject=fact.subject,
        date=None if isinstance(fact, PeriodResult) else fact.date,
        before=before,
        by=by,
        comment=comment[:300],
    )


def _correct(by: User, fact: FactT, values: dict[str, Any], comment: str) -> FactT:
    """Set new values, or take the correction back when they are those that the files gave."""
    note = _note_of(fact)
    compared = next(iter(values))
    if getattr(fact, compared) == values[compared]:
        return fact
    if note is None:
        _note(by, fact, _row(fact), comment)
    elif note.before is not None and note.before[compared] == values[compared]:
        values = {name: note.before[name] for name in values}
        note.delete()
        return _save(fact, values, by_hand=False)
    else:
        note.by, note.comment = by, comment[:300]
        note.save(update_fields=["by", "comment"])
    return _save(fact, values, by_hand=True)


def _save(fact: FactT, values: dict[str, Any], *, by_hand: bool) -> FactT:
    for name, value in values.items():
        setattr(fact, name, value)
    fact.by_hand = by_hand
    fact.save(update_fields=[*values, "by_hand"])
    _tell(fact)
    return fact


def _tell(fact: Mark | Absence | PeriodResult) -> None:
    publish(MarksChanged(fact.school, fact.year, frozenset({fact.pupil_id}), _days(fact)))


def _days(fact: Mark | Absence | PeriodResult) -> tuple[date, date] | None:
    if not isinstance(fact, PeriodResult):
        return fact.date, fact.date
    return None if fact.period is None else (fact.period.starts, fact.period.ends)


def _year_for_mark(pupil: Pupil, subject: Subject, day: date) -> AcademicYear:
    """The academic year of a day on which the pupil may get a mark in the subject."""
    year, school_class, book = _seat_on(pupil, subject, day)
    begins = book.marks_from(school_class, subject.pk)
    if day.toordinal() < begins:
        raise Refused(f"Отметку нельзя поставить: {no_marks_yet(str(school_class), school_class.grade, begins)}.")
    return year


def _seat_on(pupil: Pupil, subject: Subject, day: date) -> tuple[AcademicYear, SchoolClass, Yearbook]:
    """The year of a day that has come, and where the pupil sat on it."""
    _check_school(pupil, subject)
    school: School = pupil.school
    if day > school.today():
        raise Refused("Этот день ещё не наступил.")
    book = Schoolbook(school)
    year = book.year_on(day.toordinal())
    school_class = book.yearbook(year).class_of(pupil.pk, day) if year is not None else None
    if year is None or school_class is None:
        raise Refused("На этот день ученик не числится ни в одном классе.")
    return year, school_class, book.yearbook(year)


def _add(by: User, fact: LessonT, year: AcademicYear, comment: str) -> LessonT:
    """A new fact of a lesson, behind those of its day; one that a hand had taken out comes back as it was."""
    out = _taken_out(fact)
    slot = type(fact)._default_manager.filter(pupil=fact.pupil, subject=fact.subject, date=fact.date)
    taken = set(slot.values_list("ordinal", flat=True))
    fact.school, fact.year = fact.pupil.school, year
    if out is None:
        fact.ordinal, fact.by_hand = max(taken, default=-1) + 1, True
        fact.save(force_insert=True)
        _note(by, fact, None, comment)
    else:
        before = out.before or {}
        for column in ("raw", "batch_id", *(("weight", "work") if isinstance(fact, Mark) else ())):
            setattr(fact, column, before[column])
        fact.pk, fact.ordinal = before["id"], next(n for n in range(len(taken) + 1) if n not in taken)
        fact.save(force_insert=True)
        out.delete()
    _tell(fact)
    return fact


def _taken_out(fact: Mark | Absence) -> HandCorrection | None:
    """The note that a hand took such a fact out of this day."""
    column = _COMPARED[type(fact)]
    notes = HandCorrection.objects.filter(
        kind=_KINDS[type(fact)],
        pupil=fact.pupil,
        subject=fact.subject,
        date=fact.date,
        fact_id__isnull=True,
        **{f"before__{column}": getattr(fact, column)},
    )
    return notes.first()


def _take_out(by: User, fact: Mark | Absence, comment: str) -> None:
    """Of what a hand had added nothing is left; what the files said is noted, so that they do not bring it back."""
    note = _note_of(fact)
    before = _row(fact) if note is None else note.before
    if note is not None:
        note.delete()
    if before is not None:
        _note(by, fact, before, comment, removed=True)
    type(fact)._default_manager.filter(pk=fact.pk).delete()
    _tell(fact)
