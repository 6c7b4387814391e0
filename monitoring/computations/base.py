"""What a computation works with and what it answers: sides of an indicator that can be counted and named.

A side is told once: its number, the list of names and the chart come from the same rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from parents.selectors.indicators import ParentIndicator, parent_indicators
from risk_registry.categories import Category, EntryState
from risk_registry.models import PupilCategory, RegistryEntry, RegistryStep
from risk_registry.selectors.as_of import day_end, last_steps
from risk_registry.selectors.registry import OUT
from roadmaps.selectors.local_acts import ActIndicator, acts_overview
from roadmaps.selectors.shares import Share, activity_shares
from school.access import Viewer
from school.models import AcademicYear, Enrolment, Period, Pupil, School, Staff
from teaching.permissions import pedagogical_workers
from teaching.rules.evidence import Code
from teaching.selectors.indicators import StaffShare, staff_shares

REGISTRY, CLASSIFICATION = "registry", "classification"


@dataclass(frozen=True)
class Name:
    """One of those behind a number: a person or a thing, something about it, where it opens (empty: nowhere)."""

    text: str
    about: str = ""
    url: str = ""


Namer = Callable[[QuerySet[Any], Viewer], Iterable[Name]]


@dataclass(frozen=True)
class Rows:
    """A side that is rows of the database. `namer` narrows them to what the person may see and tells their names.

    Without a `namer` it is a number alone: facts of health or origin are never listed here.
    """

    rows: QuerySet[Any]
    namer: Namer | None = None


@dataclass(frozen=True)
class Number:
    """A side that a selector of a lower floor has counted; `names` asks who they are, for a person.

    Without `names` nobody keeps them: answers without names, what a person has entered.
    """

    number: int
    names: Callable[[Viewer], Iterable[Name]] | None = None


Side = Rows | Number


@dataclass(frozen=True)
class Reckoned:
    """An indicator of a period: both sides; `denominator` is None of what is counted or there.

    `basis`: of pupils at risk, whether the approved registry speaks or the classification. `parts`: what of the
    numerator or beside it is told apart. `why`: what is missing where there is no number.
    """

    numerator: Side
    denominator: Side | None = None
    basis: str = ""
    parts: tuple[tuple[str, Side], ...] = ()
    why: str = ""


class RowsCount(Subquery):
    """How many rows a subquery has, nought of none."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def count_sides(school: School, sides: Iterable[Side]) -> list[int]:
    """The numbers of sides in their order; all that are rows in one statement (NULL of what is empty by its terms)."""
    listed = list(sides)
    asked = {
        f"n{place}": RowsCount(side.rows.order_by().values("pk"))
        for place, side in enumerate(listed)
        if isinstance(side, Rows)
    }
    row: Mapping[str, Any] = School.objects.filter(pk=school.pk).values(**asked).get() if asked else {}
    return [row[f"n{place}"] or 0 if isinstance(side, Rows) else side.number for place, side in enumerate(listed)]


def names_of(side: Side, user: Viewer) -> list[Name] | None:
    """Those behind a number whom the person may see; None where nobody is told to anybody."""
    if isinstance(side, Rows):
        return None if side.namer is None else list(side.namer(side.rows, user))
    return None if side.names is None else list(side.names(user))


@dataclass(frozen=True)
class Scope:
    """A period of a school's main system, asked about on `day`: its last day, or today while it goes on.

    `as_of`: everything is told as it stood on that day, as far as steps, versions and days are kept.
    """

    school: School
    period: Period
    day: date
    as_of: bool = False

    @classmethod
    def of(cls, period: Period, today: date | None = None) -> "Scope":
        """`today` None: the school's."""
        school = period.year.school
        now = school.today() if today is None else today
        return cls(school, period, min(max(now, period.starts), period.ends))

    @classmethod
    def as_it_stood(cls, period: Period, day: date) -> "Scope":
        """On a day of the period that has passed."""
        return cls(period.year.school, period, day, as_of=True)

    @property
    def ended(self) -> datetime:
        """The moment in which the day asked about ends."""
        return day_end(self.period, self.day)

    @property
    def year(self) -> AcademicYear:
        """The period's year."""
        return self.period.year

    @property
    def days(self) -> tuple[date, date]:
        """From the period's first day to the day asked about, both inside."""
        return self.period.starts, self.day

    @property
    def days_of_year(self) -> tuple[date, date]:
        """From the year's first day to the day asked about, both inside."""
        return self.year.starts, self.day

    @cached_property
    def by_registry(self) -> bool:
        """Whether the registry of the period is approved: something is decided and nothing waits (CONTRACT)."""
        if self.as_of:
            states = set(self._steps().values_list("to_state", flat=True))
        else:
            entries = RegistryEntry.objects.filter(period=self.period).order_by()
            states = set(entries.values_list("state", flat=True).distinct())
        found = states - {EntryState.WITHDRAWN}
        return bool(found) and found <= {EntryState.APPROVED, EntryState.REMOVED}

    @property
    def basis(self) -> str:
        """Which of the two speaks of pupils at risk."""
        return REGISTRY if self.by_registry else CLASSIFICATION

    def _steps(self) -> QuerySet[RegistryStep]:
        return last_steps(RegistryEntry.objects.filter(school=self.school), self.period, self.day)

    def contingent(self) -> QuerySet[Pupil]:
        """Pupils of the school on the period's last day; nobody before the first classification."""
        if self.as_of:
            seats = Enrolment.objects.on(self.day).filter(pupil=OuterRef("pk"), school_class__year=self.year)
            return Pupil.objects.filter(Exists(seats), school=self.school)
        return Pupil.objects.filter(Exists(PupilCategory.objects.filter(period=self.period, pupil=OuterRef("pk"))))

    def pupils_in(self, categories: Iterable[Category]) -> QuerySet[Pupil]:
        """Pupils of the contingent in these categories, after `basis`."""
        if self.as_of:
            last = RegistryStep.objects.filter(pk__in=self._steps().values("pk"), category__in=list(categories))
            stood = last.filter(entry__pupil=OuterRef("pk")).exclude(to_state__in=OUT)
            return self.contingent().filter(Exists(stood))
        same = {"period": self.period, "pupil": OuterRef("pk"), "category__in": list(categories)}
        entries = RegistryEntry.objects.filter(**same).exclude(state__in=OUT)
        judged = PupilCategory.objects.filter(**same)
        return self.contingent().filter(Exists(entries if self.by_registry else judged))

    def pedagogues(self) -> QuerySet[Staff]:
        """Pedagogical workers of the day."""
        return pedagogical_workers(self.school, self.day)

    @cached_property
    def staff_shares(self) -> dict[Code, StaffShare]:
        """Of `teaching/`, whose trainings count from any day."""
        return staff_shares(self.school, self.day, self.year)

    @cached_property
    def activities(self) -> dict[str, Share]:
        """Deeds of the roadmap held since the year began, by code."""
        first, last = self.days_of_year
        told = activity_shares(school=self.school, year=self.year, begins=first, ends=last)
        return {share.code: share for share in told}

    @cached_property
    def acts(self) -> dict[str, ActIndicator]:
        """Of the register of local acts on the day."""
        return {one.code: one for one in acts_overview(self.school, self.year, self.day).indicators}

    def parent_indicators(self, days: tuple[date, date]) -> dict[str, ParentIndicator]:
        """Of `parents/`, of all pupils, from day to day; read once for the same days."""
        kept: dict[tuple[date, date], dict[str, ParentIndicator]] = self._of_parents
        if days not in kept:
            kept[days] = parent_indicators(None, self.school, self.year, *days)
        return kept[days]

    @cached_property
    def _of_parents(self) -> dict[tuple[date, date], dict[str, ParentIndicator]]:
        return {}
