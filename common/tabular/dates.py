"""Dates as people and programs write them into cells."""

import re
from datetime import date, datetime, timedelta

from common.tabular.sheets import Cell
from common.tabular.text import key, tidy

EPOCH = date(1899, 12, 30)  # Excel's day 0, after its mistaken 29 February 1900
SERIALS = range(20_000, 80_000)  # 1954…2119
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.+Z-]*)?")
NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?: ?г\.?| \d{1,2}:\d{2}(?::\d{2})?)?")
WORDS = re.compile(r"(\d{1,2}) ([а-я]+)(?: (\d{4}))?(?: г| года)?")
SERIAL = re.compile(r"(\d{5})(?:[.,]0+)?")
MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH = re.compile(
    "(янв|январ[ья]|фев|февр|феврал[ья]|март?а?|апр|апрел[ья]|ма[йя]|июн[ья]?|июл[ья]?|авг|августа?"
    "|сен|сент|сентябр[ья]|окт|октябр[ья]|ноя|нояб|ноябр[ья]|дек|декабр[ья])"
)


def month_number(word: str) -> int | None:
    """«сентябрь», «сент», «сентября» → 9; `word` is a `key`."""
    if not MONTH.fullmatch(word):
        return None
    starts = [(start, number) for number, start in enumerate(MONTHS, 1) if word.startswith(start)]
    return max(starts, key=lambda found: len(found[0]))[1]


def spelled_date(text: str) -> tuple[bool, bool]:
    """Whether a text is spelled as a date, «01.09» or «1 сентября», and whether it names its year."""
    found = NUMERIC.fullmatch(text)
    if not found and (words := WORDS.fullmatch(key(text))) and month_number(words[2]):
        found = words
    return bool(found or ISO.fullmatch(text)), bool(not found or found[3])


def in_school_year(day: int, month: int, year_start: int | None) -> date | None:
    """A day without a year: September to December fall into the first year of the two. None for no such day."""
    if year_start is None:
        return None
    return real_date(year_start if month >= 9 else year_start + 1, month, day)


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_date(value: Cell, year_start: int | None = None) -> date | None:
    """A date from a cell: a date, «08.05.2015», «2026-09-01», «1 сентября 2026», a serial number of Excel.

    A date without a year («1.9», «01.09») needs `year_start`. None for what is no date.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return from_serial(value)
    return _from_text(tidy(value), year_start) if value else None


def from_serial(value: float) -> date | None:
    """The date of Excel's day number; a time of day is dropped."""
    return EPOCH + timedelta(days=int(value)) if SERIALS.start <= value < SERIALS.stop else None


def _from_text(text: str, year_start: int | None) -> date | None:
    if found := ISO.fullmatch(text):
        return real_date(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMERIC.fullmatch(text):
        return _complete(int(found[1]), int(found[2]), found[3], year_start)
    if found := WORDS.fullmatch(key(text)):
        month = month_number(found[2])
        return _complete(int(found[1]), month, found[3], year_start) if month else None
    if found := SERIAL.fullmatch(text):
        return from_serial(int(found[1]))
    return None


def _complete(day: int, month: int, year: str | None, year_start: int | None) -> date | None:
    if not year:
        return in_school_year(day, month, year_start)
    return real_date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
