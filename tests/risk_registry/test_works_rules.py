"""When external works are alarming: edges, and properties against counting by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.works import AlarmNumbers, Shares, alarming, is_alarming, is_reviewed

DEFAULTS = AlarmNumbers()


def written(participants: int, twos: int) -> Shares:
    return Shares(participants=participants, twos=twos, threes=participants - twos)


@pytest.mark.parametrize(
    ("participants", "twos", "expected"), [(25, 5, True), (25, 4, False), (1, 1, True), (0, 0, False)]
)
def test_a_fifth_of_twos_is_alarming_and_less_is_not(participants: int, twos: int, expected: bool) -> None:
    assert is_alarming(written(participants, twos), DEFAULTS) is expected


def test_one_alarming_work_raises_nothing_two_do() -> None:
    bad, good = written(20, 10), written(20, 1)
    assert alarming([(1, bad), (2, good)], DEFAULTS) == ()
    assert alarming([(1, bad), (2, good), (3, bad)], DEFAULTS) == (1, 3)


def test_a_review_holds_until_one_more_work_is_alarming() -> None:
    assert is_reviewed((1, 3), [1, 2, 3])
    assert is_reviewed((1,), [1, 3])
    assert not is_reviewed((1, 3, 4), [1, 3])


shares = st.integers(0, 40).flatmap(lambda all_: st.tuples(st.just(all_), st.integers(0, all_)))


@given(works=st.lists(shares, max_size=8), percent=st.integers(1, 100), least=st.integers(1, 5))
def test_the_alarm_is_what_one_counts_by_hand(works: list[tuple[int, int]], percent: int, least: int) -> None:
    told = [(key, written(*work)) for key, work in enumerate(works)]
    by_hand = tuple(key for key, (all_, twos) in enumerate(works) if all_ and Fraction(twos, all_) * 100 >= percent)
    expected = by_hand if len(by_hand) >= least else ()
    assert alarming(told, AlarmNumbers(percent, least)) == expected


@given(works=st.lists(shares, min_size=1, max_size=8))
def test_shares_of_classes_add_up_to_those_of_the_grade(works: list[tuple[int, int]]) -> None:
    total = sum((written(*work) for work in works), Shares())
    assert (total.participants, total.twos) == (sum(a for a, _ in works), sum(t for _, t in works))
    assert total.confirmed == 0
    assert (total.twos_percent is None) == (total.participants == 0)
