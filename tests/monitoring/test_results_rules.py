"""What results come to: of a pupil, of a class in a subject, at the edges of the rules."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.rules.results import Standing, Standings, Tally, is_low, share, standing_of

VALUES = ("5", "4", "3", "2", "1", "н/а", "незач", "зач", "осв", "усп")


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ("5 5 5", Standing.EXCELLENT),
        ("5 зач осв", Standing.EXCELLENT),
        ("5 5 4", Standing.ONE_FOUR),
        ("5 4 4", Standing.GOOD),
        ("4", Standing.GOOD),
        ("4 4 3", Standing.ONE_THREE),
        ("3", Standing.THREES),
        ("5 3 3", Standing.THREES),
        ("5 5 2", Standing.FAILING),
        ("5 н/а", Standing.FAILING),
        ("4 незач", Standing.FAILING),
        ("1", Standing.FAILING),
        ("", Standing.UNRATED),
        ("зач осв усп", Standing.UNRATED),
    ],
)
def test_a_pupil_stands_where_the_results_put_them(values: str, standing: Standing) -> None:
    assert standing_of(values.split()) == standing


@given(st.lists(st.sampled_from(VALUES)))
def test_a_low_result_makes_a_pupil_failing_and_nothing_else_does(values: list[str]) -> None:
    assert (standing_of(values) == Standing.FAILING) == any(map(is_low, values))


def test_shares_of_a_class_are_of_those_who_have_results() -> None:
    found = Standings(
        {Standing.EXCELLENT: 1, Standing.ONE_FOUR: 1, Standing.THREES: 1, Standing.FAILING: 1, Standing.UNRATED: 5}
    )
    assert (found.rated, found.passed, found.good) == (4, 3, 2)


def test_a_subject_is_counted_by_hand() -> None:
    tally = Tally.of(["5", "5", "4", "3", "3", "2", "н/а", "незач", "осв"])
    assert (tally.rated, tally.passed, tally.good, tally.low, tally.not_attested) == (8, 5, 3, 2, 1)
    assert tally.mean == Decimal("3.67")  # 22 / 6
    assert tally.degree == Decimal("58.7")  # (2 + 0.64 + 2 × 0.36 + 0.16) / 6


def test_one_is_counted_as_two_in_the_degree_and_as_one_in_the_mean() -> None:
    assert Tally.of(["1"]).degree == Tally.of(["2"]).degree == Decimal("16.0")
    assert Tally.of(["1"]).mean == Decimal("1.00")


@pytest.mark.parametrize("values", [(), ("осв",), ("н/а",)])
def test_without_numbers_there_is_neither_mean_nor_degree(values: tuple[str, ...]) -> None:
    assert (Tally.of(values).mean, Tally.of(values).degree) == (None, None)


@given(st.lists(st.sampled_from(VALUES[:5]), min_size=1))
def test_the_degree_lies_between_that_of_a_two_and_of_a_five(values: list[str]) -> None:
    degree = Tally.of(values).degree
    assert degree is not None
    assert Decimal(16) <= degree <= Decimal(100)


def test_a_share_of_nothing_is_no_number() -> None:
    assert share(0, 0) is None
    assert share(23, 25) == Decimal("92.0")
    assert share(1, 16) == Decimal("6.3")
