"""What bound files state of lessons: rows for the staging tables, and cells that are not taken."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat

from common.tabular import address
from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.doubles import Row, Slot, doubles_of
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.staging import escaped, iso
from gradebook.imports.told import Rejected
from gradebook.imports.yearbook import NEVER
from gradebook.models import AbsenceReason
from gradebook.parsed import Absences, Marks

# Reasons are compared as numbers, like marks.
REASON_NUMBERS = {AbsenceReason.UNEXCUSED: 1, AbsenceReason.ILLNESS: 2, AbsenceReason.EXCUSED: 3}
_RAW, _WORK = 16, 100
_MAX_WEIGHT = 99.99


@dataclass(slots=True)
class Statements:
    """Turns the files of a call into rows. `unsure` are (source, slot) of cells that were rejected."""

    book: Schoolbook
    unsure: set[tuple[int, Slot]] = field(default_factory=set)
    _years: dict[int, int | None] = field(default_factory=dict)

    def marks(self, bound: BoundFile, settled: Container[tuple[int, int]] = ()) -> Iterator[str]:
        """Lines for COPY of the current marks that are taken; the others are listed as rejected.

        Pairs of pupil and subject that are `settled` are left out.
        """
        doubles = doubles_of(bound, lambda part: part.block.marks)
        for part in bound.blocks:
            if not doubles.slots and self._plain(part):
                yield from plain_lines(bound.source, part, settled)
            else:
                rows = doubles.once(self._marks_of(bound, part))
                yield from row_lines(bound.source, rows, settled)

    def absences(self, bound: BoundFile, settled: Container[tuple[int, int]] = ()) -> Iterator[str]:
        """The same of missed lessons."""
        doubles = doubles_of(bound, lambda part: part.block.absences)
        for part in bound.blocks:
            rows = doubles.once(self._absences_of(bound, part))
            yield from row_lines(bound.source, rows, settled)

    @staticmethod
    def repeats(bound: BoundFile) -> bool:
        """Whether some block of the file repeats lessons of another."""
        marks = bool(doubles_of(bound, lambda part: part.block.marks).slots)
        return marks or bool(doubles_of(bound, lambda part: part.block.absences).slots)

    def all_taken(self, part: BoundBlock, days: Iterable[int]) -> bool:
        """Whether no fact of a known pupil can be rejected; `days` are those of the block."""
        return not part.limited and all(map(self.in_year, days))

    def doubtful(self, bound: BoundFile) -> None:
        """Note the slots of cells that were rejected when the file was read."""
        for part in bound.blocks:
            for who, what, day in part.block.unsure:
                if part.pupils[who]:
                    self.unsure.add((bound.source, (part.pupils[who], part.subjects[what], day)))

    def _plain(self, part: BoundBlock) -> bool:
        """Whether every mark of a known pupil is taken, and says nothing but its value."""
        facts = part.block.marks
        described = facts.weight or facts.work or part.limited
        return not described and all(map(self.in_year, set(facts.day)))

    def _marks_of(self, bound: BoundFile, part: BoundBlock) -> Iterator[Row]:
        facts = part.block.marks
        limited = part.limited
        weights: Iterable[float | None] = facts.weight or repeat(None)
        works: Iterable[str | None] = facts.work or repeat(None)
        columns = zip(facts.pupil, facts.subject, facts.day, facts.value, facts.raw, weights, works, strict=False)
        for place, (who, what, day, value, raw, weight, work) in enumerate(columns):
            pupil = part.pupils[who]
            if not pupil:
                continue
            reason = self._why_no_mark(part, who, what, day, limited)
            if reason:
                self._reject(bound, part, facts, place, reason)
                continue
            yield Row(pupil, part.subjects[what], day, value, _told(value, raw), _weight(weight), (work or "")[:_WORK])

    def _absences_of(self, bound: BoundFile, part: BoundBlock) -> Iterator[Row]:
        facts = part.block.absences
        columns = zip(facts.pupil, facts.subject, facts.day, facts.reason, facts.raw, strict=True)
        barred = self._barred(part) if part.limited else frozenset()
        for place, (who, what, day, reason, raw) in enumerate(columns):
            pupil = part.pupils[who]
            if not pupil or (barred and (facts.row[place], facts.column[place]) in barred):
                continue
            if not self.in_year(day):
                self._reject(bound, part, facts, place, OUT_OF_YEARS)
                continue
            yield Row(pupil, part.subjects[what], day, REASON_NUMBERS[AbsenceReason(reason)], raw[:_RAW])

    def _barred(self, part: BoundBlock) -> frozenset[tuple[int, int]]:
        """Cells that are rejected whole for the mark in them: «Н 4» in a class that is taught without marks."""
        facts = part.block.marks
        places = zip(facts.pupil, facts.subject, facts.day, facts.row, facts.column, strict=True)
        return frozenset(
            (row, column) for who, what, day, row, column in places if self._why_no_mark(part, who, what, day, True)
        )

    def _why_no_mark(self, part: BoundBlock, who: int, what: int, day: int, limited: bool) -> str:
        """Why a mark is not taken; empty when it is."""
        if not self.in_year(day):
            return OUT_OF_YEARS
        school_class = part.classes[who]
        if not limited or school_class is None:
            return ""
        begins = part.book.marks_from(school_class, part.subjects[what])
        return no_marks_yet(str(school_class), school_class.grade, begins) if day < begins else ""

    def in_year(self, day: int) -> bool:
        """Whether the day, an ordinal, lies in an academic year of the school."""
        if day not in self._years:
            year = self.book.year_on(day)
            self._years[day] = year.pk if year is not None else None
        return self._years[day] is not None

    def years(self) -> dict[int, int]:
        """The academic year of each day that was met, given as an ordinal."""
        return {day: year for day, year in self._years.items() if year is not None}

    def _reject(self, bound: BoundFile, part: BoundBlock, facts: Marks | Absences, place: int, reason: str) -> None:
        slot = (part.pupils[facts.pupil[place]], part.subjects[facts.subject[place]], facts.day[place])
        self.unsure.add((bound.source, slot))
        cell = address(facts.row[place], facts.column[place])
        reject_cell(bound.told.rejected, Rejected(part.block.sheet, cell, facts.raw[place], reason))


def row_lines(source: int, rows: Iterable[Row], settled: Container[tuple[int, int]]) -> Iterator[str]:
    """Rows of a file as lines for COPY."""
    for pupil, subject, day, value, raw, weight, work in rows:
        if (pupil, subject) not in settled:
            yield f"{source}\t{pupil}\t{subject}\t{iso(day)}\t{value}\t{_words(raw, weight, work)}"


def plain_lines(source: int, part: BoundBlock, settled: Container[tuple[int, int]]) -> list[str]:
    """The same of a block without anything special, several times faster: most of a large file is so."""
    facts = part.block.marks
    heads = [
        [
            f"{source}\t{pupil}\t{subject}\t" if pupil and (pupil, subject) not in settled else ""
            for subject in part.subjects
        ]
        for pupil in part.pupils
    ]
    days = {day: f"{iso(day)}\t" for day in set(facts.day)}
    ends = {
        (value, raw): f"{value}\t{escaped(_told(value, raw))}\t\\N\t"
        for value, raw in set(zip(facts.value, facts.raw, strict=True))
    }
    columns = zip(facts.pupil, facts.subject, facts.day, facts.value, facts.raw, strict=True)
    return [head + days[day] + ends[value, raw] for who, what, day, value, raw in columns if (head := heads[who][what])]


def mark_words(facts: Marks) -> Iterator[tuple[int, int, str]]:
    """(place, value, columns of a line for COPY) of the marks of which the file says more than the value."""
    if not (facts.weight or facts.work or any(_told(*pair) for pair in set(zip(facts.value, facts.raw, strict=True)))):
        return
    weights: Iterable[float | None] = facts.weight or repeat(None)
    works: Iterable[str | None] = facts.work or repeat(None)
    columns = zip(facts.value, facts.raw, weights, works, strict=False)
    for place, (value, raw, heavy, work) in enumerate(columns):
        told, weight = _told(value, raw), _weight(heavy)
        if told or work or weight is not None:
            yield place, value, _words(told, weight, (work or "")[:_WORK])


def absence_words(facts: Absences) -> Iterator[tuple[int, int, str]]:
    """The same of missed lessons: each has the code that stands in the file."""
    for place, (reason, raw) in enumerate(zip(facts.reason, facts.raw, strict=True)):
        yield place, REASON_NUMBERS[AbsenceReason(reason)], escaped(raw[:_RAW])


def _words(raw: str, weight: float | None, work: str) -> str:
    heavy = "\\N" if weight is None else weight
    return f"{escaped(raw)}\t{heavy}\t{escaped(work)}"


def _told(value: int, raw: str) -> str:
    """What the file has beyond the value: «3-»."""
    return "" if raw == str(value) else raw[:_RAW]


OUT_OF_YEARS = "дата вне учебных лет школы"


def no_marks_yet(class_name: str, grade: int, begins: int) -> str:
    """Why a numeric mark is not taken in a class that is taught without marks, or not yet with them."""
    if begins == NEVER:
        return "в 1 классе отметки не ставятся" if grade == 1 else f"в {class_name} отметки по предмету не ставятся"
    return f"в {class_name} отметки по предмету ставятся с {date.fromordinal(begins):%d.%m.%Y}"


def reject_cell(rejected: list[Rejected], cell: Rejected) -> None:
    """A cell with several marks is one entry."""
    last = rejected[-1] if rejected else None
    if last is not None and (last.sheet, last.cell, last.reason) == (cell.sheet, cell.cell, cell.reason):
        rejected[-1] = replace(last, value=f"{last.value} {cell.value}")
    else:
        rejected.append(cell)


def _weight(weight: float | None) -> float | None:
    return weight if weight is not None and 0 < weight <= _MAX_WEIGHT else None
