"""The ways of registry entries («кандидат — подтверждён согласованием — снят с основанием и датой») and of signals."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.categories import EntryState, SignalState


class Deed(StrEnum):
    """What a person does with an entry."""

    AGREE = "agree"
    APPROVE = "approve"
    ACCEPT = "accept"
    RETURN = "return"
    REMOVE = "remove"
    RESTORE = "restore"
    CORRECT = "correct"


# Steps that are no deed with an entry that exists: how it came to be, and what the marks did.
INCLUDE, MARKS = "include", "marks"


_OPEN = (EntryState.PROPOSED, EntryState.AGREED, EntryState.RETURNED)

# Returning an approved entry opens it again: from then on it follows the marks.
REGISTRY = Workflow(
    [
        *(Transition(Deed.AGREE, source, EntryState.AGREED) for source in (EntryState.PROPOSED, EntryState.RETURNED)),
        *(Transition(Deed.APPROVE, source, EntryState.APPROVED) for source in _OPEN),
        Transition(Deed.ACCEPT, EntryState.APPROVED, EntryState.APPROVED),
        # A corrected one that follows the marks again has to be agreed again.
        *(Transition(Deed.ACCEPT, state, EntryState.PROPOSED) for state in _OPEN),
        *(
            Transition(Deed.RETURN, source, EntryState.RETURNED, needs_comment=True)
            for source in (EntryState.PROPOSED, EntryState.AGREED, EntryState.APPROVED)
        ),
        *(
            Transition(Deed.REMOVE, source, EntryState.REMOVED, needs_comment=True)
            for source in (*_OPEN, EntryState.APPROVED)
        ),
        Transition(Deed.RESTORE, EntryState.REMOVED, EntryState.PROPOSED),
        *(Transition(Deed.CORRECT, state, state, needs_comment=True) for state in (*_OPEN, EntryState.APPROVED)),
    ]
)


class SignalDeed(StrEnum):
    """What a person does with a signal."""

    ANSWER = "answer"
    DISMISS = "dismiss"
    REOPEN = "reopen"


# That it closes, and opens again by new evidence, is the marks' doing: `services/signalling.py`.
SIGNAL = Workflow(
    [
        Transition(SignalDeed.ANSWER, SignalState.OPEN, SignalState.ACTED),
        Transition(SignalDeed.DISMISS, SignalState.OPEN, SignalState.DISMISSED, needs_comment=True),
        Transition(SignalDeed.REOPEN, SignalState.ACTED, SignalState.OPEN),
        Transition(SignalDeed.REOPEN, SignalState.DISMISSED, SignalState.OPEN),
    ]
)
