"""«Что нужно до тройки»: how far a mean is from a 3. Arithmetic, without a database."""

from dataclasses import dataclass
from math import ceil

from risk_registry.rules.categories import Thresholds

_NUMBERS = ("", "одна", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")


@dataclass(frozen=True)
class TowardThree:
    """How far a mean is from a 3: so many fours, or so many threes, are missing; or so many twos it bears."""

    fours: int = 0
    threes: int = 0
    bears: int = 0

    @property
    def in_words(self) -> str:
        """«одна «4» или две «3»», «одна «3»», «выдержит одну «2»»; nothing when far above."""
        if self.threes == 1:
            return "одна «3»"
        if self.threes:
            return f"{_number(self.fours)} «4» или {_number(self.threes)} «3»"
        return ("не выдержит «2»", "выдержит одну «2»", "")[min(self.bears, 2)]


def toward_three(total: int, marks: int, thresholds: Thresholds) -> TowardThree:
    """From the plain mean of `marks` marks that sum up to `total`; the border of a 3 is the school's rounding."""
    edge = 2 + thresholds.round_up_from
    short = edge * marks - total
    if short > 0:
        return TowardThree(fours=ceil(short / (4 - edge)), threes=ceil(short / (3 - edge)))
    return TowardThree(bears=int(-short // (edge - 2)))


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
