"""«Что нужно до тройки», at the rounding boundary and at the end of the period."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.categories import Thresholds
from risk_registry.rules.distance import lessons_left, marks_missing, school_days_left, toward_three


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


@pytest.mark.parametrize(
    ("marks", "left", "words"),
    [
        ([2, 3, 2, 2, 3, 2], 2, "одна «4» или две «3»"),
        ([2, 3, 2, 2, 3, 2], 1, "одна «4»"),
        ([2] * 5, 2, "две «4»"),
        ([2] * 5, 1, "одна «5»"),
        ([2] * 6, 2, "две «4»"),
        ([2] * 10, 2, "две «5»"),
        ([2] * 45, 2, "не достать: нужно девять «5», а уроков осталось 2"),
        ([2, 2, 2], 0, "не достать: нужна одна «5», а уроков больше нет"),
    ],
)
def test_it_names_only_what_fits_into_the_lessons_that_are_left(marks: list[int], left: int, words: str) -> None:
    assert toward_three(sum(marks), len(marks), Thresholds(), left).in_words == words


@given(
    marks=st.lists(st.integers(1, 5), min_size=1, max_size=12),
    left=st.integers(0, 5),
    edge=st.sampled_from(["0.5", "0.6", "0.4", "0.01", "0.99"]),
)
def test_out_of_reach_is_what_no_marks_to_come_can_lift(marks: list[int], left: int, edge: str) -> None:
    told = toward_three(sum(marks), len(marks), Thresholds(round_up_from=Decimal(edge)), left)
    border = 2 + Decimal(edge)
    reachable = any(
        sum(marks) + sum(more) >= border * (len(marks) + number)
        for number in range(left + 1)
        for more in combinations_with_replacement((1, 2, 3, 4, 5), number)
    )
    assert told.out_of_reach is not reachable
    assert told.in_words.startswith("не достать") is not reachable


@given(
    marks=st.lists(st.integers(1, 5), min_size=1, max_size=12),
    left=st.integers(0, 6),
    edge=st.sampled_from(["0.5", "0.4"]),
)
def test_every_way_it_names_fits_and_lifts(marks: list[int], left: int, edge: str) -> None:
    thresholds = Thresholds(round_up_from=Decimal(edge))
    told = toward_three(sum(marks), len(marks), thresholds, left)
    if not told.threes or told.out_of_reach:
        return
    for times, mark in ((told.fives, 5), (told.fours, 4), (told.threes, 3)):
        lifted = sum(marks) + mark * times >= (2 + Decimal(edge)) * (len(marks) + times)
        assert lifted
        if f"«{mark}»" in told.in_words:
            assert times <= left


@given(hours=st.decimals("0.5", 8, places=1), days=st.integers(0, 60))
def test_lessons_that_may_still_come_are_never_told_too_few(hours: Decimal, days: int) -> None:
    left = lessons_left(hours, days)
    assert left is not None
    assert left >= hours * days / 5 > left - 1 or left == days == 0


def test_without_hours_nothing_is_said_to_be_out_of_reach() -> None:
    assert lessons_left(None, 0) is None
    assert lessons_left(Decimal(0), 3) is None
    assert toward_three(20, 10, Thresholds(), None).in_words == "четыре «4» или десять «3»"


@given(start=st.integers(0, 30), length=st.integers(-3, 40), off=st.tuples(st.integers(0, 40), st.integers(0, 9)))
def test_school_days_left_are_those_one_counts_in_a_calendar(start: int, length: int, off: tuple[int, int]) -> None:
    today = date(2026, 11, 2) + timedelta(days=start)
    ends = today + timedelta(days=length)
    first = date(2026, 11, 2) + timedelta(days=off[0])
    holidays = [(first, first + timedelta(days=off[1]))]
    counted, day = 0, today
    while day <= ends:
        if day.isoweekday() <= 5 and not holidays[0][0] <= day <= holidays[0][1]:
            counted += 1
        day += timedelta(days=1)
    assert school_days_left(today, ends, holidays) == counted


@pytest.mark.parametrize(
    ("marks", "left", "words"),
    [
        (0, 5, "ещё три отметки"),
        (2, None, "ещё одна отметка"),
        (1, 1, "не успеть: нужны ещё две отметки, а уроков осталось 1"),
        (2, 0, "не успеть: нужна ещё одна отметка, а уроков больше нет"),
        (3, 0, ""),
    ],
)
def test_it_says_how_many_marks_a_result_still_needs(marks: int, left: int | None, words: str) -> None:
    assert marks_missing(marks, Thresholds(), left) == words
