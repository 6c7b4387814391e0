"""The catalogue of indicators: what the sources say, oddities and blanks included."""

from collections import Counter
from decimal import Decimal

from roadmaps.indicators import CATALOGUE, PROGRAM, Operator, Origin, Part, Reading, Source, Unit, of_source


def test_it_holds_all_sets_under_their_own_codes() -> None:
    assert [len(of_source(source)) for source in (Source.PROGRAM, Source.YEARLY, Source.REGIONAL)] == [36, 7, 9]
    assert Counter(one.part for one in PROGRAM if one.part) == {
        Part.STAFF: 8, Part.INDIVIDUAL: 14, Part.PARENTS: 5, Part.CLIMATE: 8,
    }  # fmt: skip
    assert Counter(one.origin for one in PROGRAM) == {Origin.AUTO: 16, Origin.SEMI: 11, Origin.MANUAL: 9}


def test_a_bare_number_is_read_as_at_least_and_says_so() -> None:
    first, _, last = CATALOGUE["P02"].plan
    assert (first.raw, first.value, first.operator, first.implied) == ("55%", Decimal(55), Operator.AT_LEAST, True)
    assert (last.raw, last.value, last.implied) == ("не менее 75%", Decimal(75), False)


def test_what_the_source_leaves_blank_stays_blank() -> None:
    point = CATALOGUE["P30"]
    assert (point.baseline_raw, point.baseline) == ("", None)
    assert [(plan.raw, plan.value, plan.operator) for plan in point.plan] == [("", None, None)] * 3
    assert CATALOGUE["P18"].baseline is None
    assert CATALOGUE["P22"].baseline == 0


def test_odd_figures_stand_raw_with_both_readings() -> None:
    for code in ("P01", "P29", "P32"):
        one = CATALOGUE[code]
        assert one.undecided
        assert [plan.raw for plan in one.plan] == ["25%", "25%", "100%"]
        assert one.baseline == 50
        assert one.readings == (Reading.LEVEL, Reading.ADDED)
        assert one.oddities
    falling = CATALOGUE["P11"]
    assert (falling.unit, falling.baseline, falling.baseline_raw) == (Unit.DECREASE, None, "На 10% меньше")


def test_the_goal_is_an_indicator() -> None:
    goal = CATALOGUE["G01"]
    assert (goal.plan[0].value, goal.plan[0].most, goal.lower_is_better) == (Decimal(3), Decimal(5), True)


def test_every_code_named_as_alike_exists() -> None:
    named = {code for one in CATALOGUE.values() for code in one.alike if not code.startswith("результат")}
    assert named
    assert named <= set(CATALOGUE)


def test_regional_indicators_have_the_regions_value_and_no_plan() -> None:
    assert {one.code: one.regional for one in of_source(Source.REGIONAL)} == {
        "R01": Decimal("8.7"), "R02": Decimal("59.2"), "R03": Decimal("6.2"), "R04": Decimal("3.3"),
        "R05": Decimal("58.1"), "R06": Decimal("80.7"), "R07": Decimal("1.3"), "R08": Decimal("52.3"),
        "R09": Decimal("81.3"),
    }  # fmt: skip
    assert not any(one.plan for one in of_source(Source.REGIONAL))
