"""Flat lists: one row a mark. The only layout that comes in hundreds of thousands of rows, so it is read by columns."""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice, repeat
from operator import itemgetter

from common.tabular.dates import read_date
from common.tabular.grid import Grid
from common.tabular.sheets import Cell, Row, is_filled
from common.tabular.text import key_of, shown
from gradebook.layouts.collecting import LONGEST_WORK, Context, Facts
from gradebook.layouts.heading import Heading, read_heading
from gradebook.layouts.listing import Listing, find_listing
from gradebook.layouts.people import PupilReader, is_service_row
from gradebook.layouts.tokens import NOTHING, Lesson, read_number
from gradebook.layouts.words import NAMES, TOTALS, Role
from gradebook.parsed import Coverage, Layout, ParsedBlock

OF_WORKS = {Role.JOURNAL_MARK, Role.WORK_MARK, Role.VARIANT, Role.CODE}
NOBODY = -1
NOT_A_ROW = -2


def read_flat(grid: Grid, context: Context) -> list[ParsedBlock]:
    """The sheet as one block, or an empty list if it is no flat list."""
    listing = find_listing(grid, _is_flat)
    if listing is None:
        return []
    heading = read_heading(grid, range(listing.top), Heading(), context.default_year)
    reader = _FlatReader(grid, context, listing, heading)
    reader.read()
    return [reader.block()]


def _is_flat(roles: set[Role]) -> bool:
    named = bool(roles & NAMES) or Role.ID in roles
    marked = Role.MARK in roles or Role.ABSENCE in roles or (Role.SCORE in roles and Role.SUBJECT in roles)
    return named and marked and Role.DATE in roles and not roles & OF_WORKS


class _FlatReader:
    """Walks the rows. What repeats (pupils, subjects, dates, marks) is understood once and then looked up."""

    def __init__(self, grid: Grid, context: Context, listing: Listing, heading: Heading) -> None:
        self.grid = grid
        self.context = context
        self.heading = heading
        self.start = listing.bottom + 1
        self.facts = Facts(context, grid)
        self.year = heading.year or context.default_year
        self.people = PupilReader(grid, listing.columns, heading.class_name)
        people = self.people
        known_by = (*people.ids, *people.names, *people.classes, *people.births, people.first)
        self._who = tuple(dict.fromkeys(known_by))
        self._who_of: Callable[[Row], object] = itemgetter(*self._who)
        self.subject = listing.column(Role.SUBJECT)
        self.date = listing.column(Role.DATE) or 0
        self.mark = listing.column(Role.MARK, Role.SCORE)
        self.absence = listing.column(Role.ABSENCE)
        stating = [column for column in (self.mark, self.absence) if column is not None]
        grid.show_formulas(range(self.start, len(grid)), stating)
        self.weight = listing.column(Role.WEIGHT)
        self.work = listing.column(Role.WORK)
        self.pupils: dict[object, int] = {}
        self.subjects: dict[Cell, int] = {}
        self.days: dict[tuple[type, Cell], int] = {}
        self.seats: dict[object, tuple[int, int]] = {}
        self.singles: dict[object, tuple[int, int, str]] = {}
        self.row_pupil = array("I")
        self.row_number = array("I")

    def read(self) -> None:
        """All rows below the heading."""
        rows = islice(enumerate(self.grid.rows), self.start, None)
        alone = None is self.absence is self.weight is self.work
        if alone and self.mark is not None and self.subject is not None:
            self._read_plain(rows, self.mark, self.subject)
            return
        for number, row in rows:
            self._read_row(number, row)

    def _read_plain(self, rows: Iterable[tuple[int, Row]], mark: int, subject: int) -> None:
        """Rows that state marks alone: all of whose parts was met before take the short way.

        What the marks have in common, their column, is set down at the end.
        """
        marks, seats, singles = self.facts.marks, self.seats, self.singles
        seat_of, single_of = itemgetter(*self._who, subject), itemgetter(self.date, mark)
        add_pupil, add_subject, add_day = marks.pupil.append, marks.subject.append, marks.day.append
        add_value, add_raw, add_row = marks.value.append, marks.raw.append, marks.row.append
        came, stood = self.row_pupil.append, self.row_number.append
        for number, row in rows:
            seat, single = seats.get(seat_of(row)), singles.get(single_of(row))
            if seat is None or single is None:
                self._read_row(number, row)
                self._remember(row, mark, subject)
                continue
            pupil, about = seat
            day, value, raw = single
            came(pupil), stood(number), add_row(number)
            add_pupil(pupil), add_subject(about)
            add_day(day), add_value(value), add_raw(raw)
        marks.column.extend(repeat(mark, len(marks) - len(marks.column)))

    def _remember(self, row: Row, mark: int, subject: int) -> None:
        """What was understood of a row: whose mark of which subject, and which mark on which day."""
        pupil, about = self.pupils.get(self._who_of(row), NOBODY), self.subjects.get(row[subject], NOBODY)
        if pupil >= 0 and about >= 0:
            self.seats[itemgetter(*self._who, subject)(row)] = pupil, about
        when, said = row[self.date], self.context.lessons.read(row[mark])
        day = self.days.get((type(when), when))
        alone = len(said.marks) == 1 and not (said.absences or said.codes)
        if day and alone and row[mark] != 1:  # which True equals, and that is no mark
            self.singles[when, row[mark]] = day, *said.marks[0]

    def _read_row(self, number: int, row: Row) -> None:
        read, columns = self.context.lessons.read, (self.mark, self.absence)
        said = [(column, read(row[column])) for column in columns if column is not None and row[column] is not None]
        if any(lesson is not NOTHING for _, lesson in said):
            self._row(number, row, said)

    def _row(self, number: int, row: Row, said: Iterable[tuple[int, Lesson]]) -> None:
        pupil = self._pupil(number, row)
        if pupil == NOT_A_ROW:
            return
        if pupil == NOBODY:
            if any(TOTALS.match(key_of(value)) for value in row):
                return
            self.context.reject(self.grid, number, self.people.first, "не указан ученик")
            return
        self.row_pupil.append(pupil)
        self.row_number.append(number)
        subject, day = self._subject(row), self._day(row)
        if subject == NOBODY:
            self.context.reject(self.grid, number, self.subject or 0, "не указан предмет")
        elif not day:
            self.context.reject(self.grid, number, self.date, "не дата: нужно «08.05.2027»")
        else:
            for column, lesson in said:
                self._lesson(number, row, column, lesson, (pupil, subject, day))

    def _lesson(self, number: int, row: Row, column: int, lesson: Lesson, slot: tuple[int, int, int]) -> None:
        facts = self.facts
        if lesson.codes:
            self.context.lesson_codes.update(lesson.codes)
        if lesson.problem:
            facts.unsure.add(slot)
            self.context.reject(self.grid, number, column, lesson.problem)
            return
        pupil, subject, day = slot
        for value, raw in lesson.marks:
            facts.add_mark(pupil, subject, day, value, raw, number, column)
            if self.weight is not None:
                facts.marks.weight.append(self._weight(number, row[self.weight]))
            if self.work is not None:
                facts.marks.work.append(shown(row[self.work])[:LONGEST_WORK] or None)
        for reason, raw in lesson.absences:
            facts.add_absence(pupil, subject, day, reason, raw, number, column)

    def _weight(self, number: int, value: Cell) -> float | None:
        weight = read_number(value)
        if self.weight is not None and is_filled(value) and (weight is None or not 0 < weight < 100):
            self.context.reject(self.grid, number, self.weight, "не вес отметки")
            return None
        return weight

    def _pupil(self, number: int, row: Row) -> int:
        key = self._who_of(row)
        known = self.pupils.get(key)
        if known is None:
            known = self.pupils[key] = self._new_pupil(number)
        return known

    def _new_pupil(self, number: int) -> int:
        if is_service_row(self.people.name(number)):
            return NOT_A_ROW
        pupil = self.people.pupil(number)
        return self.facts.add_pupil(pupil) if pupil else NOBODY

    def _subject(self, row: Row) -> int:
        value = row[self.subject] if self.subject is not None else self.heading.subject
        known = self.subjects.get(value)
        if known is None:
            name = shown(value)
            known = self.subjects[value] = self.facts.subject(name) if name else NOBODY
        return known

    def _day(self, row: Row) -> int:
        """Ordinal of the row's date, 0 if it is none."""
        value = row[self.date]
        key = (type(value), value)
        known = self.days.get(key)
        if known is None:
            day = read_date(value, self.year)
            known = self.days[key] = day.toordinal() if day else 0
        return known

    def block(self) -> ParsedBlock:
        """What was read."""
        facts, heading = self.facts, self.heading
        block = ParsedBlock(
            layout=Layout.FLAT,
            sheet=self.grid.name,
            class_name=heading.class_name,
            year_start=heading.year,
            period=heading.period,
            pupils=tuple(facts.pupils),
            subjects=tuple(facts.subjects),
            coverage=Coverage.NAMED,
            unsure=frozenset(facts.unsure),
            marks=facts.marks,
            absences=facts.absences,
        )
        return replace(block, row_pupil=self.row_pupil, row_number=self.row_number, name_column=self.people.first)
