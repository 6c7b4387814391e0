from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradebook.rules import Standing, Stated, reconcile, unusual

values = st.lists(st.integers(1, 5), max_size=6)


def standing(*facts: int) -> list[Standing]:
    return [Standing(id=n + 1, value=value, ordinal=n) for n, value in enumerate(facts)]


def stated(*facts: int) -> list[Stated[None]]:
    return [Stated(value, None) for value in facts]


@pytest.mark.parametrize(
    ("changed", "facts", "said"),
    [(20, 20, False), (21, 210, False), (21, 209, True), (21, 0, True), (100, 1000, False), (101, 1000, True)],
)
def test_more_than_a_tenth_and_more_than_twenty_is_unusual(changed: int, facts: int, said: bool) -> None:
    assert unusual(changed, facts) is said


@given(values, values)
def test_what_stands_afterwards_is_what_was_stated(old: list[int], new: list[int]) -> None:
    outcome = reconcile(standing(*old), stated(*new))
    after = Counter(old)
    after.subtract(Counter(fact.value for fact, _ in outcome.updated))
    after.subtract(Counter(fact.value for fact in outcome.removed))
    after.update(now.value for _, now in outcome.updated)
    after.update(now.value for _, now in outcome.created)
    assert +after == Counter(new)
    assert outcome.unchanged == (Counter(old) & Counter(new)).total()
    assert not (outcome.created and outcome.removed)
    kept = {fact.ordinal for fact in standing(*old)}
    assert len({ordinal for ordinal, _ in outcome.created} | kept) == len(outcome.created) + len(kept)


@given(values, values)
def test_a_slot_with_a_rejected_cell_loses_nothing(old: list[int], new: list[int]) -> None:
    outcome = reconcile(standing(*old), stated(*new), keep=True)
    assert not outcome.updated
    assert not outcome.removed
    assert Counter(now.value for _, now in outcome.created) == Counter(new) - Counter(old)


@given(values)
def test_the_same_in_another_order_changes_nothing(facts: list[int]) -> None:
    outcome = reconcile(standing(*facts), stated(*reversed(facts)))
    assert outcome.unchanged == len(facts)
    assert not (outcome.updated or outcome.created or outcome.removed)


def corrected(was: int | None, value: int) -> Standing:
    return Standing(id=9, value=value, ordinal=9, by_hand=True, original=was)


def test_a_hand_wins_over_the_file_that_still_says_what_it_said() -> None:
    outcome = reconcile([corrected(2, 4)], stated(2))
    assert [(fact and fact.value, now and now.value) for fact, now in outcome.overruled] == [(4, 2)]
    assert not (outcome.updated or outcome.created or outcome.removed)


def test_a_file_that_agrees_with_the_hand_changes_nothing() -> None:
    outcome = reconcile([corrected(2, 4)], stated(4))
    assert outcome.unchanged == 1
    assert not outcome.overruled


def test_a_hand_wins_over_a_third_value_and_over_a_blank() -> None:
    third, blank = reconcile([corrected(2, 4)], stated(3)), reconcile([corrected(2, 4)], stated())
    assert [now and now.value for _, now in third.overruled] == [3]
    assert [now for _, now in blank.overruled] == [None]


def test_a_new_mark_beside_a_corrected_one_is_created() -> None:
    outcome = reconcile([corrected(2, 4)], stated(2, 4))
    assert [now.value for _, now in outcome.created] == [4]
    assert len(outcome.overruled) == 1


def test_a_mark_added_by_hand_stays_and_stands_in_nobodys_way() -> None:
    outcome = reconcile([corrected(None, 5), *standing(3)], stated(3, 4))
    assert [now.value for _, now in outcome.created] == [4]
    assert not (outcome.overruled or outcome.removed)
    assert reconcile([corrected(None, 5)], stated(5)).unchanged == 1


def test_a_mark_removed_by_hand_does_not_come_back() -> None:
    outcome = reconcile([], stated(2, 3), taken_out=[2])
    assert [now.value for _, now in outcome.created] == [3]
    assert [fact for fact, _ in outcome.overruled] == [None]
