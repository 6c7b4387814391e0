"""Indicators over pedagogical workers and parents."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from consultations.councils import SittingState
from consultations.models import SittingPerson
from iom.models import MentoringPair, PupilTalk, Route, RoutePart, WorkEntry
from iom.selectors.mentoring import active_on
from iom.words import RouteKind, RouteState
from monitoring.computations import names
from monitoring.computations.base import Name, Number, Reckoned, Rows, RowsCount, Scope
from parents.models import Conversation
from parents.permissions_events import can_see_feedback
from parents.selectors.indicators import parent_indicators
from school.access import Viewer
from school.models import Level
from teaching.permissions import can_read_all
from teaching.rules.evidence import Code
from teaching.selectors.indicators import PersonGrounds


def _of_teaching(scope: Scope, code: Code) -> Reckoned:
    share = scope.staff_shares[code]
    return Reckoned(_people(share.counted), _people(share.people))


def _people(rows: Sequence[PersonGrounds]) -> Number:
    return Number(len(rows), lambda user: [Name(row.staff.list_name) for row in rows] if can_read_all(user) else [])


def trained(scope: Scope) -> Reckoned:
    """P01: finished an addressed training by the day."""
    return _of_teaching(scope, Code.P01)


def in_communities(scope: Scope) -> Reckoned:
    """P02: in a community that is at work."""
    return _of_teaching(scope, Code.P02)


def with_practices(scope: Scope) -> Reckoned:
    """P04: authors of a practice in the bank."""
    return _of_teaching(scope, Code.P04)


def taking_part(scope: Scope) -> Reckoned:
    """P03: enough records of the period: a route, individual work, a talk, mentoring, a sitting of a council.

    How many are enough the source leaves open; the school says it (`participation_records`).
    """
    of = scope.pedagogues()
    records = _on_routes(scope) + _written(scope) + _elsewhere(scope)
    counted = sum(map(RowsCount, records[1:]), RowsCount(records[0]))
    enough = of.alias(records=counted).filter(records__gte=scope.school.settings.participation_records)
    return Reckoned(Rows(enough, names.staff), Rows(of, names.staff))


_Records = list[QuerySet[Any]]


def _on_routes(scope: Scope) -> _Records:
    """Leads a route that was in force in the period, or answers for a part of it; one record a route."""
    first, last = scope.days
    running = Q(number__gt=0, begins__lte=last, ends__gte=first) & ~Q(state=RouteState.WITHDRAWN)
    running &= Q(finished_on__isnull=True) | Q(finished_on__gte=first)
    parts = RoutePart.objects.filter(route=OuterRef("pk"), teacher=OuterRef(OuterRef("pk")))
    mine = Q(tutor=OuterRef("pk")) | Q(Exists(parts))
    return [Route.objects.filter(running & mine).exclude(kind=RouteKind.TEACHER)]


def _written(scope: Scope) -> _Records:
    """Has written of individual work or of a talk with a pupil or a parent."""
    own = {"by__staff": OuterRef("pk"), "on__range": scope.days, "withdrawn_at__isnull": True}
    return [WorkEntry.objects.filter(**own), PupilTalk.objects.filter(**own), Conversation.objects.filter(**own)]


def _elsewhere(scope: Scope) -> _Records:
    """Leads or looks after a mentoring pair, sat in a council."""
    pairs = MentoringPair.objects.filter(active_on(scope.day))
    there = SittingPerson.objects.filter(staff=OuterRef("pk"), present=True, sitting__on__range=scope.days)
    there = there.filter(sitting__state__in=(SittingState.HELD, SittingState.SIGNED))
    return [pairs.filter(Q(mentor=OuterRef("pk")) | Q(curator=OuterRef("pk"))), there]


def parents_involved(scope: Scope) -> Reckoned:
    """P23: parents of all pupils, those with an event, a talk or an agreement in the period."""
    return _of_parents(scope, "P23", scope.days)


def parents_satisfied(scope: Scope) -> Reckoned:
    """P24: answers of surveys without names that were closed since the year began; nobody keeps whose they are."""
    return _of_parents(scope, "P24", scope.days_of_year)


def agreed_routes(scope: Scope) -> Reckoned:
    """P25: of the routes in force in the period, those to which the parents had agreed."""
    return _of_parents(scope, "P25", scope.days)


def feedback_given(scope: Scope) -> Reckoned:
    """P26: pedagogical workers with enough records of talks and notices in the period."""
    return _of_parents(scope, "P26", scope.days)


def events_held(scope: Scope) -> Reckoned:
    """P27: events for parents held since the year began, with each level of education beside."""
    return _of_parents(scope, "P27", scope.days_of_year)


def _of_parents(scope: Scope, code: str, days: tuple[date, date]) -> Reckoned:
    told = scope.parent_indicators(days)[code]
    of = None if told.denominator is None else Number(told.denominator, _behind(scope, code, days, counts=False))
    parts = tuple((Level(part.level).label, Number(part.numerator)) for part in told.parts if of is None)
    return Reckoned(Number(told.numerator, _behind(scope, code, days, counts=True)), of, "", parts, told.why_none)


def _behind(scope: Scope, code: str, days: tuple[date, date], *, counts: bool) -> Callable[[Viewer], Iterable[Name]]:
    """Asked anew for the person: parents and routes of the pupils whom they see, colleagues where they may."""

    def named(user: Viewer) -> Iterable[Name]:
        if code == "P26" and not can_see_feedback(user):
            return
        for one in parent_indicators(user, scope.school, scope.year, *days)[code].behind:
            if one.counts or not counts:
                yield Name(one.name, one.why, one.url)

    return named
