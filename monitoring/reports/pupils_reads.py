"""What papers about a class or a teacher read of pupils in a period: a constant number of set-based queries.

All reads take the keys of pupils. Routes for special needs, notes of specialists and restricted causes are not read.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from gradebook.models import Absence, AbsenceGround, PeriodResult, ResultKind
from monitoring.reports.quarter.reads import Judged, previous_period, spans
from risk_registry.categories import Category, EntryState
from risk_registry.models import PupilCategory, RegistryEntry
from risk_registry.selectors.causes import open_codes
from risk_registry.spans import Span
from school.models import Period, Pupil, SchoolClass, Subject

Days = tuple[date, date]


def judged_among(period: Period, classes: Collection[int]) -> list[Judged]:
    """The contingent of these classes in the period with their categories, by class and name."""
    rows = (
        PupilCategory.objects.filter(period=period, school_class__in=classes)
        .order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pupil")
        .values_list("pupil", "school_class", "category", "provisional", "unrated", "evidence")
    )
    return [Judged(*row) for row in rows]


def days_of(span: Span) -> Days:
    """Both ends inside."""
    return span.starts, span.ends


@dataclass(frozen=True)
class Compared:
    """Which days and results count for each system of periods, now and in the period before (None: no comparison)."""

    now: Mapping[str, Span]
    previous: Period | None
    was: Mapping[str, Span]

    def before(self, school_class: SchoolClass) -> Span | None:
        """The span to compare a class with: none where its own period is still the same one, as in half-years."""
        system = school_class.period_system
        if self.previous is None or system not in self.was:
            return None
        was = self.was[system]
        return None if was.period.key == self.now[system].period.key else was


def compared(period: Period) -> Compared:
    """With the classified period before, of the same year: another year has other classes. At most three queries."""
    previous = previous_period(period)
    if previous is not None and previous.year_id != period.year_id:
        previous = None
    return Compared(spans(period), previous, spans(previous) if previous is not None else {})


@dataclass(frozen=True, slots=True)
class Result:
    """A pupil's result in a subject; `period`: of the class's own system."""

    pupil: int
    subject: int
    value: str
    period: int


def results_of(pupils: Collection[int], periods: Collection[int]) -> list[Result]:
    """Results of these periods; «н/а» for a good reason leaves the subject unrated. By pupil and subject."""
    rows = PeriodResult.objects.filter(pupil__in=pupils, period__in=periods, kind=ResultKind.PERIOD, excused=False)
    told = rows.order_by("pupil__sort_key", "pupil", "subject__sort_key").values_list(
        "pupil", "subject", "value", "period"
    )
    return [Result(*row) for row in told]


@dataclass(frozen=True, slots=True)
class Missed:
    """One missed lesson; `reason` as it is counted, `grounded`: somebody has said why, or settled it."""

    pupil: int
    day: date
    reason: str
    grounded: bool


def missed_by(pupils: Collection[int], days: Days) -> list[Missed]:
    """Missed lessons of these days."""
    holds = AbsenceGround.objects.live().filter(
        pupil=OuterRef("pupil"), starts__lte=OuterRef("date"), covers_to__gte=OuterRef("date")
    )
    rows: Any = Absence.objects.filter(pupil__in=pupils, date__range=days).counted()
    told = rows.annotate(held=Exists(holds)).values_list("pupil", "date", "counted", "by_hand", "held")
    return [Missed(pupil, day, reason, by_hand or held) for pupil, day, reason, by_hand, held in told]


@dataclass(frozen=True)
class Entry:
    """What the registry says of a pupil; `causes` are codes, an empty word in the place of a restricted one."""

    state: EntryState
    category: Category
    causes: tuple[str, ...]
    by_hand: bool
    subjects: tuple[int, ...]

    @property
    def stands(self) -> bool:
        """Whether the pupil is in the registry, or proposed for it."""
        return self.state not in (EntryState.REMOVED, EntryState.WITHDRAWN)


def entries_of(pupils: Collection[int], period: Period) -> dict[int, Entry]:
    """Entries of the period by the pupil's key."""
    rows: Any = RegistryEntry.objects.filter(pupil__in=pupils, period=period).annotate(open_codes=open_codes())
    told = rows.values_list("pupil", "state", "category", "open_codes", "by_hand", "subjects")
    return {
        pupil: Entry(EntryState(state), Category(category), tuple(codes), hand, tuple(subjects))
        for pupil, state, category, codes, hand, subjects in told
    }


def people(pupils: Collection[int]) -> dict[int, Pupil]:
    """By key, in the order of names."""
    return {one.pk: one for one in Pupil.objects.filter(pk__in=pupils).order_by("sort_key", "pk")}


def subject_names(school: int) -> dict[int, str]:
    """All subjects of the school by key, in alphabetical order."""
    return dict(Subject.objects.filter(school=school).order_by("sort_key").values_list("pk", "name"))


def by_pupil(results: list[Result]) -> dict[int, dict[int, str]]:
    """Pupil → subject → value."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for one in results:
        found[one.pupil][one.subject] = one.value
    return found


def missed_days(missed: list[Missed]) -> Iterator[tuple[int, int, int, int, int]]:
    """Pupil, days, lessons, of them without good reason, of them without a ground; the most days first."""
    days: dict[int, set[date]] = defaultdict(set)
    lessons, unexcused, open_ones = Counter[int](), Counter[int](), Counter[int]()
    for one in missed:
        days[one.pupil].add(one.day)
        lessons[one.pupil] += 1
        unexcused[one.pupil] += one.reason == "unexcused"
        open_ones[one.pupil] += waits(one)
    for pupil in sorted(days, key=lambda key: (-len(days[key]), -lessons[key], key)):
        yield pupil, len(days[pupil]), lessons[pupil], unexcused[pupil], open_ones[pupil]


def waits(one: Missed) -> bool:
    """Whether nobody has said why the lesson was missed."""
    return one.reason == "unexcused" and not one.grounded
