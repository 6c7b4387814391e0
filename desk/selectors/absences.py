"""The lessons that a pupil missed, day by day: where each cell of the calendar and each total leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from common.look import Chip
from desk.rules import AbsenceTotal, Missed, absence_totals
from desk.selectors.book import AbsenceRow, Book, read_book
from gradebook.models import AbsenceReason
from gradebook.permissions import can_keep_absences
from school.access import Viewer
from school.models import Pupil, Subject


@dataclass(frozen=True)
class MissedLesson:
    """One lesson. `url` is empty for whoever may not correct the reason."""

    subject: str
    reason: str
    url: str
    by_hand: bool = False


@dataclass(frozen=True)
class MissedDay:
    """A day with its lessons."""

    day: date
    lessons: tuple[MissedLesson, ...]


@dataclass(frozen=True)
class AbsencesPage:
    """The year's missed lessons, the newest day first; `totals` are of the whole year."""

    book: Book
    days: tuple[MissedDay, ...]
    totals: tuple[AbsenceTotal, ...]
    chips: tuple[Chip, ...]
    keeps: bool = False


def absences_page(user: Viewer, pupil: Pupil, reason: str = "", year: int | None = None) -> AbsencesPage:
    """`pupil` comes from `pupils_with_school(user)`; an unknown `reason` is none. Eight queries."""
    book = read_book(user, pupil, year=year)
    chosen = reason if reason in AbsenceReason.values else ""
    rows = [row for row in book.absences if chosen in ("", row.reason)]
    names = dict(Subject.objects.filter(pk__in={row.subject for row in rows}).values_list("pk", "name"))
    totals = tuple(absence_totals(Missed(row.day, row.reason) for row in book.absences))
    keeps = can_keep_absences(user, pupil)
    return AbsencesPage(
        book=book,
        days=tuple(_days(pupil, rows, names, correctable=keeps)),
        totals=totals,
        chips=_chips(totals, chosen, book.query),
        keeps=keeps,
    )


def _days(pupil: Pupil, rows: Iterable[AbsenceRow], names: dict[int, str], *, correctable: bool) -> list[MissedDay]:
    days = []
    for day, missed in groupby(rows, key=lambda row: row.day):
        lessons = [
            MissedLesson(
                names[row.subject],
                AbsenceReason(row.reason).label,
                reverse("desk:absence", args=[pupil.pk, row.pk]) if correctable else "",
                row.by_hand,
            )
            for row in missed
        ]
        days.append(MissedDay(day, tuple(sorted(lessons, key=lambda lesson: lesson.reason))))
    return days[::-1]


def _chips(totals: Iterable[AbsenceTotal], chosen: str, year: str) -> tuple[Chip, ...]:
    kinds = [("", "Все"), *((total.reason, f"{total.word.capitalize()} {total.lessons}") for total in totals)]
    asked = {key: "&".join(filter(None, (year, f"reason={key}" if key else ""))) for key, _ in kinds}
    return tuple(Chip(title, f"?{asked[key]}", key == chosen) for key, title in kinds)
