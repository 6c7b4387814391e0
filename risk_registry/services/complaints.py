"""Complaints about too much homework: recorded, checked against the norm, answered; corrected and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from risk_registry.interviews import (
    COMPLAINT,
    Channel,
    CheckMethod,
    Complainant,
    ComplaintDeed,
    ComplaintState,
    Finding,
)
from risk_registry.models import ComplaintStep, HomeworkComplaint
from risk_registry.rules.homework import answer_due
from school.models import SchoolClass, SchoolSettings, Subject, User

_AHEAD = "Этот день ещё не наступил. Проверьте дату."


@dataclass(frozen=True)
class ComplaintDraft:
    """What is written down of a complaint. Nobody has to be named, no subject has to be."""

    school_class: SchoolClass
    came_on: date
    who: Complainant
    channel: Channel
    text: str
    name: str = ""
    subjects: Sequence[Subject] = ()


@dataclass(frozen=True)
class Checked:
    """What a check found; `minutes` a day for all subjects, None when nobody measured."""

    on: date
    method: CheckMethod
    finding: Finding
    minutes: int | None = None
    measure: str = ""


@deed
def complaint_record(*, by: User, draft: ComplaintDraft) -> HomeworkComplaint:
    """Write a complaint down; its term is counted from the day it came. Raises `Refused` for a day out of the year."""
    school_class = draft.school_class
    school = school_class.school
    row = HomeworkComplaint(school=school, year=school_class.year, by=by, at=school.now())
    _fill(row, draft)
    row.save()
    row.subjects.set(draft.subjects)
    ComplaintStep.objects.create(complaint=row, to_state=row.state, by=by, at=school.now(), version=row.version)
    return row


@deed
def complaint_correct(*, by: User, complaint: HomeworkComplaint, draft: ComplaintDraft) -> HomeworkComplaint:
    """Correct what was written down; what the check found stays. Raises as `complaint_record`, and once withdrawn."""
    row = _locked(complaint)
    if row.state == ComplaintState.WITHDRAWN:
        raise Refused("Жалоба отозвана: сначала верните её.")
    _fill(row, draft)
    for day in (row.checked_on, row.answered_on):
        if day is not None and day < row.came_on:
            raise Refused("Проверка или ответ оказались бы раньше самой жалобы. Проверьте дату.")
    row.save()
    row.subjects.set(draft.subjects)
    return row


@deed
def complaint_check(*, by: User, complaint: HomeworkComplaint, checked: Checked) -> HomeworkComplaint:
    """Write down how it was checked and what was found. A second time corrects it, until the answer is given.

    Raises `Refused` for a day before the complaint or to come, and after the answer.
    """
    row = _locked(complaint)
    _check_day(row, checked.on)
    if row.state != ComplaintState.CHECKED:
        _step(row, ComplaintDeed.CHECK, by)
    row.checked_on, row.checked_by = checked.on, by
    row.method, row.finding, row.minutes = checked.method, checked.finding, checked.minutes
    row.measure = checked.measure
    row.save()
    return row


@deed
def complaint_answer(*, by: User, complaint: HomeworkComplaint, on: date, channel: Channel, to: str) -> None:
    """Write down when, how and to whom the answer was given. Raises `Refused` before the check."""
    row = _locked(complaint)
    if row.state == ComplaintState.RECORDED:
        raise Refused("Сначала запишите, что показала проверка: ответ опирается на неё.")
    _check_day(row, on)
    if row.checked_on is not None and on < row.checked_on:
        raise Refused("Ответ не может быть раньше проверки. Проверьте дату.")
    _step(row, ComplaintDeed.ANSWER, by)
    row.answered_on, row.answered_by, row.answer_channel, row.answer_to = on, by, channel, to
    row.save()


@deed
def complaint_withdraw(*, by: User, complaint: HomeworkComplaint, why: str) -> None:
    """Take a complaint out of work with a reason. Raises `Refused` without one, and after the answer."""
    row = _locked(complaint)
    _step(row, ComplaintDeed.WITHDRAW, by, why)
    row.save()


@deed
def complaint_reopen(*, by: User, complaint: HomeworkComplaint, why: str) -> None:
    """One step back, with a reason: an answer, a check or a withdrawal that was written by mistake."""
    row = _locked(complaint)
    was = row.state
    _step(row, ComplaintDeed.REOPEN, by, why)
    if was == ComplaintState.ANSWERED:
        row.answered_on, row.answered_by, row.answer_channel, row.answer_to = None, None, "", ""
    else:
        row.checked_on, row.checked_by, row.method, row.finding = None, None, "", ""
        row.minutes, row.measure = None, ""
    row.save()


def _fill(row: HomeworkComplaint, draft: ComplaintDraft) -> None:
    year = draft.school_class.year
    if not year.starts <= draft.came_on <= min(year.ends, row.school.today()):
        raise Refused("День жалобы — не позже сегодняшнего и из этого учебного года. Проверьте дату.")
    days = SchoolSettings.objects.get(school=row.school).homework_answer_days
    row.school_class, row.came_on, row.due = draft.school_class, draft.came_on, answer_due(draft.came_on, days)
    row.who, row.channel, row.text = draft.who, draft.channel, draft.text
    row.name = "" if draft.who == Complainant.UNKNOWN else draft.name


def _check_day(row: HomeworkComplaint, on: date) -> None:
    if on > row.school.today():
        raise Refused(_AHEAD)
    if on < row.came_on:
        raise Refused("Этот день раньше самой жалобы. Проверьте дату.")


def _locked(complaint: HomeworkComplaint) -> HomeworkComplaint:
    rows = HomeworkComplaint.objects.select_for_update(of=("self",)).select_related("school", "year")
    return rows.get(pk=complaint.pk)


def _step(row: HomeworkComplaint, what: ComplaintDeed, by: User, comment: str = "") -> None:
    step = COMPLAINT.step(what, row.state, comment)
    before, row.state, row.version = row.state, step.target, row.version + 1
    ComplaintStep.objects.create(
        complaint=row,
        from_state=before,
        to_state=row.state,
        by=by,
        at=row.school.now(),
        comment=comment.strip(),
        version=row.version,
    )
