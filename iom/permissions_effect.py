"""Who sees whether work helped: those who lead the school's teaching. It names no teacher and ranks nobody."""

from school.access import Viewer, access_of
from school.roles import Role

_READ = frozenset({Role.DEPUTY, Role.DIRECTOR, Role.METHODICAL_HEAD})


def can_see_effect(user: Viewer) -> bool:
    """The deputy, the director, methodical heads: of the whole school; names only of the pupils whom they see."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _READ)
