"""A route begins: from an entry of the registry, from nothing, or as a copy of what the last one left open."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from common.authorship import deed
from common.errors import Refused
from iom.models import Gap, PlanStep, Route, RoutePart
from iom.rules.routes import GapIdea, StepIdea, review_day
from iom.selectors.proposing import RouteIdea, last_day, periods_of, route_idea, teachers_of
from iom.selectors.templates import steps_for
from iom.services.leading import tutor_answers
from iom.services.stepping import route_locked, route_move, step_note
from iom.services.teacher_gaps import gaps_take
from iom.words import OVER, Every, GapState, RouteKind, RouteState, StepState
from iom.workflow import ADDED, RouteDeed
from risk_registry.models import RegistryEntry
from school.models import Pupil, Staff, Subject, User
from school.selectors import current_year


@dataclass(frozen=True)
class RouteWish:
    """What a person chose in the form; None where what is known stands. `steps`: whether templates are used."""

    subjects: Collection[int] = ()
    tutor: Staff | None = None
    begins: date | None = None
    ends: date | None = None
    every: str = Every.FORTNIGHT
    steps: bool = True
    gaps: bool = True


@dataclass(frozen=True)
class _Frame:
    """What goes into every row of a new route."""

    by: User
    kind: str
    wish: RouteWish = field(default_factory=RouteWish)


@deed
def route_make(
    *,
    by: User,
    pupil: Pupil,
    kind: str,
    entry: RegistryEntry | None = None,
    wish: RouteWish | None = None,
    copied_from: Route | None = None,
) -> Route:
    """A draft with everything that is known: parts with their teachers, gaps, steps of templates, what was left open.

    A route that still goes on is finished by its copy. Raises `Refused` when the pupil has one of this kind already.
    """
    told = wish or RouteWish()
    if copied_from is not None:
        _continued(by, copied_from)
    _must_be_free(pupil, kind)
    if current_year(pupil.school) is None:
        raise Refused("В школе ещё нет учебного года: сначала создайте его.")
    subjects = list(told.subjects) or _subjects_left(copied_from)
    idea = route_idea(pupil, kind, entry=entry, subjects=subjects)
    rests_on = entry or (copied_from.entry if copied_from is not None else None)  # its causes stand on the page
    route = _route(_Frame(by, kind, told), pupil, rests_on, copied_from, idea)
    parts = _parts(route, idea)
    if told.gaps:
        _gaps(route, idea, parts)
    if told.steps:
        _steps(route, parts, entry)
    if copied_from is not None:
        _carry_over(copied_from, route, parts, idea.gap_due)
    tutor_answers(route)
    step_note(by, route, ADDED, "перенесено незакрытое" if copied_from is not None else "", before="")
    return route


@deed
def teacher_route_make(*, by: User, staff: Staff, wish: RouteWish | None = None) -> Route:
    """A route of a teacher's professional gaps: those written down and not closed stand in it at once.

    Raises `Refused` when one goes on.
    """
    told = wish or RouteWish()
    year = current_year(staff.school)
    if year is None:
        raise Refused("В школе ещё нет учебного года: сначала создайте его.")
    if Route.objects.going().filter(staff=staff).exists():
        raise Refused("У этого педагога уже есть маршрут.")
    today = min(max(staff.school.today(), year.starts), year.ends)
    route = Route(school=staff.school, year=year, kind=RouteKind.TEACHER, staff=staff, created_at=staff.school.now())
    days = [period.ends for period in periods_of(year, None)]
    route.begins, route.ends = told.begins or today, told.ends or last_day(days, today, year)
    route.tutor, route.every = told.tutor, Every(told.every)
    _dated(route, days)
    common = RoutePart.objects.create(route=route, subject=None, teacher=staff)
    if told.gaps:
        gaps_take(by, route, common, route.ends)
    for subject in Subject.objects.filter(pk__in=told.subjects, school=staff.school):
        RoutePart.objects.create(route=route, subject=subject, teacher=staff)
    step_note(by, route, ADDED, before="")
    return route


def _must_be_free(pupil: Pupil, kind: str) -> None:
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    if kind == RouteKind.TEACHER:
        raise Refused("Маршрут педагога составляют на его странице.")
    if Route.objects.going().filter(pupil=pupil, kind=kind).exists():
        raise Refused("У этого обучающегося такой маршрут уже есть: откройте его.")


def _continued(by: User, source: Route) -> None:
    """What is copied while it goes on ends with it."""
    old = route_locked(source.pk)
    if old.state in OVER:
        return
    if old.state != RouteState.ACTIVE:
        raise Refused("Этот маршрут ещё не действует: правьте его, копировать нечего.")
    old.finished_on = old.school.today()
    route_move(by, old, RouteDeed.FINISH, "продолжен новым маршрутом")


def _subjects_left(source: Route | None) -> list[int]:
    if source is None:
        return []
    return [key for key in source.parts.values_list("subject", flat=True) if key is not None]


def _route(frame: _Frame, pupil: Pupil, entry: RegistryEntry | None, source: Route | None, idea: RouteIdea) -> Route:
    wish = frame.wish
    route = Route(school=pupil.school, pupil=pupil, kind=RouteKind(frame.kind), entry=entry, copied_from=source)
    route.year, route.period, route.school_class = idea.year, idea.period, idea.school_class
    route.begins, route.ends = wish.begins or idea.begins, wish.ends or idea.ends
    route.tutor, route.every = wish.tutor or idea.tutor, Every(wish.every)
    route.created_at = pupil.school.now()
    _dated(route, [period.ends for period in periods_of(idea.year, idea.school_class)])
    return route


def _dated(route: Route, period_ends: Sequence[date]) -> None:
    if route.begins > route.ends:
        raise Refused("Последний день маршрута раньше первого.")
    route.next_review = review_day(period_ends, route.begins, route.ends)
    route.changed_at, route.version = route.created_at, 0
    route.save()


def _parts(route: Route, idea: RouteIdea) -> dict[int | None, RoutePart]:
    """The part of tutor and specialists, and one a subject."""
    rows: list[tuple[Subject | None, Staff | None]] = [(None, route.tutor)]
    rows += [(part.subject, part.teacher) for part in idea.parts]
    return {
        subject.pk if subject else None: RoutePart.objects.create(
            route=route, pupil=route.pupil, subject=subject, teacher=teacher
        )
        for subject, teacher in rows
    }


def _gaps(route: Route, idea: RouteIdea, parts: dict[int | None, RoutePart]) -> None:
    due = min(idea.gap_due, route.ends)
    rows = [(parts[part.subject.pk], gap) for part in idea.parts for gap in part.gaps]
    Gap.objects.bulk_create([_gap(route, part, gap, due) for part, gap in rows])


def _gap(route: Route, part: RoutePart, idea: GapIdea, due: date) -> Gap:
    return Gap(
        school=route.school,
        pupil=route.pupil,
        route=route,
        part=part,
        topic=idea.topic[:200],
        found=idea.found,
        found_on=idea.found_on,
        source=idea.source[:200],
        baseline=idea.baseline,
        target=idea.target,
        unit=idea.unit,
        due=max(due, route.begins),
        created_at=route.created_at,
    )


def _steps(route: Route, parts: dict[int | None, RoutePart], entry: RegistryEntry | None) -> None:
    found = steps_for(route.school, route.kind, parts, entry)
    rows = [(parts[subject], step) for subject, steps in found.items() for step in steps]
    PlanStep.objects.bulk_create([_step(route, part, idea) for part, idea in rows])


def _step(route: Route, part: RoutePart, idea: StepIdea) -> PlanStep:
    return PlanStep(
        school=route.school,
        pupil=route.pupil,
        route=route,
        part=part,
        kind=idea.kind,
        text=idea.text,
        who=part.teacher,
        every=idea.every,
        expected=idea.expected,
    )


def _carry_over(source: Route, route: Route, parts: dict[int | None, RoutePart], due: date) -> None:
    """Open gaps with their last result as the new baseline, and the steps that were not yet done."""
    by_old: dict[int, Gap] = {}
    for gap in source.gaps.filter(state=GapState.OPEN).select_related("part"):
        last = gap.controls.filter(withdrawn_at__isnull=True).last()
        part = parts.get(gap.part.subject_id)
        if part is None:
            continue
        by_old[gap.pk] = Gap.objects.create(
            school=route.school, pupil=route.pupil, route=route, part=part, topic=gap.topic, found=gap.found,
            found_on=gap.found_on, source=gap.source, baseline=last.result if last else gap.baseline,
            target=gap.target, unit=gap.unit, due=max(min(due, route.ends), route.begins),
            planned_work=gap.planned_work, control_form=gap.control_form, created_at=route.created_at,
        )  # fmt: skip
    _carry_steps(source, route, parts, by_old)


def _carry_steps(source: Route, route: Route, parts: dict[int | None, RoutePart], by_old: dict[int, Gap]) -> None:
    rows: Iterable[PlanStep] = source.plan.filter(removed_at__isnull=True, state=StepState.PLANNED).select_related(
        "part", "who"
    )
    for step in rows:
        part = parts.get(step.part.subject_id)
        done = step.gap_id is not None and step.gap_id not in by_old
        if part is None or done:
            continue
        inside = step.on is None or route.begins <= step.on <= route.ends
        PlanStep.objects.create(
            school=route.school, pupil=route.pupil, route=route, part=part,
            gap=by_old.get(step.gap_id or 0), kind=step.kind, text=step.text, who=_goes_on_with(step, part),
            on=step.on if inside else route.begins, every=step.every, expected=step.expected,
        )  # fmt: skip


def _goes_on_with(step: PlanStep, part: RoutePart) -> Staff | None:
    """Who did it goes on; what the part's former teacher did is done by the one who answers for it now."""
    gone = step.who is not None and step.who.left_on is not None
    return part.teacher if step.who is None or gone or step.who_id == step.part.teacher_id else step.who


def subject_teachers(route: Route, subjects: Iterable[int]) -> dict[int, Staff]:
    """Who teaches these subjects to the route's pupil today."""
    return teachers_of(route.pupil, subjects, route.school.today()) if route.pupil is not None else {}
