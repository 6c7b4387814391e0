"""How a pupil's subjects stand in a period."""

from dataclasses import dataclass
from decimal import Decimal

from common.look import MarkChip
from common.russian import NBSP, decimal, plural
from desk.selectors.book import Book, MarkRow, days_of
from risk_registry.rules.categories import FAILED, SubjectFacts, forecast, mean_of
from risk_registry.rules.distance import toward_three
from school.models import Period

_NO_MEAN = Decimal(9)


@dataclass(frozen=True)
class Outlook:
    """What a subject comes to in a period: its result, or what the mean foretells, and why so."""

    text: str
    low: bool
    known: bool
    basis: str


@dataclass(frozen=True)
class SubjectRow:
    """One subject of the table. The first `before` of the `values` belong to earlier periods.

    `needed`: what is missing until a 3, or how much the 3 bears; empty where that is not the question.
    """

    pk: int
    name: str
    url: str
    values: tuple[int, ...]
    before: int
    spoken: str
    chips: tuple[MarkChip, ...]
    mean: str
    outlook: Outlook
    needed: str
    results: tuple[tuple[str, MarkChip | None], ...]
    grave: tuple[bool, bool, Decimal]


def subject_rows(book: Book) -> tuple[SubjectRow, ...]:
    """The graver first: a foretold or given 2, then twos among the marks, then the lowest mean."""
    if book.chosen is None:
        return ()
    rows = [subject_row(book, key, name, book.chosen) for key, name in book.subjects.items()]
    return tuple(sorted(rows, key=lambda row: row.grave))


def subject_row(book: Book, key: int, name: str, period: Period) -> SubjectRow:
    """How one subject stands in the period."""
    marks = book.marks_in(days_of(period), key)
    past = [mark.value for mark in book.marks if mark.subject == key and mark.day < period.starts]
    values = past + [mark.value for mark in marks]
    facts = book.facts(key, period)
    exact = mean_of(facts)
    told = outlook(book, facts)
    return SubjectRow(
        pk=key,
        name=name,
        url=book.address("desk:subject", key),
        values=tuple(values),
        before=len(past),
        spoken=f"{name}: {' '.join(map(str, values))}",
        chips=tuple(mark_chip(book, mark) for mark in marks),
        mean="—" if exact is None else decimal(exact, 2),
        outlook=told,
        needed=_needed(book, facts, told, period),
        results=_earlier_results(book, key, period),
        grave=(not told.low, not facts.unsatisfactory, _NO_MEAN if exact is None else exact),
    )


def mark_chip(book: Book, mark: MarkRow, *, dated: bool = False) -> MarkChip:
    """A mark as components show it, with what it was before a correction."""
    was = book.was(mark)
    shown = "" if was is None else str(was)
    return MarkChip(str(mark.value), mark.value <= 2, was=shown, on=mark.day if dated else None)


def _needed(book: Book, facts: SubjectFacts, told: Outlook, period: Period) -> str:
    """Only beside a forecast of 2 or 3 by the plain mean: what weights to come will have nobody knows."""
    if told.known or told.text not in ("2", "3") or facts.weighted is not None:
        return ""
    left = book.lessons_left(facts.subject, period)
    return toward_three(facts.total, facts.marks, book.thresholds, left).in_words


def low_subjects(book: Book, period: Period) -> int:
    """In how many subjects a 2 is given, or foretold where nothing is given yet."""
    return sum(outlook(book, book.facts(key, period)).low for key in book.subjects)


def outlook(book: Book, facts: SubjectFacts) -> Outlook:
    """The result; else the forecast with what it rests on; else why there is none."""
    if facts.result is not None:
        excused = facts.excused and facts.result in FAILED
        return Outlook(
            facts.result, facts.result in FAILED and not excused, True, "уважительная причина" if excused else "итог"
        )
    exact = mean_of(facts)
    if exact is None:
        return Outlook("", False, False, "отметок нет")
    foretold = forecast(exact, marks=facts.marks, thresholds=book.thresholds)
    if foretold is None:
        return Outlook("", False, False, "мало отметок")
    basis = "по средневзвешенной" if facts.weighted is not None else f"по {_marks_dative(facts.marks)}"
    return Outlook(str(foretold), foretold <= 2, False, basis)


def _marks_dative(number: int) -> str:
    return f"{number}{NBSP}{plural(number, 'отметке', 'отметкам', 'отметкам')}"


def _earlier_results(book: Book, key: int, period: Period) -> tuple[tuple[str, MarkChip | None], ...]:
    """One for each earlier period of the year, so that they stand in columns."""
    earlier = [(each.title, book.result(key, each)) for each in book.earlier(period)]
    return tuple((title, None if result is None else result_chip(result.value)) for title, result in earlier)


def result_chip(value: str) -> MarkChip:
    """A result as components show it."""
    return MarkChip(value, value in FAILED, result=True)
