"""What speaks against a day for an assessment procedure, and what kind a work is by its title. Without a database.

Source: the recommendations on the timetable of assessment procedures, letter of Минпросвещения and Рособрнадзор of
06.08.2021 № СК-228/03 and № 01.169/08-01 (general knowledge: the text of the letter is to be compared before release).
They recommend, so nothing here forbids.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

SOURCE = "письмо Минпросвещения и Рособрнадзора от 06.08.2021 № СК-228/03 / 01.169/08-01"
MOST_PERCENT = 10
LEAST_DAYS = Decimal("17.5")  # two and a half weeks
_SUNDAY = 6
_WEEKS, _WEEKS_OF_FIRST = 34, 33


class ClashKind(StrEnum):
    """What may speak against a day."""

    SAME_DAY = "same_day"
    HOURS = "hours"
    OFTEN = "often"
    NO_SCHOOL = "no_school"
    FIRST_LESSON = "first_lesson"


@dataclass(frozen=True, slots=True)
class Planned:
    """One procedure as one class meets it; keys are of the database. `lesson` counts from 1."""

    procedure: int
    school_class: int
    subject: int
    day: date
    title: str
    lesson: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """What speaks against a procedure in a class; `others` are the procedures with which it clashes."""

    kind: ClashKind
    procedure: int
    school_class: int
    words: str
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """How many procedures a class writes in a subject in the year, of how many lessons; None: hours are not told."""

    school_class: int
    subject: int
    procedures: int
    hours: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        """The share of the subject's lessons, a lesson a procedure."""
        return Decimal(self.procedures * 100) / self.hours if self.hours else None

    @property
    def too_much(self) -> bool:
        """More than a tenth."""
        return self.percent is not None and self.percent > MOST_PERCENT


def hours_of_year(weekly: Decimal | None, grade: int) -> Decimal | None:
    """Lessons of a subject in a year: 34 weeks, 33 in grade 1 (federal curricula); None when nobody says how many."""
    if weekly is None or weekly <= 0:
        return None
    return weekly * (_WEEKS_OF_FIRST if grade == 1 else _WEEKS)


def loads(planned: Iterable[Planned], hours: Mapping[tuple[int, int], Decimal | None]) -> list[Load]:
    """By class and subject; `hours` of a year by the same."""
    counted: dict[tuple[int, int], int] = defaultdict(int)
    for one in planned:
        counted[one.school_class, one.subject] += 1
    return [Load(*key, number, hours.get(key)) for key, number in counted.items()]


def clashes(
    planned: Iterable[Planned],
    hours: Mapping[tuple[int, int], Decimal | None],
    holidays: Iterable[tuple[date, date]] = (),
) -> list[Clash]:
    """Everything that speaks against the procedures of a year, by day; `holidays` are first and last days."""
    rows = sorted(planned, key=lambda one: (one.day, one.school_class, one.procedure))
    free = list(holidays)
    found = [*_same_day(rows), *_often(rows), *_days(rows, free), *_hours(rows, hours)]
    order = {(one.procedure, one.school_class): number for number, one in enumerate(rows)}
    return sorted(found, key=lambda clash: (order[clash.procedure, clash.school_class], clash.kind))


def _same_day(rows: list[Planned]) -> Iterator[Clash]:
    days: dict[tuple[int, date], list[Planned]] = defaultdict(list)
    for one in rows:
        days[one.school_class, one.day].append(one)
    for several in days.values():
        for one in several if len(several) > 1 else []:
            others = tuple(each.procedure for each in several if each is not one)
            titles = ", ".join(f"«{each.title}»" for each in several if each is not one)
            words = f"в этот день у класса ещё {titles}: в день не больше одной процедуры"
            yield Clash(ClashKind.SAME_DAY, one.procedure, one.school_class, words, others)


def _often(rows: list[Planned]) -> Iterator[Clash]:
    """Of two works too near to each other the later one is told of; on the same day that is told already."""
    for several in _by_subject(rows).values():
        for before, one in pairwise(several):
            apart = (one.day - before.day).days
            if 0 < apart < LEAST_DAYS:
                words = f"прошлая работа по предмету — {before.day:%d.%m.%Y}: не чаще одной за две с половиной недели"
                yield Clash(ClashKind.OFTEN, one.procedure, one.school_class, words, (before.procedure,))


def _days(rows: list[Planned], holidays: list[tuple[date, date]]) -> Iterator[Clash]:
    for one in rows:
        if one.day.weekday() == _SUNDAY or any(first <= one.day <= last for first, last in holidays):
            yield Clash(ClashKind.NO_SCHOOL, one.procedure, one.school_class, "в этот день уроков нет")
        elif one.lesson == 1:
            words = "первый урок: процедуры не проводят на первом и последнем уроках"
            yield Clash(ClashKind.FIRST_LESSON, one.procedure, one.school_class, words)


def _hours(rows: list[Planned], hours: Mapping[tuple[int, int], Decimal | None]) -> Iterator[Clash]:
    """The procedures with which a subject goes beyond its tenth, not those before them."""
    for (place, subject), several in _by_subject(rows).items():
        lessons = hours.get((place, subject))
        if lessons is None:
            continue
        for number, one in enumerate(several, start=1):
            if number * 100 > MOST_PERCENT * lessons:
                words = f"{number}-я за год из {_plain(lessons)} ч предмета: больше {MOST_PERCENT} % времени"
                yield Clash(ClashKind.HOURS, one.procedure, one.school_class, words)


def _by_subject(rows: list[Planned]) -> dict[tuple[int, int], list[Planned]]:
    found: dict[tuple[int, int], list[Planned]] = defaultdict(list)
    for one in rows:
        found[one.school_class, one.subject].append(one)
    return found


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


_KINDS = (
    ("vpr", r"впр|всероссийск\w* проверочн"),
    ("regional", r"региональн|ркр|рдр|муниципальн|мкр|краев|областн|республиканск"),
    ("admin", r"административн|\bакр\b|пробн|репетиц|тренировочн"),  # a trial exam is the school's own work
    ("oge", r"огэ|основн\w+ государственн\w+ экзамен"),
    ("ege", r"егэ|един\w+ государственн\w+ экзамен"),
    ("diagnostic", r"входн|стартов|диагностик"),
    ("control", r"контрольн"),
)


def kind_of_title(title: str) -> str:
    """The kind («vpr», «regional», …) that a file's title tells, else «other»."""
    words = title.casefold().replace("ё", "е")
    return next((kind for kind, pattern in _KINDS if re.search(rf"\b(?:{pattern})", words)), "other")
