"""One route as its page shows it: parts with gaps and steps, who agreed, versions, reviews, its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Prefetch

from iom.models import Gap, GapControl, GapReview, PlanStep, Route, RouteAgreement, RoutePart, RouteReview, RouteVersion
from iom.models import RouteStep as WayStep
from iom.reading import NEEDS_ROUTE
from iom.reports.differences import Difference, differences
from iom.reports.route import RoutePaper, papers_of
from iom.rights import Rights, rights_on
from iom.services.agreeing import psychologist_asked
from iom.words import OVER, GapState, RouteKind, RouteState, Side, StepState
from risk_registry.selectors.causes import CausesPage, causes_page
from school.models import User
from school.services.reading import log_reading


@dataclass(frozen=True)
class GapLine:
    """A gap with its controls that stand; `late`: open after its day."""

    gap: Gap
    controls: tuple[GapControl, ...]
    outcome: str
    late: bool
    edits: bool
    state: str


@dataclass(frozen=True)
class StepLine:
    """A step of the plan, with what this person may do with it; `late`: its day is over and nobody wrote."""

    step: PlanStep
    late: bool
    edits: bool
    concludes: bool


def part_title(part: RoutePart) -> str:
    """The subject; of a pupil's route the part of tutor and specialists, of a teacher's what belongs to no subject."""
    if part.subject is not None:
        return str(part.subject)
    return "Тьютор и специалисты" if part.pupil_id is not None else "Без предмета"


@dataclass(frozen=True)
class PartLine:
    """A part; `agreement`: the one that stands. `mark` is what who agrees has seen."""

    part: RoutePart
    gaps: tuple[GapLine, ...]
    steps: tuple[StepLine, ...]
    agreement: RouteAgreement | None
    mark: int
    edits: bool
    adds_steps: bool
    agrees: bool

    @property
    def title(self) -> str:
        """The subject, or the part of tutor and specialists."""
        return part_title(self.part)


@dataclass(frozen=True)
class VersionLine:
    """An approved version with what it changed."""

    version: RouteVersion
    paper: RoutePaper
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class RoutePage:
    """All of the page; `planning`: the plan is open; `working`: what became of the work may be written down."""

    route: Route
    rights: Rights
    parts: tuple[PartLine, ...]
    others: tuple[RouteAgreement, ...]
    versions: tuple[VersionLine, ...]
    reviews: tuple[RouteReview, ...]
    way: tuple[WayStep, ...]
    causes: CausesPage | None
    waits: tuple[str, ...]
    psychologist_asked: bool
    today: date
    continued: int | None

    @property
    def planning(self) -> bool:
        """Whether gaps and steps may be written."""
        return self.route.state == RouteState.DRAFT

    @property
    def working(self) -> bool:
        """Whether what became of it may be."""
        return self.route.state not in (RouteState.FINISHED, RouteState.WITHDRAWN)

    @property
    def review_late(self) -> bool:
        """Whether the day of the review is over."""
        due = self.route.next_review
        return self.route.state == RouteState.ACTIVE and due is not None and due < self.today

    @property
    def psychologist_agreed(self) -> bool:
        """Whether the psychologist's agreement stands."""
        return any(row.side == Side.PSYCHOLOGIST for row in self.others)

    @property
    def parents_answered(self) -> bool:
        """Whether an answer of theirs stands."""
        return any(row.side == Side.PARENTS for row in self.others)

    @property
    def empty(self) -> bool:
        """Whether nothing is planned yet."""
        return not any(line.gaps or line.steps for line in self.parts)

    @property
    def heads(self) -> list[str]:
        """What the person may do with the whole route now, in the order of buttons."""
        return _deeds(self)


def _deeds(page: RoutePage) -> list[str]:
    route, rights = page.route, page.rights
    found = list(_of_state(page))
    if route.state in (RouteState.WITH_PARENTS, RouteState.AGREED) and (rights.leads or rights.approves):
        found.append("return")
    if rights.leads and route.number == 0 and page.working:
        found.append("withdraw")
    return found


def _of_state(page: RoutePage) -> Iterable[str]:
    route, rights = page.route, page.rights
    state, teachers = RouteState(route.state), route.kind == RouteKind.TEACHER
    if state == RouteState.DRAFT and rights.leads and not page.waits and not page.empty:
        yield "hand_on"
    if state == RouteState.WITH_PARENTS and not teachers and rights.leads:
        yield "parents"
    if rights.approves and (state == RouteState.AGREED or (teachers and state == RouteState.WITH_PARENTS)):
        yield "approve"
    if state == RouteState.ACTIVE and rights.leads:
        yield from ("review", "change", "finish")
    if state == RouteState.FINISHED and rights.leads and not teachers and page.continued is None:
        yield "copy"
    if state == RouteState.FINISHED and rights.deputy:
        yield "resume"


def one_route(user: User, pk: int) -> Route | None:
    """A visible route; opening one for special needs is written down first."""
    rows = (
        Route.objects.visible_to(user)
        .with_refusal()
        .select_related(
            "school", "year", "period", "pupil", "staff", "school_class", "tutor", "entry__period", "copied_from"
        )
    )
    told = rows.filter(pk=pk).values_list("kind", "pupil").first()
    if told is None:
        return None
    if told[0] == RouteKind.NEEDS and told[1] is not None:
        log_reading(by=user, pupils=[told[1]], what=NEEDS_ROUTE)
    return rows.filter(pk=pk).first()


def route_page(user: User, route: Route) -> RoutePage:
    """About fifteen queries, whatever the route's size; causes as the registry shows them to this person."""
    rights, today = rights_on(user, route), route.school.today()
    standing = list(
        route.agreements.filter(ended_at=None).select_related("part", "guardian", "by__staff").order_by("pk")
    )
    asked = psychologist_asked(route)
    parts = _parts(route, rights, standing, today)
    others = tuple(row for row in standing if row.part_id is None)
    return RoutePage(
        route=route,
        rights=rights,
        parts=parts,
        others=others,
        versions=_versions(route),
        reviews=_reviews(route),
        way=tuple(route.steps.select_related("by__staff").order_by("-version")),
        causes=causes_page(user, route.entry) if route.entry is not None else None,
        waits=tuple(_waits(route, parts, others, asked)),
        psychologist_asked=asked,
        today=today,
        continued=_continued(user, route),
    )


def _continued(user: User, route: Route) -> int | None:
    """The route that carried on what this one left open; only one that is over has any."""
    if route.state not in OVER:
        return None
    rows = Route.objects.visible_to(user).filter(copied_from=route).exclude(state=RouteState.WITHDRAWN)
    return rows.order_by("-pk").values_list("pk", flat=True).first()


def _waits(route: Route, parts: Iterable[PartLine], others: Sequence[RouteAgreement], asked: bool) -> Iterable[str]:
    """The same as `still_to_agree`, from what is read already."""
    for line in parts:
        needed = line.part.subject_id is not None or route.kind == RouteKind.TEACHER
        if needed and line.agreement is None:
            yield line.title + (
                f" ({line.part.teacher.short_name})" if line.part.teacher else " (ответственный не назван)"
            )
    if asked and not any(row.side == Side.PSYCHOLOGIST for row in others):
        yield "педагог-психолог"


def _parts(route: Route, rights: Rights, standing: Iterable[RouteAgreement], today: date) -> tuple[PartLine, ...]:
    controls = Prefetch("controls", GapControl.objects.filter(withdrawn_at=None).select_related("by__staff"))
    told = Prefetch("reviews", GapReview.objects.order_by("pk"))
    gaps = list(route.gaps.prefetch_related(controls, told))
    steps = list(route.plan.select_related("who", "gap"))
    agreed = {row.part_id: row for row in standing if row.part_id is not None}
    found = []
    for part in route.parts.select_related("subject", "teacher").order_by("subject__sort_key", "pk"):
        mine = [gap for gap in gaps if gap.part_id == part.pk]
        own = [step for step in steps if step.part_id == part.pk]
        for step in own:
            step.part = part
        edits = rights.edits(part)
        found.append(
            PartLine(
                part=part,
                gaps=tuple(_gap(gap, edits, today) for gap in mine),
                steps=tuple(_step(step, rights, today) for step in own if step.removed_at is None),
                agreement=agreed.get(part.pk),
                mark=sum(gap.version for gap in mine) + sum(step.version for step in own),
                edits=edits,
                adds_steps=rights.adds_steps(part),
                agrees=rights.agrees(part) and (part.subject_id is not None or route.kind == RouteKind.TEACHER),
            )
        )
    return tuple(found)


def _gap(gap: Gap, edits: bool, today: date) -> GapLine:
    outcomes = [row.get_outcome_display() for row in gap.reviews.all()]
    return GapLine(
        gap=gap,
        controls=tuple(gap.controls.all()),
        outcome=outcomes[-1] if outcomes else "",
        late=gap.state == GapState.OPEN and gap.due < today,
        edits=edits,
        state=gap.state,
    )


def _step(step: PlanStep, rights: Rights, today: date) -> StepLine:
    late = step.state == StepState.PLANNED and step.on is not None and step.on < today
    return StepLine(step, late, rights.edits_step(step.part, step.kind), rights.concludes(step))


def _versions(route: Route) -> tuple[VersionLine, ...]:
    """The newest first."""
    rows = list(route.versions.select_related("by__staff").order_by("number"))
    papers = papers_of(rows)
    changes = [(), *(differences(old, new) for old, new in pairwise(papers))]
    lines = [VersionLine(row, paper, change) for row, paper, change in zip(rows, papers, changes, strict=False)]
    return tuple(reversed(lines))


def _reviews(route: Route) -> tuple[RouteReview, ...]:
    gaps = Prefetch("gaps", GapReview.objects.select_related("gap"))
    return tuple(route.reviews.select_related("period", "by__staff").prefetch_related(gaps).order_by("-on", "-pk"))
