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


@dataclass(frozen=True)
class EarlierYearUnmade:
    """An import that opened the year was taken back; published before the year goes, which it does if nothing is left.

    What was computed from its facts and touched by nobody is to go with them.
    """

    school: School
    year: AcademicYear
