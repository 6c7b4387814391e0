"""Parsed files made in memory, and a small school for them."""

from collections.abc import Mapping, Sequence
from datetime import date

from gradebook.models import Absence, Mark, PeriodResult
from gradebook.parsed import (
    Absences,
    AssessedPupil,
    Coverage,
    ExternalWork,
    Layout,
    Marks,
    Mean,
    ParsedBlock,
    ParsedFile,
    PeriodKind,
    PupilRef,
    RejectedCell,
    Result,
    StatedPeriod,
)
from gradebook.services.imports import Imported, parsed_import
from school.models import School

FIRST_QUARTER = StatedPeriod(PeriodKind.QUARTER, 1)
REASONS = {"Н": "unexcused", "Б": "illness", "У": "excused"}


def day(text: str) -> date:
    """«09-14» of the year 2026/27."""
    month, number = map(int, text.split("-"))
    return date(2026 if month >= 9 else 2027, month, number)


def refs(names: Sequence[str], class_name: str | None = None) -> tuple[PupilRef, ...]:
    """References by name, in rows from 6 on; «№17» is an identifier."""
    return tuple(
        PupilRef(
            external_id=name[1:] if name.startswith("№") else None,
            name="" if name.startswith("№") else name,
            class_name=class_name,
            birth_date=None,
            sheet="Лист",
            cell=f"B{row + 1}",
        )
        for row, name in enumerate(names, 5)
    )


class Told:
    """Collects facts by names: `cells` are {pupil: {subject: {day: "4 Н"}}}."""

    def __init__(self, cells: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        self.names = list(cells)
        self.subjects = list(dict.fromkeys(subject for told in cells.values() for subject in told))
        self.marks, self.absences = Marks(), Absences()
        self.unsure: set[tuple[int, int, int]] = set()
        self.rejected: list[RejectedCell] = []
        for pupil, (_, told) in enumerate(cells.items()):
            for subject, days in told.items():
                for column, (text, cell) in enumerate(days.items(), 2):
                    self._cell(pupil, self.subjects.index(subject), day(text), cell, column)

    def _cell(self, pupil: int, subject: int, when: date, cell: str, column: int) -> None:
        if cell == "?":
            self.unsure.add((pupil, subject, when.toordinal()))
            self.rejected.append(RejectedCell("Лист", f"C{pupil + 6}", "6", "отметка вне шкалы 1–5"))
            return
        for token in cell.split():
            facts = self.absences if token in REASONS else self.marks
            facts.pupil.append(pupil)
            facts.subject.append(subject)
            facts.day.append(when.toordinal())
            facts.raw.append(token)
            facts.row.append(pupil + 5)
            facts.column.append(column)
            if token in REASONS:
                self.absences.reason.append(REASONS[token])
            else:
                self.marks.value.append(int(token[0]))


def journal(
    cells: Mapping[str, Mapping[str, Mapping[str, str]]],
    days: Sequence[str],
    *,
    class_name: str = "7А",
    name: str = "journal.xlsx",
    period: StatedPeriod | None = FIRST_QUARTER,
    results: Mapping[str, Mapping[str, str]] | None = None,
    subjects: Sequence[str] = (),
) -> ParsedFile:
    """A journal of one class that covers `days` whatever it states on them."""
    told = Told(cells)
    headings = tuple(dict.fromkeys([*told.subjects, *subjects]))
    block = ParsedBlock(
        layout=Layout.JOURNAL,
        sheet="Лист",
        class_name=class_name,
        year_start=2026,
        period=period,
        pupils=refs(told.names),
        subjects=headings,
        coverage=Coverage.LESSON_DAYS,
        covered_days=tuple(sorted(map(day, days))),
        unsure=frozenset(told.unsure),
        marks=told.marks,
        absences=told.absences,
        results=stated_results(told.names, headings, results or {}, period),
    )
    return ParsedFile(name, Layout.JOURNAL, 1, (block,), tuple(told.rejected))


def flat(
    cells: Mapping[str, Mapping[str, Mapping[str, str]]], *, class_name: str = "7А", name: str = "flat.xlsx"
) -> ParsedFile:
    """A flat list of marks and absences."""
    told = Told(cells)
    block = ParsedBlock(
        layout=Layout.FLAT,
        sheet="Лист",
        class_name=None,
        year_start=None,
        period=None,
        pupils=refs(told.names, class_name),
        subjects=tuple(told.subjects),
        coverage=Coverage.NAMED,
        marks=told.marks,
        absences=told.absences,
    )
    return ParsedFile(name, Layout.FLAT, 1, (block,), tuple(told.rejected))


def stated_results(
    names: Sequence[str], subjects: Sequence[str], results: Mapping[str, Mapping[str, str]], period: StatedPeriod | None
) -> tuple[Result, ...]:
    """Results as the readers give them, in rows of the pupils."""
    return tuple(
        Result(names.index(name), subjects.index(subject), period, value, value, names.index(name) + 5, 30 + n)
        for name, told in results.items()
        for n, (subject, value) in enumerate(told.items())
    )


def summary(
    results: Mapping[str, Mapping[str, str]],
    *,
    class_name: str = "7А",
    name: str = "summary.xlsx",
    period: StatedPeriod | None = FIRST_QUARTER,
    means: Mapping[str, Mapping[str, tuple[float | None, float | None]]] | None = None,
) -> ParsedFile:
    """A summary of results, with means where given."""
    names = list(results)
    subjects = list(dict.fromkeys(s for told in [*results.values(), *(means or {}).values()] for s in told))
    stated = tuple(
        Mean(names.index(pupil), subjects.index(subject), period, plain, weighted, names.index(pupil) + 5, 40)
        for pupil, told in (means or {}).items()
        for subject, (plain, weighted) in told.items()
    )
    block = ParsedBlock(
        layout=Layout.SUMMARY,
        sheet="Лист",
        class_name=class_name,
        year_start=2026,
        period=period,
        pupils=refs(names),
        subjects=tuple(subjects),
        results=stated_results(names, subjects, results, period),
        means=stated,
    )
    return ParsedFile(name, Layout.SUMMARY, 1, (block,))


def work(
    marks: Mapping[str, int | None], *, class_name: str = "7А", subject: str = "Алгебра", name: str = "work.xlsx"
) -> ParsedFile:
    """An external work of 7 October."""
    names = list(marks)
    assessed = tuple(
        AssessedPupil(n, f"1000{n}", "1", 15.0, mark, 4, n + 5, 5) for n, mark in enumerate(marks.values())
    )
    block = ParsedBlock(
        layout=Layout.ASSESSMENT,
        sheet="Лист",
        class_name=class_name,
        year_start=None,
        period=None,
        pupils=refs(names),
        subjects=(subject,),
        work=ExternalWork("Диагностическая работа", 7, subject, day("10-07")),
        assessed=assessed,
    )
    return ParsedFile(name, Layout.ASSESSMENT, 1, (block,))


def load(school: School, *files: ParsedFile, **options: object) -> Imported:
    """Import parsed files, whatever it changes."""
    return parsed_import(by=None, school=school, parsed=files, **{"accept_changes": True, **options})  # type: ignore[arg-type]


def marks_of(school: School) -> dict[tuple[str, str, str], list[int]]:
    """What stands: {(surname, subject, «09-14»): sorted values}."""
    found: dict[tuple[str, str, str], list[int]] = {}
    rows = Mark.objects.filter(school=school).order_by("value")
    for last, subject, when, value in rows.values_list("pupil__last_name", "subject__name", "date", "value"):
        found.setdefault((last, subject, f"{when:%m-%d}"), []).append(value)
    return found


def absences_of(school: School) -> dict[tuple[str, str, str], list[str]]:
    """The same of absences, by their reasons."""
    found: dict[tuple[str, str, str], list[str]] = {}
    rows = Absence.objects.filter(school=school).order_by("reason")
    for last, subject, when, reason in rows.values_list("pupil__last_name", "subject__name", "date", "reason"):
        found.setdefault((last, subject, f"{when:%m-%d}"), []).append(reason)
    return found


def results_of(school: School) -> dict[tuple[str, str, str, int | None], str]:
    """{(surname, subject, kind, number of the period): value}."""
    rows = PeriodResult.objects.filter(school=school)
    columns = ("pupil__last_name", "subject__name", "kind", "period__number")
    return {row[:4]: row[4] for row in rows.values_list(*columns, "value")}
