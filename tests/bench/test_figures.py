"""What the benchmarks make of their measurements."""

import math

from bench.figures import Figure, cpu_ratio, exponent, in_turns, table
from bench.lists import Measured, list_figures


def test_the_exponent_of_a_straight_line_is_one_and_of_a_square_two() -> None:
    sizes = [100, 200, 400]

    assert math.isclose(exponent(sizes, [3 * n for n in sizes]), 1)
    assert math.isclose(exponent(sizes, [n * n for n in sizes]), 2)


def test_a_figure_reaches_its_goal_from_the_better_side() -> None:
    assert Figure("a", 1.5, 1.5, "lower", "×", "").reached
    assert not Figure("a", 1.6, 1.5, "lower", "×", "").reached
    assert Figure("a", 8, 8, "higher", "×", "").reached
    assert not Figure("a", 7.9, 8, "higher", "×", "").reached


def test_the_table_names_what_misses_its_goal() -> None:
    lines = table([Figure("good", 1, 2, "lower", "×", "why"), Figure("bad", 3, 2, "lower", "×", "")]).splitlines()

    assert lines[2] == "| good | 1 × | ≤ 2 | yes | why |"
    assert "| NO |" in lines[3]


def test_deeds_in_turns_are_compared_pair_by_pair() -> None:
    ours, theirs = iter([2.0, 30.0, 4.0]), iter([1.0, 10.0, 4.0])

    assert in_turns(lambda: next(ours), lambda: next(theirs), times=3) == (4.0, 4.0, 2.0)


def test_the_dearer_deed_costs_more() -> None:
    assert cpu_ratio(lambda: sum(range(300_000)), lambda: sum(range(1000)), times=3) > 10


def test_a_page_whose_queries_depend_on_the_pupils_is_named() -> None:
    pages = [Measured("реестр", (8, 8, 8), 27.4), Measured("поиск", (5, 7), 40.6)]
    most, growing, dearest = list_figures(pages)

    assert (most.value, growing.value, dearest.value) == (8, 1, 40.6)
    assert growing.detail == "поиск 5/7 (41 ×)"
    assert not growing.reached
    assert not dearest.reached
