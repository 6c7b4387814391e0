"""Who of the parents is involved, and which events were held: the names behind the indicators P23 and P27."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from iom.models import RouteAgreement
from iom.words import RouteKind, Side
from parents.event_words import EventState
from parents.models import Conversation, EventMark, ParentEvent
from parents.rules.involved import (
    EventCount,
    ParentFacts,
    ParentShare,
    event_counts,
    parent_shares,
)
from parents.selectors.events import EventQuery, classes_by_year, events, invited_levels
from risk_registry.models import AboutPupilsQuerySet
from school.access import Viewer, access_of, pupils_for
from school.models import AcademicYear, Enrolment, Guardian, Level, Pupil, School


@dataclass(frozen=True)
class Child:
    """A pupil through whom a parent counts."""

    pupil: int
    name: str
    school_class: str


@dataclass(frozen=True)
class InvolvedParent:
    """A parent with the children who learn here and what stands of them in the period."""

    facts: ParentFacts
    name: str
    children: tuple[Child, ...]

    @property
    def how(self) -> str:
        """«был(а) на мероприятии, беседа»; «нет записи»."""
        ways = (
            ("был(а) на мероприятии", self.facts.came),
            ("беседа", self.facts.talked),
            ("согласие с маршрутом", self.facts.agreed),
        )
        return ", ".join(words for words, there in ways if there) or "нет записи"


@dataclass(frozen=True)
class Involved:
    """Both indicators from day to day (both inside); the contingent is that of `day`.

    `whole`: of all of the school, else of the pupils whom its reader sees.
    `without`: pupils for whom no parent is written down: the denominator of P23 lacks theirs.
    """

    first: date
    last: date
    day: date
    parents: tuple[InvolvedParent, ...]
    shares: tuple[ParentShare, ...]
    events: tuple[ParentEvent, ...]
    event_levels: tuple[tuple[str, ...], ...]
    counts: tuple[EventCount, ...]
    without: tuple[Child, ...]
    whole: bool


def involved_parents(user: Viewer | None, school: School, year: AcademicYear, first: date, last: date) -> Involved:
    """Of the pupils whom the person sees, of all for None; six queries whatever the size of the school.

    The contingent of the last day, of today where that is still to come (CONTRACT: the period's last day).
    """
    day = min(max(school.today(), first), last)
    parents = tuple(_parents(user, school, first, last, day))
    held = _held(user, school, year, first, last)
    classes = classes_by_year(year)
    levels = tuple(invited_levels(event, classes) for event in held)
    return Involved(
        first=first,
        last=last,
        day=day,
        parents=parents,
        shares=parent_shares([one.facts for one in parents], Level.values),
        events=held,
        event_levels=levels,
        counts=event_counts(levels, Level.values),
        without=tuple(_without(user, school, day)),
        whole=user is None or access_of(user).whole_school,
    )


def _held(user: Viewer | None, school: School, year: AcademicYear, first: date, last: date) -> tuple[ParentEvent, ...]:
    query = EventQuery(school.today(), year=year, first=first, last=last, state=EventState.HELD)
    return tuple(events(user, query).filter(school=school, prevention=True))


def _seats(user: Viewer | None, school: School, day: date) -> QuerySet[Enrolment]:
    seats = Enrolment.objects.on(day).filter(school_class__school=school)
    return seats if user is None else seats.filter(pupil__in=pupils_for(user).order_by().values("pk"))


_SEAT = {
    "pupil": F("pupil_id"),
    "last": F("pupil__last_name"),
    "first": F("pupil__first_name"),
    "grade": F("school_class__grade"),
    "letter": F("school_class__letter"),
}


def _parents(user: Viewer | None, school: School, first: date, last: date, day: date) -> Iterator[InvolvedParent]:
    seats = _seats(user, school, day).filter(pupil__guardianships__guardian=OuterRef("pk"))
    children = seats.order_by("school_class__grade", "school_class__letter", "pupil__sort_key")
    rows = Guardian.objects.filter(Exists(seats), school=school).annotate(
        children_told=ArraySubquery(children.values(told=JSONObject(**_SEAT))),
        came=Exists(_came(user, first, last)),
        talked=Exists(_talked(user, first, last)),
        agreed=Exists(_agreed(user, first, last)),
    )
    for row in rows.order_by("sort_key", "pk"):
        yield _parent(row)


def _parent(row: Any) -> InvolvedParent:
    levels = {str(Level.of_grade(one["grade"])) for one in row.children_told}
    facts = ParentFacts(
        row.pk, tuple(level for level in Level.values if level in levels), row.came, row.talked, row.agreed
    )
    return InvolvedParent(facts, row.full_name, tuple(_child(one) for one in row.children_told))


def _child(told: dict[str, Any]) -> Child:
    return Child(told["pupil"], f"{told['last']} {told['first']}", f"{told['grade']}{told['letter']}")


def _came(user: Viewer | None, first: date, last: date) -> QuerySet[EventMark]:
    rows = _seen(EventMark.objects.filter(guardian=OuterRef("pk"), came=True), user)
    return rows.filter(event__state=EventState.HELD, event__prevention=True, event__on__range=(first, last))


def _talked(user: Viewer | None, first: date, last: date) -> QuerySet[Conversation]:
    rows = _seen(Conversation.objects.filter(guardian=OuterRef("pk"), withdrawn_at__isnull=True), user)
    return rows.filter(on__range=(first, last))


def _agreed(user: Viewer | None, first: date, last: date) -> QuerySet[RouteAgreement]:
    """Not to a route for special needs: that there is one is told to few, and never on a list."""
    rows = RouteAgreement.objects.filter(guardian=OuterRef("pk"), side=Side.PARENTS, agreed=True)
    rows = rows.exclude(route__kind=RouteKind.NEEDS).filter(on__range=(first, last))
    return rows if user is None else rows.filter(route__pupil__in=pupils_for(user).order_by().values("pk"))


def _seen(rows: AboutPupilsQuerySet[Any], user: Viewer | None) -> AboutPupilsQuerySet[Any]:
    return rows if user is None else rows.visible_to(user)


def _without(user: Viewer | None, school: School, day: date) -> Iterator[Child]:
    rows = _seats(user, school, day).filter(~Q(Exists(_ties())))
    ordered = rows.select_related("pupil", "school_class")
    for seat in ordered.order_by("school_class__grade", "school_class__letter", "pupil__sort_key"):
        yield Child(seat.pupil_id, seat.pupil.list_name, str(seat.school_class))


def _ties() -> QuerySet[Any]:
    return Pupil.guardians.through.objects.filter(pupil=OuterRef("pupil"))
