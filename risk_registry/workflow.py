"""The way of a registry entry. Source: «кандидат — подтверждён согласованием — снят с основанием и датой»."""

from enum import StrEnum

from common.workflow import Transition, Workflow
from risk_registry.categories import EntryState


class Deed(StrEnum):
    """What a person does with an entry."""

    AGREE = "agree"
    APPROVE = "approve"
    ACCEPT = "accept"
    RETURN = "return"
    REMOVE = "remove"
    RESTORE = "restore"


_OPEN = (EntryState.PROPOSED, EntryState.AGREED, EntryState.RETURNED)

# Returning an approved entry opens it again: from then on it follows the marks.
REGISTRY = Workflow(
    [
        *(Transition(Deed.AGREE, source, EntryState.AGREED) for source in (EntryState.PROPOSED, EntryState.RETURNED)),
        *(Transition(Deed.APPROVE, source, EntryState.APPROVED) for source in _OPEN),
        Transition(Deed.ACCEPT, EntryState.APPROVED, EntryState.APPROVED),
        *(
            Transition(Deed.RETURN, source, EntryState.RETURNED, needs_comment=True)
            for source in (EntryState.PROPOSED, EntryState.AGREED, EntryState.APPROVED)
        ),
        *(
            Transition(Deed.REMOVE, source, EntryState.REMOVED, needs_comment=True)
            for source in (*_OPEN, EntryState.APPROVED)
        ),
        Transition(Deed.RESTORE, EntryState.REMOVED, EntryState.PROPOSED),
    ]
)
