"""What the registry knows against an ordinary transfer: unsatisfactory results of the year and open debts.

Source: 273-ФЗ, ст. 58, ч. 8: those who have an academic debt, or were not attested for a good reason, are transferred
conditionally.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from gradebook.models import PeriodResult, ResultKind
from risk_registry.debts import Choice, DebtState
from risk_registry.models import AcademicDebt
from risk_registry.rules.debts import UNSATISFACTORY
from risk_registry.selectors.open_debts import OpenDebt, open_debts
from school.models import AcademicYear
from school.transfer_advice import advisor_register
from school.year_rules import Advice

# What a person has decided about a result of the year speaks instead of it.
_SETTLED = (DebtState.CLEARED, DebtState.DECLINED)
# Not cleared in time: whoever has chosen an adapted programme or a plan goes on, the others do not (ст. 58, ч. 9).
_STAYS = ("", Choice.REPEAT)


def advise() -> None:
    """Called once, when the application is ready."""
    advisor_register("debts", advice_of)


def advice_of(year: AcademicYear) -> dict[int, Advice]:
    """Pupils of the year with open debts or unsatisfactory annual results, by key. Two queries."""
    told: dict[int, list[str]] = defaultdict(list)
    repeating = set()
    debts = open_debts(year.school, year.school.today())
    for debt in debts:
        if debt.ended and debt.choice not in _STAYS:
            continue
        told[debt.pupil].append(_debt_in_words(debt))
        if debt.ended:
            repeating.add(debt.pupil)
    known = {(debt.pupil, debt.subject) for debt in debts}
    for pupil, subject, name, value in _unsatisfactory(year):
        if (pupil, subject) not in known:
            told[pupil].append(f"итог года — {value}: {name}")
    return {pupil: Advice("; ".join(words), pupil in repeating) for pupil, words in told.items()}


def _debt_in_words(debt: OpenDebt) -> str:
    if not debt.ended:
        return f"задолженность: {debt.subject_name}"
    chosen = "родители выбрали повторное обучение" if debt.choice else "родители ещё не выбрали, как учиться дальше"
    return f"задолженность не ликвидирована, {chosen}: {debt.subject_name}"


def _unsatisfactory(year: AcademicYear) -> list[tuple[int, int, str, str]]:
    """(pupil, subject, its name, value) of annual results that no person has decided on.

    The final one counts where there was an examination.
    """
    settled = AcademicDebt.objects.filter(
        pupil=OuterRef("pupil"), subject=OuterRef("subject"), year=year, state__in=_SETTLED
    )
    annual = PeriodResult.objects.filter(
        ~Exists(settled), school=year.school_id, year=year, kind__in=[ResultKind.FINAL, ResultKind.YEAR]
    ).order_by("pupil", "subject__sort_key", "subject", "kind")
    columns = annual.distinct("pupil", "subject__sort_key", "subject").values_list(
        "pupil", "subject", "subject__name", "value"
    )
    return [(pupil, subject, name, value) for pupil, subject, name, value in columns if value in UNSATISFACTORY]
