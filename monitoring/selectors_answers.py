"""What the headless command `indicators` answers: the contract's shape."""

from decimal import Decimal
from typing import Any

from monitoring.computations.base import Scope
from monitoring.selectors_figures import Figure, figures_of
from monitoring.selectors_targets import indicators_of, single_target, undertakings_of
from school.models import Period


def indicators_answer(period: Period) -> dict[str, Any]:
    """Every code of the three sets, the goal, and what an expected result reads otherwise; counted now.

    `value` is null where there is nothing to divide by or nobody has answered. `basis` is null of what is not about
    pupils at risk. `target` is null without an approved program, and while the school has not decided between readings.
    """
    scope = Scope.of(period)
    undertaken = undertakings_of(scope.school, scope.day)
    figures = figures_of(scope, indicators_of(undertaken))
    return {
        "indicators": [
            _line(figure, single_target(undertaken.get(code), scope.day)) for code, figure in figures.items()
        ]
    }


def _line(figure: Figure, target: Decimal | None) -> dict[str, Any]:
    return {
        "code": figure.code,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": _number(figure.value),
        "target": _number(target),
        "source": figure.indicator.origin.value,
        "basis": figure.basis or None,
    }


def _number(value: Decimal | None) -> int | float | None:
    """A whole number as such."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
