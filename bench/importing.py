"""Loading marks: against COPY of the same rows, once more without a change, and from a workbook against openpyxl.

Times are of processors, in turns on emptied tables.
"""

import io
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import openpyxl
from django.db import connection, transaction

from bench.apart import apart
from bench.data import empty_facts, settle, whole_year_school
from bench.figures import Figure
from bench.journals import COLUMNS, Row, copy_lines, journals_of, rows_of, write_workbooks
from bench.processor import work_seconds
from common.tabular import SourceFile
from gradebook.models import Mark
from gradebook.parsed import ParsedFile
from gradebook.services.imports import gradebook_import, parsed_import
from school.models import Period, Pupil, School, Subject

PUPILS = 170  # about a hundred thousand marks
MANY = 1650  # about a million
_WRITTEN = """
SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables
WHERE relname IN ('gradebook_mark', 'gradebook_absence', 'gradebook_periodresult', 'gradebook_periodmean',
                  'gradebook_factchange', 'school_historyevent')
"""


def run(pupils: int = PUPILS, times: int = 5) -> list[Figure]:
    """Load, load again, and a workbook; each against its rival in turns, on emptied tables."""
    school = whole_year_school(pupils)
    rows = rows_of(school)
    return _named("import", [*_loads(school, rows, times), *_workbooks(school, rows, max(1, times // 2))])


def run_million(pupils: int = MANY, times: int = 3) -> list[Figure]:
    """As many marks as a large school gives in a year: load, and load again."""
    school = whole_year_school(pupils)
    return _named("million", _loads(school, rows_of(school), times))


def run_million_workbooks(pupils: int = MANY) -> list[Figure]:
    """As many marks from workbooks, once."""
    school = whole_year_school(pupils)
    return _named("million", _workbooks(school, rows_of(school), 1))


def _named(name: str, figures: Iterable[Figure]) -> list[Figure]:
    return [replace(figure, name=f"{name}.{figure.name}") for figure in figures]


def _loads(school: School, rows: Sequence[Row], times: int) -> list[Figure]:
    """From rows in memory. The year has no periods meanwhile: what follows from marks is measured apart."""
    lines = copy_lines(school)
    parsed = journals_of(rows, school.years.get().start)
    periods = list(Period.objects.filter(year__school=school))
    empty_facts()
    Period.objects.filter(year__school=school).delete()
    turns = [_turn(school, parsed, lines) for _ in range(times)]
    Period.objects.bulk_create(periods)
    marks = f"{len(rows):,} marks".replace(",", " ")
    return [
        _against("load", 1.5, marks, [(turn.load, turn.copy) for turn in turns]),
        _against("again", 0.6, marks, [(turn.again, turn.copy) for turn in turns]),
        Figure("again_rows", max(turn.written for turn in turns), 0, "lower", "rows",
               "facts, what they were before, events of history"),
    ]  # fmt: skip


class _Turn(NamedTuple):
    """Seconds of a load, of the same load again and of COPY; rows that the second load wrote."""

    load: float
    again: float
    copy: float
    written: int


def _turn(school: School, parsed: Sequence[ParsedFile], lines: str) -> _Turn:
    load = partial(parsed_import, by=None, school=school, parsed=parsed)
    empty_facts()
    first = work_seconds(load)
    settle()
    with transaction.atomic():
        before = _rows_written()
        again = work_seconds(load)
        written = _rows_written() - before
    empty_facts()
    return _Turn(first, again, work_seconds(partial(_copy, lines)), written)


def _rows_written() -> int:
    """So far, by the transaction that goes on and by those before it that are not yet in the server's statistics."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return int(cursor.fetchone()[0])


def _copy(lines: str) -> None:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY gradebook_mark ({COLUMNS}) FROM STDIN", io.StringIO(lines))


def _against(name: str, goal: float, what: str, pairs: Sequence[tuple[float, float]]) -> Figure:
    """The median of the turns' ratios."""
    ours, theirs = median(a for a, _ in pairs), median(b for _, b in pairs)
    told = f"{what}: {ours:.2f} s of processor against {theirs:.2f} s"
    return Figure(name, median(a / b for a, b in pairs), goal, "lower", "×", told)


def _workbooks(school: School, rows: Sequence[Row], times: int) -> list[Figure]:
    """From workbooks to committed marks with all that follows from them, against a reader that anybody would write."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as folder:
        paths = write_workbooks(Path(folder), rows)
        size = f"{len(rows):,} rows, {sum(path.stat().st_size for path in paths) / 2**20:.1f} MiB".replace(",", " ")
        pairs = [
            (_emptied(partial(_theirs, school, paths)), _emptied(partial(_ours, school, paths))) for _ in range(times)
        ]
        ratio = _against("workbook", 8, f"{size}, openpyxl and bulk_create against ours", pairs)
        peak = apart("bench.memory:parser_peak", *map(str, paths))
        grown = apart("bench.memory:web_growth", str(school.pk), *map(str, paths))
    return [
        replace(ratio, better="higher"),
        Figure("parser_memory", peak["peak"], 1024, "lower", "MiB", f"{size}: peak of the child"),
        Figure("web_memory", max(0, round(grown["kept"])), 0, "lower", "MiB",
               f"{grown['kept']:+.2f} MiB after three uploads; peak while one lasts {grown['peak']:+.1f} MiB"),
    ]  # fmt: skip


def _emptied(deed: Callable[[], object]) -> float:
    empty_facts()
    return work_seconds(deed)


def _ours(school: School, paths: Sequence[Path]) -> None:
    gradebook_import(by=None, school=school, files=[SourceFile(path.name, path) for path in paths])


@transaction.atomic
def _theirs(school: School, paths: Sequence[Path]) -> None:
    """Row by row through openpyxl, pupils and subjects looked up in dictionaries, written by bulk_create."""
    year = school.years.get()
    pupils = dict(Pupil.objects.filter(school=school).values_list("external_id", "pk"))
    subjects = dict(Subject.objects.filter(school=school).values_list("name", "pk"))
    nth: Counter[tuple[int, int, date]] = Counter()
    for path in paths:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        marks: list[Mark] = []
        for external_id, _, _, subject, day, value in sheet.iter_rows(min_row=2, values_only=True):
            key = (pupils[str(external_id)], subjects[str(subject)], _day(day))
            mark = Mark(
                school=school, year=year, pupil_id=key[0], subject_id=key[1], date=key[2], value=int(str(value))
            )
            mark.ordinal = nth[key]
            nth[key] += 1
            marks.append(mark)
        Mark.objects.bulk_create(marks, batch_size=2000)


def _day(cell: object) -> date:
    if not isinstance(cell, datetime):
        raise TypeError(f"not a date: {cell!r}")
    return cell.date()
