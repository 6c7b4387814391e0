"""The way of a sitting and of a decision."""

from common.workflow import Transition, Workflow
from roadmaps.sitting_words import DecisionDeed, DecisionState, SittingDeed, SittingState

SITTING = Workflow(
    [
        Transition(SittingDeed.HOLD, SittingState.PLANNED, SittingState.HELD),
        Transition(SittingDeed.RETURN, SittingState.HELD, SittingState.PLANNED, needs_comment=True),
        Transition(SittingDeed.CANCEL, SittingState.PLANNED, SittingState.CANCELLED, needs_comment=True),
        Transition(SittingDeed.RESTORE, SittingState.CANCELLED, SittingState.PLANNED),
        Transition(SittingDeed.SIGN, SittingState.HELD, SittingState.HELD),
        Transition(SittingDeed.REOPEN, SittingState.HELD, SittingState.HELD, needs_comment=True),
    ]
)

STANDING = (DecisionState.OPEN, DecisionState.MOVED)
_CLOSED = (DecisionState.DONE, DecisionState.CANCELLED)
DECISION = Workflow(
    [
        *(Transition(DecisionDeed.DONE, state, DecisionState.DONE) for state in STANDING),
        *(Transition(DecisionDeed.MOVE, state, DecisionState.MOVED, needs_comment=True) for state in STANDING),
        *(Transition(DecisionDeed.CANCEL, state, DecisionState.CANCELLED, needs_comment=True) for state in STANDING),
        # Back to where it stood: moved when its term had been moved.
        *(Transition(DecisionDeed.RETURN, state, DecisionState.OPEN, needs_comment=True) for state in _CLOSED),
    ]
)
