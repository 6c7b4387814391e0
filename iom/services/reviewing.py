"""A look back at a route at the end of a period: an outcome for each gap, evidence, a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import Gap, GapReview, Route, RouteReview
from iom.services.stepping import agreements_end, route_move, route_seen, step_note
from iom.words import Change, Decision, GapState, RouteState
from iom.workflow import REVIEW, RouteDeed
from school.models import Period, User


@dataclass(frozen=True)
class Outcome:
    """How one gap moved, of `iom.words.Change`, and what shows it."""

    outcome: str
    evidence: str = ""


@dataclass(frozen=True)
class Review:
    """What a review says; `next_review` is asked for when the route goes on. `gaps` by the gap's key."""

    period: Period
    on: date
    decision: str
    gaps: Mapping[int, Outcome]
    text: str = ""
    next_review: date | None = None


def gaps_to_review(route: Route) -> list[Gap]:
    """Gaps that a review speaks of: all but those that were none."""
    rows = route.gaps.exclude(state=GapState.DROPPED).select_related("part__subject")
    return list(rows.order_by("part_id", "due", "pk"))


@deed
def route_review(*, by: User, route: Route, version: int, review: Review) -> RouteReview:
    """Write the review down; the decision is carried out with it. Raises `Refused` where something is missing.

    «Reached» is what a control says, so it may be given to closed gaps only.
    """
    found = route_seen(route, version)
    if found.state != RouteState.ACTIVE:
        raise Refused("Пересматривают действующий маршрут.")
    gaps = gaps_to_review(found)
    _must_be_whole(found, review, gaps)
    row = RouteReview.objects.create(
        route=found,
        pupil=found.pupil,
        period=review.period,
        on=review.on,
        decision=Decision(review.decision),
        text=review.text.strip(),
        by=by,
        at=found.school.now(),
    )
    told = [(gap, review.gaps[gap.pk]) for gap in gaps]
    GapReview.objects.bulk_create(
        GapReview(review=row, gap=gap, outcome=Change(one.outcome), evidence=one.evidence.strip()) for gap, one in told
    )
    _decide(by, found, review)
    return row


def _must_be_whole(route: Route, review: Review, gaps: list[Gap]) -> None:
    if route.reviews.filter(period=review.period).exists():
        raise Refused(f"Пересмотр за {review.period.title_accusative} уже записан.")
    if review.on > route.school.today():
        raise Refused("Этот день ещё не наступил.")
    if missing := [gap.topic for gap in gaps if gap.pk not in review.gaps]:
        raise Refused("Укажите итог по каждому дефициту:", missing)
    wrong = [gap.topic for gap in gaps if _claims(review.gaps[gap.pk].outcome) != (gap.state == GapState.CLOSED)]
    if wrong:
        raise Refused("«Цель достигнута» — только о дефицитах, которые закрыл повторный контроль:", wrong)
    if review.decision != Decision.FINISH and (review.next_review is None or review.next_review <= review.on):
        raise Refused("Назовите день следующего пересмотра, позже этого.")


def _claims(outcome: str) -> bool:
    return outcome == Change.REACHED


def _decide(by: User, route: Route, review: Review) -> None:
    words = review.text.strip() or Decision(review.decision).label.lower()
    if review.decision == Decision.FINISH:
        route.finished_on, route.next_review = review.on, None
        route_move(by, route, RouteDeed.FINISH, words)
        return
    route.next_review = review.next_review
    if review.next_review is not None and review.next_review > route.ends:
        raise Refused(f"Маршрут составлен по {route.ends:%d.%m.%Y}: пересмотр — не позже, или решите изменить его.")
    if review.decision == Decision.CHANGE:
        route.changing_why = words[:500]
        route_move(by, route, RouteDeed.CHANGE, words)
        agreements_end(route, None, psychologist=False)
        return
    step_note(by, route, REVIEW, words)
