"""A specialist's week as the reader may see it: hours, free times, meetings, exceptions, holidays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from consultations.models import Appointment, AppointmentPupil, HoursException
from consultations.permissions import can_change_meeting, is_specialist
from consultations.rules.free_times import Span, day_words, pieces
from consultations.rules.week import Column, Item, Line, lines
from consultations.selectors.free import Sought, days_of
from consultations.words import ExceptionKind, MeetingKind, MeetingState
from school.access import access_of, pupils_for
from school.busy import days_between
from school.busy_times import END_OF_DAY, minutes_of
from school.models import Holiday, School, Staff, User

_SATURDAY = 6


@dataclass(frozen=True)
class WeekDay:
    """A column's head: «вт, 24 ноября»; `closed`: why nobody receives."""

    on: date
    words: str
    closed: str
    meetings: int
    today: bool
    chosen: bool


@dataclass(frozen=True)
class Week:
    """Monday to Saturday of a specialist, or one day of it; `on` is the day that a phone shows."""

    specialist: Staff
    on: date
    days: tuple[WeekDay, ...]
    lines: tuple[Line, ...]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.days[0].on

    @property
    def last(self) -> date:
        """Its last day."""
        return self.days[-1].on


def monday_of(day: date) -> date:
    """The first day of its week; of a Sunday, of the next."""
    return day - timedelta(days=day.weekday()) if day.isoweekday() <= _SATURDAY else day + timedelta(days=1)


def week_of(user: User, specialist: Staff, on: date, *, alone: bool = False) -> Week:
    """The week of a day, or that day `alone`. A constant number of queries."""
    first = on if alone else monday_of(on)
    last = on if alone else first + timedelta(days=_SATURDAY - 1)
    items = week_items(user, specialist, first, last)
    known = days_of(Sought(specialist, first, last))
    shut = _closed(specialist, first, last)
    own = access_of(user).staff == specialist
    now = specialist.school.now()
    columns = []
    for day in known.values():
        free = pieces(day, "", None, minute_from(day.on, now))
        here = tuple(item for item in items if item.on == day.on)
        columns.append(Column(day, here, tuple(free), shut.get(day.on, ""), minute_from(day.on, now), outside=own))
    heads = [_head(column, now.date(), on) for column in columns]
    return Week(specialist, on, tuple(heads), tuple(lines(columns)))


def _head(column: Column, today: date, chosen: date) -> WeekDay:
    on = column.day.on
    planned = sum(item.planned for item in column.items)
    return WeekDay(on, day_words(on), column.closed, planned, on == today, on == chosen)


def minute_from(on: date, now: datetime) -> int:
    """From which minute of the day on a time may still be offered."""
    if on < now.date():
        return END_OF_DAY
    return now.hour * 60 + now.minute if on == now.date() else 0


def week_meetings(user: User, specialist: Staff, first: date, last: date) -> list[Appointment]:
    """Meetings of the days that are not cancelled, with pupils whom the reader sees. Two queries."""
    page = Exists(pupils_for(user).order_by().filter(pk=OuterRef("pupil")))
    lines = AppointmentPupil.objects.visible_to(user).annotate(linked=page)
    seen = lines.select_related("pupil").order_by("pupil__sort_key")
    rows = Appointment.objects.visible_to(user).filter(
        Q(specialist=specialist) | Q(colleague=specialist), on__range=(first, last)
    )
    rows = rows.exclude(state=MeetingState.CANCELLED).select_related("specialist", "colleague", "school")
    return list(rows.prefetch_related(Prefetch("pupils", queryset=seen)).order_by("on", "time_from", "pk"))


def week_items(user: User, specialist: Staff, first: date, last: date) -> list[Item]:
    """The same as the grid shows them."""
    return [_item(user, specialist, row) for row in week_meetings(user, specialist, first, last)]


def _item(user: User, specialist: Staff, row: Appointment) -> Item:
    """Its kind is told to the service alone."""
    who, pupil, more = _who(specialist, row)
    return Item(
        pk=row.pk,
        on=row.on,
        span=Span(minutes_of(row.time_from), minutes_of(row.time_to)),
        who=who,
        what=MeetingKind(row.kind).label if is_specialist(user) else "Встреча",
        state=MeetingState(row.state).label,
        room=row.room,
        version=row.version,
        planned=row.state in (MeetingState.PLANNED, MeetingState.HELD),
        moves=row.state == MeetingState.PLANNED and can_change_meeting(user, row),
        pupil=pupil,
        more=more,
    )


def _who(specialist: Staff, row: Appointment) -> tuple[str, int | None, str]:
    """The colleague, or the first pupil with the key of a page that opens; «и ещё 2» of a group."""
    if row.colleague is not None:
        other = row.colleague if row.specialist_id == specialist.pk else row.specialist
        return other.short_name, None, ""
    lines: list[Any] = list(row.pupils.all())
    if not lines:
        return "обучающийся", None, ""
    more = f"и ещё {len(lines) - 1}" if len(lines) > 1 else ""
    return lines[0].pupil.short_name, lines[0].pupil_id if lines[0].linked else None, more


def _closed(specialist: Staff, first: date, last: date) -> dict[date, str]:
    """Holidays of the whole school and days off of the specialist, in words. Two queries."""
    told: dict[date, str] = {}
    whole = HoursException.objects.filter(kind=ExceptionKind.OFF, time_from__isnull=True, specialist=specialist)
    for off in whole.filter(begins__lte=last, ends__gte=first):
        told |= dict.fromkeys(days_between(off.begins, off.ends), off.why or "приёма нет")
    return {**told, **_holidays(specialist.school, first, last)}


def _holidays(school: School, first: date, last: date) -> dict[date, str]:
    rows = Holiday.objects.filter(year__school=school, first_grade_only=False, starts__lte=last, ends__gte=first)
    return {day: row.name for row in rows for day in days_between(row.starts, row.ends)}
