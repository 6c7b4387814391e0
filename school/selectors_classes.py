"""Reads of classes, subjects and the calendar."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from common.russian import date_short
from school.access import Viewer, pupils_for, readable_classes
from school.models import (
    AcademicYear,
    Enrolment,
    Period,
    PeriodSystem,
    Pupil,
    School,
    SchoolClass,
    Subject,
    TeachingAssignment,
)
from school.rules import PeriodSpan, period_gaps


@dataclass(frozen=True)
class PeriodTable:
    """The periods of one system of a year. `gaps` are days that belong to none, in words."""

    system: str
    title: str
    whose: str
    periods: list[Period]
    gaps: list[str]


@dataclass(frozen=True)
class Taught:
    """A subject of a class and who teaches it: («Ким О. П.», subgroup or «»)."""

    subject: str
    teachers: list[tuple[int, str, str]]


def class_rows(year: AcademicYear, day: date) -> QuerySet[SchoolClass]:
    """The classes of a year with teacher, `pupils_now` and `groups_now`."""
    seated = Q(enrolments__starts__lte=day) & (Q(enrolments__ends__isnull=True) | Q(enrolments__ends__gte=day))
    return (
        SchoolClass.objects.filter(year=year)
        .select_related("class_teacher")
        .annotate(
            pupils_now=Count("enrolments", filter=seated, distinct=True),
            groups_now=Count("subgroups", distinct=True),
        )
        .order_by("grade", "letter")
    )


def openable_classes(user: Viewer) -> set[int]:
    """Keys of the classes whose members the person may see."""
    return set(readable_classes(user).values_list("pk", flat=True))


def pupils_of_class(user: Viewer, school_class: SchoolClass, day: date) -> QuerySet[Pupil]:
    """Those of the class on that day whom the person may see, by name."""
    sits = Enrolment.objects.on(day).filter(pupil=OuterRef("pk"), school_class=school_class)
    return pupils_for(user).filter(Exists(sits))


def taught_in(school_class: SchoolClass, day: date) -> list[Taught]:
    """What is taught to the class on that day, by subject."""
    rows = (
        TeachingAssignment.objects.on(day)
        .filter(school_class=school_class)
        .select_related("staff", "subject", "subgroup")
        .order_by("subject__sort_key", "staff__sort_key")
    )
    by_subject: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in rows:
        group = row.subgroup.name if row.subgroup else ""
        by_subject[row.subject.name].append((row.staff_id, row.staff.short_name, group))
    return [Taught(subject, teachers) for subject, teachers in by_subject.items()]


def subject_rows(school: School) -> QuerySet[Subject]:
    """The school's subjects with aliases and `classes_now`."""
    return (
        Subject.objects.filter(school=school)
        .annotate(classes_now=Count("assignments__school_class", distinct=True))
        .prefetch_related("aliases")
    )


def period_tables(year: AcademicYear) -> list[PeriodTable]:
    """The periods of the year by system, the school's own first."""
    by_system: dict[str, list[Period]] = defaultdict(list)
    for period in year.periods.all():
        by_system[period.system].append(period)
    systems = [year.main_system, *({year.upper_system} - {year.main_system})]
    return [_table(year, system, by_system[system]) for system in systems]


def _table(year: AcademicYear, system: str, periods: list[Period]) -> PeriodTable:
    spans = [PeriodSpan(p.number, p.starts, p.ends) for p in periods]
    gaps = [_gap_in_words(first, last) for first, last in period_gaps(spans, year.starts, year.ends)]
    both = year.main_system == year.upper_system
    whose = "все классы" if both else ("1–9 классы" if system == year.main_system else "10–11 классы")
    return PeriodTable(system, PeriodSystem(system).label, whose, periods, gaps)


def _gap_in_words(first: date, last: date) -> str:
    return date_short(first) if first == last else f"{date_short(first)} – {date_short(last)}"
