"""What a benchmark tells: a value, its goal, and how it came about."""

import gc
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """One measured value; `goal` is the limit of `docs/performance.md`, `unit` is "×", "queries", "MiB" or ""."""

    name: str
    value: float
    goal: float
    better: Literal["lower", "higher"]
    unit: str
    detail: str

    @property
    def reached(self) -> bool:
        """Whether the goal is met."""
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    def as_json(self) -> dict[str, object]:
        """The shape of `--json`."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "goal": self.goal,
            "better": self.better,
            "unit": self.unit,
            "detail": self.detail,
        }


def table(figures: Sequence[Figure]) -> str:
    """The figures as Markdown, so that `docs/performance.md` can show them as printed."""
    lines = ["| benchmark | value | goal | | detail |", "| --- | ---: | ---: | --- | --- |"]
    for f in figures:
        sign = "≤" if f.better == "lower" else "≥"
        lines.append(
            f"| {f.name} | {f.value:.3g} {f.unit} | {sign} {f.goal:g} | {'yes' if f.reached else 'NO'} | {f.detail} |"
        )
    return "\n".join(lines)


def cpu_seconds(deed: Callable[[], object], times: int = 5) -> float:
    """The median processor time of a deed in this process and in its children that ended meanwhile, in seconds."""
    taken = []
    for _ in range(times):
        gc.collect()
        began = processor_seconds()
        deed()
        taken.append(processor_seconds() - began)
    return median(taken)


def processor_seconds() -> float:
    """What this process and its children that ended have taken so far."""
    usages = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def cpu_ratio(ours: Callable[[], object], theirs: Callable[[], object], times: int = 9) -> float:
    """The median of processor time of one deed over that of the other, done in turns on the same machine.

    The second deed is short: it is done ten times in each turn.
    """
    ratios = []
    for _ in range(times):
        mine = cpu_seconds(ours, times=1)
        ratios.append(mine / (cpu_seconds(lambda: [theirs() for _ in range(10)], times=1) / 10))
    return median(ratios)


def in_turns(ours: Callable[[], float], theirs: Callable[[], float], times: int = 5) -> tuple[float, float, float]:
    """Two deeds that tell how many seconds they took, done in turns: (median of ours, of theirs, of the ratios)."""
    pairs = [(ours(), theirs()) for _ in range(times)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The slope of log time over log size by least squares: 1 is linear; 0 where the sizes do not differ."""
    xs, ys = [math.log(s) for s in sizes], [math.log(t) for t in times]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread if spread else 0.0
