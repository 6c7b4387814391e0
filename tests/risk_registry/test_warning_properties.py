"""The rules of early warning against counting by hand, on whatever marks and absences there may be."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from risk_registry.rules.warning import (
    AbsenceLevel,
    Warnings,
    absence_level,
    external_gap,
    failed_controls,
    falling_trend,
    is_newer,
    least_marks,
    level_began,
)

FIRST = date(2026, 9, 1)
DEFAULTS = Warnings()
days = st.lists(st.integers(0, 30), max_size=25).map(lambda told: [FIRST + timedelta(days=n) for n in sorted(told)])
marks = st.lists(st.integers(1, 5), max_size=25).map(
    lambda told: [(FIRST + timedelta(days=number), value) for number, value in enumerate(told)]
)


@given(missed=days, lessons=st.none() | st.integers(1, 300))
def test_the_level_of_absences_is_what_the_sentence_says(missed: list[date], lessons: int | None) -> None:
    distinct = len(set(missed))
    much = lessons is not None and Fraction(len(missed), lessons) >= Fraction(1, 10)
    if distinct >= 5 or (distinct >= 2 and much):
        expected = AbsenceLevel.SYSTEMATIC
    elif distinct >= 2:
        expected = AbsenceLevel.REPEATED
    else:
        expected = AbsenceLevel.SINGLE if missed else AbsenceLevel.NONE
    assert absence_level(missed, lessons, DEFAULTS) == expected


@given(missed=days, more=st.integers(0, 30), lessons=st.none() | st.integers(1, 300))
def test_one_more_missed_lesson_never_makes_it_milder(missed: list[date], more: int, lessons: int | None) -> None:
    grown = sorted([*missed, FIRST + timedelta(days=more)])
    assert absence_level(grown, lessons, DEFAULTS) >= absence_level(missed, lessons, DEFAULTS)


@given(missed=days)
def test_a_level_began_on_a_day_of_the_absences_by_which_it_was_reached(missed: list[date]) -> None:
    level = absence_level(missed, None, DEFAULTS)
    if level == AbsenceLevel.NONE:
        return
    began = level_began(missed, level, DEFAULTS)
    assert absence_level([day for day in missed if day <= began], None, DEFAULTS) == level
    assert absence_level([day for day in missed if day < began], None, DEFAULTS) < level


@given(told=marks)
def test_a_trend_falls_when_the_last_five_lie_a_full_point_under_those_before(told: list[tuple[date, int]]) -> None:
    values = [value for _, value in told]
    expected = len(values) >= 10 and Fraction(sum(values[:-5]), len(values) - 5) - Fraction(sum(values[-5:]), 5) >= 1
    fall = falling_trend(told, DEFAULTS)
    assert (fall is not None) == expected
    if fall is not None:
        assert fall.days == tuple(day for day, _ in told[-5:])


@given(told=marks)
def test_failed_controls_are_the_twos_after_the_last_better_work(told: list[tuple[date, int]]) -> None:
    expected: list[date] = []
    for day, value in reversed(told):
        if value > 2:
            break
        expected.insert(0, day)
    assert failed_controls(told) == tuple(expected)


@given(external=st.none() | st.integers(1, 5), internal=st.none() | st.integers(1, 5), least=st.integers(1, 3))
def test_an_external_work_is_told_when_it_differs_by_so_much_either_way(
    external: int | None, internal: int | None, least: int
) -> None:
    gap = external_gap(external, internal, Warnings(external_gap=least))
    if external is None or internal is None:
        assert gap == 0
    else:
        assert gap == (external - internal if abs(external - internal) >= least else 0)


@given(hours=st.decimals("0.1", 10, places=1))
def test_the_least_number_of_marks_follows_the_hours_a_week(hours: Decimal) -> None:
    expected = 3 if hours < 2 else 5 if hours < 3 else 7
    assert least_marks(hours, DEFAULTS) == expected


@given(before=st.lists(st.integers(0, 4), max_size=6), now=st.lists(st.integers(0, 4), max_size=6))
def test_days_are_new_evidence_when_any_of_them_was_not_there_repeats_counted(
    before: list[int], now: list[int]
) -> None:
    told = [[f"2026-09-0{number + 1}" for number in each] for each in (before, now)]
    expected = any(now.count(number) > before.count(number) for number in now)
    assert is_newer(told[0], told[1]) is expected
