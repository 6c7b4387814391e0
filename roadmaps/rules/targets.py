"""What a school undertook by a day: pure, from its program as approved.

A plan's figure may be read in two ways where the source allows it (`readings`); until the school has decided, both are
asked for and shown side by side. Percent that are added up stop at a hundred; shares that fall stop at nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from roadmaps.indicators.shapes import Operator, Reading, Unit

_WHOLE = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Target:
    """What is to be reached by `due`. `year`: as it is printed («2026», «2026/27»); blanks are "" and None."""

    year: str
    due: date
    raw: str
    value: Decimal | None
    operator: Operator | None
    implied: bool = False
    most: Decimal | None = None


@dataclass(frozen=True)
class Undertaking:
    """An indicator as a school's program has it.

    `code`: that of the catalogue, or the school's own («Ш1», `own`). `reading`: the one decided; "" where it is clear
    (`readings` empty) or the school has not decided. `baseline` None: not given. `program`: its title.
    """

    code: str
    title: str
    unit: Unit
    direction: str
    baseline_raw: str
    baseline: Decimal | None
    readings: tuple[Reading, ...]
    reading: str
    targets: tuple[Target, ...]
    own: bool
    program: str


@dataclass(frozen=True)
class Needed:
    """The value needed by the target's day, under one reading ("" where there is only one); None: nothing to compare.

    Percent with one decimal; for `Operator.DECREASE_BY` the share that must not be exceeded.
    """

    reading: str
    value: Decimal | None
    target: Target


def target_on(targets: Sequence[Target], day: date) -> Target | None:
    """The next one due on a day; after the last, the last; None of an indicator without a plan."""
    ahead = [one for one in targets if one.due >= day]
    return min(ahead, key=_due) if ahead else max(targets, key=_due, default=None)


def needed_on(one: Undertaking, day: date) -> list[Needed]:
    """What is needed by the next target's day: one value, or one for each reading while the school has not decided."""
    target = target_on(one.targets, day)
    if target is None:
        return []
    readings = [one.reading] if one.reading or not one.readings else list(one.readings)
    return [Needed(reading, needed_value(one, target, reading), target) for reading in readings]


def needed_value(one: Undertaking, target: Target, reading: str) -> Decimal | None:
    """The value itself. None where the target, an earlier year's figure or the baseline it starts from is blank."""
    if target.value is None:
        return None
    falls = target.operator == Operator.DECREASE_BY
    if not falls and reading != Reading.ADDED:
        return target.value
    steps = [each.value for each in sorted(one.targets, key=_due) if each.due <= target.due]
    known = [step for step in steps if step is not None]
    if one.baseline is None or len(known) < len(steps):
        return None
    if not falls:
        reached = one.baseline + sum(known, Decimal(0))
        return min(reached, _WHOLE) if one.unit == Unit.PERCENT else reached
    return _fallen(one.baseline, known, reading)


def _fallen(share: Decimal, steps: Sequence[Decimal], reading: str) -> Decimal:
    for step in steps:
        share -= step if reading == Reading.POINTS else share * step / _WHOLE
    return max(share, Decimal(0)).quantize(_TENTH)


def _due(one: Target) -> date:
    return one.due
