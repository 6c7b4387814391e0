"""What gradebook tells the floors above."""

from dataclasses import dataclass

from school.models import AcademicYear, School


@dataclass(frozen=True)
class MarksChanged:
    """Marks, absences, results or works of a year changed; published in the transaction of the change.

    `pupils`: keys of those whom it touches, None for the whole school.
    """

    school: School
    year: AcademicYear
    pupils: frozenset[int] | None = None
