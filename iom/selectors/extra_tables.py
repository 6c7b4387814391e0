"""What a brought timetable will become: each row with what it was understood as, and what stands in its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from django.db.models import Q, QuerySet

from common.names import class_key, name_key
from iom.models import ExtraTable
from iom.rules.extra_table import Column, ExtraRow, LessonRow, extra_rows, lesson_rows
from iom.selectors.named_people import Seats, recognised, seats_of, staff_named
from iom.words import TableKind
from school.access import access_of
from school.lessons_text import LAST_LESSON, Part, read_cell
from school.models import Pupil, SchoolClass, Staff, User, Weekday
from school.selectors_day import subjects_by_words


@dataclass(frozen=True)
class PlannedGroup:
    """A row of extra lessons; `why` it cannot be written, empty when it can; `left`: pupils who were not recognised."""

    row: ExtraRow
    teacher: Staff | None
    subject: int | None
    pupils: tuple[Pupil, ...]
    left: tuple[str, ...]
    why: str

    @property
    def when(self) -> str:
        """«вторник, 14:00–14:40»."""
        if self.row.weekday is None or self.row.time_from is None or self.row.time_to is None:
            return ""
        begins, ends = clock_of(self.row.time_from), clock_of(self.row.time_to)
        return f"{Weekday(self.row.weekday).label}, {begins:%H:%M}–{ends:%H:%M}"


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson of a class; `parts` of its cell."""

    row: LessonRow
    school_class: SchoolClass | None
    parts: tuple[Part, ...]
    why: str

    @property
    def when(self) -> str:
        """«вторник, 6-й урок»."""
        if self.row.weekday is None or self.row.lesson is None:
            return ""
        return f"{Weekday(self.row.weekday).label}, {self.row.lesson}-й урок"


@dataclass(frozen=True)
class TablePlan:
    """`groups` or `lessons` by the kind; `asks`: words of the file that a person has to name, by kind of thing."""

    groups: tuple[PlannedGroup, ...] = ()
    lessons: tuple[PlannedLesson, ...] = ()
    teachers: Mapping[str, Staff | None] = field(default_factory=dict)
    subjects: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def ready(self) -> int:
        """Rows that will be written."""
        return sum(not group.why for group in self.groups) + sum(not lesson.why for lesson in self.lessons)


def clock_of(minute: int) -> time:
    """Minutes since midnight as a time."""
    return time(minute // 60 % 24, minute % 60)


def tables_for(user: User) -> QuerySet[ExtraTable]:
    """The files of the person's school."""
    return (
        ExtraTable.objects.filter(school=access_of(user).school)
        .exclude(kind=TableKind.ROUTES)
        .select_related("school", "year__school", "by__staff")
    )


def table_plan(user: User, table: ExtraTable) -> TablePlan:
    """How the table is read now; a constant number of queries."""
    columns = {int(place): Column(what) for place, what in table.columns.items()}
    if table.kind == TableKind.LESSONS:
        return _lessons(table, lesson_rows(table.rows, columns, table.first, table.head))
    return _groups(user, table, extra_rows(table.rows, columns, table.first))


def _settled(table: ExtraTable, kind: str) -> dict[str, int]:
    """Word of the file → key that a person chose."""
    start = f"{kind}:"
    return {word[len(start) :]: key for word, key in table.settled.items() if word.startswith(start)}


def _groups(user: User, table: ExtraTable, rows: list[ExtraRow]) -> TablePlan:
    staff = list(Staff.objects.filter(school=table.school).exclude(left_on__lt=table.school.today()))
    chosen = {person.pk: person for person in staff}
    teachers: dict[str, Staff | None] = {
        word: chosen.get(_settled(table, "staff").get(word, 0)) or staff_named(word, staff)
        for word in dict.fromkeys(row.teacher for row in rows)
    }
    words, settled = subjects_by_words(table.school), _settled(table, "subject")
    subjects = {
        word: settled.get(word) or words.get(name_key(word))
        for word in dict.fromkeys(row.subject for row in rows if row.subject)
    }
    seats = seats_of(user, table.year)
    planned = tuple(_planned(row, teachers[row.teacher], subjects.get(row.subject), seats) for row in rows)
    return TablePlan(groups=planned, teachers=teachers, subjects=subjects)


def _planned(row: ExtraRow, teacher: Staff | None, subject: int | None, seats: Seats) -> PlannedGroup:
    pupils, left = recognised(row.pupils, row.classes, seats)
    why = ""
    if teacher is None:
        why = f"учитель «{row.teacher}» не узнан" if row.teacher else "учитель не назван"
    elif row.weekday is None:
        why = "день недели не понят"
    elif row.time_from is None:
        why = "время не понято"
    return PlannedGroup(row, teacher, subject, tuple(pupils), tuple(left), why)


def _lessons(table: ExtraTable, rows: list[LessonRow]) -> TablePlan:
    classes = {
        class_key(str(one)): one for one in SchoolClass.objects.filter(year=table.year).prefetch_related("subgroups")
    }
    words = subjects_by_words(table.school)
    words |= {name_key(word): key for word, key in _settled(table, "subject").items()}
    unknown: dict[str, int | None] = {}
    planned = []
    for row in rows:
        place = classes.get(class_key(row.class_name))
        groups = {name_key(group.name): group.pk for group in place.subgroups.all()} if place is not None else {}
        parts: tuple[Part, ...] = ()
        why = "" if place is not None else f"класса «{row.class_name}» нет"
        why = why or _out_of_week(row)
        if not why:
            try:
                parts = tuple(read_cell(row.text, words, groups))
            except ValueError as wrong:
                why = str(wrong)
                unknown[row.text.partition(",")[0].strip()] = None
        planned.append(PlannedLesson(row, place, parts, why))
    return TablePlan(lessons=tuple(planned), subjects=unknown)


def _out_of_week(row: LessonRow) -> str:
    """What in a lesson's place is no place of a week."""
    if row.weekday is None or row.lesson is None:
        return "день или номер урока не понят"
    if row.lesson > LAST_LESSON:
        return f"урока № {row.lesson} не бывает: последний — {LAST_LESSON}-й"
    return "" if row.shift in (1, 2) else f"смены № {row.shift} не бывает: есть 1-я и 2-я"


def colleagues(user: User) -> QuerySet[Staff]:
    """Whom a word of the file may mean."""
    access = access_of(user)
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=access.today), school=access.school)
