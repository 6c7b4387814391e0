"""The desks of those who answer for some pupils: class teachers, subject teachers, tutors, mentors, specialists."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from common.look import Figure
from desk.rules import Days
from desk.selectors.home.periods import DeskPeriods
from desk.selectors.missed import missed_pupils
from desk.selectors.reasons import reasons_in_words
from gradebook.models import Mark, PeriodMean, PeriodResult
from gradebook.selectors import data_as_of
from gradebook.selectors_grounds import Ungrounded, ungrounded_by_class
from risk_registry.categories import AT_RISK, Category, EntryState, SignalState
from risk_registry.facts import thresholds_of
from risk_registry.links import categories_link, registry_link, signals_link
from risk_registry.models import PupilCategory, RegistryEntry, Signal, rank
from risk_registry.rules.categories import Thresholds
from risk_registry.rules.distance import lessons_left, school_days_left, toward_three
from risk_registry.selectors.categories import CategoryCounts, category_counts
from risk_registry.selectors.lessons import days_off_of, days_off_told, weekly_hours
from risk_registry.selectors.signals import SignalQuery, SignalRow, signal_list_rows, signal_rows
from school.access import access_of, pupils_for
from school.models import Period, Pupil, Responsibility, School, SchoolClass, Subject, TeachingAssignment, User

RECENT_DAYS = 14
SIGNALS_SHOWN = 20


@dataclass(frozen=True)
class RiskLine:
    """A pupil at risk with the reason."""

    pupil: Pupil
    category: Category
    provisional: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class OwnClass:
    """A class that the person leads. `missed`: pupils with `bad` lessons missed without a reason of late.

    `ungrounded`: lessons of the period under way that wait for somebody to say why they were missed.
    """

    school_class: SchoolClass
    figures: tuple[Figure, ...]
    risk: tuple[RiskLine, ...]
    to_agree: int
    agree_url: str
    missed: tuple[Pupil, ...]
    ungrounded: Ungrounded
    data_on: date | None
    stale: bool


@dataclass(frozen=True)
class TaughtLine:
    """A class in which the person teaches, with the subjects."""

    school_class: SchoolClass
    subjects: str


@dataclass(frozen=True)
class Teaching:
    """What a subject teacher sees: own classes, and pupils with three twos or more in own subjects."""

    classes: tuple[TaughtLine, ...]
    signals: tuple[SignalRow, ...]


@dataclass(frozen=True)
class ChargeLine:
    """A pupil for whom the person answers."""

    duty: Responsibility
    category: str
    open_signals: int


def own_classes(user: User, school: School, periods: DeskPeriods) -> tuple[OwnClass, ...]:
    """Classes led by the person today, usually one; a constant number of queries."""
    led = list(
        SchoolClass.objects.filter(
            class_teacher=access_of(user).staff, year__starts__lte=periods.today, year__ends__gte=periods.today
        )
    )
    if not led:
        return ()
    counts = {one.school_class.pk: one.counts for one in category_counts(periods.now, user)} if periods.now else {}
    days = data_as_of(led)
    risk = _risk(user, periods.now, led)
    signals = _open_signals(user, periods.of_marks, led)
    waiting = _to_agree(user, periods.decided, led)
    agree = {"period": periods.decided.pk} if periods.decided else {}
    recent = Days(periods.today - timedelta(days=RECENT_DAYS - 1), periods.today)
    missed = list(missed_pupils(user, recent).filter(seat_class__in=[one.pk for one in led]))
    ungrounded = ungrounded_by_class(user, periods.running, led) if periods.running else {}
    return tuple(
        OwnClass(
            school_class=one,
            figures=_figures(one, counts.get(one.pk, CategoryCounts()), periods, signals.get(one.pk, 0)),
            risk=tuple(line for key, line in risk if key == one.pk),
            to_agree=waiting.get(one.pk, 0),
            agree_url=registry_link(**agree, cls=one.pk, state=EntryState.PROPOSED),
            missed=tuple(pupil for pupil in missed if pupil.seat_class == one.pk),
            ungrounded=ungrounded.get(one.pk, Ungrounded(0, 0)),
            data_on=days[one.pk],
            stale=not periods.too_early and is_stale(school, one, days[one.pk], periods.today),
        )
        for one in led
    )


def is_stale(school: School, school_class: SchoolClass, data_on: date | None, today: date) -> bool:
    """Whether the class's newest lesson is older than the school allows, or missing; grade 1 is taught without."""
    if school_class.grade < school.settings.marks_from_grade:
        return False
    return data_on is None or (today - data_on).days > school.settings.stale_after_days


def _figures(
    school_class: SchoolClass, counts: CategoryCounts, periods: DeskPeriods, signals: int
) -> tuple[Figure, ...]:
    period, marked = periods.now, periods.of_marks
    if period is None or marked is None:
        return ()
    told = (("Неуспевающие", "failing"), ("Слабоуспевающие", "weak"), ("Группа резерва", "reserve"))
    categories = tuple(
        Figure(
            label,
            str(getattr(counts, name)),
            categories_link(period=period.pk, cls=school_class.pk, category=name),
            f"из {counts.pupils}",
        )
        for label, name in told
    )
    return (*categories, Figure("Открытые сигналы", str(signals), signals_link(period=marked.pk, cls=school_class.pk)))


def _open_signals(user: User, period: Period | None, led: list[SchoolClass]) -> dict[int, int]:
    """How many signals of each class wait for an answer."""
    if period is None:
        return {}
    rows = Signal.objects.visible_to(user).in_period(period).filter(school_class__in=led, state=SignalState.OPEN)
    return dict(rows.order_by().values_list("school_class").annotate(number=Count("pk")))


def _risk(user: User, period: Period | None, led: list[SchoolClass]) -> list[tuple[int, RiskLine]]:
    if period is None:
        return []
    rows = (
        PupilCategory.objects.visible_to(user)
        .in_period(period)
        .filter(school_class__in=led, category__in=AT_RISK)
        .annotate(grave=rank("category", Category))
        .select_related("pupil")
        .order_by("grave", "pupil__sort_key", "pk")
    )
    found = list(rows)
    names = dict(
        Subject.objects.filter(pk__in={key for row in found for key in row.subjects}).values_list("pk", "name")
    )
    return [
        (
            row.school_class_id,
            RiskLine(
                row.pupil,
                Category(row.category),
                row.provisional,
                reasons_in_words(Category(row.category), row.evidence, names),
            ),
        )
        for row in found
    ]


def _to_agree(user: User, period: Period | None, led: list[SchoolClass]) -> dict[int, int]:
    """Entries of the registry that wait for the class teacher."""
    if period is None:
        return {}
    rows = RegistryEntry.objects.visible_to(user).in_period(period)
    rows = rows.filter(school_class__in=led, state=EntryState.PROPOSED).order_by()
    return dict(rows.values_list("school_class").annotate(number=Count("pk")))


def teaching(user: User, school: School, periods: DeskPeriods) -> Teaching:
    """Own classes with subjects, and open signals in own subjects; two queries."""
    staff = access_of(user).staff
    assignments = (
        TeachingAssignment.objects.on(periods.today).filter(staff=staff).select_related("school_class", "subject")
    )
    rows = assignments.order_by("school_class__grade", "school_class__letter", "subject__sort_key")
    subjects: dict[SchoolClass, list[str]] = {}
    for row in rows:
        names = subjects.setdefault(row.school_class, [])
        if row.subject.name not in names:
            names.append(row.subject.name)
    own = Q(subgroup__isnull=True, school_class=OuterRef("school_class")) | Q(subgroup__pupils=OuterRef("pupil"))
    mine = TeachingAssignment.objects.on(periods.today).filter(own, staff=staff, subject=OuterRef("subject"))
    signals: tuple[SignalRow, ...] = ()
    if periods.of_marks is not None:
        found = signal_list_rows(user, SignalQuery(periods.of_marks, sort="opened")).filter(Exists(mine))
        signals = _taught_signals(found, periods.of_marks, thresholds_of(school.settings))
    return Teaching(tuple(TaughtLine(one, ", ".join(names)) for one, names in subjects.items()), signals)


def _taught_signals(found: QuerySet[Signal], period: Period, thresholds: Thresholds) -> tuple[SignalRow, ...]:
    """With what is missing until a 3 in the lessons that are left; one query."""
    today = period.year.school.today()
    told = _with_marks(found, period).annotate(hours=weekly_hours(today), days_off=days_off_told("period__year"))
    rows: list[Any] = list(told[:SIGNALS_SHOWN])
    needed = [_needed(row, thresholds, today) for row in rows]
    return tuple(replace(one, needed=words) for one, words in zip(signal_rows(rows), needed, strict=True))


def _with_marks(found: QuerySet[Signal], period: Period) -> QuerySet[Signal]:
    """With the number and sum of the subject's marks in the class's own period, and whether it has a result."""
    own = Period.objects.filter(
        year=OuterRef("school_class__year"),
        system=OuterRef("school_class__period_system"),
        starts__lte=period.ends,
        ends__gte=period.ends,
    )
    same = {"pupil": OuterRef("pupil"), "subject": OuterRef("subject")}
    marks = Mark.objects.filter(**same, date__range=(OuterRef("own_starts"), OuterRef("own_ends"))).order_by()
    grouped = marks.values("pupil")
    return found.annotate(
        own_starts=Subquery(own.values("starts")[:1]),
        own_ends=Subquery(own.values("ends")[:1]),
        marks_number=Subquery(grouped.annotate(number=Count("pk")).values("number")),
        marks_total=Subquery(grouped.annotate(total=Sum("value")).values("total")),
        has_result=Exists(PeriodResult.objects.filter(**same, period__starts=OuterRef("own_starts"))),
        has_weighted=Exists(
            PeriodMean.objects.filter(**same, period__starts=OuterRef("own_starts"), weighted__isnull=False)
        ),
    )


def _needed(row: Any, thresholds: Thresholds, today: date) -> str:
    """Nothing where a result stands already, or weights that nobody knows ahead decide."""
    if row.has_result or row.has_weighted or not row.marks_number:
        return ""
    left = lessons_left(row.hours, school_days_left(today, row.own_ends, days_off_of(row.days_off)))
    return toward_three(row.marks_total, row.marks_number, thresholds, left).in_words


def charges(user: User, periods: DeskPeriods) -> tuple[ChargeLine, ...]:
    """Pupils for whom the person answers today, by name; one query."""
    staff = access_of(user).staff
    if staff is None:
        return ()
    judged = PupilCategory.objects.filter(pupil=OuterRef("pupil"), unrated=False).order_by(
        "-period__starts", "-period__number"
    )
    open_ones = Signal.objects.filter(pupil=OuterRef("pupil"), state=SignalState.OPEN).order_by().values("pupil")
    rows: QuerySet[Responsibility] = (
        Responsibility.objects.on(periods.today)
        .filter(person=staff, pupil__in=pupils_for(user).order_by().values("pk"))
        .select_related("pupil")
        .annotate(
            category=Subquery(judged.values("category")[:1]),
            open_signals=Subquery(open_ones.annotate(number=Count("pk")).values("number")),
        )
        .order_by("pupil__sort_key", "pk")
    )
    return tuple(
        ChargeLine(row, row.category or "", row.open_signals or 0)  # type: ignore[attr-defined]
        for row in rows
    )
