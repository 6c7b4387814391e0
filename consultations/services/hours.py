"""Hours of specialists and the days that differ. Meetings that are outside afterwards stay, shown to be moved."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from common.authorship import deed
from common.constraints import refused_by
from common.errors import Refused
from consultations.models import HoursException, ServiceHours
from consultations.words import ExceptionKind
from school.busy_times import minutes_of, room_name
from school.models import AcademicYear, Staff, User

_ONCE = "service_hours_once"
_TAKEN = "В это время у специалиста уже есть часы: исправьте их или закройте со дня, с которого начинаются новые."


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """What is asked about hours; `weekday` as `date.isoweekday()`, an empty `kind` for any meeting."""

    weekday: int
    time_from: time
    time_to: time
    minutes: int
    room: str
    kind: str
    begins: date
    ends: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionDraft:
    """What is asked about days that differ; no times: the whole day."""

    kind: str
    begins: date
    ends: date
    time_from: time | None = None
    time_to: time | None = None
    room: str = ""
    why: str = ""


@deed
def hours_add(*, by: User, specialist: Staff, draft: HoursDraft) -> ServiceHours:
    """Hours of every week between two days. Raises `Refused` where the specialist has hours already."""
    row = ServiceHours(school=specialist.school, specialist=specialist, year=_year(specialist, draft))
    return _write(row, draft)


@deed
def hours_correct(*, by: User, hours: ServiceHours, draft: HoursDraft) -> ServiceHours:
    """What was written down wrong. Hours that change from a day on are closed, and new ones begin."""
    row = ServiceHours.objects.select_for_update(of=("self",)).select_related("specialist__school").get(pk=hours.pk)
    row.year = _year(row.specialist, draft)
    return _write(row, draft)


@deed
def hours_close(*, by: User, hours: ServiceHours, last: date) -> None:
    """They are in force through a day; hours that nobody has kept yet are taken away by a day before their first."""
    row = ServiceHours.objects.select_for_update(of=("self",)).select_related("school").get(pk=hours.pk)
    if last > row.ends:
        raise Refused(f"Эти часы и так кончаются {row.ends:%d.%m.%Y}.")
    if last < row.begins < row.school.today():
        raise Refused(f"Эти часы действуют с {row.begins:%d.%m.%Y}: последний день не может быть раньше.")
    if last < row.begins:
        row.delete()
        return
    row.ends = last
    row.save(update_fields=["ends"])


@deed
def exception_add(*, by: User, specialist: Staff, draft: ExceptionDraft) -> HoursException:
    """Days on which the specialist does not receive, or receives besides the hours. Raises `Refused`."""
    row = HoursException(specialist=specialist)
    return _write_exception(by, row, draft)


@deed
def exception_correct(*, by: User, exception: HoursException, draft: ExceptionDraft) -> HoursException:
    """What was written down wrong, or turned out otherwise: the specialist is back earlier."""
    row = HoursException.objects.select_for_update(of=("self",)).select_related("specialist__school")
    return _write_exception(by, row.get(pk=exception.pk), draft)


@deed
def exception_remove(*, by: User, exception: HoursException) -> None:
    """The days do not differ after all; history keeps it."""
    exception.delete()


def _year(specialist: Staff, draft: HoursDraft) -> AcademicYear:
    found = specialist.school.years.filter(starts__lte=draft.begins, ends__gte=draft.begins).first()
    if found is None or draft.ends > found.ends:
        raise Refused("Часы действуют внутри одного учебного года: проверьте дни.")
    return found


def _write(row: ServiceHours, draft: HoursDraft) -> ServiceHours:
    if draft.ends < draft.begins:
        raise Refused("Последний день — не раньше первого.")
    if minutes_of(draft.time_to) - minutes_of(draft.time_from) < draft.minutes:
        raise Refused("В эти часы не помещается ни одна встреча: проверьте начало, конец и длительность.")
    row.weekday, row.time_from, row.time_to, row.minutes = draft.weekday, draft.time_from, draft.time_to, draft.minutes
    row.room, row.kind, row.note = room_name(draft.room), draft.kind, draft.note.strip()[:300]
    row.begins, row.ends = draft.begins, draft.ends
    with refused_by(_ONCE, _TAKEN):
        row.save()
    return row


def _write_exception(by: User, row: HoursException, draft: ExceptionDraft) -> HoursException:
    _check_exception(row.specialist, draft)
    _check_once(row, draft)
    row.kind, row.begins, row.ends = ExceptionKind(draft.kind), draft.begins, draft.ends
    row.time_from, row.time_to, row.room = draft.time_from, draft.time_to, room_name(draft.room)
    row.why, row.by, row.at = draft.why.strip()[:200], by, row.specialist.school.now()
    row.save()
    return row


def _check_once(row: HoursException, draft: ExceptionDraft) -> None:
    times = {"time_from": draft.time_from, "time_to": draft.time_to}
    same = {name: value for name, value in times.items() if value is not None}
    none = {f"{name}__isnull": True for name, value in times.items() if value is None}
    days = {"kind": draft.kind, "begins": draft.begins, "ends": draft.ends}
    if row.specialist.hours_exceptions.filter(**days, **same, **none).exclude(pk=row.pk).exists():
        raise Refused("Эти дни и время уже записаны.")


def _check_exception(specialist: Staff, draft: ExceptionDraft) -> None:
    if draft.ends < draft.begins:
        raise Refused("Последний день — не раньше первого.")
    if draft.ends - draft.begins > timedelta(days=366):
        raise Refused("Так надолго записывают не исключением: закройте часы со дня.")
    if (draft.time_from is None) != (draft.time_to is None):
        raise Refused("Укажите и начало, и конец, или оставьте оба пустыми — тогда это весь день.")
    if draft.time_from is not None and draft.time_to is not None and draft.time_from >= draft.time_to:
        raise Refused("Конец — позже начала.")
    if draft.kind == ExceptionKind.EXTRA and draft.time_from is None:
        raise Refused("Для дополнительного приёма укажите начало и конец.")
