from datetime import date

import pytest

from risk_registry.categories import Category
from risk_registry.rules.start_list import Ground, StartFacts, StartJudgement, judge_start
from risk_registry.start_words import StartSource

ALGEBRA, PHYSICS, HISTORY = 1, 2, 3
WORK = Ground(StartSource.WORK, Category.WEAK, PHYSICS, "2", date(2026, 4, 14), 7)


def judge(*annual: tuple[int, str], grounds: tuple[Ground, ...] = (), **other: object) -> StartJudgement:
    facts = StartFacts(annual=annual, grounds=grounds, **other)  # type: ignore[arg-type]
    return judge_start(facts, reserve_max_subjects=2)


@pytest.mark.parametrize("value", ["2", "1", "н/а", "незач"])
def test_an_unsatisfactory_year_makes_failing(value: str) -> None:
    judgement = judge((ALGEBRA, value), (PHYSICS, "3"))

    assert judgement.category == Category.FAILING
    assert [(reason.subject, reason.result) for reason in judgement.reasons] == [(ALGEBRA, value)]


@pytest.mark.parametrize(
    ("annual", "category"),
    [
        ([(ALGEBRA, "3"), (PHYSICS, "4")], Category.RESERVE),
        ([(ALGEBRA, "3"), (PHYSICS, "3")], Category.RESERVE),
        ([(ALGEBRA, "3"), (PHYSICS, "3"), (HISTORY, "3")], Category.NONE),
        ([(ALGEBRA, "5"), (PHYSICS, "4")], Category.NONE),
    ],
)
def test_annual_threes_in_one_or_two_subjects_make_reserve(annual: list[tuple[int, str]], category: Category) -> None:
    assert judge(*annual).category == category


def test_a_spring_work_with_a_two_makes_weak_and_its_subject_shows_the_year_s_result_beside_it() -> None:
    judgement = judge((ALGEBRA, "3"), (PHYSICS, "4"), grounds=(WORK,))

    assert judgement.category == Category.WEAK
    assert [(reason.subject, reason.result, reason.grounds) for reason in judgement.reasons] == [
        (PHYSICS, "4", (WORK,))
    ]


def test_a_cleared_debt_turns_a_failed_year_into_weak() -> None:
    cleared = Ground(StartSource.CLEARED, Category.WEAK, ALGEBRA, on=date(2026, 8, 28))
    judgement = judge((ALGEBRA, "2"), cleared=(cleared,))

    assert judgement.category == Category.WEAK
    assert cleared in judgement.reasons[0].grounds


def test_the_gravest_source_decides_and_names_only_its_own_subjects() -> None:
    debt = Ground(StartSource.DEBT, Category.FAILING, HISTORY)
    closing = Ground(StartSource.CLOSING, Category.WEAK, ALGEBRA)
    judgement = judge((ALGEBRA, "3"), grounds=(closing, WORK, debt))

    assert judgement.category == Category.FAILING
    assert [reason.subject for reason in judgement.reasons] == [HISTORY]


def test_a_person_s_decision_counts_without_a_subject() -> None:
    manual = Ground(StartSource.MANUAL, Category.RESERVE)
    judgement = judge(grounds=(manual,))

    assert (judgement.category, judgement.reasons, judgement.others) == (Category.RESERVE, (), (manual,))


def test_who_is_new_is_not_rated_and_who_was_out_of_the_registry_is() -> None:
    assert judge().unrated
    assert not judge(known=True).unrated
    assert not judge((ALGEBRA, "5")).unrated
