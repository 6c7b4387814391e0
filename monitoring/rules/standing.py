"""Where an indicator stands against its target, and against the pace at which it has to move. No database.

Source: the passport of the program, planned values of each year; «near» is the house's own word: within a tenth.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from common.words import Word
from roadmaps.indicators import Operator, Reading, Unit
from roadmaps.rules.targets import Needed, Target, Undertaking, needed_on, needed_value

_NEAR = Decimal("0.1")
_TENTH = Decimal("0.1")


class Standing(Word):
    """Told by a sign, a word and a colour."""

    ON = "on", "план достигнут"
    NEAR = "near", "близко к плану"
    OFF = "off", "ниже плана"
    NO_DATA = "no_data", "нет данных"
    NO_TARGET = "no_target", "сравнить не с чем"

    @property
    def sign(self) -> str:
        """Before the word; colour is never alone."""
        return {"on": "✓", "near": "≈", "off": "!", "no_data": "—", "no_target": "·"}[self.value]

    @property
    def tone(self) -> str:
        """A tone of `templates/components/badge.html`."""
        return {"on": "good", "near": "weak", "off": "failing"}.get(self.value, "none")


@dataclass(frozen=True)
class Against:
    """An indicator against one reading of its target.

    `expected`: what the pace asks for by the day, None where it cannot be said. `reading` in words, "" where there is
    only one.
    """

    reading: str
    target: Target
    needed: Decimal | None
    standing: Standing
    expected: Decimal | None
    falls: bool


def standing_of(value: Decimal | None, needed: Decimal | None, operator: Operator | None) -> Standing:
    """«Равно 100 %» is reached by 100 alone and near from 90 on. What has to be there is there or not."""
    if needed is None or operator is None:
        return Standing.NO_TARGET
    if value is None:
        return Standing.NO_DATA
    if operator == Operator.DECREASE_BY:
        return _first(value <= needed, value <= needed * (1 + _NEAR))
    if operator == Operator.PRESENT:
        return _first(value >= 1, False)
    return _first(value >= needed, value >= needed * (1 - _NEAR))


def _first(reached: bool, near: bool) -> Standing:
    return Standing.ON if reached else Standing.NEAR if near else Standing.OFF


def against(one: Undertaking | None, value: Decimal | None, day: date) -> list[Against]:
    """Under the reading decided, or under each while the school has not decided; empty of what has no plan."""
    return [] if one is None else [_against(one, needed, value, day) for needed in needed_on(one, day)]


def _against(one: Undertaking, needed: Needed, value: Decimal | None, day: date) -> Against:
    operator = needed.target.operator
    return Against(
        reading=Reading(needed.reading).label if needed.reading else "",
        target=needed.target,
        needed=needed.value,
        standing=standing_of(value, needed.value, operator),
        expected=expected_by(one, needed, day),
        falls=operator == Operator.DECREASE_BY,
    )


def expected_by(one: Undertaking, needed: Needed, day: date) -> Decimal | None:
    """On a straight way from the target before (the baseline at first) to the next one, whole numbers for counts.

    The first step of a plan lasts a year. None of what is there or not, and where the way begins at a blank.
    """
    if needed.value is None or one.unit == Unit.PRESENCE:
        return None
    before = [each for each in one.targets if each.due < needed.target.due]
    last = max(before, key=lambda each: each.due, default=None)
    start = one.baseline if last is None else needed_value(one, last, needed.reading)
    if start is None:
        return None
    begun = _year_before(needed.target.due) if last is None else last.due
    part = Decimal((min(day, needed.target.due) - begun).days) / max((needed.target.due - begun).days, 1)
    found = start + (needed.value - start) * min(max(part, Decimal(0)), Decimal(1))
    return found.quantize(Decimal(1) if one.unit == Unit.COUNT else _TENTH, ROUND_HALF_UP)


def _year_before(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def keeps_pace(value: Decimal | None, told: Against) -> bool | None:
    """Whether the value is where the pace asks it to be; None where that cannot be said."""
    if value is None or told.expected is None:
        return None
    return value <= told.expected if told.falls else value >= told.expected
