"""Protocols of external works: participant code, name, variant, score, mark, and the journal's mark beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from common.tabular.errors import Problem
from common.tabular.grid import Grid
from common.tabular.sheets import Cell, is_filled
from common.tabular.text import key, shown, tidy
from gradebook.layouts.collecting import Context, Facts
from gradebook.layouts.heading import Heading, has_label, read_heading
from gradebook.layouts.listing import Listing, find_listing
from gradebook.layouts.people import PupilReader, is_service_row
from gradebook.layouts.tasks import find_tasks, is_maxima_row, maxima_of, points_of
from gradebook.layouts.tokens import OUT_OF_SCALE, plain, read_number, read_result
from gradebook.layouts.words import NAMES, SUBJECTS, TITLES, Role
from gradebook.parsed import AssessedPupil, ExternalWork, Layout, ParsedBlock, PupilRef

NO_SUBJECT = ("в нём не указан предмет работы", "добавьте над таблицей строку «Предмет: …»")
GRADE = re.compile(
    r"(?<!\d)(1[0-2]|[1-9])\s*(?:-?(?:й|ый|ий)\s+)?[«\"']?[А-ЯA-Z]?[»\"']?\s*-?\s*класс\w*", re.IGNORECASE
)
WORK_WORDS = re.compile(
    r".*\b(?:работ\w*|впр|диагност\w*|контрольн\w*|тест\w*|экзамен\w*|срез\w*|мониторинг\w*|протокол\w*|результат\w*"
    r"|огэ|егэ|гиа|рдр|кдр|процедур\w*|аттестац\w*)\b.*"
)
PARTS = re.compile(r"(?:[.,;:]\s+|\s+[-–—|]\s+|[.,;:]?$)")
ABSENT = re.compile(r"|-+|н|нб|отс|отсутствовал\w*|не писал\w*|не явил\w*|неявка|не участвовал\w*|б|у|н я|ня")
NONE = -1.0
NO_JOURNAL_MARK = re.compile(r"|-+|н а|на|осв|нет|н|зач|усп|б о|нет отметки")


def read_assessment(grid: Grid, context: Context) -> list[ParsedBlock]:
    """The sheet as one block, or an empty list if it is no protocol. Raises `Problem`."""
    listing = find_listing(grid, _is_protocol)
    if listing is None:
        return []
    heading = read_heading(grid, range(listing.top), Heading(), context.default_year)
    return [_Protocol(grid, context, listing, heading).block()]


def _is_protocol(roles: set[Role]) -> bool:
    named = bool(roles & NAMES) or Role.CODE in roles
    rated = bool(roles & {Role.WORK_MARK, Role.MARK, Role.SCORE})
    if roles >= {Role.DATE, Role.SUBJECT, Role.MARK} and not roles & {Role.WORK_MARK, Role.JOURNAL_MARK, Role.SCORE}:
        return False
    telling = roles & {Role.CODE, Role.VARIANT, Role.JOURNAL_MARK, Role.WORK_MARK}
    return named and rated and bool(telling or roles >= {Role.SCORE, Role.MARK})


@dataclass(frozen=True, slots=True)
class _Title:
    """What a title line says: «Региональная диагностическая работа. 8 класс. Алгебра»."""

    title: str
    grade: int | None
    subject: str | None


class _Protocol:
    """One protocol while it is being read."""

    def __init__(self, grid: Grid, context: Context, listing: Listing, heading: Heading) -> None:
        self.grid = grid
        self.context = context
        self.listing = listing
        self.heading = heading
        self.facts = Facts(context, grid)
        self.people = PupilReader(grid, listing.columns, heading.class_name)
        self.code = listing.column(Role.CODE)
        self.variant = listing.column(Role.VARIANT)
        self.tasks = find_tasks(grid, listing.bottom)
        self.score = self._sum_column()
        self.mark = listing.column(Role.WORK_MARK, Role.MARK)
        self.journal = listing.column(Role.JOURNAL_MARK)
        stating = [
            column for column in (self.score, self.mark, self.journal, *self.tasks.columns) if column is not None
        ]
        grid.show_formulas(range(listing.bottom + 1, len(grid)), stating)
        self.assessed: list[AssessedPupil] = []

    def block(self) -> ParsedBlock:
        """All rows and the work that the heading names."""
        for row in range(self.listing.bottom + 1, len(self.grid)):
            if self.tasks.names and is_maxima_row(self.grid, row):
                self.tasks = maxima_of(self.grid, row, self.tasks)
            elif not self.grid.blank(row):
                self._row(row)
        work = self._work()
        self.facts.subject(work.subject)
        return ParsedBlock(
            layout=Layout.ASSESSMENT,
            sheet=self.grid.name,
            class_name=self.heading.class_name,
            year_start=self.heading.year,
            period=self.heading.period,
            pupils=tuple(self.facts.pupils),
            subjects=tuple(self.facts.subjects),
            work=work,
            assessed=tuple(self.assessed),
        )

    def _sum_column(self) -> int | None:
        """A merged «Баллы» may stand over the columns of tasks: none of those is the sum."""
        free = (column for column in self.listing.columns.get(Role.SCORE, []) if column not in self.tasks.columns)
        return next(free, None)

    def _pupil(self, row: int) -> PupilRef | None:
        """By name or identifier; where the table has neither, by the participant's code."""
        code = shown(self._cell(row, self.code)).strip()
        if self.people.names or self.people.ids or self.code is None or not code.isdigit():
            return self.people.pupil(row)
        return self.people.coded(row, self.code, code)

    def _row(self, row: int) -> None:
        pupil = self._pupil(row)
        if is_service_row(self.people.name(row)) or not self._is_written(row):
            return
        if pupil is None:
            if is_filled(self._cell(row, self.code)) or self.people.is_numbered(row):
                self.context.reject(self.grid, row, self.people.first, "не указан ученик")
            return
        mark, journal = self._mark(row, self.mark, ABSENT), self._mark(row, self.journal, NO_JOURNAL_MARK)
        score = self._score(row)
        points = points_of(self.grid, row, self.tasks, self._reject) if self.tasks.names else ()
        if None in (mark, journal, score, points):
            return
        number = self.facts.add_pupil(pupil)
        self.assessed.append(
            AssessedPupil(
                pupil=number,
                code=shown(self._cell(row, self.code))[:20],
                variant=shown(self._cell(row, self.variant))[:20],
                score=score if score != NONE else None,
                mark=mark or None,
                journal_mark=journal or None,
                row=row,
                column=self.mark if self.mark is not None else (self.score or 0),
                points=points or None,
            )
        )

    def _reject(self, row: int, column: int, reason: str) -> None:
        self.context.reject(self.grid, row, column, reason)

    def _is_written(self, row: int) -> bool:
        """Whether the pupil took part: there is a mark or a score."""
        cells = [self._cell(row, column) for column in (self.mark, self.score) if column is not None]
        return any(is_filled(cell) and not ABSENT.fullmatch(key(plain(shown(cell)))) for cell in cells)

    def _cell(self, row: int, column: int | None) -> Cell:
        return None if column is None else self.grid.at(row, column)

    def _mark(self, row: int, column: int | None, empty: re.Pattern[str]) -> int | None:
        """1–5, 0 for an empty cell, None for a rejected one."""
        value = self._cell(row, column)
        if column is None or empty.fullmatch(key(plain(shown(value)))):
            return 0
        said = read_result(value)
        if said.value.isdigit():
            return int(said.value)
        self.context.reject(self.grid, row, column, said.problem or OUT_OF_SCALE)
        return None

    def _score(self, row: int) -> float | None:
        """The score, `NONE` for an empty cell, None for a rejected one."""
        value = self._cell(row, self.score)
        number = read_number(value)
        if number is None and self.score is not None and not ABSENT.fullmatch(key(plain(shown(value)))):
            self.context.reject(self.grid, row, self.score, "балл должен быть числом")
            return None
        return NONE if number is None else number

    def _work(self) -> ExternalWork:
        title = _title_of(list(_lines(self.grid, self.listing.top)))
        subject = self.heading.subject or title.subject
        if not subject:
            raise Problem(*NO_SUBJECT)
        return ExternalWork(
            title=(self.heading.title or title.title or subject)[:300],
            grade=_grade(self.heading.class_name) or title.grade or self._grade_of_classes(),
            subject=subject,
            day=self.heading.day,
            tasks=self.tasks.names,
            maxima=self.tasks.maxima,
        )

    def _grade_of_classes(self) -> int | None:
        grades = {_grade(pupil.class_name) for pupil in self.facts.pupils}
        return grades.pop() if len(grades) == 1 else None


def _grade(class_name: str | None) -> int | None:
    found = re.match(r"\s*(1[0-2]|[1-9])(?!\d)", class_name or "")
    return int(found[1]) if found else None


def _lines(grid: Grid, bottom: int) -> Iterator[str]:
    """Texts above the table that carry no label."""
    for row in range(bottom):
        for column in grid.filled(row):
            text = grid.text(row, column)
            if any(map(str.isalpha, text)) and not has_label(text):
                yield text


def _title_of(lines: list[str]) -> _Title:
    telling = [line for line in lines if GRADE.search(line) or WORK_WORDS.fullmatch(key(line))]
    others = [line for line in lines if line not in telling and not TITLES.match(key(line))]
    parts = [part for line in (telling or others) for part in PARTS.split(tidy(line)) if part]
    grade = next((int(found[1]) for part in parts if (found := GRADE.search(part))), None)
    rest = [part for part in (tidy(GRADE.sub(" ", part)).strip(" .,;-–—") for part in parts) if part]
    subjects = [part for part in rest if SUBJECTS.fullmatch(key(part)) and not WORK_WORDS.fullmatch(key(part))]
    subjects = subjects or [line for line in others if SUBJECTS.fullmatch(key(line))] or rest[1:]
    subject = subjects[-1] if subjects else None
    title = ". ".join(part for part in rest if part != subject)
    return _Title(title, grade, subject)
