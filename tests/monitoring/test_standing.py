"""Targets: standing at each edge, the pace, two readings side by side. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from monitoring.rules.standing import Standing, against, keeps_pace, standing_of
from monitoring.rules.values import value_of, value_words
from roadmaps.indicators import Operator, Reading, Unit
from roadmaps.rules.targets import Target, Undertaking

AT_LEAST, EXACTLY, PRESENT, FALLS = Operator.AT_LEAST, Operator.EXACTLY, Operator.PRESENT, Operator.DECREASE_BY


def _target(year: int, value: str, operator: Operator = AT_LEAST) -> Target:
    return Target(str(year), date(year, 12, 31), f"{value}%", Decimal(value), operator)


PLAN = Undertaking(
    code="P09", title="Тьюторы", unit=Unit.PERCENT, direction="", baseline_raw="45%", baseline=Decimal(45),
    readings=(), reading="", targets=(_target(2026, "55"), _target(2027, "65")), own=False, program="Программа",
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "needed", "operator", "expected"),
    [
        (75, 75, AT_LEAST, Standing.ON),
        (Decimal("74.9"), 75, AT_LEAST, Standing.NEAR),
        (Decimal("67.5"), 75, AT_LEAST, Standing.NEAR),
        (Decimal("67.4"), 75, AT_LEAST, Standing.OFF),
        (100, 100, EXACTLY, Standing.ON),
        (90, 100, EXACTLY, Standing.NEAR),
        (1, 1, PRESENT, Standing.ON),
        (0, 1, PRESENT, Standing.OFF),
        (18, 18, FALLS, Standing.ON),
        (Decimal("19.8"), 18, FALLS, Standing.NEAR),
        (Decimal("19.9"), 18, FALLS, Standing.OFF),
        (None, 75, AT_LEAST, Standing.NO_DATA),
        (None, None, None, Standing.NO_TARGET),
        (30, None, None, Standing.NO_TARGET),
    ],
)
def test_it_stands_where_its_value_and_operator_say(
    value: Decimal | None, needed: Decimal | None, operator: Operator | None, expected: Standing
) -> None:
    assert standing_of(value, needed, operator) == expected


def test_the_pace_is_a_straight_way_from_the_baseline_and_then_from_the_target_before() -> None:
    (first,) = against(PLAN, Decimal(50), date(2026, 7, 1))
    assert (first.needed, first.expected) == (Decimal(55), Decimal("50.0"))
    assert keeps_pace(Decimal(50), first) is True
    assert keeps_pace(Decimal("49.9"), first) is False
    (second,) = against(PLAN, Decimal(60), date(2027, 7, 1))
    assert (second.needed, second.expected) == (Decimal(65), Decimal("60.0"))
    (over,) = against(PLAN, Decimal(60), date(2028, 7, 1))
    assert over.expected == Decimal("65.0")


def test_two_readings_stand_side_by_side_until_the_school_decides() -> None:
    open_plan = replace(PLAN, readings=(Reading.LEVEL, Reading.ADDED), targets=(_target(2026, "25"),))
    plain, added = against(open_plan, Decimal(50), date(2026, 12, 1))
    assert (plain.needed, plain.standing) == (Decimal(25), Standing.ON)
    assert (added.needed, added.standing) == (Decimal(70), Standing.OFF)
    assert plain.reading and added.reading and plain.reading != added.reading
    (decided,) = against(replace(open_plan, reading=Reading.ADDED), Decimal(50), date(2026, 12, 1))
    assert decided.needed == Decimal(70)


def test_a_share_that_has_to_fall_is_behind_when_it_is_above() -> None:
    falls = replace(PLAN, unit=Unit.DECREASE, baseline=Decimal(20), targets=(_target(2026, "5", FALLS),))
    (told,) = against(falls, Decimal(18), date(2026, 7, 1))
    assert (told.needed, told.expected, told.standing) == (Decimal("19.0"), Decimal("19.5"), Standing.ON)
    assert keeps_pace(Decimal(20), told) is False


def test_nothing_is_said_of_a_pace_that_begins_at_a_blank_or_of_what_is_there_or_not() -> None:
    (blank,) = against(replace(PLAN, baseline=None), Decimal(50), date(2026, 7, 1))
    assert blank.expected is None
    (there,) = against(
        replace(PLAN, unit=Unit.PRESENCE, targets=(_target(2026, "1", PRESENT),)), Decimal(1), date(2026, 7, 1)
    )
    assert (there.expected, there.standing) == (None, Standing.ON)
    assert keeps_pace(Decimal(1), there) is None


def test_a_share_is_rounded_half_up_and_of_nothing_there_is_none() -> None:
    assert value_of(Unit.PERCENT, 41, 144) == Decimal("28.5")
    assert value_of(Unit.PERCENT, 1, 2000) == Decimal("0.1")
    assert value_of(Unit.PERCENT, 0, 0) is None
    assert value_of(Unit.COUNT, 0, None) == 0
    assert value_words(Unit.PERCENT, None) == "нет данных"
    assert value_words(Unit.PRESENCE, Decimal(0)) == "нет"
