"""One subject of one pupil: marks by date, period by period, and what became of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.timezone import localtime

from common.look import MarkChip
from common.russian import date_short, decimal
from desk.selectors.book import Book, MarkRow, ResultRow, days_of
from desk.selectors.subjects import SubjectRow, mark_chip, result_chip, subject_row
from gradebook.models import AbsenceReason, ResultKind
from gradebook.permissions import can_correct_gradebook, can_keep_absences, sheet_right
from risk_registry.rules.categories import NOT_ATTESTED
from school.access import Viewer
from school.models import Period
from school.selectors_history import Correction


@dataclass(frozen=True)
class MarkLine:
    """One mark with where it came from. `former`: «была 2, исправлена 12.11.2026: Власова Н. И.», oldest first."""

    row: MarkRow
    chip: MarkChip
    source: str
    weight: str
    former: tuple[str, ...]


@dataclass(frozen=True)
class PeriodPart:
    """The subject in one period, newest mark first."""

    period: Period
    standing: SubjectRow
    lines: tuple[MarkLine, ...]
    missed: tuple[tuple[int, str, str], ...]
    result: ResultRow | None

    @property
    def result_chip(self) -> MarkChip | None:
        """The period's result as a chip."""
        return None if self.result is None else result_chip(self.result.value)

    @property
    def not_attested(self) -> bool:
        """Whether the result is `н/а`, which may be held excused."""
        return self.result is not None and self.result.value == NOT_ATTESTED


@dataclass(frozen=True)
class SubjectPage:
    """What the page shows; the newest period first."""

    book: Book
    key: int
    name: str
    parts: tuple[PeriodPart, ...]
    annual: tuple[tuple[str, str], ...]
    correctable: bool
    enters: bool = False
    absences: bool = False

    @property
    def kinds(self) -> list[tuple[str, str, str, bool]]:
        """Results of the year: the kind, its name, the value that stands, whether by hand."""
        standing = {row.kind: row for row in self.book.annual(self.key)}
        rows = [(kind, standing.get(kind.value)) for kind in (ResultKind.YEAR, ResultKind.EXAM, ResultKind.FINAL)]
        return [(kind.value, kind.label, row.value if row else "", bool(row and row.by_hand)) for kind, row in rows]


def subject_page(user: Viewer, book: Book, key: int) -> SubjectPage | None:
    """None when the pupil has neither marks nor results in the subject this year."""
    name = book.subjects.get(key)
    if name is None:
        return None
    parts = [_part(book, key, name, period) for period in reversed(book.begun)]
    correctable = can_correct_gradebook(user, book.pupil)
    return SubjectPage(
        book=book,
        key=key,
        name=name,
        parts=tuple(parts),
        annual=_annual(book, key),
        correctable=correctable,
        enters=correctable or _enters(user, book, key),
        absences=can_keep_absences(user, book.pupil),
    )


def _enters(user: Viewer, book: Book, key: int) -> bool:
    """Whether results of the subject are the person's to write."""
    return book.school_class is not None and sheet_right(user, book.school_class).covers(book.pupil.pk, key)


def _annual(book: Book, key: int) -> tuple[tuple[str, str], ...]:
    """«годовая», «4»."""
    return tuple((ResultKind(row.kind).label, row.value) for row in book.annual(key))


def _part(book: Book, key: int, name: str, period: Period) -> PeriodPart:
    days = days_of(period)
    missed = [absence for absence in book.absences_in(days) if absence.subject == key]
    return PeriodPart(
        period=period,
        standing=subject_row(book, key, name, period),
        lines=tuple(_line(book, mark) for mark in reversed(book.marks_in(days, key))),
        missed=tuple(
            (absence.pk, date_short(absence.day), AbsenceReason(absence.reason).label) for absence in reversed(missed)
        ),
        result=book.result(key, period),
    )


def _line(book: Book, mark: MarkRow) -> MarkLine:
    former = book.corrections.get(str(mark.pk), [])
    return MarkLine(
        row=mark,
        chip=mark_chip(book, mark),
        source="вручную" if mark.by_hand else (f"загрузка № {mark.batch}" if mark.batch else "—"),
        weight=_weight(mark.weight),
        former=tuple(_former(correction) for correction in former),
    )


def _former(correction: Correction) -> str:
    return f"была {correction.old}, исправлена {localtime(correction.at):%d.%m.%Y}: {correction.who}"


def _weight(weight: Decimal | None) -> str:
    return "" if weight is None else decimal(weight, 2).rstrip("0").rstrip(",")
