"""Geometry of an indicator's way through periods: a small line with the target across. No markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 112, 28
_PAD = 4.0


@dataclass(frozen=True)
class Trend:
    """Coordinates in a 112 × 28 box: pieces of the line (gaps stay gaps), points, the height of the target."""

    lines: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    target: float | None


def trend_of(values: Sequence[Decimal | None], target: Decimal | None) -> Trend:
    """From left to right; nought is at the bottom, the greatest of values and target at the top."""
    known = [value for value in values if value is not None]
    top = max([*known, target or Decimal(0), Decimal(1)])

    def height(value: Decimal) -> float:
        return round(HEIGHT - _PAD - float(value / top) * (HEIGHT - 2 * _PAD), 1)

    places = [(_place(index, len(values)), value) for index, value in enumerate(values)]
    pieces: list[list[tuple[float, float]]] = [[]]
    for place, value in places:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((place, height(value)))
    lines = tuple(" ".join(f"{x},{y}" for x, y in piece) for piece in pieces if len(piece) > 1)
    return Trend(lines, tuple(point for piece in pieces for point in piece), None if target is None else height(target))


def _place(index: int, count: int) -> float:
    return WIDTH / 2 if count == 1 else round(_PAD + index * (WIDTH - 2 * _PAD) / (count - 1), 1)
