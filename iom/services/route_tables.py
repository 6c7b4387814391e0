"""Bringing routes that the school already keeps: read, corrected by a person, written as drafts in one step, undone."""

from typing import Any

from common.authorship import deed
from common.errors import Refused
from common.tabular import read_content
from common.tabular.table import Table
from iom.models import ExtraTable, Route
from iom.rules.route_table import guess_columns
from iom.selectors.route_tables import PlannedGap, PlannedRoute, route_plan
from iom.services.deciding import route_withdraw
from iom.services.extra_tables import READ_TABLE, TABLE_MODULES, table_locked
from iom.services.making import RouteWish, route_make
from iom.services.planning import GapPlan, gap_add, part_give
from iom.words import Found, RouteState, TableKind, TableState
from school.models import AcademicYear, User

_UNDONE = "загрузка таблицы отменена"


@deed
def routes_bring(*, by: User, year: AcademicYear, name: str, content: bytes) -> ExtraTable:
    """Read a table and guess what its columns hold; no route is made. Raises `UnreadableFile` for a person."""
    table: Table = read_content(READ_TABLE, content, name, returns=TABLE_MODULES)
    return ExtraTable.objects.create(
        school=year.school,
        year=year,
        kind=TableKind.ROUTES,
        name=name[:255],
        sheet=table.sheet[:255],
        head=table.head,
        rows=table.rows,
        first=table.first,
        columns={str(place): column.value for place, column in guess_columns(table.head).items()},
        by=by,
        at=year.school.now(),
    )


@deed
def routes_write(*, by: User, table: ExtraTable) -> int:
    """Make the drafts of every row that is understood; returns how many. Rows that were not say why beside them."""
    row = table_locked(table, TableState.OPEN)
    plan = route_plan(by, row)
    if not plan.routes:
        raise Refused("Записывать нечего: укажите, что в столбцах, и кого и что значат слова файла.")
    made = [_made(by, planned) for planned in plan.routes]
    row.written = [{"route": route.pk} for route in made]
    row.written += [{"row": one.row.number, "why": one.why} for one in plan.rows if one.why]
    row.state, row.written_at = TableState.WRITTEN, row.school.now()
    row.save(update_fields=["written", "state", "written_at"])
    return len(made)


def _made(by: User, planned: PlannedRoute) -> Route:
    """Only what the table says: nothing is proposed beside it."""
    subjects = list(dict.fromkeys(gap.subject for gap in planned.gaps if gap.subject is not None))
    wish = RouteWish(subjects=subjects, gaps=False, steps=False)
    route = route_make(by=by, pupil=planned.pupil, kind=planned.kind, entry=planned.entry, wish=wish)
    parts = {part.subject_id: part for part in route.parts.all()}
    for subject, teacher in planned.teachers.items():
        part_give(by=by, part=parts[subject], teacher=teacher)
    for gap in planned.gaps:
        gap_add(by=by, part=parts[gap.subject], plan=_plan(route, gap))
    return route


def _plan(route: Route, gap: PlannedGap) -> GapPlan:
    """A gap without a day, or with one outside of the route, is due with the route's next review."""
    row = gap.row
    within = row.due is not None and route.begins <= row.due <= route.ends
    return GapPlan(
        topic=row.topic,
        target=row.target,
        due=row.due if row.due is not None and within else route.next_review or route.ends,
        found=Found.OTHER,
        source="" if within or row.due is None else f"в таблице срок {row.due:%d.%m.%Y}",
        baseline=row.baseline,
        unit=row.unit,
        planned_work=row.work,
        control_form=row.control,
    )


@deed
def routes_undo(*, by: User, table: ExtraTable) -> int:
    """Withdraw the drafts that it made; returns how many stay because they are more than drafts by now."""
    row = table_locked(table, TableState.WRITTEN)
    keys = [line["route"] for line in _lines(row) if "route" in line]
    routes = list(Route.objects.filter(pk__in=keys).exclude(state=RouteState.WITHDRAWN))
    drafts = [route for route in routes if route.state == RouteState.DRAFT and route.number == 0]
    for route in drafts:
        route_withdraw(by=by, route=route, version=route.version, why=_UNDONE)
    row.state = TableState.UNDONE
    row.save(update_fields=["state"])
    return len(routes) - len(drafts)


def _lines(table: ExtraTable) -> list[dict[str, Any]]:
    return list(table.written)
