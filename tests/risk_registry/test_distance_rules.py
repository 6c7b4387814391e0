"""«Что нужно до тройки», at the rounding boundary."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.categories import Thresholds
from risk_registry.rules.distance import toward_three


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([2, 3, 2, 2, 3, 2], "одна «4» или две «3»"),
        ([2, 3, 2], "одна «3»"),
        ([2, 2, 2], "одна «4» или три «3»"),
        ([2] * 20, "семь «4» или 20 «3»"),
        ([2, 3], "не выдержит «2»"),
        ([3, 2, 3], "выдержит одну «2»"),
        ([4, 4, 4], ""),
    ],
)
def test_it_says_what_is_missing_until_a_three(marks: list[int], words: str) -> None:
    assert toward_three(sum(marks), len(marks), Thresholds()).in_words == words


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30), st.sampled_from(["0.5", "0.6", "0.4"]))
def test_what_is_missing_until_a_three_is_enough_and_not_too_much(marks: list[int], edge: str) -> None:
    total, number, border = sum(marks), len(marks), 2 + Decimal(edge)
    told = toward_three(total, number, Thresholds(round_up_from=Decimal(edge)))

    def is_three(mark: int, times: int) -> bool:
        return Decimal(total + mark * times) >= border * (number + times)

    if is_three(2, 0):
        assert is_three(2, told.bears)
        assert not is_three(2, told.bears + 1)
    else:
        for mark, times in ((4, told.fours), (3, told.threes)):
            assert is_three(mark, times)
            assert not is_three(mark, times - 1)
