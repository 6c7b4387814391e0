"""One academic debt with everything that was written about it; nothing of it is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from risk_registry.debt_workflow import ADDED, ATTEMPT, CHOICE, DEBT, MARKS, ORDER, TERM, DebtDeed
from risk_registry.debts import Choice, DebtState, Outcome
from risk_registry.models import AcademicDebt, DebtAttempt, DebtPause, DebtStep
from risk_registry.permissions_debts import can_keep_debt, can_see_pauses
from risk_registry.rules.debts import may_end_uncleared, year_after
from risk_registry.selectors.debts import DebtRow, attempts_told, debt_rows, for_rows
from school.models import Pupil, User
from school.restricted import restricted_kind
from school.services.reading import log_reading

DEBT_PAUSES = restricted_kind("debt_pauses", "почему продлён срок задолженности")
_DEEDS: Mapping[str, str] = {
    ADDED: "внесена вручную",
    ATTEMPT: "",  # its comment says it whole
    TERM: "срок изменён",
    ORDER: "условный перевод",
    CHOICE: "выбор родителей",
    DebtDeed.CONFIRM: "подтверждена",
    DebtDeed.DECLINE: "отклонена",
    DebtDeed.RESTORE: "снова предложена",
    DebtDeed.CLEAR: "ликвидирована",
    DebtDeed.FAIL: "не ликвидирована",
    DebtDeed.REOPEN: "снова открыта",
}


@dataclass(frozen=True)
class DebtPage:
    """What the page of a debt shows. `pauses` is None for whoever is told only the number of days."""

    row: DebtRow
    steps: tuple[DebtStep, ...]
    attempts: tuple[DebtAttempt, ...]
    pauses: tuple[DebtPause, ...] | None
    others: tuple[DebtRow, ...]
    deeds: frozenset[str]

    @property
    def longer(self) -> int:
        """By how many days the term is longer than a year."""
        return (self.row.debt.due - year_after(self.row.debt.arose)).days

    @property
    def choice(self) -> str:
        """What the parents chose, in words."""
        return Choice(self.row.debt.choice).label if self.row.debt.choice else ""


def debt_page(user: User, debt: AcademicDebt, today: date) -> DebtPage:
    """The page of a debt that was found through `visible_to`."""
    rows = _rows(AcademicDebt.objects.visible_to(user).filter(pupil=debt.pupil_id), today)
    return DebtPage(
        row=next(row for row in rows if row.debt.pk == debt.pk),
        steps=tuple(debt.steps.select_related("by__staff")),
        attempts=tuple(debt.attempts.select_related("by__staff")),
        pauses=_pauses(user, debt.pupil) if can_see_pauses(user, debt.pupil) else None,
        others=tuple(row for row in rows if row.debt.pk != debt.pk),
        deeds=_deeds(user, debt, today),
    )


def _rows(rows: Any, today: date) -> list[DebtRow]:
    found = for_rows(rows, today).order_by("-year__start", "subject__sort_key", "pk")
    return debt_rows(found, today)


def _pauses(user: User, pupil: Pupil) -> tuple[DebtPause, ...]:
    """Illness is a fact of health: the reading is logged, where there is anything to read."""
    rows = DebtPause.objects.visible_to(user).filter(pupil=pupil)
    if not rows.exists():
        return ()
    log_reading(by=user, pupils=[pupil], what=DEBT_PAUSES)
    return tuple(rows.select_related("by__staff", "withdrawn_by__staff"))


def _deeds(user: User, debt: AcademicDebt, today: date) -> frozenset[str]:
    """What this person may do with the debt now: deeds of the table, and attempt, outcome, pause, order, choice."""
    if not can_keep_debt(user, debt):
        return frozenset()
    attempts = attempts_told(debt)
    planned = any(one.outcome == Outcome.PLANNED for one in attempts)
    found = {deed for deed in DEBT.deeds(debt.state) if deed not in (DebtDeed.CLEAR, DebtDeed.REOPEN, DebtDeed.FAIL)}
    if attempts:
        found.discard(DebtDeed.DECLINE)
    if debt.state == DebtState.CONFIRMED:
        ended = may_end_uncleared(attempts, debt.due, today)
        found |= {"order", "pause"} | ({"fail"} if ended else set())
        if not planned and not ended:
            found.add("attempt")
    if debt.state == DebtState.NOT_CLEARED:
        found |= {"choice", "take_up", "pause"}
    return frozenset(str(deed) for deed in found)


def deed_words(deed: str, to_state: str) -> str:
    """«подтверждена», «предложена»: what a step did."""
    if deed == MARKS:
        return "предложена" if to_state == DebtState.PROPOSED else "снята: итог исправлен"
    return _DEEDS.get(deed, deed)
