"""How the single tasks of a work were done. Without a database."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_HARD_BELOW = 60
_MOST_HARD = 3
Points = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Success:
    """Of `writers` who wrote the work: all their points for a task, and how many got none."""

    writers: int
    points: Decimal
    most: Decimal
    failed: int

    @property
    def percent(self) -> Decimal | None:
        """The share of all points that could be got; None without writers."""
        return self.points * 100 / (self.most * self.writers) if self.writers and self.most else None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task: `number` counts from 1; `classes` in the order of the classes that are asked about."""

    number: int
    name: str
    maximum: Decimal | None
    total: Success
    classes: tuple[Success, ...]
    hard: bool = False


def task_lines(
    names: Sequence[str],
    maxima: Sequence[Decimal | None],
    written: Sequence[tuple[str, Points]],
    classes: Sequence[str],
) -> list[TaskLine]:
    """Success by task; `written` holds (class, points) of those whose points are told by task.

    A task that was not tried counts as nought. Where nobody says the most points of a task, the most that somebody
    got stands for them. The hardest: three at most, with under 60 % of their points.
    """
    lines = []
    for place, name in enumerate(names):
        got = [(where, points[place] or Decimal()) for where, points in written if place < len(points)]
        said = maxima[place] if place < len(maxima) else None
        most = said if said is not None else max((one for _, one in got), default=Decimal())
        by_class = tuple(_success([one for where, one in got if where == asked], most) for asked in classes)
        lines.append(TaskLine(place + 1, name, said, _success([one for _, one in got], most), by_class))
    hard = {line.number for line in _hardest(lines)}
    return [
        TaskLine(line.number, line.name, line.maximum, line.total, line.classes, line.number in hard) for line in lines
    ]


def _success(got: Sequence[Decimal], most: Decimal) -> Success:
    return Success(len(got), sum(got, Decimal()), most, sum(not one for one in got))


def _hardest(lines: Sequence[TaskLine]) -> list[TaskLine]:
    low = [line for line in lines if line.total.percent is not None and line.total.percent < _HARD_BELOW]
    return sorted(low, key=lambda line: (line.total.percent or 0, line.number))[:_MOST_HARD]


def has_failed(points: Points | None, task: int) -> bool:
    """Whether nothing was got for the task, which counts from 1; not of those whose points are not told."""
    return points is not None and task <= len(points) and not points[task - 1]
