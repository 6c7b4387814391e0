"""The timetable of assessment procedures: what each class writes when, and what speaks against it. Names nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from gradebook.models import Procedure
from gradebook.rules_procedures import Clash, Load, Planned, clashes, hours_of_year, loads
from gradebook.selectors_overdue import with_written
from school.models import AcademicYear, SchoolClass, TeachingAssignment
from school.selectors import holiday_spans

_MONTHS = {
    1: "Январь",
    2: "Февраль",
    3: "Март",
    4: "Апрель",
    5: "Май",
    6: "Июнь",
    7: "Июль",
    8: "Август",
    9: "Сентябрь",
    10: "Октябрь",
    11: "Ноябрь",
    12: "Декабрь",
}
_LAST_OF_SCHOOL = (5, 8)  # no column for a month of summer in which nothing stands


@dataclass(frozen=True)
class Slot:
    """A procedure as it stands in a class's row; `clashes` say what speaks against it there."""

    procedure: Procedure
    clashes: tuple[Clash, ...]

    @property
    def day(self) -> date | None:
        """When it is."""
        return self.procedure.date


@dataclass(frozen=True)
class TimetableRow:
    """One class: its procedures by month, as many lists as the table has months."""

    school_class: SchoolClass
    months: tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True)
class Told:
    """A clash with everybody whom it meets: several classes of a grade are told once."""

    procedure: Procedure
    classes: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class SubjectLoad:
    """How much of a subject's time a class spends on procedures."""

    school_class: SchoolClass
    subject: str
    load: Load


@dataclass(frozen=True)
class Timetable:
    """The table of a span of days. `without_hours`: classes and subjects whose weekly hours nobody has told."""

    year: AcademicYear
    months: tuple[str, ...]
    rows: tuple[TimetableRow, ...]
    clashes: tuple[Told, ...]
    loads: tuple[SubjectLoad, ...]
    procedures: tuple[Procedure, ...]
    plan: "YearPlan"

    @property
    def without_hours(self) -> list[SubjectLoad]:
        """Where the tenth cannot be reckoned."""
        return [one for one in self.loads if one.load.hours is None]


@dataclass(frozen=True)
class YearPlan:
    """Everything of a year that the rules need."""

    year: AcademicYear
    classes: tuple[SchoolClass, ...]
    procedures: tuple[Procedure, ...]
    hours: dict[tuple[int, int], Decimal | None]
    holidays: tuple[tuple[date, date], ...]

    def planned(self, procedures: Iterable[Procedure] | None = None) -> list[Planned]:
        """Each procedure as each of its classes meets it."""
        return [
            Planned(one.pk or 0, place.pk, one.subject_id, one.date, one.title, one.lesson)
            for one in (self.procedures if procedures is None else procedures)
            for place in self.classes_of(one)
            if one.date is not None
        ]

    def classes_of(self, procedure: Procedure) -> list[SchoolClass]:
        """Who writes it."""
        if procedure.school_class_id is not None:
            return [place for place in self.classes if place.pk == procedure.school_class_id]
        return [place for place in self.classes if place.grade == procedure.grade]


def year_plan(year: AcademicYear) -> YearPlan:
    """Four queries."""
    classes = tuple(SchoolClass.objects.filter(year=year).order_by("grade", "letter"))
    grades = {place.pk: place.grade for place in classes}
    works = with_written(Procedure.objects.standing()).filter(year=year, date__isnull=False)
    procedures = tuple(works.select_related("subject", "school_class").order_by("date", "lesson", "grade", "pk"))
    duties = TeachingAssignment.objects.filter(school_class__year=year, weekly_hours__isnull=False)
    weekly = duties.order_by().values_list("school_class", "subject").annotate(most=Max("weekly_hours"))
    hours = {(place, subject): hours_of_year(most, grades[place]) for place, subject, most in weekly}
    return YearPlan(year, classes, procedures, hours, tuple(holiday_spans(year)))


def clashes_of_new(year: AcademicYear, procedure: Procedure) -> list[Told]:
    """What would speak against a procedure that is not saved yet, or that is about to be moved."""
    plan = year_plan(year)
    others = [one for one in plan.procedures if one.pk != procedure.pk]
    found = clashes(plan.planned([*others, procedure]), plan.hours, plan.holidays)
    mine = [clash for clash in found if clash.procedure == (procedure.pk or 0)]
    return _told(plan, mine, {procedure.pk or 0: procedure})


def clashes_among(plan: YearPlan, works: Sequence[Procedure]) -> list[Told]:
    """What would speak against works that are not saved yet, each under a key that no saved one has; no query."""
    found = clashes(plan.planned([*plan.procedures, *works]), plan.hours, plan.holidays)
    fresh = {work.pk: work for work in works}
    return _told(plan, [clash for clash in found if clash.procedure in fresh], fresh)


def timetable(
    year: AcademicYear, *, first: date, last: date, grade: int | None = None, school_class: int | None = None
) -> Timetable:
    """What stands from one day to another, both inside; the rules look at the whole year. Four queries."""
    plan = year_plan(year)
    chosen = [place for place in plan.classes if grade in (None, place.grade) and school_class in (None, place.pk)]
    keys = {place.pk for place in chosen}
    every = plan.planned()
    found = [clash for clash in clashes(every, plan.hours, plan.holidays) if clash.school_class in keys]
    shown = [one for one in plan.procedures if one.date is not None and first <= one.date <= last]
    days = {one.pk: one for one in shown}
    months = _months(first, last, shown)
    against: dict[tuple[int, int], list[Clash]] = defaultdict(list)
    for clash in found:
        against[clash.procedure, clash.school_class].append(clash)
    rows = [_row(plan, place, shown, months, against) for place in chosen]
    mine = loads((one for one in every if one.school_class in keys), plan.hours)
    return Timetable(
        year=year,
        months=tuple(_MONTHS[month] for _, month in months),
        rows=tuple(rows),
        clashes=tuple(_told(plan, [clash for clash in found if clash.procedure in days], days)),
        loads=tuple(_loads(plan, mine)),
        procedures=tuple(one for one in shown if keys & {place.pk for place in plan.classes_of(one)}),
        plan=plan,
    )


def _months(first: date, last: date, shown: Sequence[Procedure]) -> list[tuple[int, int]]:
    """(year, month) of each column; those of summer only when something stands in them."""
    held = {(one.date.year, one.date.month) for one in shown if one.date is not None}
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        if not _LAST_OF_SCHOOL[0] < month <= _LAST_OF_SCHOOL[1] or (year, month) in held:
            found.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _row(
    plan: YearPlan,
    place: SchoolClass,
    shown: Sequence[Procedure],
    months: Sequence[tuple[int, int]],
    against: dict[tuple[int, int], list[Clash]],
) -> TimetableRow:
    cells: dict[tuple[int, int], list[Slot]] = defaultdict(list)
    for one in shown:
        if one.date is not None and (one.school_class_id == place.pk or _of_grade(one, place)):
            cells[one.date.year, one.date.month].append(Slot(one, tuple(against.get((one.pk, place.pk), ()))))
    return TimetableRow(place, tuple(tuple(cells[month]) for month in months))


def _of_grade(procedure: Procedure, place: SchoolClass) -> bool:
    return procedure.school_class_id is None and procedure.grade == place.grade


def _told(plan: YearPlan, found: Iterable[Clash], works: dict[int, Procedure]) -> list[Told]:
    names = {place.pk: str(place) for place in plan.classes}
    grouped: dict[tuple[int, str], list[str]] = defaultdict(list)
    for clash in found:
        grouped[clash.procedure, clash.words].append(names[clash.school_class])
    return [Told(works[key], tuple(classes), words) for (key, words), classes in grouped.items()]


def _loads(plan: YearPlan, found: Iterable[Load]) -> list[SubjectLoad]:
    places = {place.pk: place for place in plan.classes}
    subjects = {one.subject_id: one.subject for one in plan.procedures}
    order = {place.pk: number for number, place in enumerate(plan.classes)}
    rows = sorted(found, key=lambda one: (order[one.school_class], subjects[one.subject].sort_key))
    return [SubjectLoad(places[one.school_class], subjects[one.subject].name, one) for one in rows]


def half_of(year: AcademicYear, half: int) -> tuple[date, date]:
    """First and last days: 1 is until New Year, 2 after it, 0 the whole year."""
    turn = date(year.start + 1, 1, 1)
    if half == 1:
        return year.starts, date(year.start, 12, 31)
    return (turn, year.ends) if half == 2 else (year.starts, year.ends)
