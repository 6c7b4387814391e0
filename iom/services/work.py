"""The journal of individual work: entries are written, edited by their author, withdrawn; controls close gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from common.authorship import deed
from common.errors import Refused
from iom.models import ExtraSession, Gap, WorkEntry, WorkEntryPupil
from iom.rights import rights_on
from iom.services.journals import (
    Change,
    answer_signals,
    note_edits,
    own_row,
    reopen_answered,
    signals_to_answer,
    year_of,
)
from iom.services.progress import control_add, control_withdraw
from iom.work_words import Outcome, WorkWay
from risk_registry.categories import DeedKind
from risk_registry.models import Signal
from school.models import Pupil, School, Subject, User


@dataclass(frozen=True)
class Work:
    """What was done. One of topic and content is needed, nothing else; `form` is a code of `WorkWay` or empty."""

    on: date
    topic: str = ""
    content: str = ""
    subject: Subject | None = None
    form: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class WorkedWith:
    """One pupil: which gap, how it went (a code of `Outcome` or empty), a few words, the mark of a repeat control."""

    pupil: Pupil
    gap: Gap | None = None
    outcome: str = ""
    result: str = ""
    mark: str = ""


@deed
def work_record(
    *,
    by: User,
    school: School,
    work: Work,
    pupils: Sequence[WorkedWith],
    signals: Sequence[Signal] | None = None,
) -> WorkEntry:
    """Write one entry about pupils of the school.

    It answers `signals`; None: all open ones of these pupils in the subject that the person sees. A mark of a repeat
    control for a gap is that gap's control. Raises `Refused` without pupils, without topic and content, for a day to
    come or outside of the years, and where a control is refused.
    """
    tidy = _checked(school, work, pupils)
    entry = WorkEntry.objects.create(
        school=school,
        year=year_of(school, work.on),
        subject=tidy.subject,
        on=tidy.on,
        form=tidy.form,
        minutes=tidy.minutes,
        topic=tidy.topic,
        content=tidy.content,
        by=by,
        at=school.now(),
    )
    for one in pupils:
        row = WorkEntryPupil(entry=entry, pupil=one.pupil, gap=one.gap)
        _tell(by, row, one, tidy.on)
    keys = [one.pupil.pk for one in pupils]
    if signals is None:
        signals = list(signals_to_answer(by, keys, tidy.on, tidy.subject.pk)) if tidy.subject else []
    answer_signals(signals, DeedKind.WORK, by, tidy.on, f"work:{entry.pk}")
    return entry


@deed
def work_edit(*, by: User, entry: WorkEntry, version: int, work: Work, pupils: Sequence[WorkedWith]) -> WorkEntry:
    """Correct an own entry; after its day what was stays visible. The pupils of an entry remain the same.

    Raises `Refused` as `work_record`, for another person's entry and when it was changed meanwhile.
    """
    row = _locked(entry)
    own_row(row, by, version)
    tidy = _checked(row.school, work, pupils)
    if tidy.on != row.on and _of_lesson(row):
        raise Refused(f"Это запись дополнительного занятия {row.on:%d.%m.%Y}: день занятия не меняют.")
    changes = list(_changes(row, tidy))
    row.year = year_of(row.school, tidy.on)
    row.on, row.subject, row.form, row.minutes = tidy.on, tidy.subject, tidy.form, tidy.minutes
    row.topic, row.content = tidy.topic, tidy.content
    told = {one.pupil.pk: one for one in pupils}
    for line in row.pupils.select_related("pupil", "gap__route", "gap__part", "control"):
        if line.pupil_id in told:
            changes += _pupil_changes(line, told[line.pupil_id])
            _tell(by, line, told[line.pupil_id], tidy.on)
    note_edits(row, by, changes)
    row.version += 1
    row.save()
    return row


@deed
def work_withdraw(*, by: User, entry: WorkEntry, why: str) -> WorkEntry:
    """Take back what was written by mistake: it stays readable, its controls end, what it answered is open again.

    Raises `Refused` for another person's entry, without a reason, the second time, and for the entry of an extra
    lesson: that is taken back with the lesson's record (`extra_session_forget`).
    """
    row = _locked(entry)
    own_row(row, by, row.version)
    if _of_lesson(row):
        raise Refused("Это запись дополнительного занятия: её отзывают вместе с отметкой о занятии.")
    if not why.strip():
        raise Refused("Напишите, почему запись отзывается.")
    for line in row.pupils.select_related("control__gap"):
        if line.control is not None and line.control.withdrawn_at is None:
            control_withdraw(by=by, control=line.control)
    reopen_answered(by, f"work:{row.pk}")
    row.withdrawn_at, row.withdrawn_why = row.school.now(), why.strip()
    row.version += 1
    row.save()
    return row


def _locked(entry: WorkEntry) -> WorkEntry:
    rows = WorkEntry.objects.select_for_update(of=("self",)).select_related("school", "year", "subject")
    return rows.get(pk=entry.pk)


def _of_lesson(row: WorkEntry) -> bool:
    return ExtraSession.objects.filter(entry=row).exists()


def _checked(school: School, work: Work, pupils: Sequence[WorkedWith]) -> Work:
    if not pupils:
        raise Refused("Отметьте хотя бы одного ученика.")
    if any(one.pupil.school_id != school.pk for one in pupils):
        raise Refused("Отмечены ученики другой школы.")
    topic, content = work.topic.strip(), work.content.strip()
    if not (topic or content):
        raise Refused("Напишите тему или что сделали: хотя бы одно из двух.")
    return Work(work.on, topic, content, work.subject, work.form, work.minutes)


def _tell(by: User, row: WorkEntryPupil, told: WorkedWith, on: date) -> None:
    """How it went; a new mark of a control ends the one before."""
    mark = told.mark.strip()
    if mark != row.mark:
        if row.control is not None and row.control.withdrawn_at is None:
            control_withdraw(by=by, control=row.control)
        row.control = None
        if mark and row.gap is not None and rights_on(by, row.gap.route).edits(row.gap.part):
            row.control = control_add(by=by, gap=row.gap, on=on, result=_number(mark))
    row.outcome, row.result, row.mark = told.outcome, told.result.strip(), mark
    row.save()


def _number(mark: str) -> Decimal:
    try:
        found = Decimal(mark.replace(",", ".").rstrip("% "))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= 999:
        raise Refused("Результат повторного контроля по дефициту — число: «4» или «70».")
    return found


def _changes(row: WorkEntry, now: Work) -> Iterator[Change]:
    told = [
        ("Когда", f"{row.on:%d.%m.%Y}", f"{now.on:%d.%m.%Y}"),
        ("Предмет", str(row.subject or ""), str(now.subject or "")),
        ("Форма", _label(row.form), _label(now.form)),
        ("Минут", str(row.minutes or ""), str(now.minutes or "")),
        ("Тема", row.topic, now.topic),
        ("Содержание", row.content, now.content),
    ]
    return ((field, was, then, None) for field, was, then in told if was != then)


def _pupil_changes(row: WorkEntryPupil, now: WorkedWith) -> Iterator[Change]:
    outcome = Outcome(now.outcome).label if now.outcome else ""
    told = [
        ("Результат", row.get_outcome_display(), outcome),
        ("Коротко", row.result, now.result.strip()),
        ("Повторный контроль", row.mark, now.mark.strip()),
    ]
    return ((field, was, then, row.pupil) for field, was, then in told if was != then)


def _label(form: str) -> str:
    return WorkWay(form).label if form else ""
