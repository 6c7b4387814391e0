"""Bringing a school's own roadmap: read, corrected by a person, written in one step, taken back."""

from collections.abc import Mapping

from common.authorship import deed
from common.errors import Refused
from common.tabular import read_content
from common.tabular.table import Table
from risk_registry.models import BroughtState
from roadmaps.models import Activity, Direction, Roadmap, RoadmapTable
from roadmaps.rules.table import COLUMN_LENGTHS, Column, expected_of, guess_columns
from roadmaps.selectors.tables import PlannedActivity, table_plan
from roadmaps.services.activities import ActivityDraft, activity_add, direction_add
from roadmaps.services.roadmaps import editable
from school.models import User

READ, MODULES = "roadmaps.rules.table:parse_roadmap", ("common.tabular.table",)


@deed
def table_bring(*, by: User, roadmap: Roadmap, name: str, content: bytes) -> RoadmapTable:
    """Read a table and guess what its columns hold; nothing is written to the roadmap.

    Raises `UnreadableFile` with a message for a person, `Refused` when the roadmap is approved.
    """
    row = editable(roadmap)
    table: Table = read_content(READ, content, name, returns=MODULES)
    return RoadmapTable.objects.create(
        school=row.school,
        roadmap=row,
        name=name[:255],
        sheet=table.sheet[:255],
        head=table.head,
        rows=table.rows,
        first=table.first,
        columns={str(place): column.value for place, column in guess_columns(table.head).items()},
        by=by,
        at=row.school.now(),
    )


@deed
def table_correct(*, by: User, table: RoadmapTable, columns: Mapping[int, Column]) -> RoadmapTable:
    """Keep how the table is to be read."""
    row = _locked(table, BroughtState.OPEN)
    row.columns = {str(place): column.value for place, column in columns.items()}
    row.save(update_fields=["columns"])
    return row


@deed
def table_write(*, by: User, table: RoadmapTable) -> int:
    """Write every row that is understood, after those that stand; returns how many. Raises `Refused` when none is."""
    row = _locked(table, BroughtState.OPEN)
    plan = [one for one in table_plan(row) if not one.why]
    if not plan:
        raise Refused("Записывать нечего: укажите, в каких столбцах мероприятие, срок и направление.")
    directions = {one.name: one for one in row.roadmap.directions.all()}
    written = []
    for one in plan:
        if one.direction not in directions:
            name = _short(one.direction, Column.DIRECTION)
            directions[one.direction] = direction_add(by=by, roadmap=row.roadmap, name=name)
        draft = _draft(one, directions[one.direction])
        written.append(activity_add(by=by, roadmap=row.roadmap, draft=draft).pk)
    row.state, row.written = BroughtState.WRITTEN, written
    row.save(update_fields=["state", "written"])
    return len(written)


def _short(text: str, column: Column) -> str:
    return text[: COLUMN_LENGTHS[column]]


def _draft(one: PlannedActivity, direction: Direction) -> ActivityDraft:
    told = one.row
    expected = expected_of(told.result)
    return ActivityDraft(
        direction=direction,
        title=_short(told.title, Column.TITLE),
        term=one.term,
        term_text=_short(told.term, Column.TERM),
        form=_short(told.form, Column.FORM),
        duties=[duty.value for duty in one.duties],
        people=one.people,
        others=one.others[:200],
        contingent=_short(told.contingent, Column.CONTINGENT),
        venue=_short(told.venue, Column.VENUE),
        result=_short(told.result, Column.RESULT),
        expected=expected.value if expected is not None else "",
        with_specialists="специалист" in told.tags,
        with_point="точк" in told.tags and "рост" in told.tags,
    )


@deed
def table_undo(*, by: User, table: RoadmapTable) -> int:
    """Take back what the file wrote; returns how much stays: what was marked since, or approved."""
    row = _locked(table, BroughtState.WRITTEN)
    editable(row.roadmap)
    made = Activity.objects.filter(pk__in=row.written, roadmap=row.roadmap)
    if row.roadmap.number:
        raise Refused("Дорожную карту с тех пор утвердили: исключайте мероприятия по одному, с основанием.")
    gone = made.exclude(occurrences__version__gt=0)
    staying = made.count() - gone.count()
    for activity in gone:
        activity.occurrences.all().delete()
        activity.delete()
    row.state = BroughtState.UNDONE
    row.save(update_fields=["state"])
    return staying


@deed
def table_discard(*, by: User, table: RoadmapTable) -> None:
    """Nothing of it is written; its table is forgotten."""
    row = _locked(table, BroughtState.OPEN)
    row.state, row.head, row.rows = BroughtState.DISCARDED, [], []
    row.save(update_fields=["state", "head", "rows"])


def _locked(table: RoadmapTable, state: BroughtState) -> RoadmapTable:
    rows = RoadmapTable.objects.select_for_update(of=("self",)).select_related(
        "roadmap__year", "roadmap__school", "school"
    )
    row = rows.get(pk=table.pk)
    if row.state != state:
        raise Refused("Файл уже в другом состоянии: обновите страницу.")
    return row
