"""What an indicator's value is, from its two numbers. No database."""

from decimal import ROUND_HALF_UP, Decimal

from common.russian import decimal, plain_number, whole
from roadmaps.indicators import Unit

_TENTH = Decimal("0.1")
NO_DATA = "нет данных"
SHARES = (Unit.PERCENT, Unit.DECREASE)


def value_of(unit: Unit, numerator: int | None, denominator: int | None) -> Decimal | None:
    """Percent with one decimal, half up; a count; 1 and 0 of what is there or not.

    None where nothing is known, and of a share of nothing: never 0 or 100 (CONTRACT, headless `indicators`).
    """
    if numerator is None:
        return None
    if unit not in SHARES:
        return Decimal(numerator)
    if not denominator:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(_TENTH, ROUND_HALF_UP)


def value_words(unit: Unit, value: Decimal | None) -> str:
    """«28,5 %», «12», «есть», «нет», «нет данных»."""
    if value is None:
        return NO_DATA
    if unit in SHARES:
        return f"{decimal(value)}\u00a0%"
    if unit == Unit.PRESENCE:
        return "есть" if value else "нет"
    return whole(int(value))


def target_words(unit: Unit, value: Decimal) -> str:
    """As plans are written: «75 %», «18,9 %», «5», «есть»."""
    return f"{plain_number(value)}\u00a0%" if unit in SHARES else value_words(unit, value)
