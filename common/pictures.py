"""Geometry of the small pictures: marks in time as a line, categories of a class as a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

SPARK_WIDTH = 112
SPARK_HEIGHT = 28
SPARK_LOW = 5  # side of the square of a low mark
_PAD = 4.0
_STEP = 7.0  # pixels between a 3 and a 4
_BOTTOM = 24.0  # where a 2 lies
_LOWEST = 2


@dataclass(frozen=True)
class Spark:
    """Coordinates of a sparkline in a 112 × 28 box; `lows` are the upper left corners of squares."""

    line: str
    lows: tuple[tuple[float, float], ...]
    last: tuple[float, float] | None
    three: float
    period: float | None


def spark_of(marks: Sequence[int], before: int = 0) -> Spark:
    """Lay marks 1–5 from left to right; `before` of them belong to earlier periods.

    A 1 lies where a 2 does: both are unsatisfactory. Low marks are squares, so the last point is a ring only
    when it is not low.
    """
    points = [(_x(index, len(marks)), _y(mark)) for index, mark in enumerate(marks)]
    half = SPARK_LOW / 2
    lows = tuple((x - half, y - half) for (x, y), mark in zip(points, marks, strict=True) if mark <= _LOWEST)
    last = points[-1] if points and marks[-1] > _LOWEST else None
    border = (points[before - 1][0] + points[before][0]) / 2 if 0 < before < len(points) else None
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Spark(line=line, lows=lows, last=last, three=_y(3) + _STEP / 2, period=border)


def _x(index: int, count: int) -> float:
    if count == 1:
        return SPARK_WIDTH / 2
    return round(_PAD + index * (SPARK_WIDTH - 2 * _PAD) / (count - 1), 1)


def _y(mark: int) -> float:
    return _BOTTOM - (max(mark, _LOWEST) - _LOWEST) * _STEP


@dataclass(frozen=True)
class BarPart:
    """One category of a bar: its name in the stylesheet, where it begins and how wide it is, in pupils."""

    tone: str
    x: int
    width: int


def bar_parts(failing: int, weak: int, reserve: int) -> tuple[BarPart, ...]:
    """The categories one after another, the gravest first; empty ones are left out."""
    parts = []
    x = 0
    for tone, width in (("failing", failing), ("weak", weak), ("reserve", reserve)):
        if width:
            parts.append(BarPart(tone, x, width))
        x += width
    return tuple(parts)
