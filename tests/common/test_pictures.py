"""Geometry of the small pictures."""

from hypothesis import given
from hypothesis import strategies as st

from common.pictures import SPARK_HEIGHT, SPARK_WIDTH, BarPart, bar_parts, spark_of


def test_marks_lie_by_their_height_from_left_to_right() -> None:
    spark = spark_of([2, 3, 5])

    assert spark.line == "4.0,24.0 56.0,17.0 108.0,3.0"
    assert spark.lows == ((1.5, 21.5),)
    assert spark.last == (108.0, 3.0)
    assert spark.three == 20.5


def test_a_low_last_mark_is_a_square_and_no_ring() -> None:
    spark = spark_of([4, 1])

    assert spark.last is None
    assert len(spark.lows) == 1


def test_the_border_of_periods_stands_between_their_marks() -> None:
    assert spark_of([3, 3, 3], before=1).period == 30.0
    assert spark_of([3, 3, 3], before=0).period is None
    assert spark_of([3, 3, 3], before=3).period is None


def test_one_mark_stands_in_the_middle_and_none_draw_nothing() -> None:
    assert spark_of([4]).last == (56.0, 10.0)
    assert spark_of([]).line == ""


@given(st.lists(st.integers(1, 5), max_size=80), st.integers(0, 80))
def test_nothing_leaves_the_picture(marks: list[int], before: int) -> None:
    spark = spark_of(marks, before)
    points = [tuple(map(float, point.split(","))) for point in spark.line.split()]

    assert len(points) == len(marks)
    assert all(0 <= x <= SPARK_WIDTH and 0 <= y <= SPARK_HEIGHT for x, y in points)
    assert len(spark.lows) == sum(mark <= 2 for mark in marks)


def test_a_bar_begins_with_the_gravest_and_leaves_out_what_is_empty() -> None:
    assert bar_parts(3, 4, 2) == (BarPart("failing", 0, 3), BarPart("weak", 3, 4), BarPart("reserve", 7, 2))
    assert bar_parts(0, 1, 0) == (BarPart("weak", 0, 1),)
    assert bar_parts(0, 0, 0) == ()
