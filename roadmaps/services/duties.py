"""Done-marks by hand, duties that the school adds, duties that it switches off."""

from datetime import date

from common.authorship import deed
from common.errors import Refused
from roadmaps.duty_catalogue import Duty
from roadmaps.duty_words import Cycle, DutyRole
from roadmaps.models import DutyMark, DutyOff, OwnDuty
from school.models import AcademicYear, School, Staff, User
from school.selectors import current_year


@deed
def duty_mark(*, by: User, staff: Staff, duty: Duty, on: date, note: str = "") -> DutyMark:
    """A person writes down that the own duty was done. Raises `Refused` for a day to come or outside of the year."""
    school = staff.school
    if on > school.today():
        raise Refused("Этот день ещё не наступил.")
    if not duty.markable:
        raise Refused("Запрет отметкой не исполняют: здесь отмечать нечего.")
    year = _year_of(school, on)
    return DutyMark.objects.create(
        school=school, year=year, staff=staff, duty=duty.code, on=on, note=note.strip(), by=by, at=school.now()
    )


def _year_of(school: School, on: date) -> AcademicYear:
    year = current_year(school)
    if year is None or not date(year.start, 8, 1) <= on <= year.ends:
        raise Refused("Этот день не входит в нынешний учебный год.")
    return year


@deed
def duty_mark_withdraw(*, by: User, mark: DutyMark, why: str) -> None:
    """It was written by mistake: no mark any more, the row stays. Raises `Refused` without why, and a second time."""
    row = DutyMark.objects.select_for_update().get(pk=mark.pk)
    if row.withdrawn_at is not None:
        raise Refused("Эта отметка уже снята.")
    row.withdrawn_at, row.withdrawn_why = mark.school.now(), _reason(why)
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])


@deed
def own_duty_add(
    *, by: User, school: School, role: DutyRole, text: str, cycle: Cycle, due: date | None = None
) -> OwnDuty:
    """The school gives a role a duty of its own. Raises `Refused` without words."""
    if not text.strip():
        raise Refused("Напишите, что нужно сделать.")
    return OwnDuty.objects.create(
        school=school, role=role, text=text.strip(), cycle=cycle, due=due, by=by, at=school.now()
    )


@deed
def own_duty_remove(*, by: User, duty: OwnDuty, why: str) -> None:
    """It is asked no more; marks that were made stay in their history. Raises `Refused` without why."""
    row = OwnDuty.objects.select_for_update().get(pk=duty.pk)
    if row.removed_at is not None:
        raise Refused("Эта обязанность уже убрана.")
    row.removed_at, row.removed_why = duty.school.now(), _reason(why)
    row.save(update_fields=["removed_at", "removed_why"])


@deed
def duty_switch_off(*, by: User, school: School, duty: Duty, why: str) -> DutyOff:
    """The school does not use a duty of the catalogue. Raises `Refused` without why, or when it is off already."""
    if DutyOff.objects.filter(school=school, duty=duty.code, ended_at__isnull=True).exists():
        raise Refused("Эта обязанность уже выключена.")
    return DutyOff.objects.create(school=school, duty=duty.code, why=_reason(why), by=by, at=school.now())


@deed
def duty_switch_on(*, by: User, school: School, code: str) -> None:
    """It is in use again. Raises `Refused` when it is not off."""
    off = DutyOff.objects.select_for_update().filter(school=school, duty=code, ended_at__isnull=True).first()
    if off is None:
        raise Refused("Эта обязанность и так включена.")
    off.ended_at = school.now()
    off.save(update_fields=["ended_at"])


def _reason(why: str) -> str:
    if not why.strip():
        raise Refused("Напишите причину.")
    return why.strip()
