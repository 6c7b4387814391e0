"""What a school undertook by a day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from roadmaps.indicators import Operator, Reading, Unit
from roadmaps.rules.targets import Target, Undertaking, needed_on, target_on

YEARS = (2026, 2027, 2028)


def _targets(*values: int | None, operator: Operator = Operator.AT_LEAST) -> tuple[Target, ...]:
    return tuple(
        Target(str(year), date(year, 12, 31), "" if value is None else f"{value}%",
               None if value is None else Decimal(value), operator)
        for year, value in zip(YEARS, values, strict=True)
    )  # fmt: skip


ODD = Undertaking("P01", "Обучение", Unit.PERCENT, "", "50%", Decimal(50), (Reading.LEVEL, Reading.ADDED), "",
                  _targets(25, 25, 100), own=False, program="Программа")  # fmt: skip


def needed(one: Undertaking, year: int) -> list[tuple[str, Decimal | None]]:
    return [(each.reading, each.value) for each in needed_on(one, date(year, 10, 1))]


def test_both_readings_stand_side_by_side_until_one_is_decided() -> None:
    assert needed(ODD, 2026) == [(Reading.LEVEL, Decimal(25)), (Reading.ADDED, Decimal(75))]
    assert needed(replace(ODD, reading=Reading.ADDED), 2027) == [(Reading.ADDED, Decimal(100))]
    assert needed(replace(ODD, reading=Reading.LEVEL), 2028) == [(Reading.LEVEL, Decimal(100))]


def test_added_percent_stop_at_a_hundred() -> None:
    assert needed(replace(ODD, reading=Reading.ADDED), 2028) == [(Reading.ADDED, Decimal(100))]


def test_a_share_falls_by_percent_of_itself_or_by_points() -> None:
    falling = replace(ODD, unit=Unit.DECREASE, baseline=Decimal(40), readings=(Reading.RELATIVE, Reading.POINTS),
                      targets=_targets(10, 10, 10, operator=Operator.DECREASE_BY))  # fmt: skip
    assert needed(falling, 2027) == [(Reading.RELATIVE, Decimal("32.4")), (Reading.POINTS, Decimal("20.0"))]
    assert needed(replace(falling, baseline=Decimal(5)), 2026)[1] == (Reading.POINTS, Decimal("0.0"))


def test_nothing_is_needed_where_the_base_or_the_plan_is_blank() -> None:
    assert needed(replace(ODD, baseline=None), 2026) == [(Reading.LEVEL, Decimal(25)), (Reading.ADDED, None)]
    assert needed(replace(ODD, reading=Reading.LEVEL, targets=_targets(None, 25, 100)), 2026)[0][1] is None
    assert needed_on(replace(ODD, targets=()), date(2026, 10, 1)) == []


def test_the_next_target_holds_and_after_the_last_the_last() -> None:
    found = [target_on(ODD.targets, day) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2031, 1, 1))]
    assert [one.year for one in found if one] == ["2026", "2027", "2028"]
