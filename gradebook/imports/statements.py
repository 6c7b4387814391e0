"""What bound files state of lessons: rows for the staging tables, and cells that are not taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat

from common.tabular import address
from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.doubles import Row, Slot, doubles_of
from gradebook.imports.schoolbook import Schoolbook
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

    def marks(self, bound: BoundFile) -> Iterator[Row]:
        """Current marks that are taken; the others are listed as rejected."""
        doubles = doubles_of(bound, lambda part: part.block.marks)
        for part in bound.blocks:
            yield from doubles.once(self._marks_of(bound, part))

    def absences(self, bound: BoundFile) -> Iterator[Row]:
        """Missed lessons that are taken."""
        doubles = doubles_of(bound, lambda part: part.block.absences)
        for part in bound.blocks:
            yield from doubles.once(self._absences_of(bound, part))

    def doubtful(self, bound: BoundFile) -> None:
        """Note the slots of cells that were rejected when the file was read."""
        for part in bound.blocks:
            for who, what, day in part.block.unsure:
                if part.pupils[who]:
                    self.unsure.add((bound.source, (part.pupils[who], part.subjects[what], day)))

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
            told = "" if raw == str(value) else raw[:_RAW]
            yield Row(pupil, part.subjects[what], day, value, told, _weight(weight), (work or "")[:_WORK])

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
