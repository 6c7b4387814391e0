"""Events for parents as lists and pages show them; who is invited."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parents.event_words import EventKind, EventState, Lacking
from parents.models import EventClass, EventMark, ParentEvent
from parents.rules.events import EventFacts, invites, lacking
from school.access import Viewer, pupils_for
from school.guardian_words import Telling
from school.models import AcademicYear, Enrolment, Guardianship, Level, Pupil, SchoolClass

WAITS = "waits"  # over, and something is not written


@dataclass(frozen=True)
class EventQuery:
    """What the plan is asked for; empty means any. `state`: a state, or «waits»."""

    today: date
    year: AcademicYear | None = None
    first: date | None = None
    last: date | None = None
    kind: str = ""
    level: str = ""
    school_class: SchoolClass | None = None
    state: str = ""
    text: str = ""


def events(user: Viewer | None, query: EventQuery) -> QuerySet[ParentEvent]:
    """Events by day, with `came` (people of the pupils whom the person sees), `marked`; None for the command line.

    Two queries.
    """
    rows = ParentEvent.objects.all() if user is None else ParentEvent.objects.visible_to(user)
    return told(rows, user).filter(_found(query)).order_by("on", "starts_at", "pk")


def told(rows: QuerySet[ParentEvent], user: Viewer | None) -> QuerySet[ParentEvent]:
    """With what every page of events tells."""
    marks = EventMark.objects.filter(event=OuterRef("pk"))
    seen = marks if user is None else marks.visible_to(user)
    came = seen.filter(came=True).order_by().values("event")
    number = came.annotate(n=Count(Coalesce(F("guardian"), -F("pupil")), distinct=True)).values("n")
    invited = Prefetch("invited", EventClass.objects.select_related("school_class__year"))
    return (
        rows.annotate(came=Coalesce(Subquery(number), 0), marked=Exists(marks))
        .select_related("school", "year", "leader", "by__staff")
        .prefetch_related(invited)
    )


def _found(query: EventQuery) -> Q:
    wanted = {
        "year": query.year,
        "on__gte": query.first,
        "on__lte": query.last,
        "kind": query.kind or None,
        "title__icontains": query.text or None,
    }
    found = Q(**{name: value for name, value in wanted.items() if value is not None})
    if query.level:
        found &= Q(levels__contains=[query.level]) | everybody() | Q(Exists(_invited(grade__in=grades(query.level))))
    if query.school_class is not None:
        one = query.school_class
        found &= Q(levels__contains=[one.level]) | everybody() | Q(Exists(_invited(pk=one.pk)))
    if query.state == WAITS:
        return found & waiting(query.today)
    return found & Q(state=query.state) if query.state else found


def everybody() -> Q:
    """Neither a level nor a class is named: the whole school is invited."""
    return Q(levels=[]) & ~Q(Exists(_invited()))


def _invited(**wanted: object) -> QuerySet[EventClass]:
    return EventClass.objects.filter(
        event=OuterRef("pk"), **{f"school_class__{name}": value for name, value in wanted.items()}
    )


def grades(level: str) -> list[int]:
    """The grades of a level of education."""
    return [grade for grade in range(1, 13) if Level.of_grade(grade) == level]


def waiting(today: date) -> Q:
    """As the rule `lacking`, of rows that are `told`: something of a past event is not written."""
    held = Q(state=EventState.HELD)
    late = Q(state=EventState.PLANNED, on__lt=today)
    return late | (held & Q(marked=False)) | (held & Q(kind=EventKind.MEETING, concluded_on__isnull=True))


def lacks(event: ParentEvent, today: date) -> tuple[Lacking, ...]:
    """What the event still waits for; `event` is `told`."""
    marked = bool(getattr(event, "marked", False))
    return lacking(EventFacts(event.kind, event.state, event.on, marked, event.concluded_on is not None), today)


def with_names(rows: QuerySet[ParentEvent]) -> QuerySet[ParentEvent]:
    """For a list: the names of the invited classes in the same query, in place of their rows."""
    invited = _invited().order_by("school_class__grade", "school_class__letter")
    return rows.prefetch_related(None).annotate(names=ArraySubquery(invited.values("school_class__name")))


def audience_words(event: ParentEvent) -> str:
    """«вся школа», «НОО, ООО», «7А, 7Б»; of an event `with_names`, or with `invited` fetched."""
    names: list[str] | None = getattr(event, "names", None)
    if names is None:
        names = [str(one.school_class) for one in event.invited.all()]
    levels = [Level(code).label for code in Level.values if code in event.levels]
    return ", ".join([*levels, *names]) or "вся школа"


def classes_of(event: ParentEvent) -> list[SchoolClass]:
    """The invited classes of its year, in order. One query, `invited` fetched."""
    named = {one.school_class_id for one in event.invited.all()}
    return [
        one
        for one in SchoolClass.objects.filter(year=event.year_id).select_related("class_teacher")
        if invites(event.levels, named, level=one.level, school_class=one.pk)
    ]


def classes_by_year(year: AcademicYear) -> list[SchoolClass]:
    """All classes of the year. One query."""
    return list(SchoolClass.objects.filter(year=year))


def invited_levels(event: ParentEvent, classes: Collection[SchoolClass]) -> tuple[str, ...]:
    """The levels of those invited, in order; `classes` of the year, `invited` fetched. No query."""
    named = {one.school_class_id for one in event.invited.all()}
    found = {one.level for one in classes if invites(event.levels, named, level=one.level, school_class=one.pk)}
    return tuple(level for level in Level.values if level in found)


@dataclass(frozen=True)
class ClassLine:
    """How a class was represented: of how many pupils somebody came, nobody, of how many nothing is written."""

    school_class: SchoolClass
    pupils: int
    came: int
    nobody: int

    @property
    def unknown(self) -> int:
        """Without a record."""
        return self.pupils - self.came - self.nobody


def class_lines(user: Viewer | None, event: ParentEvent, classes: Sequence[SchoolClass]) -> list[ClassLine]:
    """Of the pupils whom the person sees, who sat in these classes that day. One query."""
    marks = EventMark.objects.filter(event=event, pupil=OuterRef("pupil"))
    seats = seats_of(user, event, classes)
    told_of = seats.annotate(there=Exists(marks.filter(came=True)), away=Exists(marks.filter(came=False)))
    numbers = told_of.order_by().values("school_class")
    found = numbers.annotate(
        pupils=Count("pk"), came=Count("pk", filter=Q(there=True)), nobody=Count("pk", filter=Q(away=True))
    )
    rows = {row["school_class"]: row for row in found}
    return [
        ClassLine(one, rows[one.pk]["pupils"], rows[one.pk]["came"], rows[one.pk]["nobody"])
        for one in classes
        if one.pk in rows
    ]


def seats_of(user: Viewer | None, event: ParentEvent, classes: Collection[SchoolClass]) -> QuerySet[Enrolment]:
    """Who sat in these classes on the day of the event, of those whom the person sees."""
    seats = Enrolment.objects.on(event.on).filter(school_class__in=[one.pk for one in classes])
    return seats if user is None else seats.filter(pupil__in=pupils_for(user).order_by().values("pk"))


@dataclass(frozen=True)
class Person:
    """A parent on a sheet: «мать, Ирина». `told`: whether they may be told anything of the child that day."""

    key: int
    words: str
    full: str
    told: bool = True


@dataclass(frozen=True)
class SheetLine:
    """A pupil on the sheet of a class, with the guardians."""

    pupil: Pupil
    school_class: str
    people: tuple[Person, ...]


def sheet_lines(user: Viewer | None, event: ParentEvent, classes: Collection[SchoolClass]) -> list[SheetLine]:
    """The pupils of the classes by name, each with the guardians; three queries."""
    ties = Guardianship.objects.select_related("guardian").order_by("relation", "pk")
    seats = seats_of(user, event, classes).select_related("pupil", "school_class")
    rows = seats.prefetch_related(Prefetch("pupil__guardianships", ties))
    return [
        SheetLine(seat.pupil, str(seat.school_class), _people(seat.pupil.guardianships.all(), event.on))
        for seat in rows.order_by("school_class__grade", "school_class__letter", "pupil__sort_key")
    ]


def _people(ties: Iterable[Guardianship], day: date) -> tuple[Person, ...]:
    """Whoever may be told nothing comes last."""
    found = [_person(tie, day) for tie in ties]
    return tuple(sorted(found, key=lambda one: not one.told))


def _person(tie: Guardianship, day: date) -> Person:
    told_of = tie.telling_on(day) != Telling.NONE
    words = f"{tie.get_relation_display()}, {tie.guardian.first_name}"
    return Person(tie.guardian_id, words, tie.guardian.full_name, told_of)


def guardians_by_pupil(user: Viewer, event: ParentEvent, classes: Collection[SchoolClass]) -> Mapping[int, list[int]]:
    """The guardians of every pupil of the classes whom the person sees, by the pupil's key. Two queries."""
    found: dict[int, list[int]] = {key: [] for key in seats_of(user, event, classes).values_list("pupil", flat=True)}
    for pupil, guardian in Guardianship.objects.filter(pupil__in=found).values_list("pupil", "guardian"):
        found[pupil].append(guardian)
    return found
