"""Routes as lists show them: found, counted, with how much of each is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.names import name_key
from iom.models import Gap, PlanStep, Route, RouteAgreement, RoutePart
from iom.models.routes import RouteQuerySet
from iom.reading import NEEDS_ROUTE
from iom.words import OVER, GapState, RouteKind, RouteState, Side, StepState
from risk_registry.models import rank
from school.access import access_of
from school.models import Enrolment, Subject, User
from school.services.reading import log_reading

SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": (),
    "class": ("seat_grade", "seat_letter"),
    "state": ("state_rank",),
    "review": ("next_review",),
}
DEFAULT_SORT = "review"
SOON = timedelta(days=14)


@dataclass(frozen=True)
class RouteQuery:
    """What a list is asked for. Empty means any; `state` empty: all that go on. `review`: «late», «soon».

    `mine`: «lead» where the person is the tutor, «part» where a part is theirs. `wait`: «part» with a draft's part to
    agree, «gap» with an open gap of theirs due by the day, «step» with a step of theirs whose day has come, «parents»
    those of the person's routes that wait for the parents.
    """

    today: date
    state: str = ""
    kind: str = ""
    school_class: int | None = None
    subject: int | None = None
    review: str = ""
    mine: str = ""
    wait: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class RouteLine:
    """A line of the list."""

    route: Route
    seat: str
    subjects: tuple[str, ...]
    gaps: int
    closed: int
    late: bool
    overdue: int

    @property
    def whose(self) -> str:
        """The pupil, or the teacher."""
        person = self.route.pupil or self.route.staff
        return person.list_name if person is not None else ""


def routes_found(user: User, query: RouteQuery) -> QuerySet[Any]:
    """The routes that the query finds, in its order; one query when read."""
    descending = query.sort.startswith("-")
    names = (*SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT]), "pupil__sort_key", "staff__sort_key")
    keys = [F(name).desc(nulls_last=True) if descending else F(name).asc(nulls_last=True) for name in names]
    found: QuerySet[Any] = _with_seat(_asked(user, query), query.today).order_by(*keys, "pk")
    if query.school_class is not None:
        found = found.filter(seat_class=query.school_class)
    return found.select_related("pupil", "staff", "tutor")


def route_counts(user: User, query: RouteQuery) -> tuple[dict[str, int], int]:
    """By state how many the person sees at all, and how many the query finds; one query."""
    wanted = Q(pk__in=routes_found(user, query).order_by().values("pk"))
    rows = Route.objects.visible_to(user).order_by().values("state")
    told = rows.annotate(number=Count("pk"), found=Count("pk", filter=wanted))
    counts = list(told.values_list("state", "number", "found"))
    return {state: number for state, number, _ in counts}, sum(found for _, _, found in counts)


def _asked(user: User, query: RouteQuery) -> RouteQuerySet:
    rows = Route.objects.visible_to(user)
    rows = rows.filter(state=query.state) if query.state else rows.exclude(state__in=OVER)
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.subject is not None:
        rows = rows.filter(pk__in=RoutePart.objects.filter(subject=query.subject).values("route"))
    if query.review:
        due = query.today if query.review == "late" else query.today + SOON
        term = Q(next_review__lt=due) if query.review == "late" else Q(next_review__range=(query.today, due))
        rows = rows.filter(term, state=RouteState.ACTIVE)
    if query.text:
        key = name_key(query.text)
        rows = rows.filter(Q(pupil__sort_key__contains=key) | Q(staff__sort_key__contains=key))
    return _of_person(user, rows, query)


def _of_person(user: User, rows: RouteQuerySet, query: RouteQuery) -> RouteQuerySet:
    staff = access_of(user).staff
    if staff is None:
        return rows.none() if query.mine or query.wait else rows
    if query.mine == "lead":
        rows = rows.filter(tutor=staff)
    if query.mine == "part":
        rows = rows.filter(pk__in=RoutePart.objects.filter(teacher=staff).values("route"))
    if query.wait == "part":
        rows = rows.filter(pk__in=parts_to_agree(user).values("route"))
    if query.wait == "gap":
        rows = rows.filter(pk__in=gaps_due(user, query.today).values("route"))
    if query.wait == "parents":
        rows = rows.filter(tutor=staff, state=RouteState.WITH_PARENTS, pupil__isnull=False)
    if query.wait == "step":
        rows = rows.filter(pk__in=steps_due(user, query.today).values("route"))
    return rows


def _staff(user: User) -> int:
    """A key that nobody has for a login without a person."""
    staff = access_of(user).staff
    return staff.pk if staff is not None else 0


def parts_to_agree(user: User) -> QuerySet[RoutePart]:
    """Parts of drafts that this person has not agreed to yet; the caller begins with visible routes."""
    mine = RoutePart.objects.filter(teacher=_staff(user), route__state=RouteState.DRAFT)
    asked = mine.filter(Q(subject__isnull=False) | Q(route__kind=RouteKind.TEACHER))
    standing = RouteAgreement.objects.filter(part=OuterRef("pk"), ended_at=None, side=Side.TEACHER)
    return asked.exclude(Exists(standing)).order_by()


def gaps_due(user: User, day: date) -> QuerySet[Gap]:
    """Open gaps of this person's parts in routes in force whose day has come; the caller begins with visible routes."""
    mine = Gap.objects.filter(part__teacher=_staff(user), state=GapState.OPEN, due__lte=day)
    return mine.filter(route__state=RouteState.ACTIVE).order_by()


def steps_due(user: User, day: date) -> QuerySet[PlanStep]:
    """Steps of this person whose day has come and of which nobody wrote what became of them; like `gaps_due`."""
    mine = PlanStep.objects.filter(who=_staff(user), state=StepState.PLANNED, removed_at=None, on__lte=day)
    return mine.filter(route__state=RouteState.ACTIVE).order_by()


def _with_seat(rows: RouteQuerySet, today: date) -> QuerySet[Any]:
    seat = Enrolment.objects.on(today).filter(pupil=OuterRef("pupil"))
    gaps = Gap.objects.filter(route=OuterRef("pk")).exclude(state=GapState.DROPPED).order_by()
    subjects = RoutePart.objects.filter(route=OuterRef("pk"), subject__isnull=False)
    found: QuerySet[Any] = rows.with_refusal().annotate(
        seat_class=Subquery(seat.values("school_class")[:1]),
        seat_name=Subquery(seat.values("school_class__name")[:1]),
        seat_grade=Subquery(seat.values("school_class__grade")[:1]),
        seat_letter=Subquery(seat.values("school_class__letter")[:1]),
        state_rank=rank("state", RouteState.codes()),
        gap_number=_number(gaps),
        closed_number=_number(gaps.filter(state=GapState.CLOSED)),
        overdue_number=_number(gaps.filter(state=GapState.OPEN, due__lt=today)),
        subject_names=ArraySubquery(subjects.order_by("subject__sort_key").values("subject__name")),
    )
    return found


def _number(rows: QuerySet[Gap]) -> Coalesce:
    counted = rows.values("route").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def route_lines(user: User, rows: Iterable[Any], today: date) -> list[RouteLine]:
    """The rows of `routes_found`; those of special needs are logged first."""
    found = list(rows)
    needs = [row.pupil_id for row in found if row.kind == RouteKind.NEEDS]
    if needs:
        log_reading(by=user, pupils=needs, what=NEEDS_ROUTE)
    return [
        RouteLine(
            route=row,
            seat=row.seat_name or "",
            subjects=tuple(row.subject_names),
            gaps=row.gap_number,
            closed=row.closed_number,
            late=row.state == RouteState.ACTIVE and row.next_review is not None and row.next_review < today,
            overdue=row.overdue_number,
        )
        for row in found
    ]


def subjects_of_routes(user: User) -> list[tuple[int, str]]:
    """Subjects that any visible route names."""
    routes = Route.objects.visible_to(user).order_by().values("pk")
    keys = RoutePart.objects.filter(route__in=routes).values("subject")
    return list(Subject.objects.filter(pk__in=keys).values_list("pk", "name"))
