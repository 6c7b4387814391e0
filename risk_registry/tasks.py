"""What the scheduler calls."""

from celery import shared_task

from risk_registry.services.daily import schools_warn
from risk_registry.services.reminding import schools_remind


@shared_task
def warn_schools() -> None:
    """Signals that come with the day, not with a file."""
    schools_warn()


@shared_task
def remind_schools() -> None:
    """Class teachers are reminded of the registry before its term."""
    schools_remind()
