"""Bringing a school's own timetable of works: read, corrected by a person, written in one step, taken back."""

from collections.abc import Mapping

from django.db.models import Count

from common.authorship import deed
from common.errors import Refused
from common.tabular import UnreadableFile, read_content
from common.tabular.table import Table
from gradebook.layouts.timetable import WorkColumn, guess_work_columns
from gradebook.models import BroughtTimetable, Procedure, ProcedureKind, ProcedureState
from gradebook.rules_procedures import SOURCE
from gradebook.selectors_brought import timetable_plan
from gradebook.services.procedures import ProcedureDraft, procedure_plan
from school.models import AcademicYear, User

_ENTRY, _RETURNS = "gradebook.layouts.timetable:parse_timetable", ("common.tabular.table",)
State = BroughtTimetable.State


@deed
def timetable_bring(*, by: User, year: AcademicYear, name: str, content: bytes) -> BroughtTimetable:
    """Read a table and guess what its columns hold; nothing is put into the timetable. Raises `Refused`."""
    try:
        table: Table = read_content(_ENTRY, content, name, returns=_RETURNS)
    except UnreadableFile as wrong:
        raise Refused(str(wrong)) from wrong
    return BroughtTimetable.objects.create(
        school=year.school,
        year=year,
        name=name[:255],
        sheet=table.sheet[:255],
        head=table.head,
        rows=table.rows,
        first=table.first,
        columns={str(place): column.value for place, column in guess_work_columns(table.head).items()},
        by=by,
        at=year.school.now(),
    )


@deed
def timetable_correct(
    *,
    by: User,
    brought: BroughtTimetable,
    columns: Mapping[int, WorkColumn],
    words: Mapping[str, ProcedureKind],
    subjects: Mapping[str, int],
) -> BroughtTimetable:
    """Keep how the table is to be read; shapes as in `BroughtTimetable`. Words that are not named stay as decided."""
    row = _locked(brought, State.OPEN)
    row.columns = {str(place): column.value for place, column in columns.items()}
    row.words = {**row.words, **{word: kind.value for word, kind in words.items()}}
    row.subjects = {**row.subjects, **subjects}
    row.save(update_fields=["columns", "words", "subjects"])
    return row


@deed
def timetable_write(*, by: User, brought: BroughtTimetable, agreed: bool = False) -> int:
    """Put all works of the table into the timetable; returns how many. Raises `Refused` when there are none, and for
    clashes that nobody has agreed to."""
    row = _locked(brought, State.OPEN)
    plan = timetable_plan(row)
    if not plan.works:
        raise Refused("Записывать нечего: сопоставьте столбцы, предметы и даты.")
    if plan.clashes and not agreed:
        raise Refused(f"Есть накладки. Исправьте файл или отметьте «Всё равно записать». Источник: {SOURCE}.")
    made = [procedure_plan(by=by, year=row.year, draft=_draft(work)) for work in plan.works]
    row.written, row.state, row.written_at = [work.pk for work in made], State.WRITTEN, row.school.now()
    row.save(update_fields=["written", "state", "written_at"])
    return len(made)


def _draft(work: Procedure) -> ProcedureDraft:
    return ProcedureDraft(
        title=work.title,
        kind=ProcedureKind(work.kind),
        grade=work.grade,
        school_class=work.school_class,
        subject=work.subject,
        day=work.date,
        lesson=work.lesson,
    )


@deed
def timetable_undo(*, by: User, brought: BroughtTimetable) -> int:
    """Take the written works out of the timetable; returns how many stay, because people went on with them."""
    row = _locked(brought, State.WRITTEN)
    works = Procedure.objects.select_for_update(of=("self",)).filter(pk__in=row.written, school=row.school)
    keys = list(works.values_list("pk", flat=True))
    counted = Procedure.objects.filter(pk__in=keys, state=ProcedureState.PLANNED).annotate(
        deeds=Count("steps", distinct=True), marks=Count("results", distinct=True), again=Count("repetitions")
    )
    same = list(counted.filter(deeds=1, marks=0, again=0).values_list("pk", flat=True))
    Procedure.objects.filter(pk__in=same).delete()
    row.state, row.undone_at = State.UNDONE, row.school.now()
    row.save(update_fields=["state", "undone_at"])
    return len(keys) - len(same)


@deed
def timetable_discard(*, by: User, brought: BroughtTimetable) -> None:
    """Nothing of it is written; its table is forgotten."""
    row = _locked(brought, State.OPEN)
    row.state, row.head, row.rows, row.words, row.subjects = State.DISCARDED, [], [], {}, {}
    row.save(update_fields=["state", "head", "rows", "words", "subjects"])


def _locked(brought: BroughtTimetable, state: BroughtTimetable.State) -> BroughtTimetable:
    rows = BroughtTimetable.objects.select_for_update(of=("self",)).select_related("year__school", "school")
    row = rows.get(pk=brought.pk)
    if row.state != state:
        raise Refused(f"График уже в другом состоянии: {State(row.state).label.lower()}. Обновите страницу.")
    return row
