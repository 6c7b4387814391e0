"""Who may make, read and approve reports of the school."""

from school.access import Viewer, roles_of
from school.roles import Role

_MAKERS = frozenset({Role.DIRECTOR, Role.DEPUTY})


def can_read_reports(user: Viewer) -> bool:
    """The school's report names pupils of all classes: the administration reads it."""
    return bool(roles_of(user) & _MAKERS)


def can_make_reports(user: Viewer) -> bool:
    """Those who answer for the registry make the report."""
    return bool(roles_of(user) & _MAKERS)


def can_approve_reports(user: Viewer) -> bool:
    """The deputy concludes the report, the director approves; either may record the approval."""
    return bool(roles_of(user) & _MAKERS)


def can_read_indicators(user: Viewer) -> bool:
    """Whoever answers for the whole of it; names behind the numbers are narrowed again where they are read."""
    return bool(roles_of(user) & _MAKERS)


def can_measure(user: Viewer) -> bool:
    """Answers for an indicator, and freezes a period."""
    return bool(roles_of(user) & _MAKERS)
