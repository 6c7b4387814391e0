"""What was done in the year and what came of it: measures with their days, outcomes with and without work, routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from iom.models import ExtraAttendance, ExtraSession, Gap, Program, Route, WorkEntryPupil
from iom.programs import ProgramKind
from iom.selectors.effect import By, Line, effect_facts, effect_lines
from iom.selectors.programs import in_force
from iom.words import GapState, RouteKind, RouteState, SessionState
from monitoring.reports.annual.shapes import Compared, Measure, Outcome, PeriodState, Routes
from parents.event_words import EventKind, EventState
from parents.models import ParentEvent
from risk_registry.categories import AT_RISK
from risk_registry.models import PupilCategory
from roadmaps.models import Occurrence, StaffDecision, StaffSitting
from roadmaps.sitting_words import DecisionState, SittingKind, SittingState
from roadmaps.words import OccurrenceState
from school.models import Period
from teaching.models import Practice, Training
from teaching.words import RecordState


@dataclass(frozen=True)
class Extra:
    """Extra lessons: how many were held, and how many pupils came to at least one."""

    held: int
    pupils: int


@dataclass(frozen=True)
class Done:
    """Everything of the year until the period's end that is called a measure."""

    roadmap: tuple[Measure, ...]
    sittings: tuple[Measure, ...]
    decisions: tuple[Measure, ...]
    decided_done: int
    programs: tuple[Measure, ...]
    events: tuple[Measure, ...]
    trainings: tuple[Measure, ...]
    practices: tuple[Measure, ...]
    extra: Extra

    @property
    def held(self) -> int:
        """Deeds of the roadmap: a monthly meeting held nine times is nine."""
        return sum(len(one.days) for one in self.roadmap)


@dataclass(frozen=True)
class Result:
    """What came of individual work. `compared` is None while there is no later period to compare with."""

    compared: Compared | None
    forms: tuple[Line, ...]
    routes: Routes


def done_until(period: Period) -> Done:
    """Nine queries."""
    days = (period.year.starts, period.ends)
    decisions = list(_decisions(period, days))
    return Done(
        roadmap=tuple(_roadmap(period, days)),
        sittings=tuple(_sittings(period, days)),
        decisions=tuple(_decision(row) for row in decisions),
        decided_done=sum(row.state == DecisionState.DONE for row in decisions),
        programs=tuple(_programs(period)),
        events=tuple(_events(period, days)),
        trainings=tuple(_trainings(period, days)),
        practices=tuple(_practices(period)),
        extra=_extra(period, days),
    )


Days = tuple[date, date]


def _roadmap(period: Period, days: Days) -> list[Measure]:
    """Activities with the days on which they were held, in the roadmap's order."""
    rows = Occurrence.objects.filter(
        activity__roadmap__school=period.year.school,
        activity__roadmap__year=period.year,
        state=OccurrenceState.HELD,
        held_on__range=days,
    ).select_related("activity__direction")
    found: dict[int, list[Occurrence]] = {}
    for row in rows.order_by("activity__direction__number", "activity__number", "held_on", "pk"):
        found.setdefault(row.activity_id, []).append(row)
    return [_activity(own) for own in found.values()]


def _activity(own: Sequence[Occurrence]) -> Measure:
    activity = own[0].activity
    held = tuple(row.held_on for row in own if row.held_on is not None)
    return Measure(
        activity.title,
        str(activity.direction),
        held,
        link=reverse("roadmap:activity", args=[activity.pk]),
        number=len(held),
    )


def _sittings(period: Period, days: Days) -> list[Measure]:
    rows = StaffSitting.objects.filter(school=period.year.school, state=SittingState.HELD, on__range=days)
    return [
        Measure(
            row.title or SittingKind(row.kind).label,
            SittingKind(row.kind).label,
            (row.on,),
            f"протокол № {row.number}" if row.number and row.signed_on else "",
            reverse("sittings:sitting", args=[row.pk]),
        )
        for row in rows.order_by("on", "starts_at", "pk")
    ]


def _decisions(period: Period, days: Days) -> Sequence[StaffDecision]:
    rows = StaffDecision.objects.filter(sitting__school=period.year.school, sitting__on__range=days)
    rows = rows.exclude(state=DecisionState.CANCELLED).filter(sitting__state=SittingState.HELD)
    return list(rows.select_related("sitting").order_by("due", "pk"))


def _decision(row: StaffDecision) -> Measure:
    link = reverse("sittings:sitting", args=[row.sitting_id])
    return Measure(row.text, SittingKind(row.sitting.kind).label, (row.due,), DecisionState(row.state).label, link)


def _programs(period: Period) -> list[Measure]:
    rows = Program.objects.filter(in_force(period.ends), school=period.year.school, removed_at__isnull=True, where="")
    return [
        Measure(
            row.title,
            ProgramKind(row.kind).label,
            (row.starts,),
            f"приказ № {row.paper_number}" if row.paper_number else "",
            reverse("programs:program", args=[row.pk]),
        )
        for row in rows.order_by("title", "pk")
    ]


def _events(period: Period, days: Days) -> list[Measure]:
    rows = ParentEvent.objects.filter(school=period.year.school, state=EventState.HELD, on__range=days)
    return [
        Measure(row.title, EventKind(row.kind).label, (row.on,), link=reverse("events:event", args=[row.pk]))
        for row in rows.order_by("on", "pk")
    ]


def _trainings(period: Period, days: Days) -> list[Measure]:
    """Confirmed ones that ended in the year, by title: how many people, none by name."""
    rows = Training.objects.filter(
        school=period.year.school, removed_at__isnull=True, state=RecordState.CONFIRMED, ends__range=days
    )
    found: dict[tuple[str, int | None], list[date]] = {}
    for title, hours, ends in rows.order_by("ends", "title", "pk").values_list("title", "hours", "ends"):
        if ends is not None:
            found.setdefault((title, hours), []).append(ends)
    link = reverse("teaching:trainings")
    return [
        Measure(title, f"{hours} ч" if hours else "", (max(own),), link=link, number=len(own))
        for (title, hours), own in found.items()
    ]


def _practices(period: Period) -> list[Measure]:
    """The confirmed ones of the bank as it stands: a good practice grows no older."""
    rows = Practice.objects.filter(school=period.year.school, removed_at__isnull=True, state=RecordState.CONFIRMED)
    return [
        Measure(
            row.title,
            row.topic_words,
            (),
            row.subject.name if row.subject is not None else "",
            reverse("teaching:practice", args=[row.pk]),
        )
        for row in rows.select_related("subject").order_by("title", "pk")
    ]


def _extra(period: Period, days: Days) -> Extra:
    held = ExtraSession.objects.filter(group__year=period.year, state=SessionState.HELD, on__range=days)
    came = ExtraAttendance.objects.filter(session__in=held.order_by().values("pk"), came=True)
    return Extra(held.count(), came.aggregate(number=Count("pupil", distinct=True))["number"])


def result_until(period: Period, first: PeriodState | None) -> Result:
    """`first`: the state against which outcomes are told, None while there is none. The effect is that of the year."""
    year = period.year
    lines = effect_lines(effect_facts(year, year.school.today()), By.FORM)
    compared = compared_since(period, first) if first is not None else None
    return Result(compared, tuple(lines), _routes(period))


def compared_since(period: Period, first: PeriodState) -> Compared:
    """Pupils at risk then who are still in the school; two queries."""
    then = PupilCategory.objects.filter(period=first.key, category__in=AT_RISK).values("pupil")
    now = dict(PupilCategory.objects.filter(period=period, pupil__in=then).values_list("pupil", "category"))
    works = WorkEntryPupil.objects.filter(
        pupil__in=then,
        entry__year=period.year,
        entry__withdrawn_at__isnull=True,
        entry__on__range=(period.year.starts, period.ends),
    )
    worked = set(works.order_by().values_list("pupil", flat=True).distinct())
    sides: dict[bool, list[bool]] = {True: [], False: []}
    for pupil, category in now.items():
        sides[pupil in worked].append(category not in AT_RISK)
    with_work, without = (Outcome(len(sides[side]), sum(sides[side])) for side in (True, False))
    return Compared(first.genitive, with_work, without)


def _routes(period: Period) -> Routes:
    rows = Route.objects.filter(year=period.year, pupil__isnull=False, begins__lte=period.ends, number__gt=0)
    rows = rows.exclude(kind__in=(RouteKind.NEEDS, RouteKind.TEACHER)).exclude(state=RouteState.WITHDRAWN)
    gaps = Gap.objects.filter(route__in=rows.order_by().values("pk")).exclude(state=GapState.DROPPED)
    closed = Q(state=GapState.CLOSED)
    told = {
        route: (number, open_ones)
        for route, number, open_ones in gaps.order_by()
        .values_list("route")
        .annotate(number=Count("pk", filter=closed), open_ones=Count("pk", filter=~closed))
    }
    states = dict(rows.order_by().values_list("pk", "state"))
    finished = [key for key, state in states.items() if state == RouteState.FINISHED]
    return Routes(
        approved=len(states),
        finished=len(finished),
        reached=sum(told.get(key, (0, 0))[0] > 0 and told[key][1] == 0 for key in finished),
        gaps_closed=sum(number for number, _ in told.values()),
        gaps_open=sum(number for _, number in told.values()),
    )
