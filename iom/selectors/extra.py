"""Reads of extra lessons: the week's timetable, a group, a lesson's sheet, what a pupil attends."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from common.russian import date_words
from iom.models import ExtraAttendance, ExtraGroup, ExtraMember, ExtraSession
from iom.permissions_extra import groups_for
from iom.rules.extra import clashes, clock
from iom.rules.extra_days import meeting_days
from iom.selectors.extra_week import Asked, minutes, place_of, week_of
from iom.words import SessionState
from school.access import pupils_for
from school.busy_times import BusyAsked, BusySource, busy_in
from school.models import AcademicYear, Enrolment, Pupil, School, SchoolClass, User, Weekday
from school.selectors import holiday_spans
from school.selectors_pupils import with_seats

AHEAD = 2  # lessons to come that a group's page shows
NEAR = 4  # lessons to come that are compared with meetings


class By(StrEnum):
    """What a row of the timetable is."""

    TEACHER = "teacher"
    CLASS = "class"
    ROOM = "room"


@dataclass(frozen=True)
class Slot:
    """A group in the timetable; `classes` of its pupils, `opens` whether its page is open to the person."""

    group: ExtraGroup
    classes: tuple[str, ...]
    pupils: int
    opens: bool


@dataclass(frozen=True)
class TimetableRow:
    """A teacher, a class or a room, with the groups of each weekday (Monday first)."""

    title: str
    days: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True)
class Timetable:
    """The week of a school's groups on a day."""

    school: School
    year: AcademicYear
    day: date
    by: By
    rows: tuple[TimetableRow, ...]
    weekdays: tuple[str, ...]
    groups: int


def timetable(user: User, year: AcademicYear, day: date, by: By, *, only: int | None = None) -> Timetable:
    """The groups of a day's term by rows; `only` is the key of a teacher or of a class. Four queries.

    It names no pupil.
    """
    rows = ExtraGroup.objects.filter(year=year).on(day).select_related("teacher", "subject")
    if by == By.TEACHER and only is not None:
        rows = rows.filter(teacher=only)
    groups = list(rows)
    classes, sizes = _classes_of(groups, day)
    open_keys = set(groups_for(user).filter(pk__in=[group.pk for group in groups]).values_list("pk", flat=True))
    named: dict[str, list[Slot]] = defaultdict(list)
    chosen = str(SchoolClass.objects.filter(pk=only).first()) if by == By.CLASS and only is not None else ""
    shown = set()
    for group in groups:
        places = tuple(classes.get(group.pk, ()))
        slot = Slot(group, places, sizes.get(group.pk, 0), group.pk in open_keys)
        for title in _titles(slot, by):
            if not chosen or title == chosen:
                named[title].append(slot)
                shown.add(group.pk)
    order = sorted(named, key=_class_order) if by == By.CLASS else sorted(named)
    return Timetable(
        year.school,
        year,
        day,
        by,
        tuple(TimetableRow(title, _by_day(named[title])) for title in order),
        tuple(label.capitalize() for label in Weekday.labels),
        len(shown),
    )


def _class_order(title: str) -> tuple[int, str]:
    """7А before 10А."""
    number = "".join(char for char in title if char.isdigit())
    return int(number or 99), title


def _titles(slot: Slot, by: By) -> Sequence[str]:
    if by == By.TEACHER:
        return [slot.group.teacher.short_name]
    if by == By.ROOM:
        return [f"Кабинет {slot.group.room}" if slot.group.room else "Кабинет не указан"]
    return slot.classes or ["Без учеников"]


def _by_day(slots: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    known = sorted(slots, key=lambda slot: slot.group.time_from)
    return tuple(tuple(slot for slot in known if slot.group.weekday == day) for day in Weekday.values)


def _classes_of(groups: Sequence[ExtraGroup], day: date) -> tuple[dict[int, list[str]], dict[int, int]]:
    """Group → names of its pupils' classes in order; group → how many pupils."""
    seat = Enrolment.objects.on(day).filter(pupil=OuterRef("pupil")).values("school_class__name")
    members = ExtraMember.objects.filter(group__in=groups, begins__lte=day, ends__gte=day)
    found: dict[int, set[str]] = defaultdict(set)
    sizes: dict[int, int] = defaultdict(int)
    for group, sits in members.annotate(sits=Subquery(seat[:1])).values_list("group", "sits"):
        sizes[group] += 1
        if sits is not None:
            found[group].add(sits)
    return {group: sorted(places, key=_class_order) for group, places in found.items()}, sizes


@dataclass(frozen=True)
class MemberLine:
    """A visible pupil of a group: how many of the held lessons they came to."""

    member: ExtraMember
    school_class: str
    came: int
    held: int
    leaves: bool  # ends before the group does


@dataclass(frozen=True)
class SessionLine:
    """A day of a group; without a session nobody has written down what became of it."""

    on: date
    session: ExtraSession | None
    came: int
    of: int

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.session is not None and self.session.state == SessionState.HELD


@dataclass(frozen=True)
class GroupPage:
    """A group: pupils whom the person sees, the others as a number, days with and without a record, clashes of now."""

    group: ExtraGroup
    members: tuple[MemberLine, ...]
    unseen: int
    past: tuple[SessionLine, ...]
    coming: tuple[SessionLine, ...]
    clashes: tuple[str, ...]
    unknown: tuple[str, ...]
    meetings: tuple[str, ...] = ()

    @property
    def held(self) -> int:
        """Lessons that took place."""
        return sum(line.is_held for line in self.past)

    @property
    def waiting(self) -> list[date]:
        """Days without a record, the newest first."""
        return [line.on for line in self.past if line.session is None or line.session.state == SessionState.PLANNED]


def group_page(user: User, group: ExtraGroup, today: date) -> GroupPage:
    """The group as this person sees it; a constant number of queries."""
    members = list(group.members.filter(ends__gte=min(today, group.ends)).select_related("pupil"))
    visible = set(pupils_for(user).filter(pk__in=[row.pupil_id for row in members]).values_list("pk", flat=True))
    sessions = {session.on: session for session in _counted(group)}
    days = meeting_days(
        group.weekday, (group.begins, group.ends), (group.begins, group.ends), holiday_spans(group.year)
    )
    lines = [_line(day, sessions.get(day)) for day in sorted({*days, *sessions}, reverse=True)]
    coming = [line for line in reversed(lines) if line.on > today]
    week = week_of(
        Asked(
            group.school,
            group.teacher,
            group.room,
            [row.pupil for row in members],
            max(today, group.begins),
            max(today, group.ends),
            group,
        )
    )
    return GroupPage(
        group,
        tuple(_member_lines(group, [row for row in members if row.pupil_id in visible], today)),
        len({row.pupil_id for row in members} - visible),
        tuple(line for line in lines if line.on <= today),
        tuple(coming[:AHEAD] + [line for line in coming[AHEAD:] if line.session is not None]),
        tuple(clashes(place_of(group), week)) if group.ends >= today else (),
        week.unknown if group.ends >= today else (),
        tuple(_one_off(group, [row.pupil for row in members if row.pupil_id in visible], [one.on for one in coming])),
    )


def _one_off(group: ExtraGroup, pupils: Sequence[Pupil], days: Sequence[date]) -> Iterator[str]:
    """Meetings with specialists at the time of the next lessons: named, they do not stop a weekly group."""
    near = days[:NEAR]
    if not near:
        return
    names = {pupil.pk: pupil.short_name for pupil in pupils}
    asked = BusyAsked(group.school, near[0], near[-1], list(names), [group.teacher_id], group.room)
    starts, ends = minutes(group.time_from), minutes(group.time_to)
    for one in busy_in(asked, but=(BusySource.LESSON, BusySource.BUS, BusySource.EXTRA)):
        if one.on in near and one.starts < ends and starts < one.ends:
            who = names.get(one.pupil or 0) or (group.teacher.short_name if one.staff else f"кабинет {group.room}")
            yield f"{date_words(one.on)}, {clock(one.starts)}–{clock(one.ends)}. {who}: {one.what}"


def _counted(group: ExtraGroup) -> Iterable[ExtraSession]:
    rows = group.sessions.select_related("staff", "by__staff")
    return rows.annotate(came=Count("attendance", filter=Q(attendance__came=True)), of=Count("attendance"))


def _line(on: date, session: ExtraSession | None) -> SessionLine:
    return SessionLine(on, session, getattr(session, "came", 0), getattr(session, "of", 0))


def _member_lines(group: ExtraGroup, members: Sequence[ExtraMember], today: date) -> Iterator[MemberLine]:
    pupils = [row.pupil_id for row in members]
    told = ExtraAttendance.objects.filter(session__group=group, pupil__in=pupils).order_by()
    counts = told.values("pupil").annotate(came_to=Count("pk", filter=Q(came=True)), held=Count("pk"))
    known = {row["pupil"]: (row["came_to"], row["held"]) for row in counts}
    seats = dict(Enrolment.objects.on(today).filter(pupil__in=pupils).values_list("pupil", "school_class__name"))
    for row in sorted(members, key=lambda row: row.pupil.sort_key):
        came, held = known.get(row.pupil_id, (0, 0))
        yield MemberLine(row, seats.get(row.pupil_id, ""), came, held, row.ends < group.ends)


@dataclass(frozen=True)
class SheetLine:
    """A pupil on the sheet of a lesson, with what was written; present unless said otherwise."""

    pupil: Pupil
    school_class: str
    came: bool


def session_sheet(user: User, group: ExtraGroup, on: date, session: ExtraSession | None) -> list[SheetLine]:
    """The visible members of a day, by name."""
    members = ExtraMember.objects.visible_to(user).filter(group=group, begins__lte=on, ends__gte=on)
    rows = list(members.select_related("pupil").order_by("pupil__sort_key"))
    seats = Enrolment.objects.on(on).filter(pupil__in=[row.pupil_id for row in rows])
    names = dict(seats.values_list("pupil", "school_class__name"))
    told = dict(session.attendance.values_list("pupil", "came")) if session is not None else {}
    return [SheetLine(row.pupil, names.get(row.pupil_id, ""), told.get(row.pupil_id, True)) for row in rows]


def pupils_of_classes(pupils: QuerySet[Pupil], classes: Sequence[int], also: int | None, day: date) -> QuerySet[Any]:
    """Those of `pupils` who sit in one of the classes on the day, and `also` one; by class and name."""
    seats = Enrolment.objects.on(day).filter(school_class__in=classes)
    rows = pupils.filter(Q(pk__in=seats.values("pupil")) | Q(pk=also))
    return with_seats(rows, day).order_by("seat_grade", "seat_letter", "sort_key", "pk")
