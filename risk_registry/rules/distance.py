"""«Что нужно до тройки»: how many marks of what height lift a mean to a result. Arithmetic, without a database."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

BEST = 5


@dataclass(frozen=True, slots=True)
class Way:
    """So many further marks of one height reach the aim."""

    mark: int
    count: int


@dataclass(frozen=True, slots=True)
class Distance:
    """What is missing to a result.

    `reached`: nothing; `ways`: the fewest fives, the fewest fours…, without those heights that never get there;
    `within`: those of the ways that fit into the lessons left, all of them when nobody knows how many are left.
    """

    aim: int
    reached: bool
    ways: tuple[Way, ...] = ()
    within: tuple[Way, ...] = ()

    @property
    def out_of_reach(self) -> bool:
        """Whether no marks of one height get there in the lessons that are left."""
        return not self.reached and not self.within


def distance_to(
    *, total: Decimal, weight: Decimal, aim: int, round_up_from: Decimal, left: int | None = None
) -> Distance:
    """How far the marks so far are from a result of `aim`.

    `total`: sum of marks times weights; `weight`: sum of the weights (their number, where marks weigh the same); new
    marks weigh 1. `left`: how many more marks the period has room for, None when unknown. A result of `aim` begins at
    `aim - 1 + round_up_from`: with the default of 0.5 a mean of 2.50 gives a 3.
    """
    boundary = Decimal(aim - 1) + round_up_from
    missing = boundary * weight - total
    if weight and missing <= 0:
        return Distance(aim, reached=True)
    ways = tuple(Way(mark, _count(missing, mark - boundary)) for mark in range(aim, BEST + 1) if mark > boundary)
    within = tuple(way for way in ways if left is None or way.count <= left)
    return Distance(aim, reached=False, ways=ways, within=within)


def _count(missing: Decimal, gain: Decimal) -> int:
    """The least number of marks, each of which brings `gain`, at least one."""
    return max(1, int((missing / gain).to_integral_value(ROUND_CEILING)))
