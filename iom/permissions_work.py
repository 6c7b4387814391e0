"""Who may do what with the journals of individual work and of talks."""

from risk_registry.permissions import can_record_deed, can_see_registry
from school.access import Viewer, access_of


def can_see_journals(user: Viewer) -> bool:
    """Everybody with a duty in the school: each reads of the own pupils."""
    return can_see_registry(user)


def can_write_journals(user: Viewer) -> bool:
    """Whoever works with pupils, for those whom they see; an administrator does not."""
    return can_record_deed(user)


def sees_whole_school(user: Viewer) -> bool:
    """Whether there is more in the journal than the own."""
    return access_of(user).whole_school
