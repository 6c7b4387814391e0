"""What the scheduler calls."""

from celery import shared_task

from desk.services.reminders import digests_send


@shared_task
def send_digests() -> None:
    """Write the morning's letters where it is morning."""
    digests_send()
