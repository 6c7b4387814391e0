"""What the school announces to the floors above."""

from dataclasses import dataclass
from datetime import datetime

from school.models import AcademicYear, School, User


@dataclass(frozen=True)
class ContingentChanged:
    """Pupils were added, moved, have left or returned, or their names or classes were corrected.

    `pupils` are keys; those of pupils who were taken away again by an undone import are among them.
    """

    school: School
    pupils: frozenset[int]


@dataclass(frozen=True)
class CalendarChanged:
    """Periods of a year have other days, or its classes another system of periods or another beginning of marks."""

    school: School
    year: AcademicYear


@dataclass(frozen=True)
class HolidaysChanged:
    """Days without lessons of a year were added, corrected or taken away."""

    school: School
    year: AcademicYear


@dataclass(frozen=True)
class ThresholdsChanged:
    """The school judges by other numbers."""

    school: School


@dataclass(frozen=True)
class YearChanged:
    """Classes and pupils of `old` have their places in `new`; `at` is the moment of the change, its only one.

    What a listener writes because of it should be found again by that moment: it may be undone.
    """

    school: School
    old: AcademicYear
    new: AcademicYear
    by: User
    at: datetime


@dataclass(frozen=True)
class YearChangeUndone:
    """The change is being taken back: places in `new` are still there, listeners take away what they made for it.

    `at` is the moment of the change that is undone. What people have written in `new` since stands in the way.
    """

    school: School
    old: AcademicYear
    new: AcademicYear
    by: User
    at: datetime
