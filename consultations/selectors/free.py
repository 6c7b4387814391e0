"""Free times of specialists, and what speaks against a time. As many queries for a day as for a month."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Upper

from consultations.models import Appointment, AppointmentPupil, HoursException, ServiceHours
from consultations.rules.free_times import USUAL, Day, Piece, Span, Stretch, Taken, nearest, open_stretches, pieces
from consultations.words import TAKES_TIME, ExceptionKind
from school.busy import days_between, school_days
from school.busy_times import END_OF_DAY, BusyAsked, BusySource, busy_in, minutes_of
from school.models import Pupil, School, Staff

AHEAD = timedelta(days=21)  # so far nearest times are looked for


@dataclass(frozen=True)
class Sought:
    """Whose time is looked for, from day to day: a specialist with pupils who take part and perhaps a colleague.

    `room` is where the meeting would be, when that is not the room of the hours; `but` is the meeting that is moved.
    `told`: whether lessons and the like are asked for too.
    """

    specialist: Staff
    first: date
    last: date
    pupils: Sequence[Pupil] = ()
    colleague: Staff | None = None
    room: str = ""
    but: int | None = None
    told: bool = True

    @property
    def school(self) -> School:
        """The specialist's."""
        return self.specialist.school


@dataclass(frozen=True)
class Kept:
    """Hours and exceptions of specialists, read already."""

    hours: Sequence[ServiceHours]
    changes: Sequence[HoursException]

    def of(self, staff: Staff) -> tuple[list[ServiceHours], list[HoursException]]:
        """One specialist's."""
        hours = [one for one in self.hours if one.specialist_id == staff.pk]
        return hours, [one for one in self.changes if one.specialist_id == staff.pk]


def kept_of(specialists: Collection[Staff], first: date, last: date | None = None) -> Kept:
    """In force on some day from the first on, to the last when there is one. Two queries."""
    days = {"ends__gte": first} | ({"begins__lte": last} if last is not None else {})
    hours = ServiceHours.objects.filter(specialist__in=specialists, **days)
    return Kept(list(hours), list(HoursException.objects.filter(specialist__in=specialists, **days)))


def open_days(
    specialists: Collection[Staff], school: School, first: date, last: date, kept: Kept | None = None
) -> dict[int, dict[date, Day]]:
    """Specialist → day → open hours only, exceptions and holidays counted in. Three queries, with `kept` one."""
    known = kept or kept_of(specialists, first, last)
    lessons = set(school_days(BusyAsked(school, first, last)))
    return {
        one.pk: {
            day: Day(day, _open(day, *known.of(one), closed=day not in lessons)) for day in days_between(first, last)
        }
        for one in specialists
    }


def _open(
    day: date, hours: Sequence[ServiceHours], changes: Sequence[HoursException], *, closed: bool
) -> tuple[Stretch, ...]:
    week = [one for one in hours if one.weekday == day.isoweekday() and one.begins <= day <= one.ends]
    today = [one for one in changes if one.begins <= day <= one.ends]
    usual = min((one.minutes for one in hours), default=USUAL)
    return open_stretches(
        [Stretch(_span(one), one.minutes, one.room, one.kind) for one in week],
        [_span(one) for one in today if one.kind == ExceptionKind.OFF],
        [Stretch(_span(one), usual, one.room) for one in today if one.kind == ExceptionKind.EXTRA],
        closed=closed,
    )


def _span(row: ServiceHours | HoursException | Appointment | AppointmentPupil) -> Span:
    starts = minutes_of(row.time_from) if row.time_from is not None else 0
    return Span(starts, minutes_of(row.time_to) if row.time_to is not None else END_OF_DAY)


def days_of(sought: Sought) -> dict[date, Day]:
    """Each day as it is known: open hours, what makes a time impossible, what is only told."""
    return days_of_each([sought.specialist], sought)[sought.specialist.pk]


def days_of_each(
    specialists: Collection[Staff], sought: Sought, kept: Kept | None = None
) -> dict[int, dict[date, Day]]:
    """The same of several specialists, whoever `sought` names; as many queries as for one."""
    opened = open_days(specialists, sought.school, sought.first, sought.last, kept)
    rooms = {one.room for days in opened.values() for day in days.values() for one in day.open} | {sought.room}
    meetings = list(_meetings(sought, [one.pk for one in specialists], rooms - {""}))
    pupils, told = list(_of_pupils(sought)), _told(sought, specialists)
    found = {}
    for specialist in specialists:
        taken = defaultdict(list)
        for row in meetings:
            for one in _in_the_way(row, specialist, sought.colleague):
                taken[row.on].append(one)
        for key, on, one in pupils:
            if key != specialist.pk:
                taken[on].append(one)
        mine = {on: [one for one in told[on] if one.whose in (0, specialist.pk)] for on in opened[specialist.pk]}
        found[specialist.pk] = {
            on: Day(
                on,
                day.open,
                (*taken[on], *(one.taken for one in mine[on] if one.firm)),
                tuple(one.taken for one in mine[on] if not one.firm),
            )
            for on, day in opened[specialist.pk].items()
        }
    return found


def _meetings(sought: Sought, specialists: Collection[int], rooms: Collection[str]) -> list[Appointment]:
    """Of the specialists, of the colleague, and in these rooms; one query."""
    people = [*specialists, *([sought.colleague.pk] if sought.colleague is not None else [])]
    rows = Appointment.objects.taking_time().annotate(place=Upper("room"))
    mine = Q(specialist__in=people) | Q(colleague__in=people) | Q(place__in={room.upper() for room in rooms})
    rows = rows.filter(mine, school=sought.school, on__range=(sought.first, sought.last)).exclude(pk=sought.but or 0)
    return list(rows.select_related("specialist", "colleague"))


def _in_the_way(row: Appointment, specialist: Staff, colleague: Staff | None) -> Iterator[Taken]:
    """Of a person's own meeting the person is named; of another's, the room."""
    span, free = _span(row), True
    for staff in (specialist, colleague):
        if staff is not None and staff.pk in (row.specialist_id, row.colleague_id):
            yield Taken(span, staff.short_name, "другая встреча")
            free = False
    if free and row.room:
        what = f"встреча, которую проводит {row.specialist.short_name}"
        yield Taken(span, f"кабинет {row.room}", what, row.room)


def _of_pupils(sought: Sought) -> Iterator[tuple[int, date, Taken]]:
    """Other meetings of the pupils, with whose they are: one's own are known already; one query."""
    names = {pupil.pk: pupil.short_name for pupil in sought.pupils}
    rows = AppointmentPupil.objects.filter(
        pupil__in=names, present=True, on__range=(sought.first, sought.last), state__in=TAKES_TIME
    )
    for row in rows.exclude(appointment=sought.but or 0).select_related("appointment__specialist"):
        what = f"встреча, которую проводит {row.appointment.specialist.short_name}"
        yield row.appointment.specialist_id, row.on, Taken(_span(row), names[row.pupil_id], what)


@dataclass(frozen=True, slots=True)
class _Told:
    """`whose`: the key of the specialist whom it concerns, 0 for all. `firm`: promised to others."""

    whose: int
    taken: Taken
    firm: bool


def _told(sought: Sought, specialists: Collection[Staff]) -> defaultdict[date, list[_Told]]:
    """Lessons, extra lessons, buses; talks that parents have chosen are firm for whoever holds them."""
    told: defaultdict[date, list[_Told]] = defaultdict(list)
    if not sought.told:
        return told
    names = {pupil.pk: pupil.short_name for pupil in sought.pupils}
    people = {one.pk: one.short_name for one in specialists}
    others = {sought.colleague.pk: sought.colleague.short_name} if sought.colleague is not None else {}
    asked = BusyAsked(sought.school, sought.first, sought.last, list(names), [*people, *others], sought.room)
    for one in busy_in(asked, but=(BusySource.MEETING,)):
        who = names.get(one.pupil or 0) or (people | others).get(one.staff or 0) or f"кабинет {one.room}"
        whose = one.staff if one.staff in people and one.staff not in others else 0
        firm = one.source == BusySource.TALK and one.staff is not None
        told[one.on].append(_Told(whose or 0, Taken(Span(one.starts, one.ends), who, one.what, one.room), firm))
    return told


def free_times(sought: Sought, *, kind: str = "", length: int | None = None) -> dict[date, list[Piece]]:
    """Day → times at which all can meet, none that is past."""
    return free_times_of_each([sought.specialist], sought, kind=kind, length=length)[sought.specialist.pk]


def free_times_of_each(
    specialists: Collection[Staff],
    sought: Sought,
    *,
    kind: str = "",
    length: int | None = None,
    kept: Kept | None = None,
) -> dict[int, dict[date, list[Piece]]]:
    """Specialist → day → times; as many queries as for one."""
    now = sought.school.now()
    return {
        key: {on: pieces(day, kind, length, _after(on, now)) for on, day in days.items()}
        for key, days in days_of_each(specialists, sought, kept).items()
    }


def _after(on: date, now: datetime) -> int:
    """From which minute of the day on a time may still be offered."""
    if on < now.date():
        return END_OF_DAY
    return now.hour * 60 + now.minute if on == now.date() else 0


def nearest_free(sought: Sought, wanted: Piece, *, kind: str = "", number: int = 3) -> list[Piece]:
    """The nearest free times to a wanted one, of its length; `sought`'s days are taken from today or the wanted day."""
    first = max(sought.school.today(), wanted.on - timedelta(days=7))
    wide = Sought(sought.specialist, first, first + AHEAD, sought.pupils, sought.colleague, sought.room, sought.but)
    length = wanted.span.ends - wanted.span.starts
    return nearest(wanted, free_times(wide, kind=kind, length=length), number)
