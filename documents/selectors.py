"""Reads of background work."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from documents.models import Job, JobState, StoredFile
from documents.services.files import file_may_fetch
from school.models import User

_TONES = {
    JobState.QUEUED: "proposed",
    JobState.RUNNING: "agreed",
    JobState.DONE: "approved",
    JobState.FAILED: "returned",
    JobState.CANCELLED: "proposed",
}


@dataclass(frozen=True)
class JobLine:
    """A job as a page shows it: `file` is what the person may have of it now; `tone` is that of its state."""

    job: Job
    tone: str
    file: StoredFile | None
    file_gone: bool


def jobs_of(user: User | AnonymousUser) -> QuerySet[Job]:
    """The person's jobs, the newest first."""
    return Job.objects.visible_to(user).select_related("result")


def job_by_id(user: User | AnonymousUser, pk: UUID) -> Job | None:
    """One of the person's jobs; None for anybody else's."""
    return jobs_of(user).filter(pk=pk).first()


def job_line(user: User | AnonymousUser, job: Job) -> JobLine:
    """The job with what the person may have of it at this moment."""
    file = job.result
    allowed = file is not None and isinstance(user, User) and file_may_fetch(user, file)
    # A job without a page of its own was ordered for its file.
    gone = job.state == JobState.DONE and not allowed and not job.link
    return JobLine(job, _TONES[JobState(job.state)], file if allowed else None, gone)
