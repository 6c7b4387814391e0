"""What the scheduler calls."""

from celery import shared_task

from parents.services.link_letters import letters_send


@shared_task
def send_links() -> None:
    """Send the personal links that wait for their letter."""
    letters_send()
