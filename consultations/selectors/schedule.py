"""Hours of all specialists as rows of the schedule, and which schedule is in force. Names no pupil."""

from collections.abc import Iterable
from datetime import date

from consultations.models import ServiceHours, ServiceSchedule
from consultations.permissions import SERVICE_POSITIONS
from consultations.rules.schedule import ScheduleRow, changed_from
from consultations.words import MeetingKind
from school.models import AcademicYear, School, Staff


def hours_of(school: School, year: AcademicYear, day: date, *, today: date | None = None) -> list[ScheduleRow]:
    """Hours in force on the day or later in the year, by specialist and time; positions of `today`. Two queries."""
    rows = ServiceHours.objects.filter(school=school, year=year, ends__gte=day).select_related("specialist")
    found = list(
        rows.prefetch_related("specialist__positions").order_by("specialist__sort_key", "weekday", "time_from")
    )
    return [_row(hours, today or day) for hours in found]


def _row(hours: ServiceHours, day: date) -> ScheduleRow:
    return ScheduleRow(
        specialist=hours.specialist_id,
        name=hours.specialist.full_name,
        position=position_of(hours.specialist, day),
        weekday=hours.weekday,
        time_from=f"{hours.time_from:%H:%M}",
        time_to=f"{hours.time_to:%H:%M}",
        room=hours.room,
        kind=kind_words(hours.kind),
        minutes=hours.minutes,
        begins=hours.begins,
        ends=hours.ends,
        note=hours.note,
    )


def kind_words(kind: str) -> str:
    """«Групповая»; empty for any."""
    return MeetingKind(kind).label if kind else ""


def position_of(staff: Staff, day: date) -> str:
    """«Педагог-психолог», of prefetched positions; empty for who has left the service."""
    held = [p for p in staff.positions.all() if (p.starts or day) <= day <= (p.ends or day)]
    return ", ".join(str(position) for position in held if position.position in SERVICE_POSITIONS)


def schedule_in_force(school: School, year: AcademicYear, day: date) -> ServiceSchedule | None:
    """The newest approved on that day or before."""
    found = ServiceSchedule.objects.filter(school=school, year=year, on__lte=day)
    return found.select_related("school", "year").order_by("-on", "-number").first()


def still_as_approved(schedule: ServiceSchedule, rows: Iterable[ScheduleRow]) -> date | None:
    """The first day after the approval on which the hours are others than its `rows`; None while they are the same."""
    now = hours_of(schedule.school, schedule.year, schedule.on)
    return changed_from(list(rows), now, schedule.on, schedule.year.ends)


def schedules_of(school: School, year: AcademicYear) -> list[ServiceSchedule]:
    """All approved ones of the year, the newest first."""
    return list(ServiceSchedule.objects.filter(school=school, year=year).select_related("by__staff"))


def schedule_is_approved(school: School, year: AcademicYear, day: date) -> bool:
    """Indicator S5 (паспорт школьной программы): whether an approved schedule is in force on the day."""
    return schedule_in_force(school, year, day) is not None
