"""Running a job once in effect, however often it is delivered and whatever dies on the way.

What the job does and its end «done» are one transaction, which ends only if the job is still this worker's. Progress
and signs of life go over a connection of their own, so that others see them meanwhile.
"""

import logging
import traceback
from threading import Event, Lock, Thread
from uuid import UUID, uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from common.authorship import acting
from common.errors import Refused
from documents.models import Job, JobState
from documents.registry import JobOutcome, JobRun, job_kind
from documents.services.jobs import SILENT_AFTER
from school.models import User

log = logging.getLogger(__name__)

PULSE_SECONDS = 1.0
FORBIDDEN = "У вас больше нет права на эту работу."
TOO_LONG = "Работа шла слишком долго и была остановлена. Закажите её частями, например по классам."
BROKEN = "Произошла ошибка программы: ничего не изменено. Закажите снова; если повторится, сообщите администратору."


class JobStopped(BaseException):
    """The job was cancelled or given to another worker. Not an `Exception`, so that no job swallows it."""


class Pulse(Thread):
    """Beats for a running job from a connection of its own, and hears there whether the job is still wanted."""

    def __init__(self, pk: UUID, lease: UUID) -> None:
        super().__init__(daemon=True, name=f"pulse {pk}")
        self._job = Job.objects.filter(pk=pk, lease=lease)
        self._pk = pk
        self._over = Event()
        self._lost = Event()
        self._lock = Lock()
        self._told: tuple[int, str] = (0, "")

    def tell(self, percent: int, label: str = "") -> None:
        """Keep the progress for the next beat. Raises `JobStopped` when the job is no longer this worker's."""
        if self._lost.is_set():
            raise JobStopped
        with self._lock:
            self._told = (min(max(percent, 0), 100), label[:200] or self._told[1])

    def run(self) -> None:
        """Beat until stopped; a database that does not answer for a moment is asked again at the next beat."""
        try:
            while not self._over.wait(PULSE_SECONDS) and not self._lost.is_set():
                try:
                    self.beat()
                except DatabaseError as error:
                    log.warning("pulse of %s: %s", self._pk, type(error).__name__)
                    connection.close()
        finally:
            connection.close()

    def beat(self) -> None:
        """Write progress and a sign of life."""
        with self._lock:
            percent, label = self._told
        alive = self._job.filter(state=JobState.RUNNING).update(
            progress=percent, label=label, heartbeat_at=timezone.now()
        )
        # A job that this connection does not see at all was ordered in a transaction still open: not lost.
        if not alive and Job.objects.filter(pk=self._pk).exists():
            self._lost.set()

    def stop(self) -> None:
        """End, before the job's own transaction touches the job."""
        self._over.set()
        self.join()


def job_run(pk: UUID) -> JobState | None:
    """Run a job that was delivered; returns the state it came to, None when there was nothing to do.

    Delivered twice, it runs once: the second delivery finds it taken or ended.
    """
    lease = uuid4()
    job = _take(pk, lease)
    if job is None:
        return None
    pulse = Pulse(pk, lease)
    pulse.start()
    try:
        with acting(job.asked_by, f"фоновая работа {job.kind}"):
            _perform(job, lease, pulse)
    except JobStopped:
        log.info("job %s was stopped", pk)
    except Refused as refusal:
        _fail(pk, lease, refusal.message, refusal.details)
    except SoftTimeLimitExceeded:
        _fail(pk, lease, TOO_LONG)
    except Exception as error:
        log.error("job %s: %s at %s", pk, type(error).__name__, _place(error))
        _fail(pk, lease, BROKEN)
    finally:
        pulse.stop()
    return JobState(Job.objects.values_list("state", flat=True).get(pk=pk))


@transaction.atomic
def _take(pk: UUID, lease: UUID) -> Job | None:
    """Take a waiting job, or one whose worker fell silent; None when there is nothing to take."""
    now = timezone.now()
    job = Job.objects.select_for_update(of=("self",)).select_related("asked_by", "school").filter(pk=pk).first()
    if job is None or job.is_finished:
        return None
    if job.state == JobState.RUNNING and job.heartbeat_at and job.heartbeat_at > now - SILENT_AFTER:
        return None
    Job.objects.filter(pk=pk).update(
        state=JobState.RUNNING,
        lease=lease,
        started_at=now,
        heartbeat_at=now,
        attempts=F("attempts") + 1,
        progress=0,
        label="",
    )
    return job


@transaction.atomic
def _perform(job: Job, lease: UUID, pulse: Pulse) -> None:
    """Do the work with the rights that the person has now, and end the job with it."""
    user = User.objects.select_related("school", "staff").get(pk=job.asked_by_id)
    offered = job_kind(job.kind)
    if not user.is_active or not offered.may_run(user, job.params):
        raise Refused(FORBIDDEN)
    with timezone.override(job.school.timezone if job.school is not None else None):
        outcome = offered.run(JobRun(user, job.school, job.params, pulse.tell))
    pulse.stop()
    _finish(job.pk, lease, outcome)


def _finish(pk: UUID, lease: UUID, outcome: JobOutcome) -> None:
    """End the job, unless it is no longer ours: then all that was done is taken back."""
    ours = Job.objects.filter(pk=pk, lease=lease, state=JobState.RUNNING)
    done = ours.update(
        state=JobState.DONE,
        progress=100,
        label="",
        message=outcome.message[:500],
        link=outcome.link,
        result=outcome.file,
        finished_at=timezone.now(),
        lease=None,
    )
    if not done:
        raise JobStopped


def _fail(pk: UUID, lease: UUID, error: str, details: list[str] | None = None) -> None:
    Job.objects.filter(pk=pk, lease=lease).update(
        state=JobState.FAILED, error=error, details=details or [], label="", finished_at=timezone.now(), lease=None
    )


def _place(error: Exception) -> str:
    """Where it happened, in code alone: the message of an error may hold names (docs/trust.md, 24)."""
    return " < ".join(
        f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)[::-1]
    )
