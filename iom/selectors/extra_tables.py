"""What a brought timetable will become: each row with what it was understood as, and what stands in its way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from django.db.models import Q, QuerySet

from common.names import class_key, name_key
from iom.models import ExtraTable
from iom.rules.extra_table import Column, ExtraRow, LessonRow, extra_rows, lesson_rows
from iom.words import TableKind
from school.access import access_of, pupils_for
from school.lessons_text import Part, read_cell
from school.models import Enrolment, Pupil, SchoolClass, Staff, User, Weekday
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
    return ExtraTable.objects.filter(school=access_of(user).school).select_related(
        "school", "year__school", "by__staff"
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
    seats = _seats(user, table)
    planned = tuple(_planned(row, teachers[row.teacher], subjects.get(row.subject), seats) for row in rows)
    return TablePlan(groups=planned, teachers=teachers, subjects=subjects)


Seats = list[tuple[str, Pupil]]


def _seats(user: User, table: ExtraTable) -> Seats:
    visible = pupils_for(user).order_by().values("pk")
    rows = Enrolment.objects.on(table.school.today()).filter(pupil__in=visible, school_class__year=table.year)
    return [(class_key(str(row.school_class)), row.pupil) for row in rows.select_related("pupil", "school_class")]


def _planned(row: ExtraRow, teacher: Staff | None, subject: int | None, seats: Seats) -> PlannedGroup:
    pupils, left = _recognised(row, seats)
    why = ""
    if teacher is None:
        why = f"учитель «{row.teacher}» не узнан" if row.teacher else "учитель не назван"
    elif row.weekday is None:
        why = "день недели не понят"
    elif row.time_from is None:
        why = "время не понято"
    return PlannedGroup(row, teacher, subject, tuple(pupils), tuple(left), why)


def _recognised(row: ExtraRow, seats: Seats) -> tuple[list[Pupil], list[str]]:
    """Pupils by name among those of the row's classes, or of the school where none is named."""
    classes = {class_key(name) for name in row.classes}
    near = [pupil for place, pupil in seats if not classes or place in classes]
    known: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in near:
        for word in _names_of(pupil.last_name, pupil.first_name, pupil.middle_name):
            known[word].append(pupil)
    found, left = [], []
    for word in row.pupils:
        people = known.get(_bare(word), [])
        if len(people) == 1:
            found.append(people[0])
        else:
            left.append(word)
    return list(dict.fromkeys(found)), left


def _names_of(last: str, first: str, middle: str) -> set[str]:
    """How lists write a person: in full, by name, by initials, by surname."""
    initials = f"{first[:1]}{middle[:1]}"
    return {
        _bare(text)
        for text in (f"{last} {first} {middle}", f"{last} {first}", f"{last} {initials}", f"{last} {first[:1]}", last)
    }


def _bare(text: str) -> str:
    """«Гречко П. С.» and «ГРЕЧКО П.С.» are «гречко пс»; full names stay words."""
    parts = name_key(text).replace(".", " ").split()
    letters = "".join(part for part in parts[1:] if len(part) <= 2)
    return " ".join([*parts[:1], *(part for part in parts[1:] if len(part) > 2), *([letters] if letters else [])])


def staff_named(text: str, staff: Iterable[Staff]) -> Staff | None:
    """The only person of that name."""
    wanted = _bare(text)
    found = [one for one in staff if wanted and wanted in _names_of(one.last_name, one.first_name, one.middle_name)]
    return found[0] if len(found) == 1 else None


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
        if not why and (row.weekday is None or row.lesson is None):
            why = "день или номер урока не понят"
        if not why:
            try:
                parts = tuple(read_cell(row.text, words, groups))
            except ValueError as wrong:
                why = str(wrong)
                unknown[row.text.partition(",")[0].strip()] = None
        planned.append(PlannedLesson(row, place, parts, why))
    return TablePlan(lessons=tuple(planned), subjects=unknown)


def colleagues(user: User) -> QuerySet[Staff]:
    """Whom a word of the file may mean."""
    access = access_of(user)
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=access.today), school=access.school)
