"""What people do with academic debts, and what the database itself refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common.errors import Refused
from documents.models import StoredFile
from documents.registry import may_fetch
from risk_registry.debts import Choice, DebtState, Outcome, PauseKind
from risk_registry.models import AcademicDebt, DebtAttempt, PupilCategory
from risk_registry.selectors.debts import with_need
from risk_registry.services.debt_attempts import (
    PROTOCOL,
    AttemptEnd,
    AttemptPlan,
    attempt_change,
    attempt_conclude,
    attempt_plan,
    attempt_reopen,
    pause_add,
    pause_withdraw,
)
from risk_registry.services.debts import (
    debt_add,
    debt_choose,
    debt_decline,
    debt_give_up,
    debt_restore,
    debt_take_up,
    debts_confirm,
    debts_order,
)
from school.models import Pupil, SchoolClass, User
from school.services.organisation import year_create
from tests.factories import make_pupil, make_subject
from tests.risk_registry.debt_making import AROSE, BOARD, conclude, fresh, owe, plan
from tests.risk_registry.test_debt_proposals import give, make_class_results
from tests.risk_registry.test_debt_rules import NEEDS

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 10, 1), date(2026, 11, 2)
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def debt(deputy: User, pupil: Pupil) -> AcademicDebt:
    return owe(deputy, pupil)


def deeds(debt: AcademicDebt) -> list[str]:
    return list(debt.steps.values_list("deed", flat=True))


def test_a_proposal_is_confirmed_with_the_day_from_which_its_year_counts(deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    debt = AcademicDebt.objects.get()
    with pytest.raises(Refused, match="не наступил"):
        debts_confirm(by=deputy, versions={debt.pk: 1}, arose=date(2027, 1, 1))
    debts_confirm(by=deputy, versions={debt.pk: 1}, arose=date(2026, 10, 5))
    debt = fresh(debt)
    assert (debt.state, debt.due, debt.version, debt.changed_by) == ("confirmed", date(2027, 10, 5), 2, deputy)
    with pytest.raises(Refused, match="изменилась"):
        debts_confirm(by=deputy, versions={debt.pk: 1})


def test_a_debt_is_declined_with_a_reason_and_proposed_again(deputy: User, pupil: Pupil) -> None:
    give(deputy, pupil, "2")
    debt = AcademicDebt.objects.get()
    with pytest.raises(Refused):
        debt_decline(by=deputy, debt=debt, version=1, reason=" ")
    debt_decline(by=deputy, debt=debt, version=1, reason="ошибка в журнале")
    assert fresh(debt).state == DebtState.DECLINED
    debt_restore(by=deputy, debt=debt, version=2)
    assert (fresh(debt).state, deeds(debt)) == (DebtState.PROPOSED, ["marks", "decline", "restore"])


def test_one_subject_of_a_year_is_owed_once(deputy: User, pupil: Pupil, debt: AcademicDebt) -> None:
    with pytest.raises(Refused, match="уже записана"):
        owe(deputy, pupil)
    assert AcademicDebt.objects.count() == 1


def test_a_passed_attempt_clears_the_debt_and_taking_it_back_opens_it(deputy: User, debt: AcademicDebt) -> None:
    attempt = plan(deputy, debt, FIRST)
    assert conclude(deputy, attempt, Outcome.PASSED).state == DebtState.CLEARED
    assert fresh(debt).cleared_on == FIRST
    with pytest.raises(Refused, match="причину"):
        attempt_reopen(by=deputy, attempt=attempt, version=fresh(debt).version, reason="")
    attempt_reopen(by=deputy, attempt=attempt, version=fresh(debt).version, reason="не тот ученик")
    assert (fresh(debt).state, fresh(debt).cleared_on) == (DebtState.CONFIRMED, None)
    assert DebtAttempt.objects.get().outcome == Outcome.PLANNED


def test_a_second_attempt_without_a_commission_is_refused_and_a_third_is_too(deputy: User, debt: AcademicDebt) -> None:
    conclude(deputy, plan(deputy, debt, FIRST), Outcome.FAILED)
    with pytest.raises(Refused, match="комиссия"):
        plan(deputy, debt, SECOND, "Лаптев И. И.")
    second = plan(deputy, debt, SECOND, *BOARD)
    assert second.number == 2
    conclude(deputy, second, Outcome.ABSENT)
    with pytest.raises(Refused, match="третьей закон не даёт"):
        plan(deputy, debt, date(2026, 11, 20), *BOARD)
    assert DebtAttempt.objects.count() == 2


def test_the_database_itself_refuses_a_third_attempt_and_a_second_without_a_commission(
    deputy: User, debt: AcademicDebt
) -> None:
    first = plan(deputy, debt, FIRST)
    told: dict[str, Any] = {"school": first.school, "pupil": first.pupil, "debt": debt, "by": deputy, "at": first.at}
    for number, commission in ((2, ""), (1, "Комиссия"), (3, "Комиссия")):
        with pytest.raises(IntegrityError), transaction.atomic():
            DebtAttempt.objects.create(number=number, commission=commission, on=SECOND, **told)
    DebtAttempt.objects.create(number=2, commission="Комиссия", on=SECOND, **told)


@pytest.mark.parametrize("outcome", [Outcome.ILL, Outcome.CANCELLED])
def test_illness_and_the_schools_cancelling_are_no_attempt(deputy: User, debt: AcademicDebt, outcome: Outcome) -> None:
    conclude(deputy, plan(deputy, debt, FIRST), outcome)
    assert plan(deputy, debt, SECOND).number == 1


@pytest.mark.parametrize(
    "end",
    [
        AttemptEnd(Outcome.PASSED, "2", "7", FIRST),
        AttemptEnd(Outcome.PASSED, "", "7", FIRST),
        AttemptEnd(Outcome.FAILED, "3", "7", FIRST),
        AttemptEnd(Outcome.PASSED, "3", "", FIRST),
        AttemptEnd(Outcome.PASSED, "3", "7", None),
        AttemptEnd(Outcome.PASSED, "3", "7", FIRST - timedelta(days=1)),
        AttemptEnd(Outcome.PASSED, "3", "7", date(2027, 1, 1)),
        AttemptEnd(Outcome.PLANNED),
    ],
)
def test_an_outcome_without_a_fitting_mark_and_protocol_is_refused(
    deputy: User, debt: AcademicDebt, end: AttemptEnd
) -> None:
    attempt = plan(deputy, debt, FIRST)
    with pytest.raises(Refused):
        attempt_conclude(by=deputy, attempt=attempt, version=fresh(debt).version, end=end)
    assert fresh(debt).state == DebtState.CONFIRMED


def test_an_attempt_to_come_has_no_outcome_but_can_be_moved(deputy: User, debt: AcademicDebt) -> None:
    attempt = plan(deputy, debt, date(2026, 12, 10))
    with pytest.raises(Refused, match="когда день наступил"):
        conclude(deputy, attempt, Outcome.ABSENT)
    moved = AttemptPlan(SECOND, ("Лаптев И. И.",), "15:00")
    attempt_change(by=deputy, attempt=attempt, version=fresh(debt).version, plan=moved)
    attempt.refresh_from_db()
    assert (attempt.on, attempt.number, attempt.place) == (SECOND, 1, "15:00")


def test_who_acts_on_an_older_version_is_told(deputy: User, debt: AcademicDebt) -> None:
    plan(deputy, debt, FIRST)
    with pytest.raises(Refused, match="изменилась, пока вы решали"):
        attempt_plan(by=deputy, debt=debt, version=1, plan=AttemptPlan(SECOND, ("Лаптев И. И.",)))


def test_illness_extends_the_year_of_all_debts_and_taking_it_back_shortens_it(
    deputy: User, pupil: Pupil, debt: AcademicDebt
) -> None:
    other = owe(deputy, pupil, "Физика")
    pause = pause_add(
        by=deputy,
        pupil=pupil,
        kind=PauseKind.ILLNESS,
        starts=date(2026, 10, 5),
        ends=date(2026, 10, 14),
        paper="справка № 214",
    )
    assert {fresh(one).due for one in (debt, other)} == {date(2027, 9, 12)}
    pause_withdraw(by=deputy, pause=pause, why="не тот ученик")
    assert {fresh(one).due for one in (debt, other)} == {date(2027, 9, 2)}
    assert deeds(debt) == ["added", "term", "term"]


def test_a_pause_needs_a_paper_and_days_that_change_a_term(deputy: User, pupil: Pupil, debt: AcademicDebt) -> None:
    told: dict[str, Any] = {"by": deputy, "pupil": pupil, "kind": PauseKind.ILLNESS}
    october: dict[str, Any] = {"starts": date(2026, 10, 5), "ends": date(2026, 10, 9)}
    with pytest.raises(Refused, match="документ"):
        pause_add(**told, **october, paper=" ")
    with pytest.raises(Refused, match="срок от этих дней не меняется"):
        pause_add(**told, starts=date(2026, 8, 1), ends=date(2026, 8, 9), paper="справка")
    with pytest.raises(Refused, match="закончилась"):
        pause_add(**told, starts=date(2026, 11, 1), ends=date(2026, 12, 1), paper="справка")


def test_a_debt_is_given_up_only_when_its_term_is_over_and_then_the_parents_choose(
    deputy: User, pupil: Pupil, debt: AcademicDebt
) -> None:
    other = owe(deputy, pupil, "Физика")
    with pytest.raises(Refused, match="ещё можно ликвидировать"):
        debt_give_up(by=deputy, debt=debt, version=1)
    AcademicDebt.objects.update(due=date(2026, 11, 20))
    for one in (debt, other):
        debt_give_up(by=deputy, debt=one, version=1)
    told: dict[str, Any] = {"by": deputy, "debt": debt, "version": 2, "on": date(2026, 11, 21)}
    with pytest.raises(Refused, match="ПМПК"):
        debt_choose(**told, choice=Choice.ADAPTED, paper="")
    debt_choose(**told, choice=Choice.REPEAT, paper="")
    assert {fresh(one).choice for one in (debt, other)} == {"repeat"}
    debt_take_up(by=deputy, debt=debt, version=3, reason="справка найдена")
    assert (fresh(debt).state, fresh(debt).choice) == (DebtState.CONFIRMED, "")


def test_an_order_of_conditional_transfer_is_of_confirmed_debts(deputy: User, pupil: Pupil, debt: AcademicDebt) -> None:
    give(deputy, pupil, "2", subject="Физика")
    proposed = AcademicDebt.objects.get(state="proposed")
    day = date(2026, 11, 20)
    with pytest.raises(Refused, match="Сначала подтвердите"):
        debts_order(by=deputy, versions={debt.pk: 1, proposed.pk: 1}, number="12-у", on=day)
    assert fresh(debt).order_number == ""
    debts_order(by=deputy, versions={debt.pk: 1}, number="12-у", on=day)
    assert (fresh(debt).order_number, fresh(debt).order_date) == ("12-у", day)


def test_the_protocol_is_kept_for_whoever_sees_the_debt(deputy: User, debt: AcademicDebt) -> None:
    attempt = plan(deputy, debt, FIRST)
    end = AttemptEnd(Outcome.FAILED, "2", "7", FIRST, PDF)
    attempt_conclude(by=deputy, attempt=attempt, version=fresh(debt).version, end=end)
    file = StoredFile.objects.get(kind=PROTOCOL)
    stranger = User.objects.create_user("stranger", "Опора-2026-проверка", school=debt.school)
    assert may_fetch(deputy, file.kind, file.params)
    assert not may_fetch(stranger, file.kind, file.params)


@pytest.mark.parametrize(("state", "attempts", "choice", "today", "need"), NEEDS)
def test_lists_say_the_same_need_as_the_rules(
    deputy: User,
    debt: AcademicDebt,
    state: str,
    attempts: tuple[tuple[int, Outcome, date], ...],
    choice: str,
    today: date,
    need: str,
) -> None:
    AcademicDebt.objects.update(
        state=state,
        due=date(2027, 5, 29),
        choice=choice,
        choice_on=AROSE if choice else None,
        cleared_on=AROSE if state == "cleared" else None,
    )
    for number, outcome, on in attempts:
        DebtAttempt.objects.create(
            school=debt.school,
            pupil=debt.pupil,
            debt=debt,
            number=number,
            outcome=outcome,
            on=on,
            commission="Комиссия",
            protocol_number="1",
            protocol_date=on,
            by=deputy,
            at=debt.created_at,
        )
    found: Any = with_need(AcademicDebt.objects.all(), today).get()
    assert found.need == need


def test_the_list_of_the_next_years_beginning_follows_a_debt(deputy: User, pupil: Pupil) -> None:
    last = year_create(school=pupil.school, start=2025, main="quarters", upper="halfyears")
    make_class_results(pupil, year=last)
    debt = debt_add(
        by=deputy,
        pupil=pupil,
        subject=make_subject(pupil.school, "Физика"),
        year=last,
        arose=date(2026, 5, 29),
        reason="из прежней школы",
    )
    assert debt.school_class == pupil.enrolments.get().school_class
    category = PupilCategory.objects.get(pupil=pupil, period__system="start")
    assert debt.subject_id in category.subjects
    conclude(deputy, plan(deputy, debt, FIRST), Outcome.PASSED)
    category.refresh_from_db()
    assert debt.subject_id not in category.subjects
