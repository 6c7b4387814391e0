"""Who agrees to a route: teachers to their parts, the psychologist, the parents."""

from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import PlanStep, Route, RouteAgreement, RoutePart
from iom.rules.routes import needs_psychologist
from iom.services.stepping import (
    agreements_end,
    part_mark,
    route_locked,
    route_move,
    route_open,
    route_seen,
    step_note,
)
from iom.words import GapState, RouteKind, RouteState, Side, Way
from iom.workflow import PART, RouteDeed
from school.models import Guardian, User

_CHANGED_PART = "Эта часть изменилась, пока вы её смотрели: прочитайте её ещё раз и согласуйте. Ничего не записано."


@dataclass(frozen=True)
class ParentsWord:
    """How the parents agreed or refused; `comment`: what they said, why they refused."""

    agreed: bool
    way: str
    on: date
    guardian: Guardian | None = None
    comment: str = ""


def still_to_agree(route: Route) -> list[str]:
    """Whose agreement a draft waits for, in words: parts without it, the psychologist where involved."""
    standing = route.agreements.filter(ended_at__isnull=True)
    agreed = set(standing.filter(side=Side.TEACHER, agreed=True).values_list("part", flat=True))
    parts = route.parts.select_related("subject", "teacher")
    waits = [_words(part) for part in parts if part.pk not in agreed and _asks(route, part)]
    if psychologist_asked(route) and not standing.filter(side=Side.PSYCHOLOGIST, agreed=True).exists():
        waits.append("педагог-психолог")
    return waits


def psychologist_asked(route: Route) -> bool:
    """Whether the plan involves the psychological service."""
    plan = PlanStep.objects.filter(route=route, removed_at__isnull=True)
    return route.kind != RouteKind.TEACHER and needs_psychologist(route.kind, set(plan.values_list("kind", flat=True)))


def _asks(route: Route, part: RoutePart) -> bool:
    """Whoever leads the route answers for the common part; the teacher of a teacher's route agrees to it."""
    return part.subject_id is not None or route.kind == RouteKind.TEACHER


def _words(part: RoutePart) -> str:
    return f"{part} ({part.teacher.short_name if part.teacher else 'ответственный не назван'})"


@deed
def part_agree(*, by: User, part: RoutePart, seen: int, comment: str = "") -> RouteAgreement:
    """The teacher agrees to the part as they saw it; with the last one the draft goes on to the parents.

    Raises `Refused` when the part has changed since, is empty or nobody's.
    """
    route = route_open(part.route_id)
    row = RoutePart.objects.select_related("subject").get(pk=part.pk)
    if part_mark(row) != seen:
        raise Refused(_CHANGED_PART)
    _must_be_told(row)
    made = _stand(by, route, Side.TEACHER, row, comment)
    step_note(by, route, PART, f"согласована часть: {row}")
    _hand_on(by, route)
    return made


def _must_be_told(part: RoutePart) -> None:
    if part.teacher_id is None:
        raise Refused("Сначала назовите ответственного за эту часть.")
    planned = part.plan.filter(removed_at__isnull=True).exists()
    if not planned and not part.gaps.exclude(state=GapState.DROPPED).exists():
        raise Refused("Соглашаться не с чем: впишите дефицит или шаг, либо уберите эту часть.")


@deed
def psychologist_agree(*, by: User, route: Route, version: int, comment: str = "") -> RouteAgreement:
    """The psychologist agrees to what involves the service. Raises `Refused` when the route has changed since."""
    found = route_seen(route, version)
    route_open(route.pk)
    made = _stand(by, found, Side.PSYCHOLOGIST, None, comment)
    step_note(by, found, PART, "согласовано педагогом-психологом")
    _hand_on(by, found)
    return made


def _stand(by: User, route: Route, side: Side, part: RoutePart | None, comment: str) -> RouteAgreement:
    standing = RouteAgreement.objects.filter(route=route, side=side, part=part, ended_at__isnull=True)
    if standing.exists():
        raise Refused("Согласие уже записано.")
    return RouteAgreement.objects.create(
        route=route,
        pupil=route.pupil,
        side=side,
        part=part,
        on=route.school.today(),
        comment=comment.strip(),
        by=by,
        at=route.school.now(),
    )


def _hand_on(by: User, route: Route) -> None:
    if not still_to_agree(route):
        route_move(by, route, RouteDeed.AGREE)


@deed
def route_hand_on(*, by: User, route: Route, version: int) -> Route:
    """The draft goes on to the parents when everybody agreed. Raises `Refused` naming who has not."""
    found = route_seen(route, version)
    if waits := still_to_agree(found):
        raise Refused("Ещё не согласовали:", waits)
    if not found.gaps.exclude(state=GapState.DROPPED).exists() and not found.plan.filter(removed_at=None).exists():
        raise Refused("В маршруте ещё ничего не запланировано.")
    route_move(by, found, RouteDeed.AGREE)
    return found


@deed
def parents_answer(*, by: User, route: Route, version: int, word: ParentsWord) -> RouteAgreement:
    """The parents agreed or refused: way, day, who. A refusal is recorded with its words and leads on as well."""
    found = route_seen(route, version)
    if found.kind == RouteKind.TEACHER:
        raise Refused("Маршрут педагога с родителями не согласуют.")
    if word.on > found.school.today():
        raise Refused("Этот день ещё не наступил.")
    if not word.agreed and not word.comment.strip():
        raise Refused("Запишите, чем родители объяснили отказ.")
    route_move(by, found, RouteDeed.PARENTS, _told(word))
    return RouteAgreement.objects.create(
        route=found,
        pupil=found.pupil,
        side=Side.PARENTS,
        guardian=word.guardian,
        agreed=word.agreed,
        way=Way(word.way),
        on=word.on,
        comment=word.comment.strip(),
        by=by,
        at=found.school.now(),
    )


def _told(word: ParentsWord) -> str:
    by_link = [Way.LINK.label] if word.way == Way.LINK else []
    return "; ".join([*by_link, *([] if word.agreed else [f"отказ: {word.comment.strip()}"])])


@deed
def route_return(*, by: User, route: Route, version: int, comment: str) -> Route:
    """Back to the draft with a reason; what the parents said no longer stands. Teachers' agreements do."""
    found = route_seen(route, version)
    route_move(by, found, RouteDeed.RETURN, comment)
    agreements_end(found, None, psychologist=False)
    return found


def route_waits(route: Route) -> bool:
    """Whether the draft can be handed on already: all agreed, nothing moved it."""
    return route_locked(route.pk).state == RouteState.DRAFT and not still_to_agree(route)
