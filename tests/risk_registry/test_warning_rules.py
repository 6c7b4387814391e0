"""Rules of early warning, at the edges of their numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.warning import (
    AbsenceLevel,
    Warnings,
    absence_level,
    external_gap,
    failed_controls,
    falling_trend,
    is_control,
    least_marks,
)

DEFAULTS = Warnings()
FIRST = date(2026, 9, 1)


def days(*numbers: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in numbers]


def marks(*values: int) -> list[tuple[date, int]]:
    return [(FIRST + timedelta(days=place), value) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("missed", "lessons", "level"),
    [
        ([], 100, AbsenceLevel.NONE),
        (days(0), 100, AbsenceLevel.SINGLE),
        (days(0, 0, 0), 100, AbsenceLevel.SINGLE),
        (days(0, 1), 100, AbsenceLevel.REPEATED),
        (days(0, 1, 2, 3), 100, AbsenceLevel.REPEATED),
        (days(0, 1, 2, 3, 4), 100, AbsenceLevel.SYSTEMATIC),
        (days(0, 0, 0, 0, 0, 1, 1, 1, 1), 100, AbsenceLevel.REPEATED),
        (days(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), 100, AbsenceLevel.SYSTEMATIC),
        (days(0, 0), 10, AbsenceLevel.SINGLE),
        (days(0, 1), None, AbsenceLevel.REPEATED),
        (days(0, 1), 0, AbsenceLevel.REPEATED),
    ],
)
def test_absences_are_single_repeated_or_systematic(
    missed: list[date], lessons: int | None, level: AbsenceLevel
) -> None:
    assert absence_level(missed, lessons, DEFAULTS) == level


def test_a_school_may_overlook_a_few_lessons() -> None:
    numbers = Warnings(absent_single=3)

    assert absence_level(days(0, 0), 100, numbers) == AbsenceLevel.NONE
    assert absence_level(days(0, 0, 0), 100, numbers) == AbsenceLevel.SINGLE


@given(st.lists(st.integers(0, 60), max_size=40), st.integers(0, 60), st.integers(1, 400))
def test_another_missed_lesson_never_lowers_the_level(missed: list[int], more: int, lessons: int) -> None:
    before = absence_level(days(*missed), lessons, DEFAULTS)

    assert absence_level(days(*missed, more), lessons, DEFAULTS) >= before


@pytest.mark.parametrize(
    ("values", "falls"),
    [
        ([4, 4, 4, 4, 4, 3, 3, 3, 3, 3], True),
        ([4, 4, 4, 4, 4, 3, 3, 3, 3, 4], False),
        ([4, 4, 4, 4, 3, 3, 3, 3, 3], False),
        ([5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4], True),
        ([3, 3, 3, 3, 3, 5, 5, 5, 5, 5], False),
    ],
)
def test_a_trend_falls_by_a_full_point_under_the_pupils_own_mean(values: list[int], *, falls: bool) -> None:
    assert bool(falling_trend(marks(*values), DEFAULTS)) is falls


def test_a_fall_tells_both_means_and_the_days_of_the_last_marks() -> None:
    fall = falling_trend(marks(5, 5, 4, 5, 5, 5, 3, 3, 4, 3, 3), DEFAULTS)

    assert fall is not None
    assert (fall.last, fall.before) == (Decimal("3.20"), Decimal("4.83"))
    assert fall.days == tuple(days(6, 7, 8, 9, 10))


@given(st.lists(st.integers(1, 5), min_size=10, max_size=40))
def test_a_trend_falls_exactly_when_the_means_differ_by_the_drop(values: list[int]) -> None:
    last, before = values[-5:], values[:-5]
    by_hand = sum(before) * 5 - sum(last) * len(before) >= 5 * len(before)

    assert (falling_trend(marks(*values), DEFAULTS) is not None) is by_hand


@pytest.mark.parametrize("work", ["Контрольная работа", "К/р № 3", "кр", "к. р.", "Проверочная", "Диктант", "Зачёт"])
def test_a_control_work_is_known_by_its_name(work: str) -> None:
    assert is_control(work)


@pytest.mark.parametrize("work", ["", "Ответ на уроке", "Домашняя работа", "Краеведение", "Самостоятельная работа"])
def test_other_work_is_no_control(work: str) -> None:
    assert not is_control(work)


@pytest.mark.parametrize(
    ("values", "left"),
    [([], []), ([2], [0]), ([2, 3], []), ([2, 2], [0, 1]), ([3, 2], [1]), ([2, 3, 1], [2]), ([5, 4, 3], [])],
)
def test_a_failed_control_is_made_good_by_a_later_one(values: list[int], left: list[int]) -> None:
    assert failed_controls(marks(*values)) == tuple(days(*left))


@pytest.mark.parametrize(
    ("external", "internal", "gap"),
    [(2, 3, -1), (3, 2, 1), (3, 3, 0), (None, 3, 0), (3, None, 0), (2, 5, -3)],
)
def test_an_external_work_differs_either_way(external: int | None, internal: int | None, gap: int) -> None:
    assert external_gap(external, internal, DEFAULTS) == gap


def test_a_school_may_look_at_larger_gaps_only() -> None:
    assert external_gap(2, 3, Warnings(external_gap=2)) == 0
    assert external_gap(2, 4, Warnings(external_gap=2)) == -2


@pytest.mark.parametrize(
    ("hours", "least"),
    [(None, None), ("0", None), ("0.5", 3), ("1", 3), ("1.5", 3), ("2", 5), ("2.5", 5), ("3", 7), ("6", 7)],
)
def test_the_least_number_of_marks_follows_the_weekly_hours(hours: str | None, least: int | None) -> None:
    assert least_marks(None if hours is None else Decimal(hours), DEFAULTS) == least
