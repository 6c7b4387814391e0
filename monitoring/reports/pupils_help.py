"""What is on record as done for pupils within some days, and by whom it was led. Nothing of what was said.

A line is one record about one pupil. A constant number of queries whatever the number of pupils.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q

from consultations.models import AppointmentPupil
from consultations.words import MeetingState
from iom.models import ExtraAttendance, Gap, PupilTalk, Route, RoutePart, WorkEntryPupil
from iom.words import GapState, RouteKind, RouteState, SessionState
from monitoring.reports.pupils_reads import Days
from parents.models import Conversation, Notice
from parents.words import NoticeState


class Kind(StrEnum):
    """Kinds of record, in the order in which papers tell them."""

    WORK = "work"
    EXTRA = "extra"
    ROUTE = "route"
    GAP_OPEN = "gap_open"
    GAP_CLOSED = "gap_closed"
    TALK = "talk"
    PARENTS = "parents"
    NOTICE = "notice"
    MEETING = "meeting"


TITLES = {
    Kind.WORK: "Индивидуальная работа",
    Kind.EXTRA: "Дополнительные занятия",
    Kind.ROUTE: "Индивидуальные маршруты",
    Kind.GAP_OPEN: "Дефициты открыты",
    Kind.GAP_CLOSED: "Дефициты закрыты",
    Kind.TALK: "Беседы с обучающимися",
    Kind.PARENTS: "Беседы с родителями",
    Kind.NOTICE: "Уведомления родителям",
    Kind.MEETING: "Встречи со специалистами",
}


_OF_NO_SUBJECT = (Kind.TALK, Kind.PARENTS, Kind.NOTICE, Kind.MEETING)


@dataclass(frozen=True, slots=True)
class Line:
    """One record (`key`) about one pupil; `subject` where it is about one; `by`: the login that wrote it, of work."""

    kind: Kind
    key: int
    pupil: int
    subject: int | None = None
    by: int | None = None


@dataclass(frozen=True)
class Help:
    """All lines, and how they are counted."""

    lines: tuple[Line, ...]

    def among(self, kind: Kind, *, pupil: int | None = None, subject: int | None = None) -> list[Line]:
        """Of a kind, of one pupil; with `subject` those about it, and those of kinds that are about no subject."""
        return [
            one
            for one in self.lines
            if one.kind == kind
            and (pupil is None or one.pupil == pupil)
            and (subject is None or one.subject == subject or kind in _OF_NO_SUBJECT)
        ]

    def number(self, kind: Kind, *, pupil: int | None = None, subject: int | None = None) -> int:
        """How many records, each counted once."""
        return len({one.key for one in self.among(kind, pupil=pupil, subject=subject)})

    def pupils(self, *kinds: Kind) -> set[int]:
        """About whom there is one of these kinds."""
        return {one.pupil for one in self.lines if one.kind in kinds}


def help_for(pupils: Collection[int], days: Days) -> Help:
    """Everything on record for these pupils within these days."""
    return Help(
        (
            *_work(pupils, days),
            *_extra(pupils, days),
            *_routes(pupils, days),
            *_gaps(pupils, days),
            *_talks(pupils, days),
            *_parents(pupils, days),
            *_meetings(pupils, days),
        )
    )


def _work(pupils: Collection[int], days: Days) -> Iterator[Line]:
    """Held extra lessons stand in the journal too: they are told apart below."""
    rows = WorkEntryPupil.objects.filter(
        pupil__in=pupils,
        entry__on__range=days,
        entry__withdrawn_at__isnull=True,
        entry__extra_session__isnull=True,
    )
    for key, pupil, subject, by in rows.values_list("entry", "pupil", "entry__subject", "entry__by"):
        yield Line(Kind.WORK, key, pupil, subject, by)


def _extra(pupils: Collection[int], days: Days) -> Iterator[Line]:
    """Lessons to which the pupil came."""
    rows = ExtraAttendance.objects.filter(
        pupil__in=pupils, came=True, session__state=SessionState.HELD, session__on__range=days
    )
    for key, pupil, subject in rows.values_list("session", "pupil", "session__group__subject"):
        yield Line(Kind.EXTRA, key, pupil, subject)


def _routes(pupils: Collection[int], days: Days) -> Iterator[Line]:
    """Approved routes in force on some of the days, a line for each subject, one without where they have none."""
    lasted = Q(finished_on__isnull=True) | Q(finished_on__gte=days[0])
    routes = Route.objects.filter(
        lasted, pupil__in=pupils, number__gt=0, begins__lte=days[1], ends__gte=days[0]
    ).exclude(Q(kind=RouteKind.NEEDS) | Q(state=RouteState.WITHDRAWN))
    parts = RoutePart.objects.filter(route__in=routes).values_list("route", "route__pupil", "subject")
    told = set(parts) | {(key, pupil, None) for key, pupil in routes.values_list("pk", "pupil")}
    for key, pupil, subject in sorted(told, key=lambda row: (row[0], row[2] or 0)):
        yield Line(Kind.ROUTE, key, pupil or 0, subject)


def _gaps(pupils: Collection[int], days: Days) -> Iterator[Line]:
    """Opened: written within the days; closed by a control of these days."""
    rows = Gap.objects.filter(pupil__in=pupils).exclude(route__kind=RouteKind.NEEDS)
    told = rows.annotate(closed=F("closed_by__on")).values_list(
        "pk", "pupil", "part__subject", "found_on", "created_at", "state", "closed"
    )
    for key, pupil, subject, found, created, state, closed in told:
        opened = found or created.date()
        if days[0] <= opened <= days[1] and state != GapState.DROPPED:
            yield Line(Kind.GAP_OPEN, key, pupil or 0, subject)
        if closed is not None and days[0] <= closed <= days[1]:
            yield Line(Kind.GAP_CLOSED, key, pupil or 0, subject)


def _talks(pupils: Collection[int], days: Days) -> Iterator[Line]:
    rows = PupilTalk.objects.filter(pupil__in=pupils, on__range=days, withdrawn_at__isnull=True)
    for key, pupil in rows.values_list("pk", "pupil"):
        yield Line(Kind.TALK, key, pupil)


def _parents(pupils: Collection[int], days: Days) -> Iterator[Line]:
    talks = Conversation.objects.filter(pupil__in=pupils, on__range=days, withdrawn_at__isnull=True)
    for key, pupil in talks.values_list("pk", "pupil"):
        yield Line(Kind.PARENTS, key, pupil)
    notices = Notice.objects.filter(pupil__in=pupils, on__range=days).exclude(state=NoticeState.WITHDRAWN)
    for key, pupil in notices.values_list("pk", "pupil"):
        yield Line(Kind.NOTICE, key, pupil)


def _meetings(pupils: Collection[int], days: Days) -> Iterator[Line]:
    """That there was a meeting, and no more."""
    rows = AppointmentPupil.objects.filter(pupil__in=pupils, on__range=days, state=MeetingState.HELD)
    for key, pupil in rows.values_list("appointment", "pupil"):
        yield Line(Kind.MEETING, key, pupil)
