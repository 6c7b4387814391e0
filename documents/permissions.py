"""Who may open this floor's pages."""

from django.contrib.auth.models import AnonymousUser

from school.models import User


def can_see_own_jobs(user: User | AnonymousUser) -> bool:
    """Everybody who is logged in has a list of the own work."""
    return isinstance(user, User) and user.is_active
