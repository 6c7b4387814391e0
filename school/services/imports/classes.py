"""Classes that a file names and the school lacks."""

from collections.abc import Mapping

from school.imports.known import ClassKey
from school.models import AcademicYear, PeriodSystem, SchoolClass
from school.rules import period_system_of
from school.services.imports.record import Recorder


def write_classes(recorder: Recorder, year: AcademicYear, new: Mapping[int, ClassKey]) -> dict[int, int]:
    """Make the classes; the answer leads from their numbers in the plan to their keys."""
    rows = [
        SchoolClass(
            school=year.school,
            year=year,
            grade=grade,
            letter=letter,
            period_system=PeriodSystem(period_system_of(grade, year.main_system, year.upper_system)),
        )
        for grade, letter in new.values()
    ]
    recorder.create(rows, ["grade", "letter"])
    return dict(zip(new, (row.pk for row in rows), strict=True))
