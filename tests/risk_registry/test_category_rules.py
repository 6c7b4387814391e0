from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.categories import Category
from risk_registry.rules.categories import (
    Judgement,
    PupilFacts,
    SubjectFacts,
    Thresholds,
    categorise,
    forecast,
    mean_of,
    three_unsatisfactory,
    weak_lists,
)

DEFAULT = Thresholds()
DAY = date(2026, 9, 14)
LATER = date(2026, 10, 2)


def subject(
    *marks: int,
    result: str | None = None,
    number: int = 1,
    weighted: str | None = None,
    excused: bool = False,
) -> SubjectFacts:
    """A subject with these current marks, all of one day."""
    return SubjectFacts(
        subject=number,
        marks=len(marks),
        total=sum(marks),
        unsatisfactory=tuple(DAY for mark in marks if mark <= 2),
        weighted=None if weighted is None else Decimal(weighted),
        result=result,
        excused=excused,
    )


def judge(*subjects: SubjectFacts, thresholds: Thresholds = DEFAULT, goes_on: bool = False) -> Judgement:
    return categorise(PupilFacts(subjects=subjects, goes_on=goes_on), thresholds)


@pytest.mark.parametrize("result", ["1", "2", "незач", "н/а"])
def test_one_unsatisfactory_result_makes_failing(result: str) -> None:
    told = judge(subject(3, 4, 5, result=result), subject(5, result="5", number=2))
    assert told.category == Category.FAILING
    assert [reason.subject for reason in told.reasons] == [1]
    assert not told.provisional


def test_not_attested_is_said_in_the_evidence() -> None:
    told = judge(subject(result="н/а"), subject(result="2", number=2))
    assert [(reason.result, reason.not_attested) for reason in told.reasons] == [("н/а", True), ("2", False)]


def test_failing_evidence_has_one_date_a_mark_with_repeats() -> None:
    twice = SubjectFacts(subject=1, marks=3, total=6, unsatisfactory=(DAY, DAY, LATER), result="2")
    assert judge(twice).reasons[0].unsatisfactory == (DAY, DAY, LATER)


def test_failing_names_only_the_subjects_that_failed() -> None:
    told = judge(subject(2, 3, result="3"), subject(result="2", number=2))
    assert [reason.subject for reason in told.reasons] == [2]


def test_an_excused_not_attested_leaves_the_subject_unrated() -> None:
    told = judge(subject(2, 2, 2, result="н/а", excused=True), subject(4, result="4", number=2))
    assert told == Judgement(category=Category.NONE)


def test_a_pupil_with_nothing_but_an_excused_subject_is_unrated() -> None:
    assert judge(subject(2, result="н/а", excused=True)) == Judgement(category=Category.NONE, unrated=True)


@pytest.mark.parametrize("mark", [1, 2])
def test_one_unsatisfactory_mark_makes_weak(mark: int) -> None:
    told = judge(subject(mark, 4, 5, result="4"))
    assert (told.category, told.reasons[0].unsatisfactory) == (Category.WEAK, (DAY,))


def test_a_three_among_the_marks_is_not_unsatisfactory() -> None:
    assert judge(subject(3, 4, 5, result="4")).category == Category.NONE


@pytest.mark.parametrize(("marks", "expected"), [(1, Category.NONE), (2, Category.WEAK), (3, Category.WEAK)])
def test_weak_begins_at_the_school_s_number_of_marks(marks: int, expected: Category) -> None:
    told = judge(subject(*[2] * marks, 5, 5, result="4"), thresholds=Thresholds(weak_min_marks=2))
    assert told.category == expected


def test_weak_marks_are_counted_within_one_subject() -> None:
    told = judge(
        subject(2, 5, result="4"), subject(2, 5, result="4", number=2), thresholds=Thresholds(weak_min_marks=2)
    )
    assert told.category == Category.NONE


@pytest.mark.parametrize(
    ("highest", "result", "expected"),
    [
        (3, "3", Category.WEAK),
        (3, "4", Category.NONE),
        (4, "4", Category.WEAK),
        (4, "5", Category.NONE),
        (5, "5", Category.WEAK),
    ],
)
def test_weak_ends_at_the_school_s_highest_result(highest: int, result: str, expected: Category) -> None:
    told = judge(subject(2, 5, 5, result=result), thresholds=Thresholds(weak_max_result=highest))
    assert told.category == expected


def test_both_conditions_of_weak_hold_within_one_subject() -> None:
    told = judge(
        subject(2, 2, result="5"),
        subject(4, result="3", number=2),
        thresholds=Thresholds(weak_min_marks=2, weak_max_result=3),
    )
    assert (told.category, [reason.subject for reason in told.reasons]) == (Category.RESERVE, [2])


@pytest.mark.parametrize(
    ("threes", "expected"),
    [(0, Category.NONE), (1, Category.RESERVE), (2, Category.RESERVE), (3, Category.NONE)],
)
def test_reserve_is_a_three_in_one_or_two_subjects(threes: int, expected: Category) -> None:
    subjects = [subject(3, 4, result="3", number=number) for number in range(threes)]
    told = judge(*subjects, subject(5, result="5", number=9))
    assert told.category == expected
    assert len(told.reasons) == (threes if expected == Category.RESERVE else 0)


def test_reserve_may_reach_as_many_subjects_as_the_school_sets() -> None:
    threes = [subject(result="3", number=number) for number in range(3)]
    assert judge(*threes, thresholds=Thresholds(reserve_max_subjects=3)).category == Category.RESERVE


def test_reserve_evidence_has_no_dates() -> None:
    told = judge(subject(2, 4, result="3"), thresholds=Thresholds(weak_min_marks=2))
    assert (told.category, told.reasons[0].unsatisfactory) == (Category.RESERVE, ())


@pytest.mark.parametrize("result", ["осв", "зач", "усп"])
def test_an_exemption_is_no_result_but_its_marks_count(result: str) -> None:
    assert judge(subject(2, 3, 3, result=result)).category == Category.WEAK
    assert judge(subject(3, 3, 3, result=result)).category == Category.NONE
    assert not judge(subject(3, 3, 3, result=result)).provisional
    assert judge(subject(result=result)).unrated


def test_nothing_to_judge_is_unrated_and_never_provisional() -> None:
    assert judge() == Judgement(category=Category.NONE, unrated=True)


def test_rated_subjects_that_were_left_out_are_remembered() -> None:
    assert not categorise(PupilFacts(others_rated=True), DEFAULT).unrated
    assert categorise(PupilFacts(others_rated=True, others_provisional=True), DEFAULT).provisional


@pytest.mark.parametrize(
    ("mean", "expected"),
    [
        ("1.00", 2),
        ("2.49", 2),
        ("2.50", 3),
        ("3.49", 3),
        ("3.50", 4),
        ("4.49", 4),
        ("4.50", 5),
        ("5.00", 5),
    ],
)
def test_a_forecast_is_rounded_half_up(mean: str, expected: int) -> None:
    assert forecast(Decimal(mean), marks=3, thresholds=DEFAULT) == expected


@pytest.mark.parametrize(("mean", "expected"), [("2.59", 2), ("2.60", 3), ("4.59", 4), ("4.60", 5)])
def test_where_a_forecast_is_rounded_up_is_a_setting(mean: str, expected: int) -> None:
    strict = Thresholds(round_up_from=Decimal("0.60"))
    assert forecast(Decimal(mean), marks=3, thresholds=strict) == expected


def test_under_three_marks_there_is_no_forecast_but_a_two_still_counts() -> None:
    assert judge(subject(2, 2)) == Judgement(
        category=Category.WEAK,
        reasons=judge(subject(2, 2)).reasons,
        provisional=True,
    )
    assert judge(subject(2, 2)).reasons[0].forecast is None
    assert judge(subject(3, 3)).category == Category.NONE


def test_a_forecast_of_two_makes_failing_provisionally() -> None:
    told = judge(subject(2, 2, 3))
    assert (told.category, told.provisional) == (Category.FAILING, True)
    assert (told.reasons[0].forecast, told.reasons[0].result) == (2, None)


def test_a_forecast_of_three_makes_reserve_provisionally() -> None:
    told = judge(subject(3, 3, 3))
    assert (told.category, told.provisional) == (Category.RESERVE, True)


def test_the_weighted_mean_is_preferred() -> None:
    assert judge(subject(3, 3, 3, weighted="2.49")).category == Category.FAILING
    assert judge(subject(2, 2, 3, weighted="2.50")).category == Category.WEAK
    assert judge(subject(3, 3, 3, weighted="2.49")).reasons[0].weighted


def test_a_plain_mean_that_never_ends_is_compared_exactly() -> None:
    assert mean_of(subject(2, 2, 3, 3, 3, 2)) == Decimal("2.5")
    assert judge(subject(2, 2, 3, 3, 3, 2)).reasons[0].forecast == 3
    assert judge(subject(*[2] * 4, *[3] * 3)).reasons[0].forecast == 2


def test_a_pupil_is_provisional_when_any_subject_is() -> None:
    assert judge(subject(5, result="5"), subject(5, 5, 5, number=2)).provisional
    assert not judge(subject(5, result="5"), subject(5, 5, 5, result="5", number=2)).provisional


def test_a_class_whose_own_period_goes_on_is_provisional() -> None:
    assert judge(subject(5, result="5"), goes_on=True).provisional


@pytest.mark.parametrize(("twos", "expected"), [(2, False), (3, True), (4, True)])
def test_a_signal_rises_at_three_unsatisfactory_marks(twos: int, expected: bool) -> None:
    assert three_unsatisfactory(subject(*[2] * twos, 5), DEFAULT) is expected


def test_calibration_counts_failing_and_weak_together() -> None:
    pupils = [
        PupilFacts(subjects=(subject(result="2"),)),
        PupilFacts(subjects=(subject(2, result="4"),)),
        PupilFacts(subjects=(subject(2, 2, result="3"),)),
        PupilFacts(subjects=(subject(3, result="3"),)),
    ]
    grid = [Thresholds(weak_min_marks=least, weak_max_result=top) for least in (1, 2) for top in (3, 4)]
    assert weak_lists(pupils, grid) == [2, 3, 2, 2]


RESULTS = st.sampled_from([None, "1", "2", "3", "4", "5", "н/а", "незач", "зач", "осв", "усп"])
SUBJECTS = st.lists(
    st.builds(
        lambda number, marks, result, excused: subject(*marks, result=result, number=number, excused=excused),
        st.integers(1, 8),
        st.lists(st.integers(1, 5), max_size=6),
        RESULTS,
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda facts: facts.subject,
)
THRESHOLDS = st.builds(
    Thresholds,
    weak_min_marks=st.integers(1, 4),
    weak_max_result=st.integers(3, 5),
    reserve_max_subjects=st.integers(1, 3),
    round_up_from=st.decimals("0.3", "0.8", places=2),
    forecast_min_marks=st.integers(1, 4),
)


@given(SUBJECTS, THRESHOLDS)
def test_every_category_has_its_reasons_and_none_has_none(subjects: list[SubjectFacts], numbers: Thresholds) -> None:
    told = judge(*subjects, thresholds=numbers)
    assert bool(told.reasons) == (told.category != Category.NONE)
    assert not (told.unrated and told.category != Category.NONE)
    given = [facts.subject for facts in subjects]
    named = [reason.subject for reason in told.reasons]
    assert named == [number for number in given if number in named]


@given(SUBJECTS, THRESHOLDS)
def test_more_marks_or_a_lower_result_never_lengthen_the_weak_list(
    subjects: list[SubjectFacts], numbers: Thresholds
) -> None:
    stricter = Thresholds(
        weak_min_marks=numbers.weak_min_marks + 1,
        weak_max_result=max(3, numbers.weak_max_result - 1),
        reserve_max_subjects=numbers.reserve_max_subjects,
        round_up_from=numbers.round_up_from,
        forecast_min_marks=numbers.forecast_min_marks,
    )
    pupil = PupilFacts(subjects=tuple(subjects))
    loose, strict = weak_lists([pupil], [numbers, stricter])
    assert strict <= loose


@given(SUBJECTS, THRESHOLDS)
def test_one_more_failure_always_makes_failing(subjects: list[SubjectFacts], numbers: Thresholds) -> None:
    told = judge(*subjects, subject(result="2", number=99), thresholds=numbers)
    assert told.category == Category.FAILING
    assert told.reasons[-1].subject == 99


@given(st.decimals("1", "5", places=2), st.decimals("1", "5", places=2), THRESHOLDS)
def test_a_higher_mean_never_foretells_a_lower_result(one: Decimal, other: Decimal, numbers: Thresholds) -> None:
    low, high = sorted([one, other])
    told = [forecast(mean, marks=9, thresholds=numbers) for mean in (low, high)]
    assert told[0] is not None and told[1] is not None
    assert told[0] <= told[1]
    assert all(value in (2, 3, 4, 5) for value in told)
