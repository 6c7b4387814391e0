"""The way of a roadmap, and of one deed of an activity."""

from common.workflow import Transition, Workflow
from roadmaps.words import OccurrenceDeed, OccurrenceState, RoadmapState

APPROVE, CORRECT = "approve", "correct"
ROADMAP = Workflow(
    [
        Transition(APPROVE, RoadmapState.DRAFT, RoadmapState.APPROVED),
        Transition(CORRECT, RoadmapState.APPROVED, RoadmapState.CORRECTED, needs_comment=True),
        Transition(APPROVE, RoadmapState.CORRECTED, RoadmapState.APPROVED),
    ]
)
PROGRAM = ROADMAP  # the program goes the same way, by the council's protocol instead of an order

WAITING = (OccurrenceState.PLANNED, OccurrenceState.MOVED)
_DONE = (OccurrenceState.HELD, OccurrenceState.CANCELLED)
OCCURRENCE = Workflow(
    [
        *(Transition(OccurrenceDeed.HOLD, state, OccurrenceState.HELD) for state in WAITING),
        *(Transition(OccurrenceDeed.MOVE, state, OccurrenceState.MOVED, needs_comment=True) for state in WAITING),
        *(Transition(OccurrenceDeed.CANCEL, state, OccurrenceState.CANCELLED, needs_comment=True) for state in WAITING),
        # Back to where it stood: moved when its term had been moved.
        *(Transition(OccurrenceDeed.RETURN, state, OccurrenceState.PLANNED, needs_comment=True) for state in _DONE),
    ]
)
