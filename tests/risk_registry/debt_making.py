"""Academic debts for tests, in a line each."""

from datetime import date

from risk_registry.debts import Outcome
from risk_registry.models import AcademicDebt, DebtAttempt
from risk_registry.services.debt_attempts import AttemptEnd, AttemptPlan, attempt_conclude, attempt_plan
from risk_registry.services.debts import debt_add
from school.models import Pupil, User
from tests.factories import make_subject

AROSE = date(2026, 9, 2)
BOARD = ("Ермолаева С. В.", "Тихонова А. П.", "Лаптев И. И.")


def owe(by: User, pupil: Pupil, subject: str = "Алгебра", *, arose: date = AROSE) -> AcademicDebt:
    """A confirmed debt of the present year."""
    return debt_add(
        by=by,
        pupil=pupil,
        subject=make_subject(pupil.school, subject),
        year=pupil.school.years.get(start=2026),
        arose=arose,
        reason="из прежней школы",
    )


def fresh(debt: AcademicDebt) -> AcademicDebt:
    """As it stands now."""
    return AcademicDebt.objects.get(pk=debt.pk)


def plan(by: User, debt: AcademicDebt, on: date, *members: str) -> DebtAttempt:
    """The next attempt, appointed."""
    now = fresh(debt)
    return attempt_plan(by=by, debt=now, version=now.version, plan=AttemptPlan(on, members or ("Лаптев И. И.",)))


def conclude(by: User, attempt: DebtAttempt, outcome: Outcome) -> AcademicDebt:
    """Its outcome, with a protocol of its day."""
    mark = {Outcome.PASSED: "3", Outcome.FAILED: "2"}.get(outcome, "")
    end = AttemptEnd(outcome, mark, "7", attempt.on)
    now = fresh(attempt.debt)
    attempt_conclude(by=by, attempt=attempt, version=now.version, end=end)
    return fresh(now)
