"""Two pages about a pupil for a council: who, why at risk, marks, absences, causes, what was done and what helped.

Nothing restricted is in it: no notes of specialists, no words of talks, no facts of the social passport, no restricted
causes. Source: the school's program, «представление на обучающегося для консилиума, малого педсовета».
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser

from common.errors import Refused
from common.russian import date_long, plural
from desk.reports.council_sheet_reads import Done, causes_open, debts_of, debts_words, done_for, helped
from desk.rules import Missed, absence_totals, age_on
from desk.selectors.book import Book, read_book
from desk.selectors.reasons import reasons_in_words
from desk.selectors.subjects import SubjectRow, subject_rows
from documents.rendering.charts import sparkline
from documents.rendering.svg import Svg
from risk_registry.categories import IN_REGISTRY, Category
from risk_registry.models import PupilCategory
from school.models import Pupil, Subject, User
from school.selectors_pupils import seat_in_words, stays_of
from school.selectors_staff import school_heads

TITLE = "Лист на обучающегося для совета"
_LAST_MARKS = 8
_CATEGORIES = 4
_LONG = 160


@dataclass(frozen=True)
class SheetSubject:
    """A subject with its marks of the year as numbers (the last few of them in words), mean and result of today."""

    name: str
    values: tuple[int, ...]
    before: int
    mean: str
    outlook: str
    earlier: tuple[str, ...]

    @property
    def spark(self) -> Svg:
        """The marks as a line."""
        return sparkline(self.values, f"{self.name}: {self.last}", self.before)

    @property
    def last(self) -> str:
        """«… 3 2 4»."""
        more = "… " if len(self.values) > _LAST_MARKS else ""
        return more + " ".join(map(str, self.values[-_LAST_MARKS:]))


@dataclass(frozen=True)
class CouncilSheet:
    """The sheet. `categories`: (period, words), the newest first; `earlier`: headings of the results of `subjects`.

    `subjects_more`: how many subjects there was no room for.
    """

    school: str
    school_code: str
    founder: str
    external_id: str
    pupil: str
    born: date | None
    age: int | None
    seat: str
    class_teacher: str
    deputy: str
    made_on: date
    period: str
    categories: tuple[tuple[str, str], ...]
    debts: tuple[str, ...]
    earlier: tuple[str, ...]
    subjects: tuple[SheetSubject, ...]
    absences: tuple[tuple[str, str], ...]
    causes: tuple[str, ...]
    done: tuple[Done, ...]
    helped: tuple[str, ...]
    subjects_more: int = 0

    @property
    def day(self) -> str:
        """«21 ноября 2026 г.»."""
        return date_long(self.made_on)

    @property
    def more_words(self) -> str:
        """«ещё 5 предметов»; empty when all are shown."""
        number = self.subjects_more
        return f"ещё {number} {plural(number, 'предмет', 'предмета', 'предметов')}" if number else ""

    def shorter(self, most: int) -> "CouncilSheet":
        """With `most` subjects, the gravest, and lists cut in the same measure."""
        lines = max(3, most // 2)
        return replace(
            self,
            subjects=self.subjects[:most],
            subjects_more=self.subjects_more + max(0, len(self.subjects) - most),
            debts=_capped(self.debts, lines),
            causes=_capped(self.causes, lines),
            helped=_capped(self.helped, lines),
            done=_done(self.done, most),
        )


def _capped(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """The first ones, and «ещё 4»."""
    rest = len(lines) - most
    return (*lines[:most], f"ещё {rest}") if rest > 0 else tuple(lines)


def _done(rows: tuple[Done, ...], most: int) -> tuple[Done, ...]:
    rest = len(rows) - most
    return (*rows[:most], Done("Ещё", f"{rest} в карточке обучающегося")) if rest > 0 else rows


def build_council_sheet(pupil: Pupil, reader: User | None = None) -> CouncilSheet:
    """`pupil` comes with school and settings; debts are those that the reader sees, all for the command line (None).

    Raises `Refused` for one who never sat in a class.
    """
    book = read_book(AnonymousUser(), pupil)  # the same for every reader: no links, no rights
    debts = debts_of(pupil, reader)
    if book.year is None or book.school_class is None:
        raise Refused("Ученик ещё не учился ни в одном классе: рассказать не о чем.")
    school, teacher = pupil.school, book.school_class.class_teacher
    rows = subject_rows(book)
    return CouncilSheet(
        school=school.official_name,
        school_code=school.code,
        founder=school.founder,
        external_id=pupil.external_id,
        pupil=pupil.full_name,
        born=pupil.birth_date,
        age=None if pupil.birth_date is None else age_on(book.today, pupil.birth_date),
        seat=seat_in_words(stays_of(pupil), book.today),
        class_teacher=teacher.short_name if teacher is not None else "",
        deputy=school_heads(school).deputy,
        made_on=book.today,
        period=f"{book.chosen.title} {book.year.title}" if book.chosen is not None else book.year.title,
        categories=tuple(_categories(pupil, book)),
        debts=tuple(debts_words(debts)),
        earlier=tuple(one.short_title for one in book.earlier(book.chosen)) if book.chosen is not None else (),
        subjects=tuple(_subject(row) for row in rows),
        absences=tuple((one.word, one.in_words) for one in absence_totals(_missed(book))),
        causes=tuple(causes_open(pupil, book.year)),
        done=tuple(done_for(pupil, book.year)),
        helped=(*_better(book), *helped(pupil, book.year, debts)),
    )


def _missed(book: Book) -> list[Missed]:
    return [Missed(one.day, one.reason) for one in book.absences]


def _subject(row: SubjectRow) -> SheetSubject:
    told = row.outlook
    words = told.text if told.known else f"прогноз {told.text}" if told.text else told.basis
    earlier = tuple(chip.text if chip is not None else "—" for _, chip in row.results)
    return SheetSubject(_short(row.name, 60), row.values, row.before, row.mean, words, earlier)


def _categories(pupil: Pupil, book: Book) -> list[tuple[str, str]]:
    """Of the year, the newest first: «2-я четверть» — «слабоуспевающий: двойки: Алгебра (12.11)»."""
    rows: Any = PupilCategory.objects.filter(pupil=pupil, period__year=book.year).select_related("period")
    found = list(rows.order_by("-period__starts", "-period__number")[:_CATEGORIES])
    wanted = {key for row in found for key in row.subjects} - book.subjects.keys()
    names = book.subjects | dict(Subject.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [(row.period.title, _category_words(row, names)) for row in found]


def _category_words(row: Any, names: dict[int, str]) -> str:
    if row.unrated:
        return "нет данных"
    category = Category(row.category)
    reasons = "; ".join(reasons_in_words(category, row.evidence, names)) if category in IN_REGISTRY else ""
    note = ", предварительно" if row.provisional else ""
    return _short(f"{category.label.lower()}{note}{': ' if reasons else ''}{reasons}", 2 * _LONG)


def _better(book: Book) -> list[str]:
    """Subjects whose result of a period is higher than that of the one before."""
    found = []
    for key, name in book.subjects.items():
        values = [(one, book.result(key, one)) for one in book.periods]
        known = [(one, int(row.value)) for one, row in values if row is not None and row.value.isdigit()]
        for (_, before), (period, after) in pairwise(known):
            if after > before:
                found.append(f"{_short(name, 60)}: итог {before} → {after} ({period.title_inside})")
    return found


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
