"""Approving the schedule of psychological help."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from common.authorship import deed
from common.errors import Refused
from consultations.models import ServiceSchedule
from consultations.permissions_schedule import approves_as
from consultations.reports.schedule import SchedulePaper, draft_paper, freeze, paper_of
from consultations.selectors.schedule import schedule_in_force, still_as_approved
from documents.services import number_next
from school.models import AcademicYear, School, User

NUMBERS = "service_schedule"


@dataclass(frozen=True)
class Approval:
    """`seen`: the mark of the hours that the person had before them (`mark_of`)."""

    on: date
    sign_up: str
    seen: str


def mark_of(paper: SchedulePaper) -> str:
    """A short mark of the hours, whatever the day on which they are looked at."""
    rows = [(*row.place, row.minutes, row.begins.isoformat(), row.ends.isoformat()) for row in paper.rows]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:16]


@deed
def schedule_approve(*, by: User, year: AcademicYear, approval: Approval) -> ServiceSchedule:
    """Keep the hours as they are under the next number of the school's register.

    Raises `Refused` without hours, for hours that were changed meanwhile, for the same schedule once more.
    """
    position = approves_as(by)
    if not position or by.staff is None:
        raise Refused("График утверждает директор или его заместитель.")
    school = School.objects.select_for_update().get(pk=year.school_id)
    paper = replace(draft_paper(school, year, approval.on), sign_up=approval.sign_up.strip())
    _refuse(school, year, paper, approval)
    number = number_next(school=school, kind=NUMBERS, year=year.start)
    signed = replace(paper, number=number, on=approval.on, signs=position, signed_by=by.staff.short_name)
    return ServiceSchedule.objects.create(
        school=school, year=year, number=number, on=approval.on, content=freeze(signed), by=by, at=school.now()
    )


def _refuse(school: School, year: AcademicYear, paper: SchedulePaper, approval: Approval) -> None:
    if not paper.rows:
        raise Refused("Утверждать нечего: специалисты ещё не внесли часы приёма.")
    if approval.on > school.today():
        raise Refused("Эта дата ещё не наступила.")
    if approval.on < year.starts:
        raise Refused(f"Учебный год начался {year.starts:%d.%m.%Y}: график утверждают в течение года.")
    last = ServiceSchedule.objects.filter(school=school, year=year).first()
    if last is not None and approval.on < last.on:
        raise Refused(f"График № {last.number} утверждён позже, {last.on:%d.%m.%Y}: новый не может быть раньше него.")
    if approval.seen != mark_of(draft_paper(school, year, school.today())):
        raise Refused("Пока вы смотрели, часы приёма изменились. Посмотрите новые и утвердите их.")
    if _same(school, year, paper):
        raise Refused("График с этими часами уже утверждён и действует.")


def _same(school: School, year: AcademicYear, paper: SchedulePaper) -> bool:
    found = schedule_in_force(school, year, school.today())
    if found is None:
        return False
    before = paper_of(found)
    return still_as_approved(found, before.rows) is None and before.sign_up == paper.sign_up
