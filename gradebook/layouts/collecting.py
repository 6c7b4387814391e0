"""Facts of one block while it is being read."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from common.tabular.grid import Grid
from common.tabular.sheets import Cell
from common.tabular.text import shown, tidy
from gradebook.layouts.tokens import LessonReader, read_mean, read_result, result_word
from gradebook.parsed import Absences, FoundCode, Marks, Mean, PupilRef, RejectedCell, Result, StatedPeriod
from gradebook.profiles import AbsenceCode

LONGEST_SHOWN = 60
LONGEST_WORK = 100


@dataclass(slots=True)
class Context:
    """What the readers of one file share: the table of codes, the year for files that name none, what is rejected."""

    lessons: LessonReader
    default_year: int | None
    rejected: list[RejectedCell] = field(default_factory=list)
    lesson_codes: Counter[str] = field(default_factory=Counter)
    result_words: Counter[str] = field(default_factory=Counter)

    def reject(self, grid: Grid, row: int, column: int, reason: str) -> None:
        value = shown(grid.raw(row)[column])[:LONGEST_SHOWN]
        self.rejected.append(RejectedCell(grid.name, grid.address(row, column), value, reason))

    def found_codes(self) -> tuple[FoundCode, ...]:
        """Every code and word that was met, with its count and what it was taken for, the frequent ones first."""
        lessons = self.lessons
        meanings = {code: meaning.value for code, meaning in lessons.codes.items()}
        codes = [FoundCode("lesson", code, cells, meanings.get(code, "")) for code, cells in self.lesson_codes.items()]
        words = [FoundCode("result", word, count, _meant(word, lessons)) for word, count in self.result_words.items()]
        return tuple(sorted([*codes, *words], key=lambda found: (found.place, -found.cells, found.code)))


def _meant(word: str, lessons: LessonReader) -> str:
    said = read_result(word, lessons.words)
    return said.value or ("" if said.problem else AbsenceCode.IGNORED.value)


class Facts:
    """Collects pupils, subjects and facts of one block of a sheet."""

    def __init__(self, context: Context, grid: Grid) -> None:
        self.context = context
        self.grid = grid
        self.pupils: list[PupilRef] = []
        self.subjects: dict[str, int] = {}
        self.marks = Marks()
        self.absences = Absences()
        self.results: list[Result] = []
        self.means: list[Mean] = []
        self.unsure: set[tuple[int, int, int]] = set()

    def add_pupil(self, pupil: PupilRef) -> int:
        self.pupils.append(pupil)
        return len(self.pupils) - 1

    def subject(self, name: str) -> int:
        """The number of a subject in this block."""
        return self.subjects.setdefault(name, len(self.subjects))

    def lesson(self, pupil: int, subject: int, day: int, row: int, column: int) -> None:
        """A lesson's cell; `day` is an ordinal."""
        said = self.context.lessons.read(self.grid.raw(row)[column])
        if said.codes:
            self.context.lesson_codes.update(said.codes)
        if said.problem:
            self.unsure.add((pupil, subject, day))
            self.context.reject(self.grid, row, column, said.problem)
            return
        for value, raw in said.marks:
            self.add_mark(pupil, subject, day, value, raw, row, column)
        for reason, raw in said.absences:
            self.add_absence(pupil, subject, day, reason, raw, row, column)

    def add_mark(self, pupil: int, subject: int, day: int, value: int, raw: str, row: int, column: int) -> None:
        marks = self.marks
        marks.pupil.append(pupil)
        marks.subject.append(subject)
        marks.day.append(day)
        marks.value.append(value)
        marks.raw.append(raw)
        marks.row.append(row)
        marks.column.append(column)

    def add_absence(self, pupil: int, subject: int, day: int, reason: str, raw: str, row: int, column: int) -> None:
        absences = self.absences
        absences.pupil.append(pupil)
        absences.subject.append(subject)
        absences.day.append(day)
        absences.reason.append(reason)
        absences.raw.append(raw)
        absences.row.append(row)
        absences.column.append(column)

    def result(self, pupil: int, subject: int, period: StatedPeriod | None, row: int, column: int) -> None:
        """A cell with a result of a period or of the year."""
        value = self.grid.raw(row)[column]
        said = read_result(value, self.context.lessons.words)
        if word := result_word(value):
            self.context.result_words[word] += 1
        if said.problem:
            self.context.reject(self.grid, row, column, said.problem)
        elif said.value:
            self.results.append(Result(pupil, subject, period, said.value, said.raw, row, column))

    def mean(
        self, pupil: int, subject: int, period: StatedPeriod | None, row: int, plain: int | None, weighted: int | None
    ) -> None:
        """Cells with a mean and a weighted mean; columns are None where the file has none."""
        values = [self._mean(row, column) if column is not None else None for column in (plain, weighted)]
        column = plain if plain is not None else weighted
        if column is not None and any(values):
            self.means.append(Mean(pupil, subject, period, values[0], values[1], row, column))

    def _mean(self, row: int, column: int) -> float | None:
        mean, problem = read_mean(self.grid.raw(row)[column])
        if problem:
            self.context.reject(self.grid, row, column, problem)
        return mean

    @property
    def count(self) -> int:
        return len(self.marks) + len(self.absences) + len(self.results) + len(self.means)


def days_of(ordinals: set[int]) -> tuple[date, ...]:
    """Ordinals as dates, in order, each once."""
    return tuple(date.fromordinal(day) for day in sorted(ordinals))


def said(value: Cell) -> bool:
    """Whether the cell holds more than a dash."""
    return bool(tidy(value).strip("-–— ")) if isinstance(value, str) else value is not None
