"""Routes for tests, in a line each."""

from datetime import date
from decimal import Decimal

from iom.models import Gap, PlanStep, Route, RoutePart, RouteVersion
from iom.services.agreeing import ParentsWord, parents_answer, part_agree, psychologist_agree, psychologist_asked
from iom.services.deciding import ApprovingPaper, route_approve
from iom.services.making import RouteWish, route_make
from iom.services.planning import GapPlan, StepPlan, gap_add, step_add
from iom.services.stepping import part_mark
from iom.words import PaperKind, RouteKind, RouteState, Way
from school.models import Pupil, Staff, TeachingAssignment, User
from tests.factories import make_staff, make_subject

TODAY = date(2026, 11, 21)
DUE = date(2026, 12, 20)


def fresh(route: Route) -> Route:
    """As it stands now."""
    return Route.objects.get(pk=route.pk)


def teach(pupil: Pupil, subject: str, name: str = "", login: str = "") -> Staff:
    """Somebody who teaches the subject to the pupil's class."""
    staff = make_staff(pupil.school, name or f"Учитель {subject}", login=login)
    seat = pupil.enrolments.get()
    TeachingAssignment.objects.create(
        staff=staff, subject=make_subject(pupil.school, subject), school_class=seat.school_class
    )
    return staff


def make_route(by: User, pupil: Pupil, *subjects: str, kind: str = RouteKind.FAILING) -> Route:
    """A draft with these subjects."""
    keys = [make_subject(pupil.school, subject).pk for subject in subjects]
    return route_make(by=by, pupil=pupil, kind=kind, wish=RouteWish(subjects=keys))


def part_of(route: Route, subject: str | None) -> RoutePart:
    """The part of a subject; None: the common one."""
    return route.parts.get(subject__name=subject) if subject else route.parts.get(subject=None)


def add_gap(by: User, part: RoutePart, topic: str = "Дроби", *, target: str = "3") -> Gap:
    """A gap from two to three."""
    plan = GapPlan(topic, Decimal(target), DUE, baseline=Decimal(2))
    return gap_add(by=by, part=part, plan=plan)


def add_step(by: User, part: RoutePart, kind: str = "consult", text: str = "Консультация") -> PlanStep:
    """A step once a week."""
    return step_add(by=by, part=part, plan=StepPlan(kind, text, every="week"))


def agree_all(by: User, route: Route) -> Route:
    """All teachers and the psychologist agree."""
    for part in fresh(route).parts.exclude(subject=None):
        if not part.agreements.filter(ended_at=None).exists():
            part_agree(by=by, part=part, seen=part_mark(part))
    now = fresh(route)
    if now.state == RouteState.DRAFT and psychologist_asked(now):
        psychologist_agree(by=by, route=now, version=now.version)
    return fresh(route)


def parents(by: User, route: Route, *, agreed: bool = True) -> Route:
    """What the parents said, by telephone."""
    now = fresh(route)
    word = ParentsWord(agreed, Way.PHONE, TODAY, comment="" if agreed else "справится сам")
    parents_answer(by=by, route=now, version=now.version, word=word)
    return fresh(route)


def approve(by: User, route: Route, number: str = "12") -> RouteVersion:
    """Approved by an order of today."""
    now = fresh(route)
    return route_approve(by=by, route=now, version=now.version, paper=ApprovingPaper(PaperKind.ORDER, number, TODAY))


def active_route(by: User, pupil: Pupil, *subjects: str, kind: str = RouteKind.FAILING) -> Route:
    """A route in force, with a gap in each subject."""
    route = make_route(by, pupil, *subjects, kind=kind)
    for subject in subjects:
        add_gap(by, part_of(route, subject))
    agree_all(by, route)
    parents(by, route)
    approve(by, route)
    return fresh(route)
