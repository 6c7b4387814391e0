"""The way of a meeting: planned, held, missed, cancelled; a record made by mistake goes back to the plan."""

from common.workflow import Transition, Workflow
from consultations.words import MeetingDeed, MeetingState

# A move leaves the state as it is; it is a step all the same.
MEETING = Workflow(
    [
        Transition(MeetingDeed.MOVE, MeetingState.PLANNED, MeetingState.PLANNED),
        Transition(MeetingDeed.HOLD, MeetingState.PLANNED, MeetingState.HELD),
        Transition(MeetingDeed.MISS, MeetingState.PLANNED, MeetingState.MISSED),
        Transition(MeetingDeed.CANCEL, MeetingState.PLANNED, MeetingState.CANCELLED),
        Transition(MeetingDeed.REOPEN, MeetingState.HELD, MeetingState.PLANNED),
        Transition(MeetingDeed.REOPEN, MeetingState.MISSED, MeetingState.PLANNED),
        Transition(MeetingDeed.REOPEN, MeetingState.CANCELLED, MeetingState.PLANNED),
    ]
)
