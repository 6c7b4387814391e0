"""What the scheduler calls."""

from celery import shared_task

from school.services.sessions import sessions_sweep


@shared_task
def sweep_sessions() -> None:
    """Forget sessions that are over."""
    sessions_sweep()
