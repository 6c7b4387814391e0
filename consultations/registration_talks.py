"""What referrals, notes and plans offer to the floors below: what a pupil's common history keeps back."""

from consultations.history_talks import of_the_service
from school.selectors_history import keep_back


def register() -> None:
    """Called once, when the application is ready."""
    keep_back(of_the_service)
