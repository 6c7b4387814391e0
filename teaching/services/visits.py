"""Visits of lessons, gaps of teachers, values that a person sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from school.models import AcademicYear, SchoolClass, Staff, Subject, User
from teaching.models import LessonVisit, SetValue, TeacherGap
from teaching.rules.evidence import SEEN_BY_VISITS, Code
from teaching.services.records import standing
from teaching.words import GapArea, GapFound, Objectivity, Technology, WeakWork


@dataclass(frozen=True)
class Seen:
    """What was seen in a lesson; whatever was not looked at is empty."""

    on: date
    subject: Subject | None = None
    school_class: SchoolClass | None = None
    topic: str = ""
    technologies: Sequence[Technology] = ()
    objectivity: Objectivity | None = None
    weak: WeakWork | None = None
    text: str = ""


@deed
def visit_record(*, by: User, staff: Staff, visitor: Staff, seen: Seen) -> LessonVisit:
    """Write a visit down. Raises `Refused` for a day to come and for one's own lesson."""
    if staff.pk == visitor.pk:
        raise Refused("Это ваш урок: посещение записывают о коллеге.")
    row = LessonVisit(school=staff.school, staff=staff, visitor=visitor, by=by, at=staff.school.now())
    _fill(row, seen)
    row.save()
    return row


@deed
def visit_change(*, by: User, visit: LessonVisit, seen: Seen) -> LessonVisit:
    """Correct a visit; the teacher is asked to read it again, their word stays."""
    row = standing(visit)
    _fill(row, seen)
    row.read_at, row.version = None, row.version + 1
    row.save()
    return row


@deed
def visit_read(*, by: User, visit: LessonVisit, reply: str = "", version: int | None = None) -> LessonVisit:
    """The visited teacher has read it and may add a word. Raises `Refused` when it was changed since it was seen."""
    row = standing(visit)
    if version is not None and row.version != version:
        raise Refused("Пока вы читали, запись о посещении изменили: прочтите её ещё раз.")
    row.read_at, row.reply = row.school.now(), reply
    row.save()
    return row


def _fill(row: LessonVisit, seen: Seen) -> None:
    if seen.on > row.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    row.on, row.subject, row.school_class, row.topic = seen.on, seen.subject, seen.school_class, seen.topic
    row.technologies = [str(one) for one in seen.technologies]
    row.objectivity, row.weak, row.text = seen.objectivity or "", seen.weak or "", seen.text


@deed
def gap_keep(
    *,
    by: User,
    staff: Staff,
    area: GapArea,
    text: str,
    found: GapFound,
    found_on: date,
    gap: TeacherGap | None = None,
) -> TeacherGap:
    """Write a gap down, or correct it. Raises `Refused` for a day to come."""
    row = standing(gap) if gap is not None else TeacherGap(school=staff.school, staff=staff, by=by)
    if found_on > row.school.today():
        raise Refused("Этот день ещё не наступил. Проверьте дату.")
    if row.closed_on is not None and row.closed_on < found_on:
        raise Refused("Дефицит закрыт раньше этого дня. Проверьте дату.")
    row.area, row.text, row.found, row.found_on = area, text, found, found_on
    if gap is None:
        row.at = row.school.now()
    else:
        row.version += 1
    row.save()
    return row


@deed
def gap_close(*, by: User, gap: TeacherGap, on: date | None, how: str) -> TeacherGap:
    """Say when and how a gap was closed; without a day it is open again. Raises `Refused` for a day out of order."""
    row = standing(gap)
    if on is not None and not row.found_on <= on <= row.school.today():
        raise Refused("День закрытия — не раньше обнаружения и не позже сегодняшнего. Проверьте дату.")
    row.closed_on, row.closed_how, row.version = on, how if on is not None else "", row.version + 1
    row.save()
    return row


@deed
def value_set(*, by: User, year: AcademicYear, code: Code, number: int, of: int, seen: int, text: str) -> SetValue:
    """Set the value of an indicator of which visits are evidence, in the place of the earlier one.

    `of`: the pedagogical workers of the day; `seen`: how many of them the visits tell of. Raises `Refused` for more
    people than work in the school, and without words.
    """
    if code not in SEEN_BY_VISITS:
        raise Refused("Этот показатель Опора считает сама.")
    if number > of:
        raise Refused(f"В школе сегодня {of} педагогических работников: больше быть не может.")
    if not text.strip():
        raise Refused("Напишите, на чём основано значение.")
    row = SetValue.objects.select_for_update().filter(year=year, code=code, removed_at__isnull=True).first()
    if row is None:
        row = SetValue(school=year.school, year=year, code=code, version=0)
    row.number, row.of, row.seen, row.text = number, of, seen, text.strip()
    row.by, row.at, row.version = by, year.school.now(), row.version + 1
    row.save()
    return row
