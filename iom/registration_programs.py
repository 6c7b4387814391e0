"""What programs and achievements offer to the floors below: papers of competitions, and who may have them."""

from documents.registry import Params, register_file
from iom.models import Achievement
from iom.services.pupil_facts import DIPLOMA
from school.models import User


def register() -> None:
    """Called once, when the application is ready."""
    register_file(DIPLOMA, may_fetch_diploma)


def may_fetch_diploma(user: User, params: Params) -> bool:
    """Whoever sees the pupil at this moment, as long as the row stands."""
    rows = Achievement.objects.visible_to(user).filter(removed_at__isnull=True)
    return rows.filter(pk=params["achievement"]).exists()
