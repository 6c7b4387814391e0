"""What the report of a period reads: a constant number of set-based queries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, OuterRef, Q, Subquery

from gradebook.models import Absence, Mark, PeriodResult, ResultKind
from gradebook.selectors import data_as_of
from monitoring.reports.quarter.shapes import Line, SignalLine, SubjectLine
from risk_registry.categories import Category, EntryState, SignalRule, SignalState
from risk_registry.freshness import DayOff, due_day
from risk_registry.models import Classification, PupilCategory, RegistryEntry, RegistryStep, Signal
from risk_registry.selectors.causes import open_codes
from risk_registry.spans import Interval, Span, span_for
from school.models import Holiday, Period, Pupil, School, SchoolClass, Subject

_FAILED = ("1", "2", "незач")
_NUMERIC = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Judged:
    """A pupil's category in a period, as classified."""

    pupil: int
    school_class: int
    category: str
    provisional: bool
    unrated: bool
    evidence: list[dict[str, object]]


@dataclass(frozen=True)
class Entry:
    """What the registry says of a pupil; `subjects` are keys. `approved_at`: when it was last approved.

    `causes`: codes of those that stand, an empty word in the place of a restricted one.
    """

    state: EntryState
    category: Category
    subjects: tuple[int, ...]
    by_hand: bool
    causes: tuple[str, ...] = ()
    approved_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether the pupil is in the registry, or proposed for it."""
        return self.state not in (EntryState.REMOVED, EntryState.WITHDRAWN)


@dataclass(frozen=True)
class ClassRef:
    """A class, by its words."""

    name: str
    level: str
    system: str
    school_class: SchoolClass


@dataclass(frozen=True)
class Names:
    """Full names of pupils and names of subjects, by key."""

    pupils: dict[int, str]
    subjects: dict[int, str]


def judged_in(period: Period) -> list[Judged]:
    """Every pupil of the contingent with their category, by class and name."""
    rows = (
        PupilCategory.objects.filter(period=period)
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pupil")
        .values_list("pupil", "school_class", "category", "provisional", "unrated", "evidence")
    )
    return [Judged(*row) for row in rows]


def classified(period: Period) -> datetime | None:
    """When the categories of the period were computed."""
    return Classification.objects.filter(period=period).values_list("computed_at", flat=True).first()


def previous_period(period: Period) -> Period | None:
    """The last classified period of the same system before this one."""
    return (
        Period.objects.filter(
            year__school=period.year.school,
            system=period.system,
            ends__lt=period.starts,
            classification__isnull=False,
        )
        .select_related("year")
        .order_by("-ends")
        .first()
    )


def classes_of(judged: list[Judged], before: list[Judged]) -> dict[int, ClassRef]:
    """The classes in which these pupils sit, in order."""
    keys = {row.school_class for row in judged} | {row.school_class for row in before}
    rows = SchoolClass.objects.filter(pk__in=keys).order_by("grade", "letter")
    return {row.pk: ClassRef(str(row), row.level, row.period_system, row) for row in rows}


def names(judged: list[Judged], before: list[Judged], more: Iterable[int] = ()) -> Names:
    """The words behind the keys; `more` are keys of subjects beside those of the evidence."""
    keys = {row.pupil for row in judged} | {row.pupil for row in before}
    pupils = Pupil.objects.filter(pk__in=keys).only("last_name", "first_name", "middle_name")
    used = {int(str(e["subject"])) for row in judged for e in row.evidence} | set(more)
    subjects = dict(Subject.objects.filter(pk__in=used).values_list("pk", "name"))
    return Names({pupil.pk: pupil.full_name for pupil in pupils}, subjects)


def entries(period: Period) -> dict[int, Entry]:
    """The registry's entries of the period by the pupil's key, in no order."""
    approvals = RegistryStep.objects.filter(entry=OuterRef("pk"), to_state=EntryState.APPROVED).order_by("-version")
    rows = RegistryEntry.objects.filter(period=period).annotate(
        told=open_codes(), approved_at=Subquery(approvals.values("at")[:1])
    )
    columns = ("pupil", "state", "category", "subjects", "by_hand", "told", "approved_at")
    return {
        pupil: Entry(EntryState(state), Category(category), tuple(of), hand, tuple(causes), at)
        for pupil, state, category, of, hand, causes, at in rows.values_list(*columns)
    }


def data_days(classes: Iterable[ClassRef], period: Period) -> dict[int, date | None]:
    """The last lesson of the period that each class's files cover, by the class's key."""
    return data_as_of([each.school_class for each in classes], until=period.ends)


def stale_classes(
    school: School, period: Period, lines: Iterable[Line], classes: Mapping[int, ClassRef]
) -> Iterator[str]:
    """Classes whose files do not reach the period's end, or today while it goes on (with the school's allowance)."""
    holidays = Holiday.objects.filter(year=period.year, first_grade_only=False).values_list("starts", "ends")
    days_off = [DayOff(*days) for days in holidays]
    due = due_day(min(period.ends, school.today()), days_off, stale_after=school.settings.stale_after_days)
    for line in lines:
        graded = line.key is not None and classes[line.key].school_class.grade >= school.settings.marks_from_grade
        if graded and (line.data_as_of is None or line.data_as_of < due):
            yield line.name


def year_periods(period: Period) -> list[Period]:
    """All periods of the year, of every system, in time."""
    found = list(Period.objects.filter(year=period.year).order_by("starts", "number"))
    for row in found:
        row.year = period.year
    return found


def spans(period: Period, periods: Sequence[Period] | None = None) -> dict[str, Span]:
    """By system of periods: which days and whose results count for this period. `periods`: of the year, where read."""
    rows = year_periods(period) if periods is None else list(periods)
    asked = _interval(period)
    systems = {row.system for row in rows}
    return {s: span_for(asked, [_interval(row) for row in rows if row.system == s]) for s in sorted(systems)}


def _interval(period: Period) -> Interval:
    return Interval(period.pk, period.number, period.starts, period.ends)


def in_spans(period: Period, *, dated: bool, periods: Sequence[Period] | None = None) -> Q:
    """Facts that count for the pupils of the contingent, each by the system of the class they sit in."""
    condition = Q(pk__in=[])
    for system, span in spans(period, periods).items():
        own = Q(pupil__categories__period=period, pupil__categories__school_class__period_system=system)
        counted = Q(date__range=(span.starts, span.ends)) if dated else Q(period=span.period.key)
        condition |= own & counted
    return condition


def subject_lines(period: Period, periods: Sequence[Period] | None = None) -> list[SubjectLine]:
    """Results and current marks by subject, in alphabetical order."""
    found = (
        PeriodResult.objects.filter(in_spans(period, dated=False, periods=periods), kind=ResultKind.PERIOD)
        .values_list("subject", "value")
        .annotate(count=Count("pk"))
        .order_by()
    )
    results: dict[int, Counter[str]] = {}
    for subject, value, count in found:
        results.setdefault(subject, Counter())[value] += count
    low = dict(
        Mark.objects.filter(in_spans(period, dated=True, periods=periods), value__lte=2)
        .values_list("subject")
        .annotate(count=Count("pk"))
        .order_by()
    )
    subjects = Subject.objects.filter(pk__in={*results, *low}).order_by("sort_key")
    return [
        SubjectLine(
            subject=subject.name,
            results=sum(results.get(subject.pk, Counter()).values()),
            unsatisfactory_results=sum(results.get(subject.pk, Counter())[value] for value in _FAILED),
            not_attested=results.get(subject.pk, Counter())["н/а"],
            mean=mean_of(results.get(subject.pk, Counter())),
            unsatisfactory_marks=low.get(subject.pk, 0),
        )
        for subject in subjects
    ]


def mean_of(results: Counter[str]) -> float | None:
    """The mean of numeric results, two decimals, half up; None without any."""
    count = sum(results[value] for value in _NUMERIC)
    if not count:
        return None
    exact = Decimal(sum(int(value) * results[value] for value in _NUMERIC)) / count
    return float(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def absence_counts(period: Period, periods: Sequence[Period] | None = None) -> Counter[tuple[int, str]]:
    """Missed lessons by (the pupil's class, reason with which they are counted)."""
    rows = (
        Absence.objects.filter(in_spans(period, dated=True, periods=periods))
        .counted()
        .values_list("pupil__categories__school_class", "counted")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return Counter({(school_class, reason): count for school_class, reason, count in rows})


def signal_lines(period: Period) -> list[SignalLine]:
    """Who has three marks below 3 and more in a subject, answered or not, by class and name."""
    rows = (
        Signal.objects.filter(period=period, rule=SignalRule.THREE_UNSATISFACTORY, subject__isnull=False)
        .exclude(state=SignalState.CLOSED)
        .select_related("pupil", "school_class", "subject")
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "subject__sort_key")
    )
    return [
        SignalLine(
            pupil=row.pupil_id,
            name=row.pupil.full_name,
            school_class=str(row.school_class),
            subject=row.subject.name if row.subject is not None else "",
            dates=tuple(date.fromisoformat(day) for day in row.evidence),
        )
        for row in rows
    ]
