"""The story of a pupil's year: marks below 3, results, missed lessons, signals and the registry, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from common.look import Chip
from common.russian import counted, decimal
from desk.rules import mean
from desk.selectors.book import Book, days_of
from gradebook.models import AbsenceReason
from risk_registry.models import Signal
from risk_registry.rules.categories import FAILED
from risk_registry.selectors.timeline import deed_items, registry_items, signal_items
from school.models import Period
from school.shared import TimelineItem

SHOWN = 12
_TITLES = {
    "marks": "Отметки",
    "signals": "Сигналы",
    "deeds": "Сделано",
    "registry": "Реестр",
    "absences": "Пропуски",
    "seats": "Классы",
}
Groups = dict[str, list[TimelineItem]]


@dataclass(frozen=True)
class Story:
    """What the panel shows: the newest of the chosen kind, the choices, and where all of them stand."""

    items: tuple[TimelineItem, ...]
    chips: tuple[Chip, ...]
    total: int
    all_url: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a kind of events («marks», «signals»…; empty for all), and whether all of them."""

    show: str = ""
    whole: bool = False


def pupil_story(book: Book, signals: Iterable[Signal], asked: Asked) -> Story:
    """Of the pupil's year; two queries."""
    groups = _groups(book, signals)
    show = asked.show if asked.show in groups else ""
    found = list(groups[show]) if show else [item for items in groups.values() for item in items]
    found.reverse()  # of one day the last comes first
    found.sort(key=lambda item: item.on, reverse=True)
    rest = "" if asked.whole or len(found) <= SHOWN else _address(book, show, whole=True)
    return Story(tuple(found[:SHOWN] if rest else found), _chips(book, groups, show), len(found), rest)


def _groups(book: Book, signals: Iterable[Signal]) -> Groups:
    told = {
        "marks": [*_twos(book), *_corrections(book), *_results(book)],
        "signals": signal_items(signals),
        "deeds": deed_items(book.pupil, book.year) if book.year else [],
        "registry": registry_items(book.pupil, book.year) if book.year else [],
        "absences": list(_absences(book)),
        "seats": list(_seats(book)),
    }
    return {group: items for group, items in told.items() if items}


def _chips(book: Book, groups: Groups, show: str) -> tuple[Chip, ...]:
    if len(groups) < 2:
        return ()
    kinds = [(key, f"{_TITLES[key]} {len(items)}") for key, items in groups.items()]
    return tuple(Chip(title, _address(book, key), key == show) for key, title in [("", "Всё"), *kinds])


def _address(book: Book, show: str, *, whole: bool = False) -> str:
    told = {"period": book.chosen.number if book.chosen else "", "show": show, "all": "1" if whole else ""}
    asked = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('desk:pupil', args=[book.pupil.pk])}?{asked}#events"


def _subject(book: Book, key: int) -> str:
    return reverse("desk:subject", args=[book.pupil.pk, key])


def _twos(book: Book) -> Iterator[TimelineItem]:
    """Marks below 3, a subject and day at a time."""
    found: dict[tuple[date, int], list[str]] = defaultdict(list)
    names = {mark.subject: mark.name for mark in book.marks}
    works: dict[tuple[date, int], str] = {}
    for mark in book.marks:
        if mark.value <= 2:
            found[mark.day, mark.subject].append(str(mark.value))
            works[mark.day, mark.subject] = mark.work
    for (day, key), values in found.items():
        work = works[day, key]
        text = f"{names[key]}, {work.lower()}" if work else names[key]
        yield TimelineItem(day, "other", f"Отметка {' и '.join(values)}:", text, url=_subject(book, key))


def _corrections(book: Book) -> Iterator[TimelineItem]:
    for mark in book.marks:
        changes = book.corrections.get(str(mark.pk), [])
        after = [*(str(change.old) for change in changes[1:]), str(mark.value)]
        for change, value in zip(changes, after, strict=False):
            text = f"{mark.name} за {mark.day:%d.%m}: {change.old} → {value}"
            yield TimelineItem(
                change.at.date(), "other", "Исправлена отметка:", text, change.who, _subject(book, mark.subject)
            )


def _results(book: Book) -> Iterator[TimelineItem]:
    for period in book.begun:
        if period.ends <= book.today and any(row.period == period.pk for row in book.results):
            yield TimelineItem(period.ends, "result", f"Итоги {period.title_genitive}:", _result_words(book, period))


def _result_words(book: Book, period: Period) -> str:
    rows = [row for row in book.results if row.period == period.pk]
    low = [f"{row.name} {row.value}" for row in rows if row.value in FAILED and not row.excused]
    told = mean([mark.value for mark in book.marks_in(days_of(period))], 1)
    average = "" if told is None else f", средняя отметка {decimal(told)}"
    return ("; ".join(low) or "без двоек") + average


def _absences(book: Book) -> Iterator[TimelineItem]:
    bad: dict[date, int] = defaultdict(int)
    for absence in book.absences:
        bad[absence.day] += absence.reason == AbsenceReason.UNEXCUSED
    for day, lessons in bad.items():
        if lessons:
            told = counted(lessons, "урок", "урока", "уроков")
            yield TimelineItem(day, "other", "Пропуск без причины:", told, url="#absences")


def _seats(book: Book) -> Iterator[TimelineItem]:
    """Comings and goings within the year; to begin in September is no event."""
    for seat in book.seats:
        if book.year is not None and book.year.starts < seat.starts <= book.today:
            yield TimelineItem(seat.starts, "step", "Место в классе:", f"пришёл в {seat.school_class}")
        if seat.ends is not None and seat.ends < book.today:
            yield TimelineItem(seat.ends, "step", "Место в классе:", f"ушёл из {seat.school_class}")
