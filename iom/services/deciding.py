"""What is decided on a route as a whole: approved by a paper, changed, finished, withdrawn, taken up again."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import Route, RouteVersion
from iom.reports.route import approved, freeze, route_paper
from iom.services.stepping import agreements_end, route_move, route_seen
from iom.words import PaperKind, RouteKind, RouteState
from iom.workflow import RouteDeed
from risk_registry.categories import AnswerKind, SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.services.answers import signal_answer
from school.models import User

# Signals about marks in a subject: a route with that subject is an answer. Absences and others want one of their own.
_ANSWERED = (SignalRule.THREE_UNSATISFACTORY, SignalRule.CONTROL_FAILED, SignalRule.FALLING_TREND)


@dataclass(frozen=True)
class ApprovingPaper:
    """The order or the council's protocol."""

    kind: str
    number: str
    day: date


@deed
def route_approve(*, by: User, route: Route, version: int, paper: ApprovingPaper) -> RouteVersion:
    """The route is in force: its face is kept as the next version. Raises `Refused` when it is not agreed yet."""
    found = route_seen(route, version)
    if found.kind != RouteKind.TEACHER and found.state == RouteState.WITH_PARENTS:
        raise Refused("Сначала запишите, что ответили родители.")
    if not paper.number.strip():
        raise Refused("Укажите номер документа, которым утверждён маршрут.")
    if paper.day > found.school.today():
        raise Refused("Дата документа ещё не наступила.")
    why, number = found.changing_why, found.number + 1
    found.number, found.changing_why = number, ""
    told = f"{PaperKind(paper.kind).label} № {paper.number.strip()} от {paper.day:%d.%m.%Y}"
    route_move(by, found, RouteDeed.APPROVE, told)
    face = approved(
        route_paper(found),
        number=number,
        why=why,
        kind=paper.kind,
        paper_number=paper.number.strip(),
        day=paper.day,
    )
    made = RouteVersion.objects.create(
        route=found,
        pupil=found.pupil,
        number=number,
        content=freeze(face),
        why=why,
        paper=PaperKind(paper.kind),
        paper_number=paper.number.strip(),
        paper_date=paper.day,
        by=by,
        at=found.school.now(),
    )
    _answer_signals(by, found)
    return made


def _answer_signals(by: User, route: Route) -> None:
    if route.pupil is None:
        return
    subjects = route.parts.filter(subject__isnull=False).values("subject")
    signals = Signal.objects.filter(
        pupil=route.pupil, subject__in=subjects, rule__in=_ANSWERED, state=SignalState.OPEN, period__year=route.year
    )
    for signal in signals.order_by("pk"):
        signal_answer(
            signal=signal, kind=AnswerKind.ROUTE, by=by, on=route.school.today(), reference=f"route:{route.pk}"
        )


@deed
def route_change(*, by: User, route: Route, version: int, why: str) -> Route:
    """Open the draft of the next version, with the reason; the version in force stays so until it is approved."""
    found = route_seen(route, version)
    found.changing_why = why.strip()[:500]
    route_move(by, found, RouteDeed.CHANGE, why)
    agreements_end(found, None, psychologist=False)
    return found


@deed
def route_finish(*, by: User, route: Route, version: int, why: str) -> Route:
    """The work is over: with which result, in words. Gaps stay as they are."""
    found = route_seen(route, version)
    found.finished_on = found.school.today()
    route_move(by, found, RouteDeed.FINISH, why)
    return found


@deed
def route_withdraw(*, by: User, route: Route, version: int, why: str) -> Route:
    """A route that is not needed after all. Raises `Refused` for one that was in force: that one is finished."""
    found = route_seen(route, version)
    if found.number > 0:
        raise Refused("Этот маршрут уже действовал: его не отзывают, а завершают.")
    route_move(by, found, RouteDeed.WITHDRAW, why)
    return found


@deed
def route_resume(*, by: User, route: Route, version: int, why: str) -> Route:
    """A finished route goes on. Raises `Refused` when another of the same kind does already."""
    found = route_seen(route, version)
    others = Route.objects.going().filter(kind=found.kind, pupil=found.pupil, staff=found.staff)
    if others.exists():
        raise Refused("Уже есть другой маршрут этого вида: сначала завершите его.")
    found.finished_on = None
    route_move(by, found, RouteDeed.RESUME, why)
    return found
