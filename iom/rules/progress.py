"""How a pupil moves against themself: means of periods, and the change between them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_NOTICED = Decimal("0.2")  # smaller differences of means are chance


def mean_of(values: Sequence[int]) -> Decimal | None:
    """The plain mean to hundredths; None without marks."""
    if not values:
        return None
    return (Decimal(sum(values)) / len(values)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def change_of(means: Sequence[Decimal | None]) -> Decimal | None:
    """How the last known mean differs from the one known before it; None with fewer than two."""
    known = [value for value in means if value is not None]
    return known[-1] - known[-2] if len(known) > 1 else None


def change_in_words(change: Decimal | None) -> str:
    """«выше», «ниже», «ровно»; empty when there is nothing to compare."""
    if change is None:
        return ""
    if abs(change) < _NOTICED:
        return "ровно"
    return "выше" if change > 0 else "ниже"
