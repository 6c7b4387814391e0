"""The way of a local act: each step has its grounds."""

from common.workflow import Transition, Workflow
from roadmaps.act_words import ActDeed, ActState

EDITABLE = (ActState.DRAFT, ActState.ADOPTED, ActState.APPROVED)
ACT = Workflow(
    [
        Transition(ActDeed.ADOPT, ActState.DRAFT, ActState.ADOPTED, needs_comment=True),
        # An order is adopted by nobody: the director approves it.
        Transition(ActDeed.APPROVE, ActState.DRAFT, ActState.APPROVED, needs_comment=True),
        Transition(ActDeed.APPROVE, ActState.ADOPTED, ActState.APPROVED, needs_comment=True),
        Transition(ActDeed.ENACT, ActState.APPROVED, ActState.FORCE),
        Transition(ActDeed.REPEAL, ActState.FORCE, ActState.REPEALED, needs_comment=True),
        *(
            Transition(ActDeed.RETURN, state, ActState.DRAFT, needs_comment=True)
            for state in (ActState.ADOPTED, ActState.APPROVED)
        ),
    ]
)
