"""Reads of sittings: the plan, the rhythms, what came of decisions, the protocols that the indicator P21 counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from roadmaps.models import SittingRhythm, StaffDecision, StaffQuestion, StaffSitting
from roadmaps.rules.rhythms import BY_SOURCE, REVIEWS, Rhythm, Standing, rhythm_slots, standing_of
from roadmaps.rules.terms import Calendar
from roadmaps.sitting_words import SittingKind, SittingState, Topic, Unit, lacking
from roadmaps.sitting_workflow import STANDING
from school.access import Viewer, access_of
from school.models import AcademicYear, School
from school.selectors import holiday_spans

WAITS = "waits"


@dataclass(frozen=True)
class SittingQuery:
    """Which sittings of a list; empty: all. `state` is a state, or `WAITS`: past without an outcome or a protocol."""

    today: date
    year: AcademicYear | None
    kind: str = ""
    state: str = ""
    text: str = ""


def waiting(today: date) -> Q:
    """Past days of which nobody has said whether it was held, and held sittings without a signed protocol."""
    return Q(state=SittingState.PLANNED, on__lt=today) | Q(state=SittingState.HELD, signed_on__isnull=True)


def sittings(user: Viewer, asked: SittingQuery) -> QuerySet[StaffSitting]:
    """Of a year in the order of days, with how many decisions stand open (`open_decisions`) of all (`decided`)."""
    rows = StaffSitting.objects.visible_to(user).filter(year=asked.year)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state == WAITS:
        rows = rows.filter(waiting(asked.today))
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.text:
        named = StaffQuestion.objects.filter(sitting=OuterRef("pk"), title__icontains=asked.text)
        rows = rows.filter(Q(title__icontains=asked.text) | Q(Exists(named)))
    return rows


def with_counts(rows: QuerySet[StaffSitting]) -> QuerySet[StaffSitting]:
    """The same with what the list shows beside each."""
    standing = Count("decisions", filter=Q(decisions__state__in=STANDING), distinct=True)
    counted = rows.annotate(decided=Count("decisions", distinct=True), open_decisions=standing)
    return (
        counted.annotate(asked=Count("questions", distinct=True))
        .select_related("chair")
        .order_by("on", "starts_at", "pk")
    )


def lacking_words(row: StaffSitting, today: date) -> str:
    """The same of one that was read."""
    return lacking(row.state, row.on, signed=row.signed_on is not None, today=today)


def rhythms_of(school: School) -> dict[SittingKind, Rhythm]:
    """What holds in the school: its own rhythm, else that of the sources. One query."""
    own = {SittingKind(one.kind): Rhythm(Unit(one.unit), one.times) for one in school_rhythms(school)}
    return {kind: own.get(kind, told) for kind, told in BY_SOURCE.items()}


def school_rhythms(school: School) -> QuerySet[SittingRhythm]:
    """Those that the school has set itself."""
    return SittingRhythm.objects.filter(school=school)


@dataclass(frozen=True)
class KindStanding:
    """A kind of sitting with what its rhythm comes to; `kind` is None for the reviews of the program."""

    kind: SittingKind | None
    title: str
    standing: Standing
    own: bool


def kinds_standing(user: Viewer, year: AcademicYear, today: date) -> list[KindStanding]:
    """Every kind against its rhythm, and the reviews of the program by the director. Four queries."""
    calendar = _calendar(year)
    rhythms = rhythms_of(year.school)
    asked = StaffQuestion.objects.filter(sitting=OuterRef("pk"), topic=Topic.REVIEW)
    rows = StaffSitting.objects.visible_to(user).filter(year=year).annotate(reviews=Exists(asked))
    days: dict[tuple[str, str], list[date]] = {}
    reviewed = []
    for kind, state, on, reviews in rows.values_list("kind", "state", "on", "reviews"):
        days.setdefault((kind, state), []).append(on)
        if reviews and (kind, state) == (SittingKind.DIRECTOR, SittingState.HELD):
            reviewed.append(on)
    found = []
    for one, rhythm in rhythms.items():
        held, planned = days.get((one, SittingState.HELD), []), days.get((one, SittingState.PLANNED), [])
        standing = standing_of(rhythm, rhythm_slots(rhythm, calendar), held, planned, today)
        found.append(KindStanding(one, one.label, standing, rhythm != BY_SOURCE[one]))
    standing = standing_of(REVIEWS, rhythm_slots(REVIEWS, calendar), reviewed, [], today)
    return [*found, KindStanding(None, "Итоги программы на совещании при директоре", standing, own=False)]


def _calendar(year: AcademicYear) -> Calendar:
    """Without the timetable of assessments, by which no sitting is held."""
    periods = year.periods.filter(system=year.main_system).order_by("number")
    return Calendar(
        start=year.start,
        periods=tuple((one.number, one.title, one.starts, one.ends) for one in periods),
        holidays=tuple(holiday_spans(year)),
    )


def decisions_before(sitting: StaffSitting) -> list[StaffDecision]:
    """What the previous sitting of the kind decided, and what is still open of earlier ones. Three queries.

    Their steps are read with them. Cancelled and planned sittings decide nothing; a union's sittings are one kind.
    """
    earlier = StaffSitting.objects.filter(school=sitting.school, kind=sitting.kind, state=SittingState.HELD)
    earlier = earlier.filter(Q(on__lt=sitting.on) | Q(on=sitting.on, pk__lt=sitting.pk)).exclude(pk=sitting.pk)
    last = earlier.order_by("-on", "-pk").values_list("pk", flat=True).first()
    if last is None:
        return []
    rows = StaffDecision.objects.filter(sitting__in=earlier.order_by().values("pk"))
    rows = rows.filter(Q(sitting=last) | Q(state__in=STANDING))
    return list(rows.select_related("responsible", "sitting__year").prefetch_related("steps").order_by("due", "pk"))


def decisions_of(user: Viewer, show: str, today: date) -> QuerySet[StaffDecision]:
    """`mine`: those that the person answers for and are open; `open`, `late`: of the whole school; else all."""
    rows = StaffDecision.objects.visible_to(user).exclude(sitting__state=SittingState.CANCELLED)
    staff = access_of(user).staff
    if show == "mine":
        rows = rows.filter(state__in=STANDING, responsible=staff) if staff is not None else rows.none()
    elif show in ("open", "late"):
        rows = rows.filter(state__in=STANDING)
        rows = rows.filter(due__lt=today) if show == "late" else rows
    return rows.select_related("responsible", "sitting").order_by("due", "pk")


@dataclass(frozen=True)
class ProtocolLine:
    """A protocol that counts, with the questions for which it does."""

    sitting: StaffSitting
    questions: tuple[str, ...]


@dataclass(frozen=True)
class ProtocolCount:
    """The indicator P21 from day to day: `value` protocols of `of` that were signed. No target: it is the program's."""

    first: date
    last: date
    lines: tuple[ProtocolLine, ...]
    of: int

    @property
    def value(self) -> int:
        """How many protocols count."""
        return len(self.lines)

    numerator = value

    @property
    def denominator(self) -> None:
        """It is a number, no share."""


def protocols_counted(user: Viewer | None, school: School, first: date, last: date) -> ProtocolCount:
    """Signed protocols of sittings between two days in which the work with weak and failing pupils was discussed.

    Паспорт программы, показатель 21: «протоколы … в которых обсуждались вопросы реализации технологических карт».
    `user` None: of the whole school for the command line. Two queries.
    """
    rows = StaffSitting.objects.filter(school=school, signed_on__isnull=False, on__range=(first, last))
    rows = rows if user is None else rows.filter(pk__in=StaffSitting.objects.visible_to(user).order_by().values("pk"))
    signed = {row.pk: row for row in rows.select_related("year").order_by("on", "pk")}
    topics = StaffQuestion.objects.filter(sitting__in=signed, topic__in=(Topic.PREVENTION, Topic.REVIEW))
    return ProtocolCount(first, last, tuple(_lines(signed, topics.order_by("place", "pk"))), len(signed))


def _lines(signed: dict[int, StaffSitting], topics: Iterable[StaffQuestion]) -> Iterable[ProtocolLine]:
    titles: dict[int, list[str]] = {}
    for question in topics:
        titles.setdefault(question.sitting_id, []).append(question.title)
    return (ProtocolLine(row, tuple(titles[key])) for key, row in signed.items() if key in titles)
