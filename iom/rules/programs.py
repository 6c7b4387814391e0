"""Which programs count for which indicator.

Source: паспорт программы, показатели 14, 19, 20, ожидаемый результат 13.
"""

from dataclasses import dataclass
from datetime import date

LEAST_OF_LEVEL = 5  # ожидаемый результат 13
ENDING_DAYS = 30
# Показатель 19 names five subjects; journals part some of them into several lines.
_WHOLE = ("русский язык", "обществознание", "физика")
_BEGINNINGS = ("математика", "алгебра", "геометрия", "вероятность", "история", "всеобщая история")


def is_supported(name: str, group: str = "") -> bool:
    """Whether показатель 19 names the subject: by its name, or by the group under which the school compares it."""
    return any(_is_named(words.casefold().strip()) for words in (name, group))


def _is_named(words: str) -> bool:
    return words in _WHOLE or any(words == one or words.startswith(f"{one} ") for one in _BEGINNINGS)


@dataclass(frozen=True)
class ProgramFacts:
    """A program as indicators count it. `course`, `extra`: its kind; `supports`: one of the five subjects."""

    course: bool
    extra: bool
    supports: bool
    network: bool
    literacy: bool
    approved: bool
    levels: tuple[str, ...]


@dataclass(frozen=True)
class ProgramCounts:
    """Numbers behind the indicators, of programs in force on a day; `per_level`: ВУД that support subjects."""

    all: int = 0
    network: int = 0
    courses: int = 0
    supporting: int = 0
    literate: int = 0
    per_level: tuple[tuple[str, int], ...] = ()


def count_programs(programs: list[ProgramFacts], levels: list[str]) -> ProgramCounts:
    """A program of two levels counts once for the school and once for each level."""
    supporting = [one for one in programs if one.course and one.supports and one.approved]
    return ProgramCounts(
        all=len(programs),
        network=sum(one.network for one in programs),
        courses=sum(one.course for one in programs),
        supporting=len(supporting),
        literate=sum(one.extra and one.literacy and one.approved for one in programs),
        per_level=tuple((level, sum(level in one.levels for one in supporting)) for level in levels),
    )


def ends_soon(ends: date | None, today: date) -> bool:
    """Whether a term ends within a month, or ended less than a month ago."""
    return ends is not None and abs((ends - today).days) <= ENDING_DAYS


def year_later(day: date) -> date:
    """The same day of the next year; the 29th of February becomes the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
