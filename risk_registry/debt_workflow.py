"""The way of an academic debt: proposed by a result, confirmed by a person, cleared or not."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.debts import DebtState


class DebtDeed(StrEnum):
    """What a person does with a debt. Attempts, pauses, orders and choices leave its state as it is."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    RESTORE = "restore"
    CLEAR = "clear"
    FAIL = "fail"
    REOPEN = "reopen"


# Steps that are no deed of the table: how it came to be, what the marks did, and what is written down on the way.
ADDED, MARKS, ATTEMPT, TERM, ORDER, CHOICE = "added", "marks", "attempt", "term", "order", "choice"

# A cleared debt is one whose attempt was passed; taking that outcome back opens it again.
DEBT = Workflow(
    [
        Transition(DebtDeed.CONFIRM, DebtState.PROPOSED, DebtState.CONFIRMED),
        Transition(DebtDeed.DECLINE, DebtState.PROPOSED, DebtState.DECLINED, needs_comment=True),
        Transition(DebtDeed.DECLINE, DebtState.CONFIRMED, DebtState.DECLINED, needs_comment=True),
        Transition(DebtDeed.RESTORE, DebtState.DECLINED, DebtState.PROPOSED),
        Transition(DebtDeed.CLEAR, DebtState.CONFIRMED, DebtState.CLEARED),
        Transition(DebtDeed.FAIL, DebtState.CONFIRMED, DebtState.NOT_CLEARED),
        Transition(DebtDeed.REOPEN, DebtState.CLEARED, DebtState.CONFIRMED, needs_comment=True),
        Transition(DebtDeed.REOPEN, DebtState.NOT_CLEARED, DebtState.CONFIRMED, needs_comment=True),
    ]
)
