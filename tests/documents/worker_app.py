"""The application's worker with kinds of work that tests order: `celery -A tests.documents.worker_app`."""

import os
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.celery import app  # noqa: E402 — the settings come first
from documents.registry import JobOutcome, JobRun, register_job  # noqa: E402
from documents.services import number_next  # noqa: E402

__all__ = ["app"]

PATIENCE = 60  # seconds: what waits to be killed or cancelled ends by itself in the end


def write_down(run: JobRun) -> JobOutcome:
    """The effect that must happen once: the next number."""
    assert run.school is not None
    return JobOutcome(message=str(number_next(school=run.school, kind="probe", year=2026)))


def die_once(run: JobRun) -> JobOutcome:
    """Does its work, and the first time waits there to be killed, before it could be committed."""
    outcome = write_down(run)
    told = Path(run.params["pid"])
    if not told.exists():
        told.write_text(str(os.getpid()))
        time.sleep(PATIENCE)
    return outcome


def go_on_until_stopped(run: JobRun) -> JobOutcome:
    """Does its work and tells its progress for as long as it may."""
    outcome = write_down(run)
    for _ in range(PATIENCE * 10):
        run.progress(40, "Идёт")
        time.sleep(0.1)
    return outcome


for kind, deed in {"quick": write_down, "dying": die_once, "long": go_on_until_stopped}.items():
    register_job(kind, kind, deed, lambda user, params: True)
