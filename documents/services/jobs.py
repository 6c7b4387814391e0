"""Ordering background work, calling it off, and finding again what a dead worker left."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.errors import Refused
from documents.models import STANDING, Job, JobState
from documents.registry import job_kind
from school.models import School, User

log = logging.getLogger(__name__)

TASK = "documents.tasks.job_perform"
# A job beats every few seconds; one that was silent so long has lost its worker.
SILENT_AFTER = timedelta(seconds=60)
# A job that nobody took: the message may have been lost with the broker.
RESEND_AFTER = timedelta(minutes=5)
MAX_ATTEMPTS = 3
LOST = "Работа несколько раз прерывалась на середине. Закажите её снова; если повторится, сообщите администратору."


def job_request(
    *, by: User, school: School | None, kind: str, params: Mapping[str, Any], key: str, title: str = ""
) -> Job:
    """Order a job of a registered kind; the same person's same key again is the same job, unless it failed.

    `params` is JSON and holds no names; `title` is what the person sees (default: the kind's). The job is handed to a
    worker when the transaction is committed. Raises `Refused` when the person may not have it.
    """
    offered = job_kind(kind)
    if not offered.may_run(by, params):
        raise Refused("Эта работа вам недоступна.")
    known = _standing(by, kind, key)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            job = Job.objects.create(
                school=school, kind=kind, title=title or offered.title, params=dict(params), key=key, asked_by=by
            )
    except IntegrityError:  # ordered at the same moment in another window
        return Job.objects.get(kind=kind, key=key, asked_by=by, state__in=STANDING)
    transaction.on_commit(lambda: job_send(job.pk))
    return job


def _standing(by: User, kind: str, key: str) -> Job | None:
    """The job that this order is already; one whose file is gone is none."""
    known = Job.objects.filter(kind=kind, key=key, asked_by=by, state__in=STANDING).first()
    if known is None or known.state != JobState.DONE or known.link or known.result_id is not None:
        return known
    # What it made has expired: the old job gives up its key.
    Job.objects.filter(pk=known.pk).update(key=f"{key}#{known.pk}"[:200])
    return None


def job_send(pk: UUID) -> None:
    """Hand a job to a worker. A broker that is down is no failure of the deed: the job is sent again later."""
    Job.objects.filter(pk=pk).update(sent_at=timezone.now())
    try:
        current_app.send_task(TASK, args=[str(pk)], queue=current_app.conf.task_default_queue, retry=False)
    except OperationalError as error:
        log.warning("job %s waits for the broker: %s", pk, type(error).__name__)


def job_cancel(*, by: User, job: Job) -> Job:
    """Call a job off: a waiting one does not begin, a running one stops at its next step and leaves nothing.

    Raises `Refused` when it is not the person's or has already ended.
    """
    now = timezone.now()
    mine = Job.objects.visible_to(by).unfinished().filter(pk=job.pk)
    if not mine.update(state=JobState.CANCELLED, finished_at=now, label="", lease=None):
        raise Refused("Работа уже закончилась: отменять нечего.")
    job.refresh_from_db()
    return job


def jobs_recover() -> int:
    """Queue again what lost its worker or its message; give up what was lost too often. Returns how many were sent."""
    now = timezone.now()
    silent = Q(state=JobState.RUNNING, heartbeat_at__lt=now - SILENT_AFTER)
    Job.objects.filter(silent, attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, error=LOST, finished_at=now, label="", lease=None
    )
    Job.objects.filter(silent).update(state=JobState.QUEUED, progress=0, label="", lease=None, sent_at=None)
    unsent = Q(sent_at__isnull=True) | Q(sent_at__lt=now - RESEND_AFTER)
    waiting = Job.objects.filter(unsent, state=JobState.QUEUED).order_by(F("created_at"))
    sent = list(waiting.values_list("pk", flat=True))
    for pk in sent:
        job_send(pk)
    return len(sent)
