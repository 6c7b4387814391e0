"""Who may do what with the program's passport. Roles are named here and in `school/access.py` only."""

from school.access import Viewer, access_of
from school.roles import Role

_EDITORS = frozenset({Role.DEPUTY, Role.DIRECTOR})
_STRANGERS = frozenset({Role.MUNICIPAL})


def can_see_program(user: Viewer) -> bool:
    """Everybody with a duty in the school: it names no pupil. The municipality sees sums of schools, not papers."""
    access = access_of(user)
    return access.school is not None and bool(access.roles - _STRANGERS)


def can_edit_program(user: Viewer) -> bool:
    """The deputy and the director write it, decide how plans are read and enter the council's approval."""
    access = access_of(user)
    return access.school is not None and access.staff is not None and bool(access.roles & _EDITORS)
