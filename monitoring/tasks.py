"""What the scheduler calls."""

from celery import shared_task

from monitoring.services_aggregates import aggregates_refresh
from monitoring.services_measures import schools_measure


@shared_task
def measure_schools() -> None:
    """Freeze the indicators of periods that are over."""
    schools_measure()


@shared_task
def refresh_aggregates() -> None:
    """Keep what schools come to for their municipality."""
    aggregates_refresh()
