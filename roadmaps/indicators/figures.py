"""Figures of a plan as the sources print them: «25%», «не менее 75%», «имеется», «На 10% меньше»."""

import re
from decimal import Decimal

from roadmaps.indicators.shapes import Operator, Plan, Unit

_NUMBER = re.compile(r"\d+")
_THERE = ("есть", "имеется", "соответствует")


def plans(unit: Unit, *raws: str) -> tuple[Plan, ...]:
    """One for each year, from the source's words; empty words are a blank."""
    return tuple(_plan(step, unit, raw) for step, raw in enumerate(raws, 1))


def value_of(raw: str) -> Decimal | None:
    """The figure in the words; 1 for what is there and 0 for «-»; None of a blank."""
    if raw.lower() in _THERE:
        return Decimal(1)
    if raw == "-":
        return Decimal(0)
    found = _NUMBER.search(raw)
    return Decimal(found[0]) if found else None


def _plan(step: int, unit: Unit, raw: str) -> Plan:
    value = value_of(raw)
    if value is None:
        return Plan(step, raw)
    if unit == Unit.PRESENCE:
        return Plan(step, raw, value, Operator.PRESENT)
    if unit == Unit.DECREASE:
        return Plan(step, raw, value, Operator.DECREASE_BY)
    return Plan(step, raw, value, Operator.AT_LEAST, implied="не менее" not in raw.lower())
