"""Periods and school years as headings write them."""

import re
from functools import lru_cache

from common.tabular.dates import read_date
from common.tabular.text import key, tidy
from gradebook.parsed import PeriodKind, StatedPeriod

ORDINALS = {
    "1": r"1|i|l|перв\w+",
    "2": r"2|ii|втор\w+",
    "3": r"3|iii|трет\w+",
    "4": r"4|iv|четверт(?:ая|ой|ую|ый)",
}
UNITS = {
    PeriodKind.QUARTER: r"четверть|четверти|четв|чтв|чет|ч",
    PeriodKind.TRIMESTER: r"триместра?|трим|тр",
    PeriodKind.HALFYEAR: r"полугоди[еяй]|полугод|полуг|пол|п г|пг",
}
NUMBER = "|".join(f"(?P<n{number}>{pattern})" for number, pattern in ORDINALS.items())
UNIT = "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in UNITS.items())
ENDING = r"(?: ?-? ?(?:я|й|ая|ый|ое|е|ой|ю|го))?"
NUMBER_FIRST = re.compile(rf"\b(?:{NUMBER}){ENDING} ?(?:{UNIT})\b")
UNIT_FIRST = re.compile(rf"\b(?:{UNIT}) (?:№ ?)?(?:{NUMBER}){ENDING}(?!\S)")
BARE = re.compile(rf"(?:{NUMBER}){ENDING}(?: (?:учебный )?период)?|период (?:{NUMBER.replace('<n', '<m')})")
FILLERS = re.compile(r"\b(?:за|итог\w*|оценк\w*|отметк\w*|результат\w*|учебн\w+|период\w*|оц|отм|балл|на|по)\b")

DAY = r"\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?|\d{4}-\d{2}-\d{2}"
RANGE = re.compile(rf"(?:с )?({DAY})\s*(?:г\.? ?)?(?:по|до|[-–—…]|\.\.\.?)\s*({DAY})")
YEARS = re.compile(r"\b(20\d\d)\s*[/\\–—-]\s*(?:20)?(\d\d)\b")

ANNUAL: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (
        PeriodKind.STATE_EXAM,
        re.compile(r"гос\w*(?: итог\w*)? (?:экз|аттест)\w*.*|гиа|огэ|егэ|гвэ|(?:оценка|отметка) (?:гиа|огэ|егэ|гвэ)"),
    ),
    (PeriodKind.EXAM, re.compile(r"экз\w*(?: оценка| отметка| оц| отм)?|(?:оценка|отметка) за экзамен")),
    (
        PeriodKind.YEAR,
        re.compile(
            r"(?:за )?(?:учебный )?год|год\w* (?:оценка|отметка|оц|отм|балл|итог)|годов\w+"
            r"|(?:оценка|отметка|итог|итоги|результат) за (?:учебный )?год|учебный год|итоги? года"
        ),
    ),
    (
        PeriodKind.FINAL,
        re.compile(r"итог\w* (?:оценка|отметка|оц|отм)|итогов(?:ая|ые)|(?:оценка|отметка) в аттестат|аттестат"),
    ),
)


@lru_cache(maxsize=5_000)
def annual_kind(words: str) -> PeriodKind | None:
    """«Год. оценка», «Экз.», «Итоговая»… A heading (as `key`) of a result of the year, or None."""
    return next((kind for kind, pattern in ANNUAL if pattern.fullmatch(words)), None)


@lru_cache(maxsize=5_000)
def heading_period(words: str) -> StatedPeriod | None:
    """A period that is the whole heading (a `key`): «1 четверть», «оценка за 1 четв», «I полугодие»."""
    if not words or len(words) > 60:
        return None
    rest = " ".join(FILLERS.sub(" ", words).split())
    found = NUMBER_FIRST.fullmatch(rest) or UNIT_FIRST.fullmatch(rest)
    return _period(found) if found else None


def _period(found: re.Match[str]) -> StatedPeriod:
    groups = found.groupdict()
    kind = next(kind for kind in UNITS if groups.get(kind.value))
    number = next(number for number in ORDINALS if groups.get(f"n{number}"))
    return StatedPeriod(kind, int(number))


def stated_period(text: str, year_start: int | None) -> StatedPeriod | None:
    """A period after the label «Период:»: a range, a named period, a bare number, the whole year."""
    words = key(YEARS.sub(" ", text))
    if found := find_period(words) or stated_range(text, year_start):
        return found
    if bare := BARE.fullmatch(words):
        number = next(name[1:] for name, value in bare.groupdict().items() if value)
        return StatedPeriod(None, int(number))
    kind = annual_kind(words)
    return StatedPeriod(kind) if kind else None


def stated_range(text: str, year_start: int | None) -> StatedPeriod | None:
    """«с 01.09.26 по 24.10.26»; a day without a year needs the school year."""
    found = RANGE.search(tidy(text).lower())
    if not found:
        return None
    first, last = read_date(found[1], year_start), read_date(found[2], year_start)
    return StatedPeriod(first=first, last=last) if first and last and first <= last else None


def find_period(words: str) -> StatedPeriod | None:
    """A named period anywhere in a heading text (a `key`): «итоги за 1 четверть 2026»."""
    found = NUMBER_FIRST.search(words) or UNIT_FIRST.search(words)
    return _period(found) if found else None


def find_school_year(text: str) -> int | None:
    """«2026/2027», «2026-27» → 2026; years that do not follow each other are no school year."""
    for found in YEARS.finditer(text):
        if (int(found[1]) + 1) % 100 == int(found[2]):
            return int(found[1])
    return None
