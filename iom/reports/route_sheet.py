"""A route on paper: what is approved, and beside it, when wanted, what came of it up to a day.

What is approved is a frozen `RoutePaper`: of an old version, of the one in force, or of the draft. What came of it is
read from the living tables on the day of printing. Causes of restricted groups and notes are on no paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from common.errors import Refused
from documents.registry import ReportQuery
from iom.models import Gap, GapControl, GapReview, PlanStep, Route, RouteReview, RouteVersion
from iom.reports.route import RoutePaper, for_paper, paper_as_read, paper_of
from iom.words import GapState, RouteState, StepState
from risk_registry.causes import KINDS, RESTRICTED
from risk_registry.models import EntryCause
from risk_registry.selectors.periods import main_period, year_of
from school.models import AcademicYear, Period, Pupil


@dataclass(frozen=True)
class GapCourse:
    """What became of a gap: `state` in words, its controls as (day, result, whether the target was reached)."""

    state: str
    controls: tuple[tuple[date, Decimal, bool], ...]


@dataclass(frozen=True)
class StepCourse:
    """What became of a step: `state` in words, empty while there is no record; `why` it was not delivered."""

    state: str
    done_on: date | None
    helped: bool | None
    why: str


@dataclass(frozen=True)
class ReviewLine:
    """A look back: the period, the decision in words, each gap's topic with how it moved and by what that is known."""

    period: str
    on: date
    decision: str
    text: str
    gaps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Course:
    """What came of the route up to `as_of`: gaps and steps by the keys of the paper."""

    as_of: date
    causes: tuple[str, ...]
    gaps: dict[int, GapCourse]
    steps: dict[int, StepCourse]
    reviews: tuple[ReviewLine, ...]
    finished_on: date | None


@dataclass(frozen=True)
class RouteSheet:
    """One route for a printer. `draft`: nothing of it is approved yet. `external_id`: the pupil's, empty for staff."""

    route: int
    founder: str
    state: str
    draft: bool
    external_id: str
    paper: RoutePaper
    course: Course | None


def sheets_of(routes: QuerySet[Route], *, as_of: date, course: bool) -> list[RouteSheet]:
    """The routes as they are in force, those never approved as drafts. Eleven queries, whatever their number.

    `routes` were found through `visible_to`. Their order is kept.
    """
    rows = for_paper(routes).prefetch_related(Prefetch("versions", RouteVersion.objects.order_by("-number")))
    if course:
        rows = rows.prefetch_related(*_course_of())
    return [_sheet(route, as_of if course else None) for route in rows]


def version_sheet(version: RouteVersion) -> RouteSheet:
    """An approved version as it was, whatever became of the route since."""
    route = version.route
    return RouteSheet(
        route=route.pk,
        founder=route.school.founder,
        state="",
        draft=False,
        external_id=route.pupil.external_id if route.pupil else "",
        paper=paper_of(version),
        course=None,
    )


def _course_of() -> tuple[Any, ...]:
    controls = GapControl.objects.filter(withdrawn_at__isnull=True)
    reviewed = GapReview.objects.select_related("gap")
    causes = EntryCause.objects.filter(withdrawn_at__isnull=True).exclude(code__in=RESTRICTED).defer("note")
    return (
        Prefetch("gaps__controls", controls, to_attr="standing_controls"),
        Prefetch("reviews", RouteReview.objects.select_related("period").prefetch_related(Prefetch("gaps", reviewed))),
        Prefetch("entry__causes", causes, to_attr="open_causes"),
    )


def _sheet(route: Route, as_of: date | None) -> RouteSheet:
    versions = list(route.versions.all())
    return RouteSheet(
        route=route.pk,
        founder=route.school.founder,
        state=route.get_state_display(),
        draft=not versions,
        external_id=route.pupil.external_id if route.pupil else "",
        paper=paper_of(versions[0]) if versions else paper_as_read(route),
        course=_course(route, as_of) if as_of is not None else None,
    )


def _course(route: Route, as_of: date) -> Course:
    causes = getattr(route.entry, "open_causes", ()) if route.entry else ()
    return Course(
        as_of=as_of,
        causes=tuple(KINDS[cause.code].name for cause in causes),
        gaps={gap.pk: _gap(gap) for gap in route.gaps.all()},
        steps={step.pk: _step(step) for step in route.plan.all()},
        reviews=tuple(_review(review) for review in route.reviews.all()),
        finished_on=route.finished_on,
    )


def _gap(gap: Gap) -> GapCourse:
    controls: Sequence[GapControl] = getattr(gap, "standing_controls", ())
    told = "" if gap.state == GapState.OPEN else gap.get_state_display()
    return GapCourse(told, tuple((one.on, one.result, one.reached) for one in controls))


def _step(step: PlanStep) -> StepCourse:
    told = "" if step.state == StepState.PLANNED else step.get_state_display()
    return StepCourse(told, step.done_on, step.helped, step.get_why_not_display() if step.why_not else "")


def _review(review: RouteReview) -> ReviewLine:
    gaps = tuple((row.gap.topic, row.get_outcome_display(), row.evidence) for row in review.gaps.all())
    return ReviewLine(review.period.title, review.on, review.get_decision_display(), review.text, gaps)


def build_for_query(query: ReportQuery) -> list[RouteSheet]:
    """The routes that go on in a period (0: the whole year), of the school or of one pupil, with what came of them.

    Raises `Refused` for a period or a pupil that is not there.
    """
    year = year_of(query.school, query.year)
    span: AcademicYear | Period = main_period(year, query.period) if query.period else year
    rows = Route.objects.filter(school=query.school) if query.user is None else Route.objects.visible_to(query.user)
    rows = rows.filter(school=query.school, begins__lte=span.ends, ends__gte=span.starts)
    if query.pupil:
        pupil = Pupil.objects.filter(school=query.school, external_id=query.pupil).first()
        if pupil is None:
            raise Refused(f"Обучающегося с идентификатором «{query.pupil}» в школе нет.")
        rows = rows.filter(pupil=pupil)
    ordered = in_order(rows.exclude(state=RouteState.WITHDRAWN))
    return sheets_of(ordered, as_of=query.school.today(), course=True)


def in_order(routes: QuerySet[Route]) -> QuerySet[Route]:
    """By class and name; teachers' at the end."""
    return routes.order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "staff__sort_key", "pk")
