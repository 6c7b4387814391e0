"""What gradebook files state, before the database is asked who and what is meant.

Pure: no Django, no ORM. Names, classes and subjects are as written in the file (only spaces are tidied). Pupils and
subjects of a block are numbered from 0 in the order of their first appearance; facts refer to these numbers.
Rows and columns are counted from 0; `address(row, column)` of `common.tabular` turns them into «B9».
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from common.tabular.address import address
from common.tabular.errors import UnreadableFile

__all__ = [
    "Absence",
    "Absences",
    "AssessedPupil",
    "CodedPupil",
    "Coverage",
    "ExternalWork",
    "FoundCode",
    "Layout",
    "LegendEntry",
    "Mark",
    "Marks",
    "Mean",
    "ParsedBlock",
    "ParsedCodes",
    "ParsedFile",
    "PeriodKind",
    "PupilRef",
    "RejectedCell",
    "Result",
    "StatedPeriod",
    "UnreadableFile",
]


class Layout(StrEnum):
    """The six layouts of the contract; the values are those of its answers."""

    JOURNAL = "journal"
    PROGRESS = "progress"
    SUMMARY = "summary"
    REPORT_CARD = "report_card"
    FLAT = "flat"
    ASSESSMENT = "assessment"


class Coverage(StrEnum):
    """What a block speaks for, and so what a later file may remove."""

    LESSON_DAYS = "lesson_days"  # every pupil × every subject of the block × `covered_days`, but for `unsure`
    NAMED = "named"  # only (pupil, subject, date) of its facts; absences only where it states an absence
    NOTHING = "nothing"


class PeriodKind(StrEnum):
    """Kinds of periods, and of results of the year (the last four)."""

    QUARTER = "quarter"
    TRIMESTER = "trimester"
    HALFYEAR = "halfyear"
    YEAR = "year"
    EXAM = "exam"
    STATE_EXAM = "state_exam"
    FINAL = "final"


ANNUAL = frozenset({PeriodKind.YEAR, PeriodKind.EXAM, PeriodKind.STATE_EXAM, PeriodKind.FINAL})


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """A period as a heading names it: a kind and a number («1 четверть»), a number alone («Период: 1»), a kind of
    annual result, or a range of dates (it belongs to the period of its last day)."""

    kind: PeriodKind | None = None
    number: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def annual(self) -> bool:
        return self.kind in ANNUAL


@dataclass(frozen=True, slots=True)
class PupilRef:
    """A pupil as the file names them. Either `external_id` or `name` is not empty; the name is in the file's order.

    `coded`: the file names nobody, `name` is the five-digit code of a participant.
    """

    external_id: str | None
    name: str
    class_name: str | None
    birth_date: date | None
    sheet: str
    cell: str
    coded: bool = False


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """A cell that was not understood; rejected whole, its old facts stay."""

    sheet: str
    cell: str
    value: str
    reason: str


class FoundCode(NamedTuple):
    """A code of lessons ("lesson") or a word of results ("result") with the number of its cells. `meaning`: what the
    profile takes it for, an absence's code or a value of results, "" where nothing."""

    place: str
    code: str
    cells: int
    meaning: str


class Mark(NamedTuple):
    """One current mark; `day` is a date, `value` 1–5, `raw` as in the journal («3-»)."""

    pupil: int
    subject: int
    day: date
    value: int
    raw: str
    weight: float | None
    work: str | None
    row: int
    column: int


def _numbers(code: str = "I") -> "array[int]":
    return array(code)


@dataclass(frozen=True, slots=True)
class Marks:
    """Current marks as columns of equal length: a million of them fit where objects would not.

    `day` holds `date.toordinal()`. `weight` and `work` are either as long as the rest or, where the file has no
    such column, empty.
    """

    pupil: "array[int]" = field(default_factory=_numbers)
    subject: "array[int]" = field(default_factory=_numbers)
    day: "array[int]" = field(default_factory=_numbers)
    value: "array[int]" = field(default_factory=lambda: _numbers("B"))
    raw: list[str] = field(default_factory=list)
    weight: list[float | None] = field(default_factory=list)
    work: list[str | None] = field(default_factory=list)
    row: "array[int]" = field(default_factory=_numbers)
    column: "array[int]" = field(default_factory=_numbers)

    def __len__(self) -> int:
        return len(self.pupil)

    def __iter__(self) -> Iterator[Mark]:
        for i in range(len(self.pupil)):
            yield Mark(
                self.pupil[i],
                self.subject[i],
                date.fromordinal(self.day[i]),
                self.value[i],
                self.raw[i],
                self.weight[i] if self.weight else None,
                self.work[i] if self.work else None,
                self.row[i],
                self.column[i],
            )


class Absence(NamedTuple):
    """One missed lesson; `reason` is unexcused, illness or excused after the profile, `raw` the code as written."""

    pupil: int
    subject: int
    day: date
    reason: str
    raw: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Absences:
    """Missed lessons as columns of equal length; `day` holds `date.toordinal()`. Lateness is not here."""

    pupil: "array[int]" = field(default_factory=_numbers)
    subject: "array[int]" = field(default_factory=_numbers)
    day: "array[int]" = field(default_factory=_numbers)
    reason: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    row: "array[int]" = field(default_factory=_numbers)
    column: "array[int]" = field(default_factory=_numbers)

    def __len__(self) -> int:
        return len(self.pupil)

    def __iter__(self) -> Iterator[Absence]:
        for i in range(len(self.pupil)):
            day = date.fromordinal(self.day[i])
            yield Absence(self.pupil[i], self.subject[i], day, self.reason[i], self.raw[i], self.row[i], self.column[i])


@dataclass(frozen=True, slots=True)
class Result:
    """A result of a period or of the year. `period` is None where the file names none (then `--period` decides).

    `value` is one of «1»…«5», «н/а», «осв», «зач», «незач», «усп»; `raw` is as written.
    """

    pupil: int
    subject: int
    period: StatedPeriod | None
    value: str
    raw: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Mean:
    """Means that the file states, 0 < mean ≤ 5; 0 in a file is no data, here None. Row and column are of the first."""

    pupil: int
    subject: int
    period: StatedPeriod | None
    mean: float | None
    weighted: float | None
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class ExternalWork:
    """An assessment procedure: what, for which grade and subject, when (where the file says so).

    `tasks` are the names of its tasks where points stand by task, `maxima` the most of each, None where not told.
    """

    title: str
    grade: int | None
    subject: str
    day: date | None
    tasks: tuple[str, ...] = ()
    maxima: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessedPupil:
    """What one pupil got in the block's external work; marks 1–5. Neither a current mark nor a period result.

    `points` by task, in the order of the work's `tasks`; None where the file has no tasks.
    """

    pupil: int
    code: str
    variant: str
    score: float | None
    mark: int | None
    journal_mark: int | None
    row: int
    column: int
    points: tuple[float | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the file's own legend: «Б — Болезнь». `reason` is what the profile takes the code for, if it does."""

    code: str
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """One context as the file states it: a class and subject (journal), a pupil (progress, report card), a class
    (summary), a work (assessment) or a whole sheet (flat).

    `year_start` 2026 means «2026/2027». `period` is that of the heading, None where it names none. `unsure` are
    (pupil, subject, ordinal of the day) of rejected cells: what stands there stays.
    """

    layout: Layout
    sheet: str
    class_name: str | None
    year_start: int | None
    period: StatedPeriod | None
    pupils: tuple[PupilRef, ...]
    subjects: tuple[str, ...]
    coverage: Coverage = Coverage.NOTHING
    covered_days: tuple[date, ...] = ()
    unsure: frozenset[tuple[int, int, int]] = frozenset()
    marks: Marks = field(default_factory=Marks)
    absences: Absences = field(default_factory=Absences)
    results: tuple[Result, ...] = ()
    means: tuple[Mean, ...] = ()
    work: ExternalWork | None = None
    assessed: tuple[AssessedPupil, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    # Flat only: every row that names a pupil, as (pupil, row); elsewhere a pupil has one row and both are empty.
    row_pupil: "array[int]" = field(default_factory=_numbers)
    row_number: "array[int]" = field(default_factory=_numbers)
    name_column: int = 0

    def places_of(self, pupil: int) -> Iterator[str]:
        """Addresses that name the pupil: one, but for flat, where each row does. For listing the unmatched."""
        if not self.row_pupil:
            yield self.pupils[pupil].cell
        for who, row in zip(self.row_pupil, self.row_number, strict=True):
            if who == pupil:
                yield address(row, self.name_column)


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file that was understood. `sheets` counts the sheets that hold something; `profile` is the code of the
    profile by which `codes` were understood."""

    name: str
    layout: Layout
    sheets: int
    blocks: tuple[ParsedBlock, ...]
    rejected: tuple[RejectedCell, ...] = ()
    codes: tuple[FoundCode, ...] = ()
    profile: str = ""


@dataclass(frozen=True, slots=True)
class CodedPupil:
    """A row of the file of codes: a participant's code of five digits, whose it is, in which cell it stands."""

    code: str
    pupil: PupilRef
    cell: str


@dataclass(frozen=True, slots=True)
class ParsedCodes:
    """The file of codes as it was read."""

    name: str
    rows: tuple[CodedPupil, ...]
    rejected: tuple[RejectedCell, ...] = ()
