"""Reads of the school's day: bells, weeks of lessons, buses. Timetables name no pupil."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from common.names import name_key
from school.access import access_of, pupils_for
from school.lessons_text import write_cell
from school.models import (
    AcademicYear,
    Bell,
    BusRider,
    BusRun,
    Enrolment,
    LessonSlot,
    Pupil,
    School,
    SchoolClass,
    Subject,
    SubjectAlias,
    User,
    Weekday,
)

LAST_LESSON = 9
SHIFTS = (1, 2)


@dataclass(frozen=True)
class BellLine:
    """One lesson of a shift as the table of bells shows it; times are empty when it has no bell."""

    number: int
    starts: time | None
    ends: time | None


@dataclass(frozen=True)
class LessonLine:
    """One row of a class's table: the number of the lesson, its time, a cell a weekday (Monday first)."""

    number: int
    time: str
    cells: tuple[tuple[int, str, str], ...]  # (weekday, its name, text)


@dataclass(frozen=True)
class ClassWeek:
    """A class's week on a day; `shift` of most of its lessons; `known` is False when nothing is written down."""

    school_class: SchoolClass
    shift: int
    lines: tuple[LessonLine, ...]
    known: bool


def bell_lines(school: School, shift: int) -> list[BellLine]:
    """Every lesson that a shift may have, with its bell."""
    known = {bell.number: bell for bell in Bell.objects.filter(school=school, shift=shift)}
    numbers = sorted({*range(1, LAST_LESSON + 1), *known})
    return [
        BellLine(
            number, known[number].starts if number in known else None, known[number].ends if number in known else None
        )
        for number in numbers
    ]


def classes_with_lessons(year: AcademicYear, day: date) -> QuerySet[SchoolClass]:
    """Classes of the year; `timetabled` says whether their week is written down. One query."""
    slots = LessonSlot.objects.on(day).filter(school_class=OuterRef("pk"))
    rows = SchoolClass.objects.filter(year=year).select_related("class_teacher")
    return rows.annotate(timetabled=Exists(slots)).order_by("grade", "letter")


def class_week(school_class: SchoolClass, day: date, typed: Mapping[str, str] | None = None) -> ClassWeek:
    """The class's table; `typed` are texts of cells that were refused, by «weekday-number». Two queries."""
    slots = LessonSlot.objects.on(day).filter(school_class=school_class).select_related("subject", "subgroup")
    texts: dict[tuple[int, int], list[tuple[str, str, str]]] = defaultdict(list)
    shifts: dict[int, int] = defaultdict(int)
    for slot in slots.order_by("pk"):
        subject = slot.subject.name if slot.subject is not None else ""
        texts[slot.weekday, slot.number].append((subject, slot.subgroup.name if slot.subgroup else "", slot.room))
        shifts[slot.shift] += 1
    shift = max(shifts, key=lambda one: shifts[one], default=1)
    bells = {bell.number: bell for bell in Bell.objects.filter(school=school_class.school_id, shift=shift)}
    numbers = sorted({*range(1, LAST_LESSON + 1), *(number for _, number in texts)})
    lines = []
    for number in numbers:
        bell = bells.get(number)
        cells = tuple(
            (day.value, day.label, _cell(typed, day.value, number, texts.get((day.value, number), [])))
            for day in Weekday
        )
        lines.append(LessonLine(number, f"{bell.starts:%H:%M}–{bell.ends:%H:%M}" if bell is not None else "", cells))
    return ClassWeek(school_class, shift, tuple(lines), bool(texts))


def _cell(typed: Mapping[str, str] | None, weekday: int, number: int, lessons: list[tuple[str, str, str]]) -> str:
    return typed.get(f"{weekday}-{number}", "") if typed is not None else write_cell(lessons)


def subjects_by_words(school: School) -> dict[str, int]:
    """`name_key` of every name under which the school knows a subject → its key; two queries."""
    rows = list(Subject.objects.filter(school=school).values_list("pk", "name", "short_name"))
    words = {
        name_key(alias): pk for alias, pk in SubjectAlias.objects.filter(school=school).values_list("name", "subject")
    }
    words |= {name_key(short): pk for pk, _, short in rows if short}
    return words | {name_key(name): pk for pk, name, _ in rows}


def groups_by_words(school_class: SchoolClass) -> dict[str, int]:
    """`name_key` of the class's subgroups → key."""
    return {name_key(group.name): group.pk for group in school_class.subgroups.all()}


def bus_rows(user: User, school: School) -> QuerySet[BusRun]:
    """Runs with the number of riders whom the person sees, `seen`."""
    today = school.today()
    going = Q(riders__starts__isnull=True) | Q(riders__starts__lte=today)
    staying = Q(riders__ends__isnull=True) | Q(riders__ends__gte=today)
    mine = Q(riders__pupil__in=pupils_for(user).order_by().values("pk"))
    return BusRun.objects.filter(school=school).annotate(seen=Count("riders", filter=going & staying & mine))


def riders_of(user: User, bus: BusRun, pupils: QuerySet[Pupil]) -> list[tuple[BusRider, str]]:
    """Who rides today or will, of these visible pupils, with the class of each; two queries."""
    today = bus.school.today()
    rows = bus.riders.filter(Q(ends__isnull=True) | Q(ends__gte=today), pupil__in=pupils.order_by().values("pk"))
    riders = list(rows.select_related("pupil").order_by("pupil__sort_key"))
    seats = Enrolment.objects.on(today).filter(pupil__in=[rider.pupil_id for rider in riders])
    names = {seat.pupil_id: str(seat.school_class) for seat in seats.select_related("school_class")}
    return [(rider, names.get(rider.pupil_id, "")) for rider in riders]


def pupils_to_ride(user: User, bus: BusRun, school_class: SchoolClass) -> QuerySet[Pupil]:
    """Visible pupils of a class who do not ride on this run."""
    today = access_of(user).today or bus.school.today()
    seated = Enrolment.objects.on(today).filter(school_class=school_class).values("pupil")
    riding = bus.riders.filter(Q(ends__isnull=True) | Q(ends__gte=today)).values("pupil")
    return pupils_for(user).filter(pk__in=seated).exclude(pk__in=riding)
