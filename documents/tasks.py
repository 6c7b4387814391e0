"""What workers and the scheduler call."""

from uuid import UUID

from celery import shared_task

from documents.services.files import files_purge
from documents.services.jobs import jobs_recover
from documents.services.mail import outbox_send
from documents.services.running import job_run


@shared_task
def job_perform(pk: str) -> None:
    """Run one job; delivered twice it runs once."""
    job_run(UUID(pk))


@shared_task
def recover_jobs() -> None:
    """Find jobs whose worker died."""
    jobs_recover()


@shared_task
def send_outbox() -> None:
    """Send the letters that wait."""
    outbox_send()


@shared_task
def purge_files() -> None:
    """Remove expired files."""
    files_purge()
