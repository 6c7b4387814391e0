"""«Что нужно до тройки»: how far a mean is from a 3, and whether it is in reach. Arithmetic, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from common.russian import plural
from risk_registry.rules.categories import BEST, Thresholds

_NUMBERS = ("", "одна", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
_SATURDAY = 5
_WEEK = 5  # school days


def school_days_left(today: date, ends: date, holidays: Sequence[tuple[date, date]]) -> int:
    """Mondays to Fridays from today to the period's last day, both inside, outside of `holidays` (first, last days)."""
    days = (today + timedelta(days=number) for number in range((ends - today).days + 1))
    return sum(day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in holidays) for day in days)


def lessons_left(weekly_hours: Decimal | None, school_days: int) -> int | None:
    """How many lessons of a subject at most are still to come; None where nobody said how many hours a week it has.

    Rounded up: of what may still be in reach nobody is told that it is not.
    """
    return None if weekly_hours is None or weekly_hours <= 0 else ceil(weekly_hours * school_days / _WEEK)


@dataclass(frozen=True)
class TowardThree:
    """How far a mean is from a 3: so many fives, or fours, or threes, are missing; or so many twos it bears.

    `left`: how many marks may still come (a mark a lesson), None where that is not known.
    """

    fives: int = 0
    fours: int = 0
    threes: int = 0
    bears: int = 0
    left: int | None = None

    @property
    def out_of_reach(self) -> bool:
        """Whether not even fives in every lesson that is left lift the mean to a 3."""
        return self.left is not None and self.fives > self.left

    @property
    def in_words(self) -> str:
        """«одна «4» или две «3»», «не достать: нужно девять «5», а уроков осталось 2»; nothing when far above.

        Only what fits into the lessons that are left is named.
        """
        if not self.threes:
            return ("не выдержит «2»", "выдержит одну «2»", "")[min(self.bears, 2)]
        if self.out_of_reach:
            rest = f"а уроков осталось {self.left}" if self.left else "а уроков больше нет"
            return f"не достать: {_needed(self.fives)} {_number(self.fives)} «5», {rest}"
        ways = ((self.fours, 4), (self.threes, 3)) if self.threes > 1 else ((self.threes, 3),)
        told = [f"{_number(times)} «{mark}»" for times, mark in ways if self.left is None or times <= self.left]
        return " или ".join(told) or f"{_number(self.fives)} «5»"


def toward_three(total: int, marks: int, thresholds: Thresholds, left: int | None = None) -> TowardThree:
    """From the plain mean of `marks` marks that sum up to `total`; the border of a 3 is the school's rounding.

    `left`: see `lessons_left`.
    """
    edge = 2 + thresholds.round_up_from
    short = edge * marks - total
    if short > 0:
        needed = [ceil(short / (mark - edge)) for mark in (BEST, 4, 3)]
        return TowardThree(fives=needed[0], fours=needed[1], threes=needed[2], left=left)
    return TowardThree(bears=int(-short // (edge - 2)), left=left)


def marks_missing(marks: int, thresholds: Thresholds, left: int | None = None) -> str:
    """What is missing until a result can be foretold: «ещё две отметки», or that it is out of reach."""
    missing = thresholds.forecast_min_marks - marks
    if missing <= 0:
        return ""
    words = f"{_number(missing)} {plural(missing, 'отметка', 'отметки', 'отметок')}"
    if left is not None and missing > left:
        return f"не успеть: {_needed(missing)} ещё {words}, а уроков {f'осталось {left}' if left else 'больше нет'}"
    return f"ещё {words}"


def _needed(number: int) -> str:
    return plural(number, "нужна", "нужны", "нужно")


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
