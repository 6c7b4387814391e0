"""A school's marks as its files state them: rows in memory, a workbook, and lines for COPY."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from django.db import connection

from gradebook.parsed import Coverage, Layout, Marks, ParsedBlock, ParsedFile, PupilRef
from school.models import School

HEADINGS = ("Ид. ученика", "ФИО", "Класс", "Предмет", "Дата", "Отметка")
MOST_ROWS = 150_000  # of one workbook; readers refuse sheets of more than 200,000
COLUMNS = "school_id, year_id, pupil_id, subject_id, by_hand, date, ordinal, value, raw, work"
_ROWS = """
SELECT school_class.name, subject.name, pupil.id, pupil.external_id,
       concat_ws(' ', pupil.last_name, pupil.first_name, pupil.middle_name), mark.date, mark.value
FROM gradebook_mark mark
JOIN school_pupil pupil ON pupil.id = mark.pupil_id
JOIN school_enrolment seat ON seat.pupil_id = pupil.id AND seat.ends IS NULL
JOIN school_schoolclass school_class ON school_class.id = seat.school_class_id
JOIN school_subject subject ON subject.id = mark.subject_id
WHERE mark.school_id = %s ORDER BY 1, 2, 3, 6, 7
"""


class Row(NamedTuple):
    """A mark with the words that a file has for it."""

    school_class: str
    subject: str
    pupil: int
    external_id: str
    name: str
    day: date
    value: int


def rows_of(school: School) -> list[Row]:
    """Every mark of the school, by class, subject, pupil and day, as journals have them."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [school.pk])
        return [Row(*row) for row in cursor.fetchall()]


def copy_lines(school: School) -> str:
    """The same marks, in the same order, in PostgreSQL's text format."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {COLUMNS} FROM gradebook_mark JOIN school_enrolment seat USING (pupil_id)
            WHERE school_id = %s ORDER BY school_class_id, subject_id, pupil_id, date, ordinal
            """,
            [school.pk],
        )
        return "".join("\t".join(map(str, row)) + "\n" for row in cursor.fetchall())


def journals_of(rows: Iterable[Row], year: int) -> list[ParsedFile]:
    """A journal a class, with a block a subject: what the reader makes of such files."""
    files = []
    for name, of_class in groupby(rows, key=lambda row: row.school_class):
        by_subject = groupby(of_class, key=lambda row: row.subject)
        blocks = tuple(_block(name, subject, list(group), year) for subject, group in by_subject)
        files.append(ParsedFile(f"journal_{name}.xlsx", Layout.JOURNAL, len(blocks), blocks))
    return files


def _block(school_class: str, subject: str, rows: list[Row], year: int) -> ParsedBlock:
    pupils = {row.pupil: row for row in rows}
    place = {key: number for number, key in enumerate(pupils)}
    return ParsedBlock(
        layout=Layout.JOURNAL,
        sheet=subject,
        class_name=school_class,
        year_start=year,
        period=None,
        pupils=tuple(
            PupilRef(row.external_id, row.name, school_class, None, subject, f"B{number + 6}")
            for number, row in enumerate(pupils.values())
        ),
        subjects=(subject,),
        coverage=Coverage.LESSON_DAYS,
        covered_days=tuple(sorted({row.day for row in rows})),
        marks=Marks(
            pupil=array("I", (place[row.pupil] for row in rows)),
            subject=array("I", bytes(4 * len(rows))),
            day=array("I", (row.day.toordinal() for row in rows)),
            value=array("B", (row.value for row in rows)),
            raw=[str(row.value) for row in rows],
            row=array("I", (place[row.pupil] + 5 for row in rows)),
            column=array("I", bytes(4 * len(rows))),
        ),
    )


def write_workbooks(folder: Path, rows: Sequence[Row]) -> list[Path]:
    """Flat lists, one row a mark, as so many workbooks as the limit of rows in a sheet asks for."""
    parts = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
    paths = [folder / f"Отметки {number}.xlsx" for number in range(1, len(parts) + 1)]
    for path, part in zip(paths, parts, strict=True):
        _write_workbook(path, part)
    return paths


def _write_workbook(path: Path, rows: Iterable[Row]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Отметки")
        sheet.write_row(0, 0, HEADINGS)
        for number, line in enumerate(_lines(rows), 1):
            sheet.write_row(number, 0, line)


def _lines(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (row.external_id, row.name, row.school_class, row.subject, row.day, row.value)
