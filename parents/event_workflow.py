"""The way of an event: planned, held; cancelled with a reason; what was marked by mistake goes back."""

from common.workflow import Transition, Workflow
from parents.event_words import EventDeed, EventState

EVENT = Workflow(
    [
        # A day may be corrected also after the event: it was written down wrongly.
        *(
            Transition(EventDeed.MOVE, state, state, needs_comment=True)
            for state in (EventState.PLANNED, EventState.HELD)
        ),
        Transition(EventDeed.HOLD, EventState.PLANNED, EventState.HELD),
        Transition(EventDeed.RETURN, EventState.HELD, EventState.PLANNED, needs_comment=True),
        Transition(EventDeed.CANCEL, EventState.PLANNED, EventState.CANCELLED, needs_comment=True),
        Transition(EventDeed.RESTORE, EventState.CANCELLED, EventState.PLANNED),
        Transition(EventDeed.CONCLUDE, EventState.HELD, EventState.HELD),
        Transition(EventDeed.REOPEN, EventState.HELD, EventState.HELD, needs_comment=True),
    ]
)
