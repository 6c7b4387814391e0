"""What was done with each pupil in a period: one statement for all kinds of records, whatever the school's size."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from consultations.models import AppointmentPupil
from consultations.words import MeetingState
from iom.models import (
    CourseSeat,
    ExtraAttendance,
    Gap,
    MentoringPair,
    PupilTalk,
    Route,
    RouteReview,
    RouteVersion,
    WorkEntryPupil,
)
from iom.selectors.mentoring import active_on
from iom.selectors.programs import in_force
from iom.words import OVER, GapState, RouteKind, RouteState, SessionState
from parents.event_words import EventState
from parents.models import Conversation, EventMark, Notice, PersonalLink
from parents.words import NoticeState
from school.models import AcademicYear, School


class Fact(StrEnum):
    """What was recorded about a pupil within the days of a period, or stands on its last day."""

    WORK = "work"
    INVITED = "invited"
    CAME = "came"
    TALK = "talk"
    GAP_FOUND = "gap_found"
    GAP_CLOSED = "gap_closed"
    GAP_OPEN = "gap_open"
    PAIR = "pair"
    SEAT = "seat"
    ROUTE_MAKING = "route_making"
    ROUTE_APPROVED = "route_approved"
    ROUTE_GOING = "route_going"
    ROUTE_REVIEWED = "route_reviewed"
    ROUTE_FINISHED = "route_finished"
    ROUTED = "routed"
    ROUTED_NAMED = "routed_named"
    PARENTS = "parents"
    NOTICE = "notice"
    NOTICE_KNOWN = "notice_known"
    NOTICE_DECLINED = "notice_declined"
    LINK = "link"
    LINK_ANSWERED = "link_answered"
    PARENT_CAME = "parent_came"
    MEETING = "meeting"


# Any of these is a record of work with a pupil. Who goes to a specialist is the service's own knowledge.
OF_WORK = (Fact.WORK, Fact.CAME, Fact.TALK, Fact.PAIR)


@dataclass(frozen=True)
class Asked:
    """Of which school, from which day to which (both inside)."""

    school: School
    year: AcademicYear
    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        """For a range."""
        return self.first, self.last


PupilFacts = Mapping[Fact, Counter[int]]


def pupil_facts(asked: Asked) -> PupilFacts:
    """How many of each kind there are, by the pupil's key; one query."""
    found: dict[Fact, Counter[int]] = defaultdict(Counter)
    first, *others = _counted(asked)
    for fact, pupil, number in first.union(*others, all=True):
        found[Fact(fact)][pupil] = number
    return found


def _counted(asked: Asked) -> Iterator[QuerySet[Any, Any]]:
    for rows_of in (_work, _gaps, _routes, _parents):
        for fact, rows, pupil in rows_of(asked):
            told = rows.order_by().annotate(fact=Value(fact.value, output_field=CharField()), whose=F(pupil))
            yield told.values_list("fact", "whose").annotate(n=Count("pk", distinct=True))


_Told = Iterator[tuple[Fact, QuerySet[Any], str]]


def _work(asked: Asked) -> _Told:
    """An extra lesson of a group is told by who came, not by the entry of the journal that it left."""
    written = {"entry__school": asked.school, "entry__on__range": asked.days, "entry__withdrawn_at__isnull": True}
    yield Fact.WORK, WorkEntryPupil.objects.filter(entry__extra_session__isnull=True, **written), "pupil"
    held = {"session__group__school": asked.school, "session__on__range": asked.days}
    sheets = ExtraAttendance.objects.filter(session__state=SessionState.HELD, **held)
    yield Fact.INVITED, sheets, "pupil"
    yield Fact.CAME, sheets.filter(came=True), "pupil"
    talks = PupilTalk.objects.filter(school=asked.school, on__range=asked.days, withdrawn_at__isnull=True)
    yield Fact.TALK, talks, "pupil"
    pairs = MentoringPair.objects.filter(active_on(asked.last), school=asked.school, pupil__isnull=False)
    yield Fact.PAIR, pairs, "pupil"
    seats = CourseSeat.objects.filter(in_force(asked.last), school=asked.school, removed_at__isnull=True)
    yield Fact.SEAT, seats, "pupil"
    met = AppointmentPupil.objects.filter(appointment__school=asked.school, on__range=asked.days)
    yield Fact.MEETING, met.filter(state=MeetingState.HELD), "pupil"


def _gaps(asked: Asked) -> _Told:
    """Those of routes for special needs are left out, as on «Помогло ли»."""
    rows = Gap.objects.filter(school=asked.school, pupil__isnull=False).exclude(route__kind=RouteKind.NEEDS)
    kept = rows.exclude(state=GapState.DROPPED)
    written = Q(found_on__isnull=True, created_at__date__range=asked.days)
    yield Fact.GAP_FOUND, kept.filter(Q(found_on__range=asked.days) | written), "pupil"
    yield Fact.GAP_CLOSED, kept.filter(closed_by__on__range=asked.days), "pupil"
    going = rows.exclude(route__state__in=OVER)
    yield Fact.GAP_OPEN, going.filter(state=GapState.OPEN, route__begins__lte=asked.last), "pupil"


def _routes(asked: Asked) -> _Told:
    """`ROUTED` is what P10 counts: approved in the year and not taken back, finished ones with it.

    `ROUTED_NAMED`: of which a pupil's line may tell; routes for special needs stand in sums alone.
    """
    rows = Route.objects.filter(school=asked.school, year=asked.year, pupil__isnull=False, begins__lte=asked.last)
    rows = rows.exclude(state=RouteState.WITHDRAWN)
    approved = rows.filter(number__gt=0)
    yield Fact.ROUTED, approved, "pupil"
    yield Fact.ROUTED_NAMED, approved.exclude(kind=RouteKind.NEEDS), "pupil"
    yield Fact.ROUTE_MAKING, rows.filter(number=0).exclude(state__in=OVER), "pupil"
    yield Fact.ROUTE_GOING, approved.exclude(state__in=OVER), "pupil"
    yield Fact.ROUTE_FINISHED, rows.filter(finished_on__range=asked.days), "pupil"
    of = {"route__school": asked.school, "route__pupil__isnull": False}
    versions = RouteVersion.objects.filter(number=1, paper_date__range=asked.days, **of)
    yield Fact.ROUTE_APPROVED, versions.exclude(route__state=RouteState.WITHDRAWN), "route__pupil"
    yield Fact.ROUTE_REVIEWED, RouteReview.objects.filter(on__range=asked.days, **of), "route__pupil"


def _parents(asked: Asked) -> _Told:
    own = {"school": asked.school, "on__range": asked.days}
    yield Fact.PARENTS, Conversation.objects.filter(withdrawn_at__isnull=True, **own), "pupil"
    notices = Notice.objects.filter(**own).exclude(state=NoticeState.WITHDRAWN)
    yield Fact.NOTICE, notices, "pupil"
    yield Fact.NOTICE_KNOWN, notices.filter(state=NoticeState.KNOWN), "pupil"
    yield Fact.NOTICE_DECLINED, notices.filter(state=NoticeState.DECLINED), "pupil"
    links = PersonalLink.objects.filter(school=asked.school, at__date__range=asked.days, withdrawn_at__isnull=True)
    yield Fact.LINK, links, "pupil"
    yield Fact.LINK_ANSWERED, links.filter(answered_at__isnull=False), "pupil"
    came = EventMark.objects.filter(event__school=asked.school, event__on__range=asked.days, came=True)
    yield Fact.PARENT_CAME, came.filter(event__state=EventState.HELD), "pupil"
