"""Bringing a pupil's meetings to the parents and the class teacher; parents at lessons."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from common.authorship import deed
from common.errors import Refused
from consultations.models import Appointment, LessonVisit, MeetingNotice, NoticeAnswer
from consultations.selectors.bringing import freeze, planned_lines
from consultations.words import Answer, ToldWay
from school.models import Guardian, Pupil, SchoolClass, User


@dataclass(frozen=True)
class Told:
    """How somebody was told, when, and what they answered."""

    way: str
    on: date
    answer: str
    note: str = ""


@dataclass(frozen=True)
class Visit:
    """A parent at a lesson or a meeting."""

    guardian: Guardian
    on: date
    lesson: str
    appointment: Appointment | None = None
    remark: str = ""


@deed
def notice_make(*, by: User, pupil: Pupil, begins: date, ends: date) -> MeetingNotice:
    """A sheet of what is planned between two days, with everybody who is to know of it.

    Raises `Refused` when nothing is planned then.
    """
    if begins > ends:
        raise Refused("Первый день позже последнего: проверьте даты.")
    lines = planned_lines([pupil.pk], begins, ends).get(pupil.pk, [])
    if not lines:
        raise Refused("В эти дни встреч не запланировано: графика составить не из чего.")
    made = MeetingNotice.objects.create(
        school=pupil.school,
        pupil=pupil,
        begins=begins,
        ends=ends,
        content=freeze(lines),
        by=by,
        at=pupil.school.now(),
    )
    parents = [NoticeAnswer(notice=made, pupil=pupil, guardian=one) for one in pupil.guardians.all()]
    seats = pupil.enrolments.on(pupil.school.today()).values("school_class")
    led = SchoolClass.objects.filter(pk__in=seats, class_teacher__isnull=False).values_list("class_teacher", flat=True)
    teachers = [NoticeAnswer(notice=made, pupil=pupil, staff_id=key) for key in sorted(set(led))]
    NoticeAnswer.objects.bulk_create([*parents, *teachers])
    return made


@deed
def answer_record(*, by: User, answer: NoticeAnswer, told: Told) -> NoticeAnswer:
    """Somebody was told and answered, or did not yet. Raises `Refused` for an older sheet, for a day to come."""
    row = NoticeAnswer.objects.select_for_update(of=("self",)).select_related("notice__school").get(pk=answer.pk)
    newest = MeetingNotice.objects.filter(pupil=row.pupil_id).first()
    if newest is None or newest.pk != row.notice_id:
        raise Refused("С тех пор составлен новый график: отметьте ознакомление с ним.")
    school = row.notice.school
    if told.on > school.today():
        raise Refused("Этот день ещё не наступил.")
    if told.on < localdate(row.notice.at):
        raise Refused(f"График составлен {localdate(row.notice.at):%d.%m.%Y}: раньше этого о нём не могли сказать.")
    row.way, row.told_on, row.answer = ToldWay(told.way), told.on, Answer(told.answer)
    row.note, row.by, row.at = told.note.strip()[:300], by, school.now()
    row.save()
    return row


@deed
def notice_known(*, by: User, answer: NoticeAnswer) -> NoticeAnswer:
    """The class teacher has read it; the second time nothing is changed. Raises `Refused` for anybody else's line."""
    if by.staff is None or answer.staff_id != by.staff.pk:
        raise Refused("Эту отметку ставит сам классный руководитель.")
    if answer.answer == Answer.KNOWN:
        return answer
    today = answer.notice.school.today()
    return answer_record(by=by, answer=answer, told=Told(ToldWay.PERSON, today, Answer.KNOWN))


@deed
def visit_record(*, by: User, pupil: Pupil, visit: Visit) -> LessonVisit:
    """A parent was at a lesson or a meeting. Raises `Refused` for a stranger, for a day to come."""
    if visit.on > pupil.school.today():
        raise Refused("Этот день ещё не наступил.")
    if not pupil.guardianships.filter(guardian=visit.guardian).exists():
        raise Refused(f"{visit.guardian.full_name}: не записан представителем этого ученика.")
    return LessonVisit.objects.create(
        school=pupil.school,
        pupil=pupil,
        guardian=visit.guardian,
        on=visit.on,
        lesson=visit.lesson.strip()[:200],
        appointment=visit.appointment,
        remark=visit.remark.strip()[:300],
        by=by,
        at=pupil.school.now(),
    )
