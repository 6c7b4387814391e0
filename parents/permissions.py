"""Who may do what with records about parents."""

from risk_registry.permissions import can_record_deed, can_see_registry
from school.access import Viewer


def can_see_conversations(user: Viewer) -> bool:
    """Everybody with a duty in the school: each reads of the own pupils."""
    return can_see_registry(user)


def can_write_conversations(user: Viewer) -> bool:
    """Whoever works with pupils, for those whom they see; an administrator does not."""
    return can_record_deed(user)
