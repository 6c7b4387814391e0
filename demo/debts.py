"""Academic debts of three pupils of the cast, brought from other schools: one has failed once, one is cleared."""

from datetime import date

from demo.decisions import on_day
from risk_registry.debts import Outcome
from risk_registry.models import AcademicDebt
from risk_registry.services.debt_attempts import AttemptEnd, AttemptPlan, attempt_conclude, attempt_plan
from risk_registry.services.debts import debt_add
from school.models import Pupil, School, Subject, User

_AROSE, _ENTERED, _HELD = date(2026, 9, 2), date(2026, 9, 7), date(2026, 10, 8)
_COMMISSION = ("Ермолаева С. В., председатель", "Власова Н. И.", "Самойлова Н. П.")


def owe(school: School) -> None:
    """One failed in October and waits for the commission, one has passed, one has a day for the first attempt."""
    deputy = User.objects.get(username="zavuch")
    with on_day(school, _ENTERED):
        waits, cleared, ahead = (
            _enter(deputy, school, *each)
            for each in (("Бероев", "Алгебра"), ("Рябов", "Русский язык"), ("Ёлкин", "Химия"))
        )
    with on_day(school, date(2026, 10, 1)):
        for debt in (waits, cleared):
            _plan(deputy, debt, AttemptPlan(_HELD, ("Учитель предмета",), "15:00"))
    with on_day(school, date(2026, 10, 9)):
        _hold(deputy, waits, Outcome.FAILED, "2")
        _hold(deputy, cleared, Outcome.PASSED, "3")
    with on_day(school, date(2026, 11, 12)):
        _plan(deputy, waits, AttemptPlan(date(2026, 11, 27), _COMMISSION, "15:00, каб. 24"))
        _plan(deputy, ahead, AttemptPlan(date(2026, 11, 25), ("Учитель химии",), "14:30, каб. 31"))


def _enter(by: User, school: School, surname: str, subject: str) -> AcademicDebt:
    pupil = Pupil.objects.select_related("school").filter(school=school, last_name=surname).earliest("pk")
    return debt_add(
        by=by,
        pupil=pupil,
        subject=Subject.objects.get(school=school, name=subject),
        year=school.years.latest("start"),
        arose=_AROSE,
        reason="личное дело из прежней школы",
    )


def _fresh(debt: AcademicDebt) -> AcademicDebt:
    """As it stands, on the day of the block."""
    return AcademicDebt.objects.select_related("school", "pupil").get(pk=debt.pk)


def _plan(by: User, debt: AcademicDebt, plan: AttemptPlan) -> None:
    now = _fresh(debt)
    attempt_plan(by=by, debt=now, version=now.version, plan=plan)


def _hold(by: User, debt: AcademicDebt, outcome: Outcome, mark: str) -> None:
    now = _fresh(debt)
    attempt = now.attempts.select_related("debt").get(outcome=Outcome.PLANNED)
    end = AttemptEnd(outcome, mark, str(now.pk), _HELD)
    attempt_conclude(by=by, attempt=attempt, version=now.version, end=end)
