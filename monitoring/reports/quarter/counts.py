"""Numbers of the whole school that are no pupil's: counted in one statement, and a few that are grouped."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from consultations.councils import DecisionState as CouncilDecisionState
from consultations.councils import SittingState as CouncilState
from consultations.models import (
    Appointment,
    CouncilDecision,
    Recommendation,
    Referral,
    Sitting,
    SittingQuestion,
    SupportPlan,
)
from consultations.talk_words import PlanState, ReferralState
from consultations.words import MeetingKind, MeetingState
from iom.mentoring import PairForm
from iom.models import ExtraGroup, ExtraSession, MentoringPair, Program
from iom.selectors.mentoring import active_on
from iom.selectors.programs import in_force
from iom.words import SessionState
from monitoring.computations.base import Rows, Scope, count_sides
from monitoring.computations.pupils import non_native, special_needs
from monitoring.reports.quarter.facts import Asked
from parents.event_words import EventState
from parents.models import ParentEvent, SurveyCampaign
from parents.survey_words import CampaignState
from risk_registry.models import PupilCategory
from roadmaps.models import Occurrence, StaffDecision, StaffSitting
from roadmaps.sitting_words import DecisionState, SittingKind
from roadmaps.sitting_words import SittingState as StaffState
from roadmaps.sitting_workflow import STANDING
from roadmaps.words import OccurrenceState, RoadmapState
from roadmaps.workflow import WAITING
from school.models import Enrolment, Period


class Whole(StrEnum):
    """What is counted of the school as a whole."""

    SPECIAL = "special"
    NON_NATIVE = "non_native"
    GROUPS = "groups"
    SESSIONS = "sessions"
    PAIRS_TEACHER = "pairs_teacher"
    PAIRS_PUPILS = "pairs_pupils"
    PROGRAMS = "programs"
    EVENTS = "events"
    EVENTS_PLANNED = "events_planned"
    SURVEYS = "surveys"
    SURVEYS_GOING = "surveys_going"
    MEETINGS = "meetings"
    MEETINGS_SINGLE = "meetings_single"
    MEETINGS_GROUP = "meetings_group"
    MEETINGS_PARENTS = "meetings_parents"
    MEETINGS_TEST = "meetings_test"
    MEETINGS_STAFF = "meetings_staff"
    MEETINGS_MISSED = "meetings_missed"
    REFERRALS = "referrals"
    REFERRALS_ANSWERED = "referrals_answered"
    ADVICE = "advice"
    PLANS = "plans"
    PLANS_FINISHED = "plans_finished"
    COUNCILS = "councils"
    COUNCIL_PUPILS = "council_pupils"
    COUNCIL_DECISIONS = "council_decisions"
    COUNCIL_DONE = "council_done"
    SITTINGS = "sittings"
    SITTINGS_SIGNED = "sittings_signed"


def whole_counts(scope: Scope, asked: Asked) -> dict[Whole, int]:
    """All of them; one query."""
    sides = [(code, Rows(rows)) for told in (_work, _parents, _service, _councils) for code, rows in told(asked)]
    for code, computed in ((Whole.SPECIAL, special_needs), (Whole.NON_NATIVE, non_native)):
        side = computed(scope).numerator
        if isinstance(side, Rows):
            sides.append((code, side))
    numbers = count_sides(asked.school, [side for _, side in sides])
    return dict(zip([code for code, _ in sides], numbers, strict=True))


_Told = Iterator[tuple[Whole, QuerySet[Any]]]


def _work(asked: Asked) -> _Told:
    groups = ExtraGroup.objects.filter(school=asked.school, begins__lte=asked.last, ends__gte=asked.first)
    yield Whole.GROUPS, groups
    held = ExtraSession.objects.filter(group__school=asked.school, on__range=asked.days, state=SessionState.HELD)
    yield Whole.SESSIONS, held
    pairs = MentoringPair.objects.filter(active_on(asked.last), school=asked.school)
    yield Whole.PAIRS_TEACHER, pairs.filter(form=PairForm.TEACHER)
    yield Whole.PAIRS_PUPILS, pairs.filter(form=PairForm.PUPILS)
    yield Whole.PROGRAMS, Program.objects.filter(in_force(asked.last), school=asked.school, removed_at__isnull=True)


def _parents(asked: Asked) -> _Told:
    events = ParentEvent.objects.filter(school=asked.school, on__range=asked.days)
    yield Whole.EVENTS, events.filter(state=EventState.HELD)
    yield Whole.EVENTS_PLANNED, events.exclude(state=EventState.CANCELLED)
    surveys = SurveyCampaign.objects.filter(school=asked.school)
    yield Whole.SURVEYS, surveys.filter(state=CampaignState.CLOSED, closed_on__range=asked.days)
    yield Whole.SURVEYS_GOING, surveys.filter(state=CampaignState.OPEN, begins__lte=asked.last)


_KINDS = {
    Whole.MEETINGS_SINGLE: MeetingKind.INDIVIDUAL,
    Whole.MEETINGS_GROUP: MeetingKind.GROUP,
    Whole.MEETINGS_PARENTS: MeetingKind.PARENTS,
    Whole.MEETINGS_TEST: MeetingKind.DIAGNOSTICS,
    Whole.MEETINGS_STAFF: MeetingKind.STAFF,
}


def _service(asked: Asked) -> _Told:
    met = Appointment.objects.filter(school=asked.school, on__range=asked.days)
    held = met.filter(state=MeetingState.HELD)
    yield Whole.MEETINGS, held
    for code, kind in _KINDS.items():
        yield code, held.filter(kind=kind)
    yield Whole.MEETINGS_MISSED, met.filter(state=MeetingState.MISSED)
    sent = Referral.objects.filter(school=asked.school, at__date__range=asked.days)
    yield Whole.REFERRALS, sent.exclude(state=ReferralState.WITHDRAWN)
    yield Whole.REFERRALS_ANSWERED, sent.filter(state=ReferralState.ANSWERED)
    advice = Recommendation.objects.filter(school=asked.school, at__date__range=asked.days)
    yield Whole.ADVICE, advice.filter(withdrawn_at__isnull=True)
    plans = SupportPlan.objects.filter(school=asked.school)
    yield Whole.PLANS, plans.filter(state=PlanState.FORCE, begins__lte=asked.last)
    yield Whole.PLANS_FINISHED, plans.filter(state=PlanState.FINISHED, ends__range=asked.days)


def _councils(asked: Asked) -> _Told:
    sat = (CouncilState.HELD, CouncilState.SIGNED)
    sittings = Sitting.objects.filter(school=asked.school, on__range=asked.days, state__in=sat)
    yield Whole.COUNCILS, sittings
    questions = SittingQuestion.objects.filter(sitting__in=sittings.order_by().values("pk"))
    yield Whole.COUNCIL_PUPILS, questions.filter(pupil__isnull=False)
    decided = CouncilDecision.objects.filter(question__in=questions.order_by().values("pk"))
    yield Whole.COUNCIL_DECISIONS, decided
    yield Whole.COUNCIL_DONE, decided.filter(state=CouncilDecisionState.DONE)
    own = StaffSitting.objects.filter(school=asked.school, on__range=asked.days, state=StaffState.HELD)
    yield Whole.SITTINGS, own
    yield Whole.SITTINGS_SIGNED, own.filter(signed_on__isnull=False)


@dataclass(frozen=True)
class Seat:
    """A pupil in a class."""

    pupil: int
    school_class: int
    grade: int


@dataclass(frozen=True)
class Moves:
    """Who sat in which class on the first day of a period and on its last."""

    first: dict[int, Seat]
    last: dict[int, Seat]

    @property
    def came(self) -> list[Seat]:
        """In the school at the end, not at the beginning."""
        return [seat for pupil, seat in self.last.items() if pupil not in self.first]

    @property
    def left(self) -> list[Seat]:
        """In the school at the beginning, not at the end; the class they left."""
        return [seat for pupil, seat in self.first.items() if pupil not in self.last]

    @property
    def moved(self) -> list[Seat]:
        """In another class at the end; the class they came to."""
        were = self.first
        return [s for pupil, s in self.last.items() if pupil in were and were[pupil].school_class != s.school_class]


def moves_of(period: Period) -> Moves:
    """One query."""
    rows = Enrolment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=period.starts), starts__lte=period.ends, school_class__year=period.year
    )
    first: dict[int, Seat] = {}
    last: dict[int, Seat] = {}
    columns = ("pupil", "school_class", "school_class__grade", "starts", "ends")
    for pupil, school_class, grade, starts, ends in rows.order_by("starts").values_list(*columns):
        seat = Seat(pupil, school_class, grade)
        if starts <= period.starts:
            first[pupil] = seat
        if ends is None or ends >= period.ends:
            last[pupil] = seat
    return Moves(first, last)


def categories_by_period(period: Period) -> dict[int, dict[str, int]]:
    """How many pupils in each category, by the keys of the year's periods up to this one; one query."""
    rows = PupilCategory.objects.filter(
        period__year=period.year, period__system=period.system, period__starts__lte=period.starts
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for key, category, number in rows.order_by().values_list("period", "category").annotate(n=Count("pk")):
        found[key][category] = number
    return found


@dataclass(frozen=True)
class DirectionLine:
    """Deeds of a direction of the roadmap: due by the day, held of them, late, moved to another term, cancelled."""

    number: int
    name: str
    due: int
    held: int
    late: int
    moved: int
    cancelled: int


def roadmap_lines(asked: Asked, day: date) -> list[DirectionLine]:
    """Of the approved roadmap of the year, what was due from its beginning to the last day; one query."""
    rows = Occurrence.objects.filter(
        activity__roadmap__school=asked.school,
        activity__roadmap__year=asked.year,
        activity__removed_on__isnull=True,
        ends__lte=asked.last,
    ).exclude(activity__roadmap__state=RoadmapState.DRAFT)
    told = rows.order_by("activity__direction__number").values_list(
        "activity__direction__number", "activity__direction__name"
    )
    counted = told.annotate(
        due=Count("pk"),
        held=Count("pk", filter=Q(state=OccurrenceState.HELD)),
        late=Count("pk", filter=Q(state__in=WAITING, ends__lt=day)),
        moved=Count("pk", filter=~Q(ends=F("first_ends"))),
        cancelled=Count("pk", filter=Q(state=OccurrenceState.CANCELLED)),
    )
    return [DirectionLine(*row) for row in counted]


@dataclass(frozen=True)
class DecisionLine:
    """Decisions of the sittings of a kind within the period."""

    kind: SittingKind
    made: int
    done: int
    standing: int
    late: int
    moved: int


def decision_lines(asked: Asked, day: date) -> list[DecisionLine]:
    """Those taken within the period, and those of earlier ones of the year that were due in it; one query."""
    due = Q(sitting__year=asked.year, sitting__on__lte=asked.last, first_due__range=asked.days)
    rows = StaffDecision.objects.filter(Q(sitting__on__range=asked.days) | due, sitting__school=asked.school)
    counted = (
        rows.order_by("sitting__kind")
        .values_list("sitting__kind")
        .annotate(
            made=Count("pk"),
            done=Count("pk", filter=Q(state=DecisionState.DONE)),
            standing=Count("pk", filter=Q(state__in=STANDING)),
            late=Count("pk", filter=Q(state__in=STANDING, due__lt=day)),
            moved=Count("pk", filter=~Q(due=F("first_due"))),
        )
    )
    return [DecisionLine(SittingKind(kind), *numbers) for kind, *numbers in counted]
