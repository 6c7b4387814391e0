"""Who may do what in the school's own rooms. Roles are named here and in `school/access.py` only."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from school.access import Viewer, access_of, roles_of
from school.models import Staff, StaffPosition, User
from school.roles import Position, Role

_ISSUERS = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.ADMINISTRATOR})


def can_issue_logins(user: Viewer) -> bool:
    """The director, the deputy and the administrator hand out logins."""
    return access_of(user).school is not None and bool(roles_of(user) & _ISSUERS)


def can_change_login(user: User, staff: Staff) -> bool:
    """Whether this person's login may be issued, reset or switched off by the user."""
    return logins_changeable_by(user).filter(pk=staff.pk).exists()


def logins_changeable_by(user: User) -> QuerySet[Staff]:
    """Whose logins the user may take in hand: of one's own school, not one's own, and nobody's of higher rank.

    A reset password is a way in: an administrator's only by an administrator, the director's by either of the two.
    """
    if not can_issue_logins(user):
        return Staff.objects.none()
    people = Staff.objects.filter(school=user.school).exclude(user=user)
    roles = roles_of(user)
    if Role.ADMINISTRATOR in roles:
        return people
    people = people.exclude(user__is_administrator=True)
    return people if Role.DIRECTOR in roles else people.exclude(Exists(_directorship()))


def _directorship() -> QuerySet[StaffPosition]:
    return StaffPosition.objects.filter(Q(ends__isnull=True), staff=OuterRef("pk"), position=Position.DIRECTOR)
