"""Who is shown what on the desk. Roles are named here and in `school/access.py` only."""

from school.access import Viewer, access_of
from school.roles import Role

_HEADS = frozenset({Role.DIRECTOR, Role.DEPUTY})
_OVERVIEW = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.SOCIAL_PEDAGOGUE})


def can_see_desk(user: Viewer) -> bool:
    """Everybody who can log in begins here, but for those who begin with the schools of their municipality."""
    return user.is_authenticated and not begins_with_schools(user)


def begins_with_schools(user: Viewer) -> bool:
    """Coordinators of a municipality belong to no school; one who also administers may have a school to open."""
    return access_of(user).roles == {Role.MUNICIPAL}


def can_see_overview(user: Viewer) -> bool:
    """Where the whole school stands: for the administration and the social pedagogue; others begin with their own."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _OVERVIEW)


def can_see_summary(user: Viewer) -> bool:
    """The whole school against its plan, and what waits for a decision: for those who answer for it."""
    access = access_of(user)
    return access.school is not None and bool(access.roles & _HEADS)


def begins_with_summary(user: Viewer) -> bool:
    """The director's first question is the plan; the deputy's, who slips."""
    access = access_of(user)
    return access.school is not None and Role.DIRECTOR in access.roles and Role.DEPUTY not in access.roles


def can_see_setup(user: Viewer) -> bool:
    """What the school still lacks to begin: for the administrator."""
    access = access_of(user)
    return access.school is not None and Role.ADMINISTRATOR in access.roles


def leads_classes(user: Viewer) -> bool:
    """Class teachers."""
    return Role.CLASS_TEACHER in access_of(user).roles


def teaches(user: Viewer) -> bool:
    """Subject teachers."""
    return Role.SUBJECT_TEACHER in access_of(user).roles


def can_see_subjects_board(user: Viewer) -> bool:
    """Heads of methodical unions: how the school's subjects go, without names."""
    return Role.METHODICAL_HEAD in access_of(user).roles


def can_see_agenda(user: Viewer) -> bool:
    """Whoever has a duty in a school has something ahead."""
    access = access_of(user)
    return access.school is not None and bool(access.roles)
