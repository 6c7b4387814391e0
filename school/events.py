"""What the school announces to the floors above."""

from dataclasses import dataclass

from school.models import AcademicYear, School


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
class ThresholdsChanged:
    """The school judges by other numbers."""

    school: School
