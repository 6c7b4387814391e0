"""A real Celery worker on the test database, for tests that follow a task through its queue."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from config.celery import app

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def running_worker(database: str, log: Path, application: str = "config") -> Iterator[str]:
    """Run a worker with two child processes on a queue of its own, which is also where this process now sends tasks.

    A queue of its own, because several runs may share one broker. Gives the queue's name.
    """
    queue, before = f"test-{uuid.uuid4().hex}", app.conf.task_default_queue
    app.conf.task_default_queue = queue
    with open(log, "wb") as written:
        process = subprocess.Popen(
            _command(queue, application), cwd=ROOT, env=_environment(database, queue), stdout=written, stderr=written
        )
    try:
        _wait_until_it_answers(process, queue, log)
        yield queue
    finally:
        process.terminate()
        process.wait(timeout=30)
        app.conf.task_default_queue = before


def _command(queue: str, application: str) -> list[str]:
    options = ["--queues", queue, "--hostname", f"{queue}@localhost", "--concurrency=2", "--loglevel=info"]
    return [
        sys.executable,
        "-m",
        "celery",
        "-A",
        application,
        "worker",
        "--without-gossip",
        "--without-mingle",
        *options,
    ]


def _environment(database: str, queue: str) -> dict[str, str]:
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    told = {"DATABASE_URL": f"{server}/{database}", "CELERY_TASK_DEFAULT_QUEUE": queue}
    return {**os.environ, **told, "OPORA_DATA": str(Path(settings.MEDIA_ROOT).parent)}


def _wait_until_it_answers(process: subprocess.Popen[bytes], queue: str, log: Path) -> None:
    for _ in range(60):
        if app.control.ping(destination=[f"{queue}@localhost"], timeout=1):
            return
        assert process.poll() is None, log.read_text(errors="replace")
    raise AssertionError(f"the worker does not answer:\n{log.read_text(errors='replace')}")
