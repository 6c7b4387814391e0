"""The administration's interviews as pages show them: who was talked with, and with whom there is no record yet.

What is expected comes from the calendar and the registry each time it is asked; nothing of it is stored, nothing ranks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from common.names import initials, name_key
from common.russian import counted
from risk_registry.categories import AT_RISK, Category
from risk_registry.interviews import STANDING, InterviewKind, InterviewState
from risk_registry.models import Interview
from risk_registry.permissions import interviews_for
from risk_registry.rules.interviews import Month
from risk_registry.selectors.registry import OUT, entries_visible, subject_names
from school.models import AcademicYear, Period, SchoolClass, Staff, User
from school.selectors_pupils import pupil_rows

# Teachers of what entries of the registry are there for, with the number of their pupils by class and subject.
TEACHERS = """
SELECT staff.id, staff.last_name, staff.first_name, staff.middle_name, class.grade, class.letter, subject.name,
       count(DISTINCT entry.pupil_id)
FROM risk_registry_registryentry AS entry
CROSS JOIN unnest(entry.subjects) AS low
JOIN school_teachingassignment AS duty ON duty.school_class_id = entry.school_class_id AND duty.subject_id = low
     AND (duty.starts IS NULL OR duty.starts <= %(today)s) AND (duty.ends IS NULL OR duty.ends >= %(today)s)
     AND (duty.subgroup_id IS NULL OR EXISTS (
         SELECT FROM school_subgroup_pupils AS member
         WHERE member.subgroup_id = duty.subgroup_id AND member.pupil_id = entry.pupil_id))
JOIN school_staff AS staff ON staff.id = duty.staff_id AND staff.left_on IS NULL
JOIN school_schoolclass AS class ON class.id = entry.school_class_id
JOIN school_subject AS subject ON subject.id = low
WHERE entry.period_id = %(period)s AND entry.category = ANY(%(risk)s) AND entry.state <> ALL(%(out)s)
GROUP BY staff.id, class.id, subject.id
ORDER BY staff.sort_key, staff.id, class.grade, class.letter, subject.sort_key
"""


@dataclass(frozen=True)
class Cell:
    """A class in a month: the talks that stand; `asked`: the month has begun, so an empty cell means «нет записи»."""

    month: Month
    talks: tuple[Interview, ...]
    asked: bool


@dataclass(frozen=True)
class ClassLine:
    """A class with its teacher, month by month."""

    school_class: SchoolClass
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> bool:
        """Whether the last month that has begun has no record."""
        begun = [cell for cell in self.cells if cell.asked]
        return bool(begun) and not begun[-1].talks


@dataclass(frozen=True)
class PersonLine:
    """A teacher or a pupil of a period with whom a talk is expected, in words why, and the talks that stand."""

    key: int
    name: str
    url_pupil: int | None
    side: str
    why: str
    talks: tuple[Interview, ...]

    @property
    def missing(self) -> bool:
        """Whether nothing is recorded."""
        return not self.talks


def with_names(rows: QuerySet[Interview]) -> QuerySet[Interview]:
    """With everything that a line or a page of an interview names."""
    return rows.select_related("staff", "pupil", "school_class", "period", "leader__staff", "year", "school")


def class_lines(user: User, year: AcademicYear, months: Sequence[Month], today: date) -> list[ClassLine]:
    """Classes that have a class teacher, with their talks by month; two queries."""
    classes = SchoolClass.objects.filter(year=year, class_teacher__isnull=False).select_related("class_teacher")
    found: dict[tuple[int | None, date | None], list[Interview]] = defaultdict(list)
    for talk in _standing(user, year, InterviewKind.MONTHLY):
        found[talk.school_class_id, talk.month].append(talk)
    shown = [one for one in months if one.first <= today or any(month == one.first for _, month in found)]
    return [ClassLine(each, tuple(_cell(found, each, one, today) for one in shown)) for each in classes]


def _cell(found: Any, school_class: SchoolClass, month: Month, today: date) -> Cell:
    return Cell(month, tuple(found.get((school_class.pk, month.first), ())), month.first <= today)


def _standing(user: User, year: AcademicYear, kind: InterviewKind) -> QuerySet[Interview]:
    rows = interviews_for(user).filter(year=year, kind=kind, state__in=STANDING)
    return rows.order_by("held_on", "planned_on", "pk")


def teacher_lines(user: User, period: Period, kind: InterviewKind, today: date) -> list[PersonLine]:
    """Teachers of pupils who are failing or weak in the period, by name, with the number of pupils; two queries."""
    why: dict[int, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(TEACHERS, {"period": period.pk, "today": today, **at_risk()})
        for key, last, first, middle, grade, letter, subject, number in cursor.fetchall():
            names[key] = initials(last, first, middle)
            pupils = counted(number, "ученик", "ученика", "учеников")
            why[key].append(f"{grade}{letter}, {subject}: {pupils}")
    talks = _by_person(talk for talk in _standing(user, period.year, kind).filter(period=period))
    return [PersonLine(key, names[key], None, "", "; ".join(why[key]), talks.get(key, ())) for key in names]


def pupil_lines(user: User, period: Period) -> list[PersonLine]:
    """Pupils who are failing or weak in the registry of the period, by class and name; three queries."""
    entries = entries_visible(user, period).filter(category__in=AT_RISK).exclude(state__in=OUT)
    rows = entries.select_related("pupil", "school_class")
    names = subject_names(period.year.school_id)
    talks = _by_person(talk for talk in _standing(user, period.year, InterviewKind.PUPIL).filter(period=period))
    return [
        PersonLine(
            key=row.pupil_id,
            name=row.pupil.list_name,
            url_pupil=row.pupil_id,
            side=str(row.school_class),
            why=f"{Category(row.category).label.lower()}: {', '.join(names[key] for key in row.subjects)}",
            talks=talks.get(row.pupil_id, ()),
        )
        for row in rows.order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")
    ]


MOST_FOUND = 50


def teachers_named(user: User, period: Period, kind: InterviewKind, text: str) -> list[PersonLine]:
    """Colleagues whom no list names, by a part of the name; two queries."""
    rows = Staff.objects.filter(school=period.year.school_id, left_on__isnull=True, sort_key__contains=_part(text))
    talks = _by_person(_standing(user, period.year, kind).filter(period=period))
    return [
        PersonLine(row.pk, row.short_name, None, "", "", talks.get(row.pk, ()))
        for row in rows.order_by("sort_key", "pk")[:MOST_FOUND]
    ]


def pupils_named(user: User, period: Period, text: str) -> list[PersonLine]:
    """Pupils whom no list names, by a part of the name, with the class of today; two queries."""
    rows: Any = pupil_rows(user, text=text)
    talks = _by_person(_standing(user, period.year, InterviewKind.PUPIL).filter(period=period))
    return [
        PersonLine(row.pk, row.list_name, row.pk, row.seat_title, "", talks.get(row.pk, ()))
        for row in rows[:MOST_FOUND]
    ]


def _part(text: str) -> str:
    return name_key(text)[:100]


def _by_person(talks: Iterable[Interview]) -> dict[int, tuple[Interview, ...]]:
    found: dict[int, list[Interview]] = defaultdict(list)
    for talk in talks:
        found[talk.pupil_id or talk.staff_id or 0].append(talk)
    return {key: tuple(rows) for key, rows in found.items()}


def at_risk() -> dict[str, list[str]]:
    """What SQL is told of the entries that ask for talks."""
    return {"risk": [str(one) for one in AT_RISK], "out": [str(one) for one in OUT]}


def year_talks(user: User, year: AcademicYear) -> QuerySet[Interview]:
    """The journal: all of the year that the person may see, the newest first, cancelled ones too; one query."""
    rows = with_names(interviews_for(user).filter(year=year))
    return rows.order_by("-year", "-held_on", "-planned_on", "-pk")


def planned_talks(user: User, year: AcademicYear) -> QuerySet[Interview]:
    """What is planned, the nearest day first; one query."""
    rows = with_names(interviews_for(user).filter(year=year, state=InterviewState.PLANNED))
    return rows.order_by("planned_on", "pk")


def staff_of(keys: Iterable[int], school: int) -> list[Staff]:
    """Colleagues by their keys."""
    return list(Staff.objects.filter(school=school, pk__in=list(keys)))
