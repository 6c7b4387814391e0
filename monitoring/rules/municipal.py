"""Schools side by side: which figures there are, how they add up, which periods belong together. No database.

Source: the regional monitoring (letter of 03.02.2023 № 01-20/518): of pupils the municipality's share is the sum of
numerators over the sum of denominators, never a mean of shares; of schools each answers yes or no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.rules.hiding import FAILING, PUPILS, RESERVE, SPLITS, UNRATED, School, Sides
from roadmaps.indicators import REGIONAL, Counted

WEAK = "weak"
COUNTS = (PUPILS, FAILING, WEAK, RESERVE, UNRATED)
SHARES = tuple(one.code for one in REGIONAL)
BY_SCHOOL = frozenset(one.code for one in REGIONAL if one.counted == Counted.SCHOOLS)
CODES = (*COUNTS, *SHARES)
# The other side of a split is shown with it.
SHOWN_WITH = {WEAK: FAILING}

Figures = Mapping[str, Sequence[int | None]]


def figure(figures: Figures, code: str) -> tuple[int, int | None] | None:
    """Numerator and denominator; None of what nobody has answered, and of what was not counted."""
    numerator, denominator = (*figures.get(code, ()), None, None)[:2]
    return None if numerator is None else (numerator, denominator)


def sides_of(schools: Mapping[School, Figures]) -> dict[str, dict[School, Sides]]:
    """For `hiding.shown_splits`: of each split, both sides in each school."""
    found: dict[str, dict[School, Sides]] = {split.code: {} for split in SPLITS}
    for school, figures in schools.items():
        numbers = {code: (figure(figures, code) or (0, None))[0] for code in CODES}
        for code, whole in _wholes(numbers).items():
            found[code][school] = (numbers[code], whole - numbers[code])
    return found


def _wholes(numbers: Mapping[str, int]) -> dict[str, int]:
    """How many pupils each split splits, as `hiding.SPLITS` says."""
    pupils, safe = numbers[PUPILS], numbers[PUPILS] - numbers["R01"]
    return {
        PUPILS: pupils,
        "R01": pupils,
        FAILING: numbers["R01"],
        RESERVE: safe,
        UNRATED: safe - numbers[RESERVE],
        "R02": numbers["R01"],
        "R06": numbers[FAILING],
        "R03": pupils,
        "R04": pupils,
    }


@dataclass(frozen=True)
class Sum:
    """Over the schools that have the figure: `schools` of them."""

    numerator: int
    denominator: int | None
    schools: int


def summed(code: str, schools: Iterable[Figures]) -> Sum | None:
    """Numerators and denominators, each added up; None where no school has any."""
    told = [found for figures in schools if (found := figure(figures, code)) is not None]
    if not told:
        return None
    whole = [denominator for _, denominator in told if denominator is not None]
    return Sum(sum(numerator for numerator, _ in told), sum(whole) if whole else None, len(told))


@dataclass(frozen=True)
class Span:
    """A period that schools have figures of: `schools` of them; `over`: it has ended in all of these."""

    system: str
    number: int
    ends: date
    schools: int
    over: bool


def main_spans(spans: Sequence[Span]) -> list[Span]:
    """Those of the system that most schools keep, one for each number, in order; empty where there are none.

    Where schools have moved their periods, the day on which most of them end speaks for all.
    """
    kept = Counter[str]()
    for one in spans:
        kept[one.system] += one.schools
    if not kept:
        return []
    system = max(sorted(kept), key=lambda one: kept[one])
    mine = [one for one in spans if one.system == system]
    numbers = sorted({one.number for one in mine})
    return [_joined([one for one in mine if one.number == number]) for number in numbers]


def _joined(same: Sequence[Span]) -> Span:
    most = max(same, key=lambda one: (one.schools, one.ends))
    return Span(most.system, most.number, most.ends, sum(one.schools for one in same), all(one.over for one in same))


def first_shown(spans: Sequence[Span]) -> Span | None:
    """The last that is over; else the first."""
    over = [one for one in spans if one.over]
    return over[-1] if over else next(iter(spans), None)
