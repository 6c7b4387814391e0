"""«Что нужно до тройки», at the rounding boundary."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.distance import Distance, Way, distance_to

HALF = Decimal("0.5")


def to_three(*values: int, left: int | None = None) -> Distance:
    return distance_to(total=Decimal(sum(values)), weight=Decimal(len(values)), aim=3, round_up_from=HALF, left=left)


def test_a_mean_of_two_and_a_half_is_a_three_already() -> None:
    assert to_three(2, 3).reached


def test_it_tells_the_fewest_marks_of_each_height() -> None:
    assert to_three(2, 2, 2).ways == (Way(3, 3), Way(4, 1), Way(5, 1))
    assert to_three(2, 2, 2, 2, 2, 2).ways == (Way(3, 6), Way(4, 2), Way(5, 2))


def test_without_marks_one_of_each_height_is_needed() -> None:
    assert to_three().ways == (Way(3, 1), Way(4, 1), Way(5, 1))


def test_it_says_when_it_is_out_of_reach() -> None:
    assert to_three(2, 2, 2, 2, 2, 2, left=1).out_of_reach
    assert to_three(2, 2, 2, 2, 2, 2, left=2).within == (Way(4, 2), Way(5, 2))
    assert not to_three(2, 2, 2, 2, 2, 2).out_of_reach
    assert not to_three(3, 3, left=0).out_of_reach


def test_weights_count() -> None:
    heavy = distance_to(total=Decimal(2 * 3 + 3), weight=Decimal(4), aim=3, round_up_from=HALF)

    assert heavy.ways == (Way(3, 2), Way(4, 1), Way(5, 1))


@pytest.mark.parametrize("aim", [3, 4, 5])
@given(values=st.lists(st.integers(1, 5), max_size=30), part=st.integers(1, 99))
def test_so_many_marks_reach_the_aim_and_one_fewer_does_not(aim: int, values: list[int], part: int) -> None:
    up = Decimal(part) / 100
    boundary = aim - 1 + up

    distance = distance_to(total=Decimal(sum(values)), weight=Decimal(len(values)), aim=aim, round_up_from=up)

    assert distance.reached == (bool(values) and Decimal(sum(values)) >= boundary * len(values))
    for way in distance.ways:
        assert sum(values) + way.mark * way.count >= boundary * (len(values) + way.count)
        fewer = way.count - 1
        assert fewer == 0 or sum(values) + way.mark * fewer < boundary * (len(values) + fewer)
