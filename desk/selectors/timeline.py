"""The story of a pupil's year: marks below 3, results, missed lessons, signals and the registry, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate

from common.look import Chip
from common.russian import counted, decimal
from desk.rules import mean
from desk.selectors.book import Book, days_of
from gradebook.models import AbsenceReason
from risk_registry.models import Signal
from risk_registry.rules.categories import FAILED
from risk_registry.selectors.timeline import deed_items, registry_items, signal_items, work_items
from school.models import Period
from school.shared import TimelineItem

SHOWN = 12
_TITLES = {
    "marks": "Отметки",
    "works": "Работы",
    "signals": "Сигналы",
    "deeds": "Сделано",
    "registry": "Реестр",
    "debts": "Задолженность",
    "routes": "Маршруты",
    "extra": "Доп. занятия",
    "support": "Поддержка",
    "service": "Служба",
    "councils": "Советы",
    "absences": "Пропуски",
    "seats": "Классы",
}
Groups = dict[str, list[TimelineItem]]


@dataclass(frozen=True)
class Story:
    """What the panel shows: the newest of the chosen kind, the choices, and where all of them stand.

    `ever`: whether anything happened in the year at all.
    """

    items: tuple[TimelineItem, ...]
    chips: tuple[Chip, ...]
    spans: tuple[Chip, ...]
    total: int
    all_url: str
    ever: bool


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a kind of events («marks», «signals»…; empty for all), the number of the period in
    which they happened (None for the whole year), and whether all of them."""

    show: str = ""
    whole: bool = False
    when: int | None = None


def pupil_story(
    book: Book, signals: Iterable[Signal], asked: Asked, more: Mapping[str, Iterable[TimelineItem]] | None = None
) -> Story:
    """Of the pupil's year; two queries. `more`: what other parts know, by kind: «debts», «routes», «deeds»."""
    told = _groups(book, signals, more or {})
    show = asked.show if asked.show in told else ""
    when = next((period for period in book.begun if period.number == asked.when), None)
    asked = Asked(show, asked.whole, when.number if when else None)
    groups = _within(told, when)
    found = list(groups.get(show, [])) if show else [item for items in groups.values() for item in items]
    found.reverse()  # of one day the last comes first
    found.sort(key=lambda item: item.on, reverse=True)
    rest = "" if asked.whole or len(found) <= SHOWN else _address(book, replace(asked, whole=True))
    shown = tuple(found[:SHOWN] if rest else found)
    return Story(shown, _chips(book, told, groups, asked), _spans(book, asked), len(found), rest, bool(told))


def _groups(book: Book, signals: Iterable[Signal], more: Mapping[str, Iterable[TimelineItem]]) -> Groups:
    told = {
        "marks": [*_twos(book), *_corrections(book), *_results(book)],
        "works": work_items(book.works),
        "signals": signal_items(signals),
        "deeds": [*(deed_items(book.pupil, book.year) if book.year else []), *more.get("deeds", ())],
        "registry": registry_items(book.pupil, book.year) if book.year else [],
        **{group: list(items) for group, items in more.items() if group != "deeds"},
        "absences": list(_absences(book)),
        "seats": list(_seats(book)),
    }
    return {group: items for group, items in told.items() if items}


def _within(groups: Groups, period: Period | None) -> Groups:
    """What happened in the period; everything when none is named."""
    if period is None:
        return groups
    days = days_of(period)
    return {group: [item for item in items if item.on in days] for group, items in groups.items()}


def _chips(book: Book, told: Groups, groups: Groups, asked: Asked) -> tuple[Chip, ...]:
    """A kind that happened this year stays among the choices, with a nought where the period has none."""
    if len(told) < 2:
        return ()
    kinds = [("", "Всё"), *((key, f"{_TITLES[key]} {len(groups.get(key, []))}") for key in told)]
    chips = (
        Chip(title, _address(book, replace(asked, show=key, whole=False)), key == asked.show) for key, title in kinds
    )
    return tuple(chips)


def _spans(book: Book, asked: Asked) -> tuple[Chip, ...]:
    """The whole year, or one of its periods that have begun."""
    if len(book.begun) < 2:
        return ()
    spans = [(None, "С начала года"), *((period.number, period.title) for period in book.begun)]
    return tuple(
        Chip(title, _address(book, replace(asked, when=number, whole=False)), number == asked.when)
        for number, title in spans
    )


def _address(book: Book, asked: Asked) -> str:
    told = {
        "year": book.seat.school_class.year.start if book.query and book.seat else "",
        "period": book.chosen.number if book.chosen else "",
        "show": asked.show,
        "when": asked.when,
        "all": "1" if asked.whole else "",
    }
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('desk:pupil', args=[book.pupil.pk])}?{query}#events"


def _subject(book: Book, key: int) -> str:
    return book.address("desk:subject", key)


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
                localdate(change.at), "other", "Исправлена отметка:", text, change.who, _subject(book, mark.subject)
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
