"""What every deed with a route is made of: lock, compare with what was seen, change, keep the step."""

from django.db.models import Sum

from common.errors import Refused
from iom.models import Gap, PlanStep, Route, RouteAgreement, RoutePart, RouteStep
from iom.rules.routes import is_open
from iom.words import RouteState, Side
from iom.workflow import ROUTE, RouteDeed
from school.models import User

CHANGED = "Маршрут изменился, пока вы решали: посмотрите на него и решите ещё раз. Ничего не записано."
CHANGED_ROW = "Эту строку изменил кто-то другой, пока вы правили: посмотрите на неё и решите ещё раз."
_NOT_OPEN = "План правят в черновике. Чтобы изменить согласованный или действующий маршрут, откройте его изменение."


def route_locked(key: int) -> Route:
    """The route, locked, whatever was seen of it."""
    rows = Route.objects.select_for_update(of=("self",))
    return rows.select_related("school", "pupil", "staff", "year", "tutor").get(pk=key)


def route_seen(route: Route, version: int) -> Route:
    """The route, locked, as the person saw it. Raises `Refused` when it has changed since."""
    found = route_locked(route.pk)
    if found.version != version:
        raise Refused(CHANGED)
    return found


def route_open(key: int) -> Route:
    """The route, locked, with its plan open for edits. Raises `Refused` when it is agreed, in force or over."""
    route = route_locked(key)
    if not is_open(route.state):
        raise Refused(_NOT_OPEN)
    return route


def route_going(key: int) -> Route:
    """The route, locked; what became of its work may be written down. Raises `Refused` when it is over."""
    route = route_locked(key)
    if route.state in (RouteState.FINISHED, RouteState.WITHDRAWN):
        raise Refused("Маршрут уже завершён: сначала верните его в работу.")
    return route


def step_note(by: User, route: Route, deed: str, comment: str = "", before: str | None = None) -> RouteStep:
    """The route as it is in memory becomes its next version, with the step that tells of it."""
    route.version += 1
    route.changed_at, route.changed_by = route.school.now(), by
    route.save()
    return RouteStep.objects.create(
        route=route,
        from_state=route.state if before is None else before,
        to_state=route.state,
        by=by,
        at=route.changed_at,
        comment=comment.strip(),
        version=route.version,
        deed=deed,
    )


def route_move(by: User, route: Route, deed: RouteDeed, comment: str = "") -> RouteStep:
    """Lead the route along the table. Raises `Refused` where the table has no such way."""
    transition = ROUTE.step(deed, route.state, comment)
    route.state = RouteState(transition.target)
    return step_note(by, route, deed, comment, transition.source)


def agreements_end(route: Route, part: RoutePart | None, *, psychologist: bool) -> None:
    """A part was changed: its teacher's agreement and the parents' no longer stand, nor the psychologist's if asked."""
    sides = [Side.PARENTS, *([Side.PSYCHOLOGIST] if psychologist else [])]
    standing = RouteAgreement.objects.filter(route=route, ended_at__isnull=True)
    standing.filter(side__in=sides).update(ended_at=route.school.now())
    if part is not None:
        standing.filter(part=part).update(ended_at=route.school.now())


def part_mark(part: RoutePart) -> int:
    """Grows with each change of what the part plans: who agrees says which one they saw."""
    gaps = Gap.objects.filter(part=part).aggregate(total=Sum("version"))["total"] or 0
    steps = PlanStep.objects.filter(part=part).aggregate(total=Sum("version"))["total"] or 0
    return int(gaps + steps)
