"""What bound files state of results, means and external works."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from common.tabular import address
from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.periods import NoSuchPeriod, PeriodNotNamed, Term, term_of
from gradebook.imports.schoolbook import Schoolbook
from gradebook.imports.singles import Statement
from gradebook.imports.statements import no_marks_yet
from gradebook.imports.told import Rejected
from gradebook.imports.works import StatedWork, procedure_for
from gradebook.models import Procedure
from gradebook.parsed import AssessedPupil, ExternalWork, Mean, Result, StatedPeriod
from school.models import SchoolClass
from school.naming import tidy

_RAW, _CODE, _TITLE = 16, 20, 300
_HUNDREDTH = Decimal("0.01")
_MAX_SCORE = 9999


class NoPeriodGiven(Exception):  # noqa: N818 — it is an answer, not a fault
    """The file `name` states results of no period, and the call names none: the file is refused."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class Terms:
    """Turns the files of a call into statements; keys are
    results (year, pupil, subject, kind, period or None), means (pupil, subject, period), works (procedure, pupil)."""

    book: Schoolbook
    _procedures: dict[tuple[object, ...], Procedure] = field(default_factory=dict)

    def results(self, bound: BoundFile) -> Iterator[Statement]:
        """Results that are taken; the others are listed as rejected."""
        for part in bound.blocks:
            for result in part.block.results:
                statement = self._result(bound, part, result)
                if statement is not None:
                    yield statement

    def _result(self, bound: BoundFile, part: BoundBlock, result: Result) -> Statement | None:
        pupil, school_class = part.pupils[result.pupil], part.classes[result.pupil]
        if not pupil or school_class is None:
            return None
        cell = address(result.row, result.column)
        subject = part.subjects[result.subject]
        try:
            term = self._term(bound, part, result.period, school_class)
        except NoSuchPeriod as unknown:
            bound.told.rejected.append(Rejected(part.block.sheet, cell, result.raw, unknown.reason))
            return None
        reason = _why_no_result(part, school_class, subject, term) if result.value.isdigit() else ""
        if reason:
            bound.told.rejected.append(Rejected(part.block.sheet, cell, result.raw, reason))
            return None
        key = (part.book.year.pk, pupil, subject, term.kind.value, term.period.pk if term.period else None)
        return Statement(bound.source, key, (result.value,), result.raw[:_RAW], part.block.sheet, cell)

    def _term(self, bound: BoundFile, part: BoundBlock, stated: StatedPeriod | None, school_class: SchoolClass) -> Term:
        """The heading's term, else the call's, else that of the lessons beside the result."""
        named = stated or part.block.period
        if named is None and self.book.told_period is None and part.block.covered_days:
            named = StatedPeriod(last=part.block.covered_days[-1])
        try:
            return term_of(named, school_class, part.book, self.book.told_period)
        except PeriodNotNamed:
            raise NoPeriodGiven(bound.told.name) from None

    def means(self, bound: BoundFile) -> Iterator[Statement]:
        """Means of periods; those of a year, or of a period that the class lacks, are of no use."""
        for part in bound.blocks:
            for mean in part.block.means:
                statement = self._mean(bound, part, mean)
                if statement is not None:
                    yield statement

    def _mean(self, bound: BoundFile, part: BoundBlock, mean: Mean) -> Statement | None:
        pupil, school_class = part.pupils[mean.pupil], part.classes[mean.pupil]
        if not pupil or school_class is None:
            return None
        try:
            term = self._term(bound, part, mean.period, school_class)
        except (NoSuchPeriod, NoPeriodGiven):
            return None
        if term.period is None:
            return None
        key = (pupil, part.subjects[mean.subject], term.period.pk)
        values = (_decimal(mean.mean), _decimal(mean.weighted))
        return Statement(bound.source, key, values, "", part.block.sheet, address(mean.row, mean.column))

    def works(self, bound: BoundFile) -> Iterator[Statement]:
        """Results of external works."""
        for part in bound.blocks:
            if part.block.work is None:
                continue
            for assessed in part.block.assessed:
                statement = self._assessed(bound, part, part.block.work, assessed)
                if statement is not None:
                    yield statement

    def _assessed(
        self, bound: BoundFile, part: BoundBlock, work: ExternalWork, assessed: AssessedPupil
    ) -> Statement | None:
        pupil, school_class = part.pupils[assessed.pupil], part.classes[assessed.pupil]
        if not pupil or school_class is None:
            return None
        cell = address(assessed.row, assessed.column)
        raw = str(assessed.mark if assessed.mark is not None else assessed.score or "")
        reason = _why_no_work(part, school_class, work, part.subjects[0]) if assessed.mark is not None else ""
        if reason or (assessed.score is not None and abs(assessed.score) > _MAX_SCORE):
            rejected = Rejected(part.block.sheet, cell, raw, reason or "балл вне разумных границ")
            bound.told.rejected.append(rejected)
            return None
        procedure = self._procedure(part, work, work.grade or school_class.grade)
        values = (
            assessed.code[:_CODE],
            assessed.variant[:_CODE],
            _decimal(assessed.score),
            assessed.mark,
            assessed.journal_mark,
            _points(assessed),
        )
        return Statement(bound.source, (procedure.pk, pupil), values, raw, part.block.sheet, cell)

    def _procedure(self, part: BoundBlock, work: ExternalWork, grade: int) -> Procedure:
        year = (self.book.year_on(work.day.toordinal()) if work.day else None) or part.book.year
        subject = self.book.subject(work.subject)
        title = tidy(work.title)[:_TITLE]
        key = (year.pk, title, grade, subject.pk, work.day)
        if key not in self._procedures:
            maxima = [_decimal(most) for most in work.maxima]
            stated = StatedWork(year, title, grade, subject, work.day, list(work.tasks), maxima)
            self._procedures[key] = procedure_for(self.book.school, stated)
        return self._procedures[key]

    def year_of_period(self, period: int) -> int:
        """The academic year of a period, by their keys."""
        found = (b.year.pk for b in self.book.yearbooks for ps in b.periods.values() for p in ps if p.pk == period)
        return next(found)

    def year_of_procedure(self, procedure: int) -> int:
        """The academic year of a work, by their keys."""
        return next(known.year_id for known in self._procedures.values() if known.pk == procedure)

    def procedure_words(self, procedure: int) -> str:
        """What a work is known by beside its key."""
        known = next(known for known in self._procedures.values() if known.pk == procedure)
        return f"{known.year.start}, {known.grade}, {known.subject.name}, {known.title}, {known.date}"


def _why_no_result(part: BoundBlock, school_class: SchoolClass, subject: int, term: Term) -> str:
    """Marks of the class and subject begin later than the result's period ends."""
    begins = part.book.marks_from(school_class, subject)
    ends = term.period.ends if term.period is not None else part.book.year.ends
    return no_marks_yet(str(school_class), school_class.grade, begins) if ends.toordinal() < begins else ""


def _why_no_work(part: BoundBlock, school_class: SchoolClass, work: ExternalWork, subject: int) -> str:
    """The work was written before marks of the class and subject begin."""
    begins = part.book.marks_from(school_class, subject)
    day = work.day or part.book.year.ends
    return no_marks_yet(str(school_class), school_class.grade, begins) if day.toordinal() < begins else ""


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number)).quantize(_HUNDREDTH)


def _points(assessed: AssessedPupil) -> tuple[Decimal | None, ...] | None:
    return None if assessed.points is None else tuple(_decimal(number) for number in assessed.points)
