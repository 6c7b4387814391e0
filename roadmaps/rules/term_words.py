"""Terms in words: what is printed where nobody wrote their own, and what a table's own words probably mean."""

import re
from datetime import date
from typing import Any

from common.names import name_key
from common.russian import date_long
from roadmaps.rules.terms import FIRST_MONTH, LAST_MONTH, Term, month_title
from roadmaps.words import Every, Schedule, TermKind

_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = re.compile(rf"({'|'.join(_STEMS[:4])}|ма[йяе]|{'|'.join(_STEMS[5:])})[а-я]*\.?\s*(20\d\d)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d\d)")
_WORDS = (
    (re.compile(r"постоянн|систематич|непрерывн"), Term(TermKind.CONTINUOUS)),
    (re.compile(r"по мере|при необходимост|по запрос"), Term(TermKind.AS_NEEDED)),
    (re.compile(r"ежемесяч|каждый месяц|раз в месяц"), Term(TermKind.RECURRING, every=Every.MONTH)),
    (re.compile(r"еженедельн|каждую неделю|раз в неделю"), Term(TermKind.RECURRING, every=Every.WEEK)),
    (re.compile(r"ежекварт|четверт|триместр|полугоди|учебн\w+ период"), Term(TermKind.PERIOD)),
    (re.compile(r"график\w* оценочн|оценочн\w+ процедур"), Term(TermKind.BY_SCHEDULE, schedule=Schedule.ASSESSMENTS)),
    (re.compile(r"график\w* меропр"), Term(TermKind.BY_SCHEDULE, schedule=Schedule.EVENTS)),
    (re.compile(r"график|по плану|расписани"), Term(TermKind.BY_SCHEDULE, schedule=Schedule.OTHER)),
)
_ALL_YEAR = re.compile(r"в течени[еи]|весь год|учебный год|сентябр\w* *[–—-] *май")


def term_words(term: Term, start: int) -> str:
    """«Октябрь 2026», «Каждый месяц», «По графику оценочных процедур»."""
    match term.kind:
        case TermKind.MONTH | TermKind.MONTHS:
            return ", ".join(month_title(month, start) for month in sorted(term.months)).capitalize()
        case TermKind.RANGE:
            return " – ".join(month_title(month, start) for month in term.months).capitalize()
        case TermKind.RECURRING if term.every is not None:
            return term.every.label.capitalize()
        case TermKind.DATE if term.day is not None:
            return date_long(term.day)
        case TermKind.BY_SCHEDULE if term.schedule is not None:
            return f"По другому графику: {term.schedule.label}"
    return term.kind.label


def term_read(text: str, start: int) -> Term | None:
    """What the words of a term mean in the year that begins in `start`; None when they are not understood.

    A month without a year is that of the school year; one of another year («Август 2024» in 2025/26) is not understood.
    """
    key = name_key(text).replace("ё", "е")
    day = _day_of(key)
    if day is not None:
        return Term(TermKind.DATE, day=day)
    if _ALL_YEAR.search(key):
        return Term(TermKind.ALL_YEAR)
    for words, term in _WORDS:
        if words.search(key):
            return term
    return _of_months(key, start)


def _day_of(key: str) -> date | None:
    found = _DAY.search(key)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _of_months(key: str, start: int) -> Term | None:
    found = list(_MONTH.finditer(key))
    if not found:
        return None
    stated = {int(one[2]) for one in found if one[2]}
    months = [_numbered(_number(one[1]), int(one[2]) if one[2] else None, start) for one in found]
    if len(stated) == 1 and len(found) > 1:  # «октябрь–ноябрь 2024»: the year is that of both
        months = [_near(_number(one[1]), stated.copy().pop(), start) for one in found]
    if any(not FIRST_MONTH <= month <= LAST_MONTH for month in months):
        return None
    if len(months) == 1:
        return Term(TermKind.MONTH, months=(months[0],))
    between = key[found[0].end() : found[1].start()] if len(months) == 2 else ","
    dashed = re.search(r"[–—-]|\bпо\b", between + key[found[0].start() : found[1].start()])
    if len(months) == 2 and dashed:
        return Term(TermKind.RANGE, months=(months[0], months[1])) if months[0] <= months[1] else None
    return Term(TermKind.MONTHS, months=tuple(sorted(set(months))))


def _number(stem: str) -> int:
    return next(n for n, one in enumerate(_STEMS, 1) if stem.startswith(one) and (n != 5 or stem[:3] != "мар"))


def _numbered(month: int, year: int | None, start: int) -> int:
    if year is not None:
        return (year - start) * 12 + month
    return month if month >= FIRST_MONTH else month + 12


def _near(month: int, year: int, start: int) -> int:
    """A list with one year at its end: those that would fall out of the school year take the other."""
    named = (year - start) * 12 + month
    return named if FIRST_MONTH <= named <= LAST_MONTH else _numbered(month, None, start)


def term_told(term: Term) -> dict[str, Any]:
    """As a table keeps it beside the kind."""
    told: dict[str, Any] = {}
    if term.months:
        told["months"] = list(term.months)
    if term.day is not None:
        told["day"] = term.day.isoformat()
    if term.every is not None:
        told["every"] = term.every.value
    if term.schedule is not None:
        told["schedule"] = term.schedule.value
    return told


def term_of(kind: str, told: dict[str, Any]) -> Term:
    """The reverse of `term_told`."""
    return Term(
        TermKind(kind),
        tuple(told.get("months", ())),
        date.fromisoformat(told["day"]) if told.get("day") else None,
        Every(told["every"]) if told.get("every") else None,
        Schedule(told["schedule"]) if told.get("schedule") else None,
    )


def month_choices(start: int) -> list[tuple[str, str]]:
    """The months of a form, from the August before the year to the one at its end."""
    return [
        (str(month), month_title(month, start) + (" (до начала года)" if month == FIRST_MONTH else ""))
        for month in range(FIRST_MONTH, LAST_MONTH + 1)
    ]
