"""Routes on a pupil's page. They come with the pupil's own query: the page has no query to spare."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from common.russian import plain_number
from iom.models import Gap, GapControl, PlanStep, Route, RouteReview
from iom.models import RouteStep as WayStep
from iom.words import OVER, Decision, GapState, RouteKind, RouteState, StepKind, StepState
from iom.workflow import ADDED, RouteDeed
from school.access import Viewer
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem

_WORDS = {
    ADDED: "составлен",
    RouteDeed.AGREE: "согласован педагогами",
    RouteDeed.PARENTS: "ответ родителей",
    RouteDeed.APPROVE: "утверждён",
    RouteDeed.RETURN: "возвращён в черновик",
    RouteDeed.CHANGE: "открыто изменение",
    RouteDeed.FINISH: "завершён",
    RouteDeed.WITHDRAW: "отозван",
    RouteDeed.RESUME: "возвращён в работу",
}


@dataclass(frozen=True)
class PupilRoute:
    """A route as the page tells it."""

    key: int
    kind: RouteKind
    state: RouteState
    next_review: date | None
    tutor: str
    gaps: int
    closed: int
    items: tuple[TimelineItem, ...]

    @property
    def goes_on(self) -> bool:
        """Neither finished nor withdrawn."""
        return self.state not in OVER


def with_routes(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Pupil]:
    """With the routes that the person may see, for `routes_told`; of special needs only that they are there."""
    rows = Route.objects.visible_to(user).filter(pupil=OuterRef("pk")).exclude(kind=RouteKind.NEEDS)
    gaps = Gap.objects.filter(route=OuterRef("pk")).exclude(state=GapState.DROPPED).order_by("pk")
    of_gap = GapControl.objects.filter(gap__route=OuterRef("pk"), withdrawn_at=None).order_by("pk")
    steps = WayStep.objects.filter(route=OuterRef("pk"), deed__in=list(_WORDS)).order_by("version")
    done = PlanStep.objects.filter(route=OuterRef("pk"), state=StepState.DONE, removed_at=None).order_by("pk")
    reviews = RouteReview.objects.filter(route=OuterRef("pk")).order_by("pk")
    told = JSONObject(
        **{name: name for name in ("pk", "kind", "state", "next_review")},
        last="tutor__last_name",
        gaps=ArraySubquery(gaps.values(told=JSONObject(state="state"))),
        controls=ArraySubquery(
            of_gap.values(told=JSONObject(on="on", topic="gap__topic", result="result", reached="reached"))
        ),
        steps=ArraySubquery(steps.values(told=JSONObject(at="at", deed="deed", comment="comment"))),
        done=ArraySubquery(done.values(told=JSONObject(on="done_on", kind="kind", text="text"))),
        reviews=ArraySubquery(reviews.values(told=JSONObject(on="on", decision="decision", text="text"))),
    )
    closed = Route.objects.visible_to(user).going().filter(pupil=OuterRef("pk"), kind=RouteKind.NEEDS).order_by("pk")
    found: QuerySet[Any] = pupils.annotate(
        routes_json=ArraySubquery(rows.order_by("-pk").values(told=told)),
        closed_routes=ArraySubquery(closed.values("pk")),
    )
    return found


def routes_closed(pupil: Pupil) -> tuple[int, ...]:
    """Keys of routes whose reading is logged where they open: those that go on and that this person may open."""
    return tuple(getattr(pupil, "closed_routes", ()))


def routes_told(pupil: Pupil) -> tuple[PupilRoute, ...]:
    """Of a pupil that came with its routes: those that go on first, then the newest."""
    found = [_route(told) for told in getattr(pupil, "routes_json", ())]
    return tuple(sorted(found, key=lambda route: not route.goes_on))


def route_items(routes: Iterable[PupilRoute], year: AcademicYear | None) -> list[TimelineItem]:
    """What happened to them in the year."""
    if year is None:
        return []
    return [item for route in routes for item in route.items if year.starts <= item.on <= year.ends]


def _route(told: Mapping[str, Any]) -> PupilRoute:
    states = [gap["state"] for gap in told["gaps"]]
    return PupilRoute(
        key=told["pk"],
        kind=RouteKind(told["kind"]),
        state=RouteState(told["state"]),
        next_review=date.fromisoformat(told["next_review"]) if told["next_review"] else None,
        tutor=told["last"] or "",
        gaps=len(states),
        closed=states.count(GapState.CLOSED),
        items=tuple(sorted(_items(told), key=lambda item: item.on)),
    )


def _items(told: Mapping[str, Any]) -> Iterator[TimelineItem]:
    url = reverse("routes:route", args=[told["pk"]])
    for step in told["steps"]:
        on = localdate(datetime.fromisoformat(step["at"]))
        words = ": ".join(word for word in (_WORDS[step["deed"]], step["comment"]) if word)
        yield TimelineItem(on, "step", "Маршрут:", words, url=url)
    for one in told["controls"]:
        reached = ", цель достигнута" if one["reached"] else ""
        words = f"{one['topic']}: {plain_number(Decimal(str(one['result'])))}{reached}"
        yield TimelineItem(date.fromisoformat(one["on"]), "result", "Повторный контроль:", words, url=url)
    for one in told["done"]:
        words = ": ".join(word for word in (StepKind(one["kind"]).label.lower(), one["text"]) if word)
        yield TimelineItem(date.fromisoformat(one["on"]), "deed", "Шаг маршрута:", words, url=url)
    for one in told["reviews"]:
        words = ": ".join(word for word in (Decision(one["decision"]).label.lower(), one["text"]) if word)
        yield TimelineItem(date.fromisoformat(one["on"]), "step", "Пересмотр маршрута:", words, url=url)
