"""Bringing a school's own timetable: read, corrected by a person, written in one step, taken back."""

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from common.authorship import deed
from common.errors import Refused
from common.tabular import read_content
from common.tabular.table import Table
from iom.models import ExtraGroup, ExtraTable
from iom.rules.extra_table import guess_columns
from iom.selectors.extra_tables import PlannedGroup, TablePlan, clock_of, table_plan
from iom.services.extra import GroupDraft, extra_group_create
from iom.services.extra_seeing import seeing_follows
from iom.words import TableKind, TableState
from school.models import AcademicYear, SchoolClass, Subgroup, Subject, User
from school.services.day import LessonDraft, lessons_put_back, lessons_told, lessons_write

# The reader of tables with one row of headings, and the modules of what it answers.
READ_TABLE, TABLE_MODULES = "risk_registry.brought:parse_registry", ("common.tabular.table",)
READ_TIMETABLE = "iom.rules.extra_table:parse_timetable"


@deed
def timetable_bring(*, by: User, year: AcademicYear, kind: TableKind, name: str, content: bytes) -> ExtraTable:
    """Read a table and guess what its columns hold; nothing is written to any timetable.

    Raises `UnreadableFile` with a message for a person.
    """
    table: Table = read_content(READ_TIMETABLE, content, name, returns=TABLE_MODULES)
    columns = guess_columns(table.head, lessons=kind == TableKind.LESSONS)
    return ExtraTable.objects.create(
        school=year.school,
        year=year,
        kind=kind,
        name=name[:255],
        sheet=table.sheet[:255],
        head=table.head,
        rows=table.rows,
        first=table.first,
        columns={str(place): column.value for place, column in columns.items()},
        by=by,
        at=year.school.now(),
    )


@deed
def timetable_correct(
    *, by: User, table: ExtraTable, columns: Mapping[int, StrEnum], settled: Mapping[str, int]
) -> ExtraTable:
    """Keep how the table is to be read; what is not named stays as it was decided."""
    row = table_locked(table, TableState.OPEN)
    row.columns = {str(place): column.value for place, column in columns.items()}
    row.settled = {**row.settled, **settled}
    row.save(update_fields=["columns", "settled"])
    return row


@deed
def timetable_write(*, by: User, table: ExtraTable) -> int:
    """Write every row that is understood; returns how many. A row that clashes is left, with the reason beside it."""
    row = table_locked(table, TableState.OPEN)
    plan = table_plan(by, row)
    if not plan.ready:
        raise Refused("Записывать нечего: укажите, что в столбцах, и кого значат слова файла.")
    row.written = _write_lessons(by, row, plan) if row.kind == TableKind.LESSONS else _write_groups(by, row, plan)
    done = sum("why" not in line for line in row.written)
    if not done:
        raise Refused("Ни одна строка не записалась.", [f"Строка {line['row']}: {line['why']}" for line in row.written])
    row.state, row.written_at = TableState.WRITTEN, row.school.now()
    row.save(update_fields=["written", "state", "written_at"])
    return done


def _write_groups(by: User, table: ExtraTable, plan: TablePlan) -> list[dict[str, Any]]:
    subjects = Subject.objects.in_bulk({row.subject for row in plan.groups if row.subject is not None})
    found: list[dict[str, Any]] = []
    for planned in plan.groups:
        if planned.why:
            found.append({"row": planned.row.number, "why": planned.why})
            continue
        subject = subjects[planned.subject] if planned.subject is not None else None
        try:
            group = extra_group_create(
                by=by, year=table.year, draft=_draft(table, planned, subject), pupils=planned.pupils
            )
        except Refused as refusal:
            found.append({"row": planned.row.number, "why": " ".join([refusal.message, *refusal.details])})
        else:
            found.append({"row": planned.row.number, "group": group.pk})
    return found


def _draft(table: ExtraTable, planned: PlannedGroup, subject: Subject | None) -> GroupDraft:
    """From today, or the year's first day, to the year's last."""
    row, year = planned.row, table.year
    assert planned.teacher is not None and row.weekday is not None
    assert row.time_from is not None and row.time_to is not None
    return GroupDraft(
        title=row.title[:120],
        subject=subject,
        teacher=planned.teacher,
        room=row.room,
        weekday=row.weekday,
        time_from=clock_of(row.time_from),
        time_to=clock_of(row.time_to),
        begins=min(max(year.school.today(), year.starts), year.ends),
        ends=year.ends,
        note="" if not planned.left else f"Не узнаны: {', '.join(planned.left)}"[:300],
    )


def _write_lessons(by: User, table: ExtraTable, plan: TablePlan) -> list[dict[str, Any]]:
    """A class's week is written as a whole, from today; classes that the file does not name stay."""
    subjects = Subject.objects.in_bulk({part.subject for row in plan.lessons for part in row.parts})
    groups = Subgroup.objects.in_bulk({part.subgroup for row in plan.lessons for part in row.parts if part.subgroup})
    drafts: dict[tuple[SchoolClass, int], list[LessonDraft]] = defaultdict(list)
    found: list[dict[str, Any]] = []
    for row in plan.lessons:
        if row.why or row.school_class is None or row.row.weekday is None or row.row.lesson is None:
            found.append({"row": row.row.number, "why": f"{row.row.class_name}: {row.why}"})
            continue
        place = drafts[row.school_class, 2 if row.row.shift == 2 else 1]
        for part in row.parts:
            group = groups[part.subgroup] if part.subgroup is not None else None
            lesson = LessonDraft(row.row.weekday, row.row.lesson, subjects[part.subject], group, part.room)
            if not any(
                (one.weekday, one.number, one.subgroup) == (lesson.weekday, lesson.number, group) for one in place
            ):
                place.append(lesson)
    year = table.year
    starts = min(max(year.school.today(), year.starts), year.ends)
    for (school_class, shift), lessons in drafts.items():
        known = school_class.lessons.exists()
        first = starts if known else year.starts
        before = lessons_told(school_class)
        lessons_write(by=by, school_class=school_class, shift=shift, lessons=lessons, starts=first)
        weeks = {"before": before, "after": lessons_told(school_class)}
        found.append({"row": 0, "class": school_class.pk, "lessons": len(lessons), **weeks})
    return found


@deed
def timetable_undo(*, by: User, table: ExtraTable) -> int:
    """Take back what the file wrote; returns how much stays.

    Groups stay of which something was written down since, classes whose week somebody has changed since.
    """
    row = table_locked(table, TableState.WRITTEN)
    staying = _undo_lessons(by, row) if row.kind == TableKind.LESSONS else _undo_groups(row)
    row.state = TableState.UNDONE
    row.save(update_fields=["state"])
    return staying


def _undo_groups(row: ExtraTable) -> int:
    made = ExtraGroup.objects.filter(pk__in=[line["group"] for line in row.written if "group" in line])
    staying = made.filter(sessions__isnull=False).distinct().count()
    gone = list(made.filter(sessions__isnull=True))
    for group in gone:
        group.members.all().delete()
        group.delete()
    seeing_follows([group.teacher_id for group in gone])
    return staying


def _undo_lessons(by: User, row: ExtraTable) -> int:
    """The latest first: a class that stands in the file with both shifts is put back step by step."""
    lines = [line for line in row.written if "after" in line]
    if not lines:
        raise Refused("Прежнее расписание этой загрузки не сохранено: загрузите прежний файл ещё раз.")
    classes = SchoolClass.objects.filter(school=row.school).in_bulk([line["class"] for line in lines])
    kept = set()
    for line in reversed(lines):
        known = classes.get(line["class"])
        if known is None or known.pk in kept:
            continue
        if not lessons_put_back(by=by, school_class=known, before=line["before"], after=line["after"]):
            kept.add(known.pk)
    return len(kept)


@deed
def timetable_discard(*, by: User, table: ExtraTable) -> None:
    """Nothing of it is written; its table is forgotten."""
    row = table_locked(table, TableState.OPEN)
    row.state, row.head, row.rows, row.settled = TableState.DISCARDED, [], [], {}
    row.save(update_fields=["state", "head", "rows", "settled"])


def table_locked(table: ExtraTable, state: TableState) -> ExtraTable:
    """The file as it stands, locked. Raises `Refused` when it is in another state by now."""
    rows = ExtraTable.objects.select_for_update(of=("self",)).select_related("year__school", "school")
    row = rows.get(pk=table.pk)
    if row.state != state:
        raise Refused(f"Файл уже в другом состоянии: {TableState(row.state).label.lower()}. Обновите страницу.")
    return row
