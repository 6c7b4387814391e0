"""Corrections by hand. They win over later imports until they are taken back by entering what the files said."""

import json
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Max

from common.authorship import deed
from common.errors import Refused
from common.events import publish
from gradebook.events import MarksChanged
from gradebook.imports.facts import TABLES
from gradebook.imports.locking import lock_gradebook
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.statements import no_marks_yet
from gradebook.models import Absence, AbsenceReason, FactKind, HandCorrection, Mark, PeriodResult, ResultKind
from gradebook.sheet import RESULT_VALUES
from school.models import AcademicYear, Period, Pupil, School, Subject, User

FactT = TypeVar("FactT", Mark, Absence, PeriodResult)
_KINDS: dict[type[Any], FactKind] = {
    Mark: FactKind.MARKS,
    Absence: FactKind.ABSENCES,
    PeriodResult: FactKind.RESULTS,
}
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
    removed = _removed_by_hand(pupil, subject, day, value)
    if removed is not None:
        return _bring_back(removed, year, day)
    slot = Mark.objects.filter(pupil=pupil, subject=subject, date=day)
    last = slot.aggregate(last=Max("ordinal"))["last"]
    mark = Mark.objects.create(
        school=pupil.school,
        year=year,
        pupil=pupil,
        subject=subject,
        date=day,
        ordinal=0 if last is None else last + 1,
        value=value,
        by_hand=True,
    )
    _note(by, mark, None, comment)
    _tell(mark)
    return mark


@deed
def mark_remove(*, by: User, mark: Mark, was: int | None = None, comment: str = "") -> None:
    """Remove a mark; later imports do not bring it back. With `was` one that was changed meanwhile is refused."""
    mark = _as_seen(_locked(mark), was)
    note = _note_of(mark)
    before = _row(mark) if note is None else note.before
    if note is not None:
        note.delete()
    if before is not None:
        _note(by, mark, before, comment, removed=True)
    Mark.objects.filter(pk=mark.pk).delete()
    _tell(mark)


@deed
def absence_set_reason(*, by: User, absence: Absence, reason: AbsenceReason, comment: str = "") -> Absence:
    """Say why a lesson was missed, whatever code the journal has."""
    return _correct(by, _locked(absence), {"reason": AbsenceReason(reason).value}, comment)


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
    _check_school(pupil, subject)
    school: School = pupil.school
    if day > school.today():
        raise Refused("Этот день ещё не наступил.")
    book = Schoolbook(school)
    year = book.year_on(day.toordinal())
    school_class = book.yearbook(year).class_of(pupil.pk, day) if year is not None else None
    if year is None or school_class is None:
        raise Refused("На этот день ученик не числится ни в одном классе.")
    begins = book.yearbook(year).marks_from(school_class, subject.pk)
    if day.toordinal() < begins:
        raise Refused(f"Отметку нельзя поставить: {no_marks_yet(str(school_class), school_class.grade, begins)}.")
    return year


def _removed_by_hand(pupil: Pupil, subject: Subject, day: date, value: int) -> HandCorrection | None:
    notes = HandCorrection.objects.filter(
        kind=FactKind.MARKS, pupil=pupil, subject=subject, date=day, fact_id__isnull=True, before__value=value
    )
    return notes.first()


def _bring_back(note: HandCorrection, year: AcademicYear, day: date) -> Mark:
    before = note.before or {}
    slot = Mark.objects.filter(pupil=note.pupil, subject=note.subject, date=day)
    taken = set(slot.values_list("ordinal", flat=True))
    mark = Mark.objects.create(
        pk=before["id"],
        school=note.school,
        year=year,
        pupil=note.pupil,
        subject=note.subject,
        date=day,
        ordinal=next(number for number in range(len(taken) + 1) if number not in taken),
        value=before["value"],
        raw=before["raw"],
        weight=before["weight"],
        work=before["work"],
        batch_id=before["batch_id"],
    )
    note.delete()
    _tell(mark)
    return mark
