"""The pupil's figures of a period, each beside that of the period before."""

from common.look import Change, Figure
from common.russian import decimal, plural
from desk.rules import Days, mean, same_days
from desk.selectors.book import Book, days_of, lived
from desk.selectors.subjects import low_subjects
from gradebook.models import AbsenceReason
from school.models import Period

_SAME_DAYS = "к тем же дням"


def pupil_figures(book: Book, open_signals: int) -> tuple[Figure, ...]:
    """Nothing for a pupil without a class."""
    if book.chosen is None:
        return ()
    now = lived(book, book.chosen)
    before = None if book.previous is None else same_days(days_of(book.previous), now)
    return (
        _foretold(book, book.chosen),
        _mean(book, book.chosen),
        _twos(book, now, before),
        _missed(book, now, before),
        Figure("Открытые сигналы", str(open_signals), "#signals"),
    )


def _foretold(book: Book, period: Period) -> Figure:
    number = low_subjects(book, period)
    change = None
    if book.previous is not None:
        change = Change(number - low_subjects(book, book.previous), f"к {book.previous.title_dative}")
    known = all(book.result(key, period) for key in book.subjects)
    title = "Двойки в итогах" if known else "Прогноз двоек"
    return Figure(title, str(number), "#subjects", plural(number, "предмет", "предмета", "предметов"), change)


def _mean(book: Book, period: Period) -> Figure:
    now = mean([mark.value for mark in book.marks_in(days_of(period))], 1)
    before = None
    if book.previous is not None:
        before = mean([mark.value for mark in book.marks_in(days_of(book.previous))], 1)
    change = None
    if book.previous is not None and now is not None and before is not None:
        change = Change(float(now - before), f"к {book.previous.title_dative}", good_when="up")
    return Figure("Средняя отметка", "—" if now is None else decimal(now), "#subjects", change=change)


def _twos(book: Book, now: Days, before: Days | None) -> Figure:
    number = _count_twos(book, now)
    change = None if before is None else Change(number - _count_twos(book, before), _SAME_DAYS)
    return Figure("Двойки", str(number), "#subjects", change=change)


def _count_twos(book: Book, days: Days) -> int:
    return sum(mark.value <= 2 for mark in book.marks_in(days))


def _missed(book: Book, now: Days, before: Days | None) -> Figure:
    missed = book.absences_in(now)
    bad = sum(absence.reason == AbsenceReason.UNEXCUSED for absence in missed)
    change = None if before is None else Change(len(missed) - len(book.absences_in(before)), _SAME_DAYS)
    return Figure("Пропущено уроков", str(len(missed)), "#absences", f"{bad} без причины" if bad else "", change)
