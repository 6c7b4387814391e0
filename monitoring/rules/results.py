"""What the results of a period come to: of a pupil over all subjects, of a class in one. Without a database.

Sources: the contract's rule of what is unsatisfactory; «успеваемость», «качество» and «средний балл» as reports of a
quarter use them; the degree of learning after В. П. Симонов (СОУ).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NOT_ATTESTED = "н/а"
_FAILED = ("1", "2", "незач")
_LOW = frozenset({*_FAILED, NOT_ATTESTED})
_GRADES = ("5", "4", "3", "2", "1")
# Of a result, how much of what is taught the pupil masters; «1» is counted as «2».
_DEGREES = {
    "5": Decimal("1"),
    "4": Decimal("0.64"),
    "3": Decimal("0.36"),
    "2": Decimal("0.16"),
    "1": Decimal("0.16"),
}
_HUNDREDTH, _TENTH = Decimal("0.01"), Decimal("0.1")


def is_low(value: str) -> bool:
    """«2», «1», «незач», «н/а»: what makes a pupil failing."""
    return value in _LOW


class Standing(StrEnum):
    """Where all results of a pupil put them; each excludes the others."""

    EXCELLENT = "excellent"  # «5» alone
    ONE_FOUR = "one_four"  # one «4», all others «5»
    GOOD = "good"  # «4» and «5»
    ONE_THREE = "one_three"  # one «3», all others «4» and «5»
    THREES = "threes"
    FAILING = "failing"
    UNRATED = "unrated"  # nothing to judge by


WITHOUT_THREES = (Standing.EXCELLENT, Standing.ONE_FOUR, Standing.GOOD)


def standing_of(values: Iterable[str]) -> Standing:
    """Of a pupil's results in all subjects; «зач», «осв» and «усп» say nothing here."""
    told = Counter(values)
    if any(told[value] for value in _LOW):
        return Standing.FAILING
    grades = sum(told[grade] for grade in _GRADES)
    if not grades:
        return Standing.UNRATED
    if told["3"]:
        return Standing.ONE_THREE if told["3"] == 1 and grades > 1 else Standing.THREES
    if told["5"] == grades:
        return Standing.EXCELLENT
    return Standing.ONE_FOUR if told["4"] == 1 and grades > 1 else Standing.GOOD


@dataclass(frozen=True)
class Standings:
    """How many pupils stand where. Shares are of those who have results: `rated`."""

    counts: Mapping[Standing, int]

    @property
    def rated(self) -> int:
        """Those of whom something is known."""
        return sum(number for standing, number in self.counts.items() if standing != Standing.UNRATED)

    @property
    def passed(self) -> int:
        """Without unsatisfactory results: the numerator of «успеваемость»."""
        return self.rated - self.counts.get(Standing.FAILING, 0)

    @property
    def good(self) -> int:
        """With «4» and «5» alone: the numerator of «качество»."""
        return sum(self.counts.get(one, 0) for one in WITHOUT_THREES)


@dataclass(frozen=True)
class Tally:
    """Results in one subject, how many of each value."""

    values: Mapping[str, int]

    @classmethod
    def of(cls, values: Iterable[str]) -> "Tally":
        """Of the results themselves."""
        return cls(Counter(values))

    def number(self, *values: str) -> int:
        """How many are one of these."""
        return sum(self.values.get(value, 0) for value in values)

    @property
    def low(self) -> int:
        """«2», «1» and «незач»."""
        return self.number(*_FAILED)

    @property
    def not_attested(self) -> int:
        """«н/а»."""
        return self.number(NOT_ATTESTED)

    @property
    def rated(self) -> int:
        """Those that shares are counted of."""
        return self.number("5", "4", "3") + self.low + self.not_attested

    @property
    def passed(self) -> int:
        """«5», «4» and «3»."""
        return self.number("5", "4", "3")

    @property
    def good(self) -> int:
        """«5» and «4»."""
        return self.number("5", "4")

    @property
    def mean(self) -> Decimal | None:
        """Of numeric results, two decimals, half up; None without any."""
        number = self.number(*_GRADES)
        if not number:
            return None
        total = sum(int(grade) * self.number(grade) for grade in _GRADES)
        return (Decimal(total) / number).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)

    @property
    def degree(self) -> Decimal | None:
        """The degree of learning (СОУ), percent, one decimal, half up; of numeric results, None without any."""
        number = self.number(*_GRADES)
        if not number:
            return None
        total = sum((part * self.number(grade) for grade, part in _DEGREES.items()), Decimal())
        return (total * 100 / number).quantize(_TENTH, rounding=ROUND_HALF_UP)


def share(part: int, of: int) -> Decimal | None:
    """Percent, one decimal, half up; None of nothing."""
    if not of:
        return None
    return (Decimal(part * 100) / of).quantize(_TENTH, rounding=ROUND_HALF_UP)
