"""Papers of the demo's service: the approved schedule, one change of it, sheets of meetings with their answers."""

from datetime import date, time

from common.errors import Refused
from consultations.models import AppointmentPupil, ServiceHours
from consultations.reports.schedule import SIGN_UP, draft_paper
from consultations.services.bringing import Told, Visit, answer_record, notice_make, visit_record
from consultations.services.hours import HoursDraft, hours_add
from consultations.services.schedule import Approval, mark_of, schedule_approve
from consultations.words import Answer, MeetingState, ToldWay
from demo import cast
from demo.decisions import on_day
from school.models import Pupil, School, Staff, User
from school.selectors import current_year

APPROVED = date(cast.START, 9, 11)
_CHANGED = date(cast.START, 12, 1)
_BROUGHT = date(cast.START, 11, 18)


def write_service_papers(school: School) -> None:
    """The schedule of September, another day of the service's head since December, two sheets of meetings."""
    _approve(school)
    _change(school)
    _bring(school)


def _approve(school: School) -> None:
    with on_day(school, APPROVED):
        year = current_year(school)
        if year is None or not ServiceHours.objects.filter(school=school, year=year).exists():
            return
        seen = mark_of(draft_paper(school, year, APPROVED))
        approval = Approval(on=APPROVED, sign_up=SIGN_UP, seen=seen)
        schedule_approve(by=User.objects.get(username="zavuch"), year=year, approval=approval)


def _change(school: School) -> None:
    """Not approved yet: the deputy's agenda says so."""
    staff = Staff.objects.select_related("school").get(user__username="psiholog-glava")
    with on_day(school, date(cast.START, 11, 20)):
        draft = HoursDraft(4, time(9), time(11), 40, "16", "", _CHANGED, date(cast.START + 1, 5, 22))
        hours_add(by=User.objects.get(username="psiholog-glava"), specialist=staff, draft=draft)


def _bring(school: School) -> None:
    """One sheet is known to everybody, another waits for the parents."""
    by = User.objects.get(username="psiholog")
    rows = AppointmentPupil.objects.filter(
        appointment__specialist=by.staff, state=MeetingState.PLANNED, on__gte=cast.TODAY
    )
    keys = list(dict.fromkeys(rows.order_by("on", "pk").values_list("pupil", flat=True)))[:2]
    for number, key in enumerate(keys):
        with on_day(school, _BROUGHT):
            pupil = Pupil.objects.select_related("school").get(pk=key)
            try:
                notice = notice_make(by=by, pupil=pupil, begins=_BROUGHT, ends=date(cast.START, 12, 28))
            except Refused:
                continue
        with on_day(school, date(cast.START, 11, 19)):
            pupil = Pupil.objects.select_related("school").get(pk=key)  # whose school has come to that day
            for answer in notice.answers.filter(guardian__isnull=False) if number == 0 else []:
                told = Told(ToldWay.PAPER, date(cast.START, 11, 19), Answer.KNOWN)
                answer_record(by=by, answer=answer, told=told)
            guardian = pupil.guardians.first()
            if number == 0 and guardian is not None:
                visit = Visit(guardian, date(cast.START, 11, 19), "алгебра, 3-й урок")
                visit_record(by=by, pupil=pupil, visit=visit)
