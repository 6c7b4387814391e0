"""Debts as a table: which results make one, which attempt is allowed, until when. Source: 273-ФЗ, ст. 58."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk_registry.debts import DebtState, Need, Outcome
from risk_registry.rules.debts import (
    Attempt,
    Result,
    attempt_allowed,
    debts_of,
    due_day,
    may_end_uncleared,
    need_of,
    why_without_commission,
    year_after,
)

AROSE, DUE = date(2026, 5, 29), date(2027, 5, 29)
SEPTEMBER, OCTOBER = date(2026, 9, 10), date(2026, 10, 10)
PLANNED, PASSED, FAILED = Outcome.PLANNED, Outcome.PASSED, Outcome.FAILED
ABSENT, ILL, CANCELLED = Outcome.ABSENT, Outcome.ILL, Outcome.CANCELLED


@pytest.mark.parametrize(
    ("value", "excused", "is_debt"),
    [
        ("2", False, True),
        ("1", False, True),
        ("незач", False, True),
        ("н/а", False, True),
        ("н/а", True, False),
        ("3", False, False),
        ("зач", False, False),
        ("осв", False, False),
        ("усп", False, False),
    ],
)
def test_an_unsatisfactory_result_of_the_year_makes_a_debt_and_an_excused_one_does_not(
    value: str, excused: bool, is_debt: bool
) -> None:
    result = Result(1, None, value, excused)
    assert debts_of([result], each_period=False) == ([result] if is_debt else [])


def test_a_quarters_two_makes_a_debt_only_where_every_period_is_attestation() -> None:
    quarter, year, other = Result(1, 7, "2"), Result(1, None, "2"), Result(2, None, "2")
    assert debts_of([quarter], each_period=False) == []
    assert debts_of([quarter, year, other], each_period=False) == [year, other]
    assert debts_of([quarter, year, other], each_period=True) == [quarter, other]


# (attempts so far as (number, outcome), the attempt that may follow, or None)
ATTEMPTS = [
    ((), 1),
    (((1, PLANNED),), None),
    (((1, FAILED),), 2),
    (((1, ABSENT),), 2),
    (((1, ILL),), 1),
    (((1, ILL), (1, ILL)), 1),
    (((1, CANCELLED),), 1),
    (((1, FAILED), (2, ILL)), 2),
    (((1, FAILED), (2, PLANNED)), None),
    (((1, FAILED), (2, FAILED)), None),
    (((1, ABSENT), (2, ABSENT)), None),
]


@pytest.mark.parametrize(("attempts", "follows"), ATTEMPTS)
def test_two_attempts_are_allowed_and_a_third_is_refused(
    attempts: tuple[tuple[int, Outcome], ...], follows: int | None
) -> None:
    held = [Attempt(number, SEPTEMBER + timedelta(days=k), how) for k, (number, how) in enumerate(attempts)]
    verdict = attempt_allowed(DebtState.CONFIRMED, held, DUE, OCTOBER, AROSE)
    assert verdict.number == follows
    assert bool(verdict.why_not) == (follows is None)


def test_the_second_attempt_without_a_commission_is_refused() -> None:
    second = attempt_allowed(DebtState.CONFIRMED, [Attempt(1, SEPTEMBER, FAILED)], DUE, OCTOBER, AROSE)
    first = attempt_allowed(DebtState.CONFIRMED, [], DUE, OCTOBER, AROSE)
    assert "комиссия" in why_without_commission(second, [])
    assert "комиссия" in why_without_commission(second, ["Ермолаева С. В."])
    assert why_without_commission(second, ["Ермолаева С. В.", "Тихонова А. П."]) == ""
    assert why_without_commission(first, []) == ""


@pytest.mark.parametrize(
    ("on", "allowed"),
    [(AROSE, False), (AROSE + timedelta(days=1), True), (DUE, True), (DUE + timedelta(days=1), False)],
)
def test_an_attempt_lies_within_the_year(on: date, allowed: bool) -> None:
    assert (attempt_allowed(DebtState.CONFIRMED, [], DUE, on, AROSE).number == 1) is allowed


@pytest.mark.parametrize("state", [state for state in DebtState if state != DebtState.CONFIRMED])
def test_only_a_confirmed_debt_has_attempts(state: DebtState) -> None:
    assert attempt_allowed(state, [], DUE, OCTOBER, AROSE).number is None


@pytest.mark.parametrize(
    ("pauses", "longer"),
    [
        ([], 0),
        ([(date(2026, 9, 1), date(2026, 9, 10))], 10),
        ([(date(2026, 9, 1), date(2026, 9, 10)), (date(2026, 9, 8), date(2026, 9, 12))], 12),
        ([(date(2026, 9, 1), date(2026, 9, 10)), (date(2026, 9, 3), date(2026, 9, 5))], 10),
        ([(date(2026, 5, 20), date(2026, 6, 2))], 4),  # illness that began before the debt arose
        ([(DUE, DUE + timedelta(days=4))], 5),  # it stops the last day
        ([(DUE + timedelta(days=1), DUE + timedelta(days=9))], 0),  # the term was over
        ([(date(2026, 9, 1), date(2026, 9, 10)), (DUE + timedelta(days=5), DUE + timedelta(days=6))], 12),
    ],
)
def test_illness_extends_the_year(pauses: list[tuple[date, date]], longer: int) -> None:
    assert due_day(AROSE, pauses) == DUE + timedelta(days=longer)


def test_a_year_from_the_29th_of_february_ends_on_the_28th() -> None:
    assert year_after(date(2028, 2, 29)) == date(2029, 2, 28)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), max_size=6))
def test_days_in_two_pauses_count_once_and_every_pause_within_the_term_counts_whole(
    told: list[tuple[int, int]],
) -> None:
    pauses = [(AROSE + timedelta(days=first), AROSE + timedelta(days=first + more)) for first, more in told]
    due = due_day(AROSE, pauses)
    days = {
        day
        for starts, ends in pauses
        for day in (starts + timedelta(days=k) for k in range((ends - starts).days + 1))
        if AROSE < day <= due
    }
    assert due == DUE + timedelta(days=len(days))


NEEDS = [
    (DebtState.PROPOSED, (), "", OCTOBER, Need.CONFIRM),
    (DebtState.CONFIRMED, (), "", OCTOBER, Need.PLAN),
    (DebtState.CONFIRMED, ((1, PLANNED, OCTOBER),), "", SEPTEMBER, Need.WAIT),
    (DebtState.CONFIRMED, ((1, PLANNED, OCTOBER),), "", OCTOBER, Need.OUTCOME),
    (DebtState.CONFIRMED, ((1, FAILED, SEPTEMBER),), "", OCTOBER, Need.COMMISSION),
    (DebtState.CONFIRMED, ((1, FAILED, SEPTEMBER), (2, ABSENT, OCTOBER)), "", OCTOBER, Need.CLOSE),
    (DebtState.CONFIRMED, (), "", DUE, Need.PLAN),
    (DebtState.CONFIRMED, (), "", DUE + timedelta(days=1), Need.CLOSE),
    (DebtState.NOT_CLEARED, (), "", OCTOBER, Need.CHOICE),
    (DebtState.NOT_CLEARED, (), "repeat", OCTOBER, Need.NOTHING),
    (DebtState.CLEARED, (), "", OCTOBER, Need.NOTHING),
    (DebtState.DECLINED, (), "", OCTOBER, Need.NOTHING),
]


@pytest.mark.parametrize(("state", "attempts", "choice", "today", "need"), NEEDS)
def test_each_debt_says_what_it_waits_for(
    state: DebtState, attempts: tuple[tuple[int, Outcome, date], ...], choice: str, today: date, need: Need
) -> None:
    held = [Attempt(number, on, how) for number, how, on in attempts]
    assert need_of(state, held, DUE, choice, today) == need
    if state == DebtState.CONFIRMED:
        assert may_end_uncleared(held, DUE, today) == (need == Need.CLOSE)
