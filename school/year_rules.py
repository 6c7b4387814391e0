"""What the change of year does with classes and pupils, without a database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from school.lots import GOES_ON, GONE, Lot
from school.naming import class_parts

LAST_GRADE = 11
LESSONS_END = (5, 25)
LAST_BASIC_GRADE = 9
# Grades that end a level: whoever has not mastered it is not admitted to the next (273-ФЗ, ст. 66).
LEVEL_ENDS = frozenset({4, LAST_BASIC_GRADE, LAST_GRADE})


class ClassName(NamedTuple):
    """«7А»: its grade and its letter, which may be empty."""

    grade: int
    letter: str

    def __str__(self) -> str:
        return f"{self.grade}{self.letter}"


@dataclass(frozen=True)
class Advice:
    """What speaks against an ordinary transfer, in words: «итог года — 2: Алгебра».

    `repeats`: it was decided elsewhere already that the pupil repeats the grade.
    """

    reason: str
    repeats: bool = False


@dataclass(frozen=True)
class Chosen:
    """What a person decided on one pupil; a target only where it is not the class's own."""

    lot: Lot
    target: ClassName | None = None
    note: str = ""


@dataclass(frozen=True)
class Fate:
    """What becomes of one pupil and why. `lacks_class`: is to sit in a class that there will not be."""

    lot: Lot
    target: ClassName | None
    reason: str = ""
    decided: bool = False
    lacks_class: bool = False


def class_named(text: str) -> ClassName | None:
    """«8А», «8 а», «8-А»; None for what is no class."""
    parts = class_parts(text)
    return None if parts is None else ClassName(*parts)


def next_class(now: ClassName, upper_letters: Collection[str]) -> ClassName | None:
    """7А → 8А. None for those who finish: grade 11, and grade 9 of a school without a tenth class.

    `upper_letters`: of the tenth classes that the school has; 9В goes to 10А where there is no 10В.
    """
    if now.grade >= LAST_GRADE:
        return None
    if now.grade == LAST_BASIC_GRADE:
        if not upper_letters:
            return None
        letter = now.letter if now.letter in upper_letters else min(upper_letters)
        return ClassName(now.grade + 1, letter)
    return ClassName(now.grade + 1, now.letter)


@dataclass(frozen=True)
class NextYear:
    """The classes that there will be: by grade, their letters in order."""

    letters: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[ClassName]) -> "NextYear":
        """From the classes' names, in any order."""
        letters: dict[int, list[str]] = {}
        for name in sorted(set(names)):
            letters.setdefault(name.grade, []).append(name.letter)
        return cls(letters)

    def holds(self, name: ClassName | None) -> bool:
        """Whether there will be this class."""
        return name is not None and name.letter in self.letters.get(name.grade, ())

    def like(self, now: ClassName) -> ClassName | None:
        """Where one sits who repeats the grade: the class of the same letter, else the first of the grade."""
        letters = self.letters.get(now.grade, [])
        letter = now.letter if now.letter in letters else next(iter(letters), None)
        return None if letter is None else ClassName(now.grade, letter)


def fate_of(
    now: ClassName, following: ClassName | None, chosen: Chosen | None, advice: Advice | None, coming: NextYear
) -> Fate:
    """The lot of one pupil of the class `now`, which goes on as `following` (None: it finishes).

    A person's decision holds; else whoever has an advice against them is transferred conditionally, or, where the grade
    ends a level, repeats it (273-ФЗ, ст. 58 and ст. 66); the others go with the class.
    """
    reason = advice.reason if advice else ""
    if chosen is not None:
        target = None if chosen.lot in GONE else chosen.target or _target(chosen.lot, now, following, coming)
        lacking = chosen.lot not in GONE and not coming.holds(target)
        return Fate(chosen.lot, target, chosen.note or reason, decided=True, lacks_class=lacking)
    lot = _proposed(now, following, advice)
    target = _target(lot, now, following, coming)
    return Fate(lot, target, reason, lacks_class=lot not in GONE and not coming.holds(target))


def _proposed(now: ClassName, following: ClassName | None, advice: Advice | None) -> Lot:
    if advice is not None:
        stays = advice.repeats or following is None or now.grade in LEVEL_ENDS
        return Lot.REPEATS if stays else Lot.CONDITIONAL
    return Lot.FINISHED if following is None else Lot.PROMOTED


def _target(lot: Lot, now: ClassName, following: ClassName | None, coming: NextYear) -> ClassName | None:
    if lot in GONE:
        return None
    return following if lot in GOES_ON else coming.like(now)


def keeps_teacher(now: ClassName, following: ClassName | None) -> bool:
    """The class teacher stays with the class, but not beyond primary school."""
    return following is not None and now.grade != 4


def keeps_teaching(now: ClassName, following: ClassName | None) -> bool:
    """Who teaches what is carried over within a level: a new level has other subjects and teachers."""
    return following is not None and now.grade not in LEVEL_ENDS


def seats_reason(lot: Lot, now: ClassName) -> str:
    """The grounds of the new seat: «переведён из 7А»."""
    words = {
        Lot.PROMOTED: "переведён из {}",
        Lot.CONDITIONAL: "переведён условно из {}",
        Lot.REPEATS: "повторное обучение, был в {}",
    }
    return words[lot].format(now)


class _Year(Protocol):
    start: int


def year_to_leave(year: _Year, today: date) -> bool:
    """Whether it is time for the change: the lessons of the year are over (from 25 May)."""
    return today >= date(year.start + 1, *LESSONS_END)
