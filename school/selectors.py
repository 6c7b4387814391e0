"""Reads of the school that more than one page needs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from school.access import Viewer, access_of
from school.models import AcademicYear, Enrolment, School, SchoolClass, Staff, Subject, User


@dataclass(frozen=True)
class SchoolCounts:
    """How much of the school is written down, today."""

    classes: int
    pupils: int
    staff: int
    subjects: int


def current_year(school: School) -> AcademicYear | None:
    """The year that holds the school's today; between years the next one, after the last the last."""
    today = school.today()
    years = sorted(school.years.all(), key=lambda year: year.starts)
    return next((year for year in years if year.ends >= today), years[-1] if years else None)


def current_year_of(user: Viewer) -> AcademicYear | None:
    """`current_year` of the person's school; asked once a request, whoever needs it on a page."""
    school = access_of(user).school
    if school is None:
        return None
    if not isinstance(user, User):
        return current_year(school)
    known: list[AcademicYear | None] = user.__dict__.setdefault("_current_year", [])
    if not known:
        known.append(current_year(school))
    return known[0]


def open_years(school: School) -> list[AcademicYear]:
    """The current year and those after it: what is entered today may belong to any of them; the current one first."""
    current = current_year(school)
    if current is None:
        return []
    return list(school.years.filter(start__gte=current.start).order_by("start"))


def demo_day_of(municipality: int | None) -> date | None:
    """Where the clocks of the municipality's demo schools stand; None when there are none."""
    if municipality is None:
        return None
    schools = School.objects.filter(municipality=municipality, demo_today__isnull=False)
    return schools.order_by("-demo_today").values_list("demo_today", flat=True).first()


def holiday_spans(year: AcademicYear) -> list[tuple[date, date]]:
    """First and last days of the year's holidays that are the whole school's, in order."""
    whole = year.holidays.filter(first_grade_only=False).order_by("starts")
    return list(whole.values_list("starts", "ends"))


def school_counts(school: School) -> SchoolCounts:
    """Classes of the current year, pupils and staff of today, subjects."""
    today = school.today()
    return SchoolCounts(
        classes=SchoolClass.objects.filter(year=current_year(school)).count(),
        pupils=Enrolment.objects.on(today).filter(pupil__school=school).count(),
        staff=Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), school=school).count(),
        subjects=Subject.objects.filter(school=school).count(),
    )
