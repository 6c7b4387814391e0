"""Who is in danger of not being admitted, and what the council decides: as tables, without a database."""

import pytest

from risk_registry.rules.admission import Danger, Decision, Owed, SubjectYear, annual_forecast, dangers, decide


def subject(*periods: str, annual: str | None = None, excused: bool = False) -> SubjectYear:
    return SubjectYear(1, "Алгебра", annual, excused, periods)


OWED = Owed(7, "Физика", "31.05.2028")


@pytest.mark.parametrize(
    ("periods", "foretold"),
    [
        ((), None),
        (("н/а",), None),
        (("2", "3"), 3),
        (("2", "2", "3"), 2),
        (("3", "н/а", "2"), 3),
        (("4", "5"), 5),
        (("1", "2"), 2),
        (("1",), 1),
    ],
)
def test_the_annual_result_is_foretold_by_the_mean_of_the_periods_rounded_half_up(
    periods: tuple[str, ...], foretold: int | None
) -> None:
    assert annual_forecast(periods) == foretold


@pytest.mark.parametrize(
    ("one", "danger"),
    [
        (subject("2", "2", "3"), Danger.FORECAST),
        (subject("2", "3"), None),
        (subject("2", "2", annual="3"), None),
        (subject("3", "3", annual="2"), Danger.ANNUAL),
        (subject("3", "3", annual="н/а", excused=True), Danger.ANNUAL),
        (subject("н/а", "4"), Danger.PERIOD),
        (subject("зач"), None),
        (subject(), None),
    ],
)
def test_a_subject_endangers_the_admission_by_its_annual_result_or_by_its_forecast(
    one: SubjectYear, danger: Danger | None
) -> None:
    assert [reason.kind for reason in dangers(9, [one], [], [])] == ([danger] if danger else [])


@pytest.mark.parametrize(
    ("trials", "in_danger"), [([], False), ([True], False), ([False], True), ([False, True], False)]
)
def test_a_failed_interview_endangers_until_it_is_passed(trials: list[bool], in_danger: bool) -> None:
    found = dangers(9, [], [], trials)
    assert bool(found) is in_danger
    assert all("итоговое собеседование" in reason.words for reason in found)


def test_a_debt_endangers_the_admission_with_a_link_to_it() -> None:
    (reason,) = dangers(11, [], [OWED], [True])
    assert (reason.kind, reason.debt, reason.words) == (Danger.DEBT, 7, "Физика: задолженность, срок 31.05.2028")


BAD = subject(annual="2")
EXCUSED = subject(annual="н/а", excused=True)
DECISIONS = [
    (7, [], 12, [], [], Decision.MOVED),
    (1, [], 0, [], [], Decision.MOVED),
    (7, [], 0, [], [], Decision.UNKNOWN),
    (7, [BAD], 12, [], [], Decision.CONDITIONAL),
    (7, [EXCUSED], 12, [], [], Decision.CONDITIONAL),
    (10, [], 12, [OWED], [], Decision.CONDITIONAL),
    (4, [BAD], 9, [], [], Decision.HELD),
    (9, [], 14, [], [True], Decision.ADMITTED),
    (9, [], 14, [], [False], Decision.NOT_ADMITTED),
    (9, [], 14, [], [], Decision.UNTRIED),
    (9, [BAD], 14, [], [], Decision.NOT_ADMITTED),
    (9, [BAD], 14, [], [True], Decision.NOT_ADMITTED),
    (11, [], 14, [OWED], [True], Decision.NOT_ADMITTED),
    (8, [], 12, [Owed(7, "Физика", "", True, "repeat")], [], Decision.REPEAT),
    (8, [], 12, [Owed(7, "Физика", "", True, "adapted"), OWED], [], Decision.ADAPTED),
    (8, [], 12, [Owed(7, "Физика", "", True, "plan")], [], Decision.PLAN),
    (8, [], 12, [Owed(7, "Физика", "", True)], [], Decision.WAITS),
]


@pytest.mark.parametrize(("grade", "bad", "results", "debts", "trials", "decision"), DECISIONS)
def test_the_council_decides_by_results_debts_and_the_parents_choice(
    grade: int, bad: list[SubjectYear], results: int, debts: list[Owed], trials: list[bool], decision: Decision
) -> None:
    assert decide(grade, bad, results=results, debts=debts, trials=trials).decision == decision
