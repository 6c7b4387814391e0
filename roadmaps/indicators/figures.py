"""Figures of a plan as they are printed: «25%», «не менее 75%», «3–5%», «имеется», «На 10% меньше»."""

import re
from decimal import Decimal

from roadmaps.indicators.shapes import Operator, Plan, Unit

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-–—]\s*(\d+(?:[.,]\d+)?)")
_THERE = ("есть", "имеется", "имеются", "соответствует", "да")
_ABSENT = ("-", "–", "—", "нет")


def plans(unit: Unit, *raws: str) -> tuple[Plan, ...]:
    """One for each year, from the words; empty words are a blank."""
    return tuple(plan_of(step, unit, raw) for step, raw in enumerate(raws, 1))


def plan_of(step: int, unit: Unit, raw: str) -> Plan:
    """The figure and how it is compared; no figure in the words leaves both blank."""
    value, told = value_of(raw, unit), raw.lower()
    if value is None:
        return Plan(step, raw)
    if unit == Unit.PRESENCE:
        return Plan(step, raw, value, Operator.PRESENT)
    if unit == Unit.DECREASE:
        found = _RANGE.search(raw)
        return Plan(step, raw, value, Operator.DECREASE_BY, most=_number(found[2]) if found else None)
    if "ровно" in told or "равно" in told:
        return Plan(step, raw, value, Operator.EXACTLY)
    return Plan(step, raw, value, Operator.AT_LEAST, implied="не менее" not in told)


def value_of(raw: str, unit: Unit) -> Decimal | None:
    """The figure in the words; of what is there or not 1 and 0; None of a blank and of words without a figure."""
    told = raw.strip().lower()
    if unit == Unit.PRESENCE:
        return Decimal(1) if told in _THERE else Decimal(0) if told in _ABSENT else None
    found = _NUMBER.search(told)
    return _number(found[0]) if found else None


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
