"""Who reads the register of local acts and who keeps it; who makes up the working group."""

from roadmaps.permissions import can_edit_roadmap, can_see_roadmap
from school.access import Viewer


def can_see_acts(user: Viewer) -> bool:
    """Everybody with a duty in the school: its acts are no secret there."""
    return can_see_roadmap(user)


def can_keep_acts(user: Viewer) -> bool:
    """The deputy and the director enter acts, lead them on, attach files."""
    return can_edit_roadmap(user)
