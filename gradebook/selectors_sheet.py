"""The sheet of a class's results: whose they are, in which subjects, what stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from common.look import Tab
from gradebook.models import Mark, PeriodResult, ResultKind
from gradebook.permissions import SheetRight, sheet_classes, sheet_right
from school.access import Viewer, access_of, pupils_for
from school.models import Enrolment, Period, Pupil, SchoolClass, Subject, TeachingAssignment

_LAST_GRADES = (9, 11)


@dataclass(frozen=True)
class SheetTerm:
    """What the results are of: a period of the class's own system, or an annual kind. `code` stands in addresses."""

    kind: ResultKind
    period: Period | None
    title: str
    starts: date
    ends: date

    @property
    def period_pk(self) -> int | None:
        """The key of the period; none for what is of the year."""
        return None if self.period is None else self.period.pk

    @property
    def code(self) -> str:
        """«2» for the second quarter, else the kind."""
        return str(self.period.number) if self.period is not None else self.kind.value


@dataclass(frozen=True)
class SheetCell:
    """One result; `name` is that of its field, `told` what a reader hears, `typed` what was refused just now."""

    name: str
    value: str
    told: str
    own: bool
    typed: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A pupil with the cells, by the sheet's columns."""

    pupil: Pupil
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True)
class Sheet:
    """What the page shows. `others` are subjects of the school that may be added as a column."""

    school_class: SchoolClass
    term: SheetTerm
    tabs: tuple[Tab, ...]
    columns: tuple[Subject, ...]
    others: tuple[Subject, ...]
    rows: tuple[SheetRow, ...]

    @property
    def standing(self) -> dict[str, str]:
        """What stands, by the name of the field; empty cells are left out."""
        return {cell.name: cell.value for row in self.rows for cell in row.cells if cell.value}

    @property
    def cells(self) -> int:
        """How many results the sheet may hold."""
        return len(self.rows) * len(self.columns)


def cell_name(pupil: int, subject: int) -> str:
    """The name of a cell's field."""
    return f"c-{pupil}-{subject}"


def classes_with_sheets(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes of the newest begun year of whose results the person writes some, with `pupils_now`."""
    access = access_of(user)
    day = access.today or date.min
    seated = Q(enrolments__starts__lte=day) & (Q(enrolments__ends__isnull=True) | Q(enrolments__ends__gte=day))
    present = sheet_classes(user).filter(year__starts__lte=day, year__ends__gte=day)
    told = present.select_related("class_teacher").annotate(
        pupils_now=Count("enrolments", filter=seated, distinct=True)
    )
    return told.order_by("grade", "letter")


def class_with_terms(user: Viewer) -> QuerySet[SchoolClass]:
    """The classes of which the person writes some results, each with the `periods_told` of its own system as JSON."""
    periods = Period.objects.filter(year=OuterRef("year"), system=OuterRef("period_system")).order_by("number")
    told = JSONObject(pk="pk", number="number", system="system", starts="starts", ends="ends")
    rows = SchoolClass.objects.filter(pk__in=sheet_classes(user).order_by().values("pk"))
    found = rows.select_related("year", "school__settings")
    return found.annotate(periods_told=ArraySubquery(periods.values(told=told)))


def terms_of(school_class: SchoolClass, today: date) -> list[SheetTerm]:
    """What results may be entered of: the periods that have begun, and those of the year. The class is one of
    `class_with_terms`."""
    periods = [_period(school_class, told) for told in getattr(school_class, "periods_told", [])]
    begun = [
        SheetTerm(ResultKind.PERIOD, period, period.title, period.starts, period.ends)
        for period in periods
        if period.starts <= today
    ]
    year = school_class.year
    kinds = [ResultKind.YEAR, ResultKind.EXAM, ResultKind.FINAL]
    if school_class.grade in _LAST_GRADES:
        kinds.insert(2, ResultKind.STATE_EXAM)
    return begun + [SheetTerm(kind, None, kind.label.capitalize(), year.starts, year.ends) for kind in kinds]


def _period(school_class: SchoolClass, told: dict[str, str]) -> Period:
    days = {name: date.fromisoformat(told[name]) for name in ("starts", "ends")}
    return Period(year=school_class.year, **{**told, **days})


def term_chosen(terms: list[SheetTerm], code: str, today: date) -> SheetTerm:
    """The asked one, else the last period that has begun."""
    begun = [term for term in terms if term.period is not None]
    return next((term for term in terms if term.code == code), begun[-1] if begun else terms[0])


def sheet_pupils(user: Viewer, school_class: SchoolClass, term: SheetTerm) -> QuerySet[Pupil]:
    """Who sits in the class on the term's last day (or today, if that is sooner) and is visible, by name."""
    today = access_of(user).today or term.ends
    day = max(term.starts, min(term.ends, today))
    sits = Enrolment.objects.on(day).filter(pupil=OuterRef("pk"), school_class=school_class)
    return pupils_for(user).filter(Exists(sits))


def sheet_of(
    user: Viewer,
    school_class: SchoolClass,
    code: str,
    added: Collection[int] = (),
    typed: Mapping[str, str] | None = None,
) -> Sheet:
    """The whole sheet; `added` are subjects that the class has nothing of yet. Four queries."""
    today = access_of(user).today or school_class.school.today()
    terms = terms_of(school_class, today)
    term = term_chosen(terms, code, today)
    right = sheet_right(user, school_class)
    pupils = list(sheet_pupils(user, school_class, term))
    subjects = _subjects(school_class, right, [pupil.pk for pupil in pupils])
    columns = tuple(each for each in subjects if getattr(each, "here", False) or each.pk in added)
    values = results_standing(school_class, term, [pupil.pk for pupil in pupils])
    return Sheet(
        school_class=school_class,
        term=term,
        tabs=tuple(Tab(each.title, f"?of={each.code}", each.code == term.code) for each in terms),
        columns=columns,
        others=tuple(each for each in subjects if each not in columns) if right.whole else (),
        rows=tuple(_row(pupil, columns, values, right, typed or {}) for pupil in pupils),
    )


def results_standing(school_class: SchoolClass, term: SheetTerm, pupils: list[int]) -> dict[tuple[int, int], str]:
    """Values by (pupil, subject)."""
    rows = PeriodResult.objects.filter(
        pupil__in=pupils, year=school_class.year_id, kind=term.kind, period=term.period_pk
    )
    return {(pupil, subject): value for pupil, subject, value in rows.values_list("pupil", "subject", "value")}


def _subjects(school_class: SchoolClass, right: SheetRight, pupils: list[int]) -> list[Subject]:
    """The school's subjects that are the person's to write, with `here`: taught to the class, or of which it has marks
    or results this year."""
    about = {"pupil__in": pupils, "year": school_class.year_id, "subject": OuterRef("pk")}
    taught = TeachingAssignment.objects.filter(school_class=school_class, subject=OuterRef("pk"))
    here = Exists(taught) | Exists(PeriodResult.objects.filter(**about)) | Exists(Mark.objects.filter(**about))
    own = {} if right.whole else {"pk__in": list(right.subjects)}
    return list(Subject.objects.filter(school=school_class.school_id, **own).annotate(here=here))


def _row(
    pupil: Pupil,
    columns: tuple[Subject, ...],
    values: dict[tuple[int, int], str],
    right: SheetRight,
    typed: Mapping[str, str],
) -> SheetRow:
    cells = (
        SheetCell(
            cell_name(pupil.pk, subject.pk),
            values.get((pupil.pk, subject.pk), ""),
            f"{pupil.list_name}, {subject.name}",
            right.covers(pupil.pk, subject.pk),
            typed.get(cell_name(pupil.pk, subject.pk), ""),
        )
        for subject in columns
    )
    return SheetRow(pupil, tuple(cells))
