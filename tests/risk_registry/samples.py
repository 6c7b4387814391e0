"""The synthetic school of tests/data, loaded from its rawest files: marks one a row, results a table a class."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from gradebook.models import Mark, PeriodResult
from school.models import Pupil, School, SchoolClass, Subject
from tests.factories import make_class, make_pupil, make_school, make_subject
from tests.risk_registry.making import period_of

DATA = Path(__file__).parent.parent / "data" / "school"


def load_samples() -> School:
    """The sample school with marks and results of the first quarter."""
    school = make_school("S1")
    classes: dict[str, SchoolClass] = {}
    pupils: dict[str, Pupil] = {}
    for row in _rows("pupils.xlsx", skip=2):
        name = str(row[7])
        if name not in classes:
            classes[name] = make_class(school, name)
        full = f"{row[2]} {row[3]} {row[4] or ''}".strip()
        pupils[str(row[1])] = make_pupil(classes[name], full, external_id=str(row[1]))
    _load_marks(school, pupils)
    for name in classes:
        _load_results(school, name)
    return school


def _load_marks(school: School, pupils: dict[str, Pupil]) -> None:
    year = school.years.get()
    seen: dict[tuple[Any, ...], int] = {}
    subjects: dict[str, Subject] = {}
    marks = []
    for identifier, _, _, subject, day, value in _rows("flat_marks.xlsx", skip=1):
        key = (identifier, subject, day)
        ordinal = seen[key] = seen.get(key, -1) + 1
        if subject not in subjects:
            subjects[subject] = make_subject(school, subject)
        fact = {"pupil": pupils[str(identifier)], "subject": subjects[subject], "date": day.date(), "ordinal": ordinal}
        marks.append(Mark(school=school, year=year, value=value, **fact))
    Mark.objects.bulk_create(marks, batch_size=4000)


def _load_results(school: School, name: str) -> None:
    rows = list(_rows(f"summary_{name}.xlsx", skip=4))
    subjects = [make_subject(school, str(cell)) for cell in rows[0][2:] if cell]
    by_name = {pupil.full_name: pupil for pupil in Pupil.objects.filter(enrolments__school_class__name=name)}
    PeriodResult.objects.bulk_create(
        PeriodResult(
            school=school,
            year=school.years.get(),
            pupil=by_name[str(row[1])],
            subject=subject,
            period=period_of(school),
            value=str(value).strip().lower(),
        )
        for row in rows[1:]
        if row[1] in by_name
        for subject, value in zip(subjects, row[2:], strict=False)
        if value not in (None, "")
    )


def _rows(name: str, *, skip: int) -> list[tuple[Any, ...]]:
    sheet = load_workbook(DATA / name, read_only=True).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(min_row=skip + 1, values_only=True) if any(row)]
