"""One pupil's academic year as it is recorded: what the pupil's pages are made of, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from common.names import name_key
from desk.rules import Days, original_value, so_far
from gradebook.models import Absence, Mark, PeriodMean, PeriodResult, ResultKind
from risk_registry.facts import thresholds_of
from risk_registry.rules.categories import SubjectFacts, Thresholds
from risk_registry.rules.distance import lessons_left, school_days_left
from risk_registry.selectors.lessons import days_off_of, days_off_told, hours_of, hours_told
from risk_registry.selectors.timeline import works_told
from school.access import Viewer, access_of, pupils_for, readable_classes
from school.models import AcademicYear, Enrolment, Period, Pupil, SchoolClass
from school.permissions import leads_class_told
from school.selectors_history import Correction, corrections_of


class MarkRow(NamedTuple):
    """A current mark."""

    pk: int
    subject: int
    name: str
    day: date
    value: int
    raw: str
    work: str
    weight: Decimal | None
    by_hand: bool
    batch: int | None


class AbsenceRow(NamedTuple):
    """A missed lesson; `reason` is an `AbsenceReason`: how it is counted, grounds and corrections included."""

    pk: int
    subject: int
    day: date
    reason: str
    by_hand: bool = False


class ResultRow(NamedTuple):
    """A result of a period (or of the year: no period)."""

    pk: int
    subject: int
    name: str
    period: int | None
    kind: str
    value: str
    raw: str
    excused: bool
    by_hand: bool = False


class MeanRow(NamedTuple):
    """What a file states as the mean."""

    mean: Decimal | None
    weighted: Decimal | None
    batch: int | None


@dataclass(frozen=True)
class Book:
    """The year of one pupil. `periods` are those of the pupil's class; `chosen` is the one the page is about.

    `hours`: a week, by subject, where they are written down; `days_off`: first and last days of holidays;
    `works`: the year's assessment procedures, for `work_items`.
    """

    pupil: Pupil
    today: date
    seats: tuple[Enrolment, ...]
    year: AcademicYear | None
    periods: tuple[Period, ...] = ()
    chosen: Period | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    marks: tuple[MarkRow, ...] = ()
    results: tuple[ResultRow, ...] = ()
    means: dict[tuple[int, int], MeanRow] = field(default_factory=dict)
    absences: tuple[AbsenceRow, ...] = ()
    corrections: dict[str, list[Correction]] = field(default_factory=dict)
    hours: Mapping[int, Decimal] = field(default_factory=dict)
    days_off: tuple[tuple[date, date], ...] = ()
    works: tuple[Mapping[str, Any], ...] = ()
    asked_year: int | None = None

    @property
    def now(self) -> Enrolment | None:
        """Where the pupil sits today, else the last place; None for one who never sat anywhere."""
        begun = self._begun_seats or list(self.seats[:1])
        return begun[-1] if begun else None

    @property
    def _begun_seats(self) -> list[Enrolment]:
        return [seat for seat in self.seats if seat.starts <= self.today]

    @property
    def seat(self) -> Enrolment | None:
        """The last place in the year that is asked about; without one, or of no such year, that of today."""
        asked = [seat for seat in self._begun_seats if seat.school_class.year.start == self.asked_year]
        return asked[-1] if asked else self.now

    @property
    def school_class(self) -> SchoolClass | None:
        """The class of the seat."""
        return self.seat.school_class if self.seat else None

    @property
    def years(self) -> list[AcademicYear]:
        """Those in which the pupil has sat somewhere, the newest first."""
        found = {seat.school_class.year_id: seat.school_class.year for seat in self._begun_seats}
        return sorted(found.values(), key=lambda year: -year.start)

    @property
    def query(self) -> str:
        """«year=2026» of a page about a past year: its links keep to it; empty for the present one."""
        past = self.seat and self.now and self.seat.school_class.year_id != self.now.school_class.year_id
        return f"year={self.seat.school_class.year.start}" if past and self.seat else ""

    def address(self, name: str, *keys: int) -> str:
        """A page about the pupil in the same year."""
        return reverse(name, args=[self.pupil.pk, *keys]) + (f"?{self.query}" if self.query else "")

    @property
    def openable(self) -> bool:
        """Whether the reader may open the page of the class of today."""
        return bool(self.now and self.now.openable)  # type: ignore[attr-defined]

    @property
    def begun(self) -> tuple[Period, ...]:
        """Periods that have begun by today."""
        return tuple(period for period in self.periods if period.starts <= self.today)

    def earlier(self, period: Period) -> list[Period]:
        """Periods of the year before this one."""
        return [each for each in self.periods if each.number < period.number]

    def lessons_left(self, subject: int, period: Period) -> int | None:
        """How many lessons of the subject may still come in the period; None where its hours are not known."""
        return lessons_left(self.hours.get(subject), school_days_left(self.today, period.ends, self.days_off))

    @property
    def previous(self) -> Period | None:
        """The period before the chosen one, within the year."""
        if self.chosen is None:
            return None
        before = self.earlier(self.chosen)
        return before[-1] if before else None

    @property
    def subjects(self) -> dict[int, str]:
        """Subjects with marks, absences' aside, or results in the year, by name."""
        found = {mark.subject: mark.name for mark in self.marks}
        found |= {result.subject: result.name for result in self.results}
        return dict(sorted(found.items(), key=lambda pair: name_key(pair[1])))

    def marks_in(self, days: Days, subject: int | None = None) -> list[MarkRow]:
        """Marks of these days, oldest first; of one subject when it is named."""
        return [mark for mark in self.marks if mark.day in days and subject in (None, mark.subject)]

    def absences_in(self, days: Days) -> list[AbsenceRow]:
        """Missed lessons of these days."""
        return [absence for absence in self.absences if absence.day in days]

    def result(self, subject: int, period: Period) -> ResultRow | None:
        """The result of the subject in the period."""
        found = (row for row in self.results if row.subject == subject and row.period == period.pk)
        return next(found, None)

    def annual(self, subject: int) -> list[ResultRow]:
        """Results of the year and of examinations."""
        return [row for row in self.results if row.subject == subject and row.kind != ResultKind.PERIOD]

    def facts(self, subject: int, period: Period) -> SubjectFacts:
        """The subject in the period as the rules of categories take it."""
        marks = self.marks_in(days_of(period), subject)
        result = self.result(subject, period)
        return SubjectFacts(
            subject=subject,
            marks=len(marks),
            total=sum(mark.value for mark in marks),
            unsatisfactory=tuple(mark.day for mark in marks if mark.value <= 2),
            weighted=self._weighted(subject, period, marks),
            result=result.value if result else None,
            excused=bool(result and result.excused),
        )

    def _weighted(self, subject: int, period: Period, marks: Iterable[MarkRow]) -> Decimal | None:
        """The file's weighted mean, as long as no mark is newer than it (as `risk_registry.facts` holds it)."""
        stated = self.means.get((subject, period.pk))
        if stated is None or any(mark.by_hand or (mark.batch or 0) > (stated.batch or 0) for mark in marks):
            return None
        return stated.weighted

    def was(self, mark: MarkRow) -> int | None:
        """What a corrected mark was at first."""
        before = [int(correction.old) for correction in self.corrections.get(str(mark.pk), ())]
        return original_value(before, mark.value)


def days_of(period: Period) -> Days:
    """Both days of the period inside."""
    return Days(period.starts, period.ends)


def lived(book: Book, period: Period) -> Days:
    """The days of the period that are over."""
    return so_far(days_of(period), book.today)


def pupils_with_school(user: Viewer) -> QuerySet[Pupil]:
    """Where every page about a pupil begins: those whom the person may see."""
    return pupils_for(user).select_related("school__settings")


def read_book(user: Viewer, pupil: Pupil, number: int | None = None, year: int | None = None) -> Book:
    """The pupil's year; `number` chooses the period, by default the one of today, else the last begun.

    `year`: in which it began, by default that of the pupil's present class.

    `pupil` comes from `pupils_with_school(user)`. Seven queries.
    """
    today = access_of(user).today or pupil.school.today()
    openable = Exists(readable_classes(user).filter(pk=OuterRef("school_class")))
    read = pupil.enrolments.select_related("school_class__class_teacher", "school_class__year")
    told = {
        "hours_told": hours_told(today, "school_class", pupil.pk),
        "days_off": days_off_told("school_class__year"),
        "works_told": works_told("school_class__year", pupil.pk),
    }
    seats = tuple(read.annotate(openable=openable, **told))
    leads_class_told(user, pupil, seats)
    bare = Book(pupil, today, seats, None, asked_year=year)
    if bare.school_class is None:
        return bare
    school_class = bare.school_class
    periods = tuple(Period.objects.filter(year=school_class.year, system=school_class.period_system).order_by("number"))
    return Book(
        pupil=pupil,
        today=today,
        seats=seats,
        year=school_class.year,
        periods=periods,
        chosen=_choose(periods, number, today),
        thresholds=thresholds_of(pupil.school.settings),
        marks=_marks(pupil, school_class.year),
        results=_results(pupil, school_class.year),
        means=_means(pupil, periods),
        absences=_absences(pupil, school_class.year),
        corrections=corrections_of(pupil, Mark, "value"),
        hours=hours_of(getattr(bare.seat, "hours_told", [])),
        days_off=days_off_of(getattr(bare.seat, "days_off", [])),
        works=tuple(getattr(bare.seat, "works_told", [])),
        asked_year=year,
    )


def _choose(periods: tuple[Period, ...], number: int | None, today: date) -> Period | None:
    named = [period for period in periods if period.number == number]
    begun = [period for period in periods if period.starts <= today]
    return next(iter(named or begun[-1:] or periods[:1]), None)


def _marks(pupil: Pupil, year: AcademicYear) -> tuple[MarkRow, ...]:
    rows = Mark.objects.filter(pupil=pupil, year=year).order_by("date", "subject__sort_key", "ordinal")
    told = rows.values_list(
        "pk", "subject", "subject__name", "date", "value", "raw", "work", "weight", "by_hand", "batch"
    )
    return tuple(MarkRow(*row) for row in told)


def _results(pupil: Pupil, year: AcademicYear) -> tuple[ResultRow, ...]:
    rows = PeriodResult.objects.filter(pupil=pupil, year=year).order_by("subject__sort_key", "period__number")
    told = rows.values_list("pk", "subject", "subject__name", "period", "kind", "value", "raw", "excused", "by_hand")
    return tuple(ResultRow(*row) for row in told)


def _means(pupil: Pupil, periods: Iterable[Period]) -> dict[tuple[int, int], MeanRow]:
    rows = PeriodMean.objects.filter(pupil=pupil, period__in=[period.pk for period in periods])
    told = rows.values_list("subject", "period", "mean", "weighted", "batch")
    return {(subject, period): MeanRow(mean, weighted, batch) for subject, period, mean, weighted, batch in told}


def _absences(pupil: Pupil, year: AcademicYear) -> tuple[AbsenceRow, ...]:
    rows = Absence.objects.filter(pupil=pupil, year=year).counted().order_by("date", "ordinal")
    return tuple(AbsenceRow(*row) for row in rows.values_list("pk", "subject", "date", "counted", "by_hand"))
