"""What gradebook tells the floors above."""

from dataclasses import dataclass
from datetime import date

from school.models import AcademicYear, School


@dataclass(frozen=True)
class MarksChanged:
    """Marks, absences, results or works of a year changed; published in the transaction of the change.

    `pupils`: keys of those whom it touches, None for the whole school. `days`: the first and the last day of what
    changed (of a period's result: of its period), None for any day of the year.
    """

    school: School
    year: AcademicYear
    pupils: frozenset[int] | None = None
    days: tuple[date, date] | None = None
