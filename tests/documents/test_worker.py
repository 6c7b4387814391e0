"""Jobs in a real worker, on committed data: delivered, killed in the middle, cancelled while they run."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from config.celery import app
from documents.models import Job, JobState, NumberRegister, StoredFile
from documents.registry import register_job
from documents.services import job_cancel, job_request, jobs_recover
from documents.services.jobs import job_send
from documents.services.running import job_run
from documents.storage import blob_open
from iom.printing import routes_request
from iom.reports.route_print import Forms
from school.models import User
from school.roles import Position
from tests.documents.conftest import anybody, make_user
from tests.documents.worker_app import die_once, go_on_until_stopped, write_down
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.iom.making import make_route
from tests.worker import running_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def worker(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    with django_db_blocker.unblock():
        database = str(connection.settings_dict["NAME"])
        with running_worker(database, log, application="tests.documents.worker_app") as queue:
            yield queue


@pytest.fixture(autouse=True)
def person(transactional_db: None, worker: str) -> User:
    for kind, deed in {"quick": write_down, "dying": die_once, "long": go_on_until_stopped}.items():
        register_job(kind, kind, deed, anybody)
    return make_user(make_school(), "ermolaeva")


def ask(person: User, kind: str, **params: Any) -> Job:
    with transaction.atomic():
        return job_request(by=person, school=person.school, kind=kind, params=params, key=kind)


def wait_for(what: Callable[[], bool], told: str) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, told
        time.sleep(0.1)


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def written() -> int:
    return sum(NumberRegister.objects.values_list("last", flat=True))


def test_a_job_is_done_by_the_worker_after_the_commit(person: User) -> None:
    job = ask(person, "quick")
    wait_for(lambda: state_of(job) == JobState.DONE, "the job was not done")
    assert (job.message, job.attempts, written()) == ("1", 1, 1)


def test_a_job_delivered_twice_is_done_once(person: User) -> None:
    job = ask(person, "quick")
    for _ in range(3):
        job_send(job.pk)
    after = job_request(by=person, school=person.school, kind="quick", params={}, key="after")
    wait_for(lambda: state_of(after) == JobState.DONE, "the worker did not come to the job after it")
    assert state_of(job) == JobState.DONE
    assert job.attempts == 1
    assert written() == 2


def test_a_job_whose_worker_is_killed_in_the_middle_is_done_by_another_once(person: User, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    job = ask(person, "dying", pid=str(told))
    wait_for(lambda: told.exists() and bool(told.read_text()), "the job did not begin")
    os.kill(int(told.read_text()), signal.SIGKILL)
    assert written() == 0

    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    jobs_recover()
    wait_for(lambda: state_of(job) == JobState.DONE, "the job was not found again")
    assert job.attempts == 2
    assert written() == 1


def test_a_job_cancelled_while_it_runs_stops_and_leaves_nothing(person: User) -> None:
    job = ask(person, "long")
    wait_for(lambda: state_of(job) == JobState.RUNNING and job.progress == 40, "no progress was seen")
    assert job.label == "Идёт"
    job_cancel(by=person, job=job)
    after = ask(person, "quick")
    wait_for(lambda: state_of(after) == JobState.DONE, "the worker is not free again")
    assert state_of(job) == JobState.CANCELLED
    assert written() == 1


def test_while_a_job_runs_its_second_delivery_does_nothing(person: User) -> None:
    job = ask(person, "long")
    wait_for(lambda: state_of(job) == JobState.RUNNING, "the job did not begin")
    assert job_run(job.pk) is None
    job_cancel(by=person, job=job)


NAMES = ["Белова Ева Артёмовна", "Ковтун Матвей Андреевич", "Цой Иван Петрович", "Яшин Лев Ильич"]


@pytest.fixture
def batch() -> Job:
    """A class's routes are being printed: the job and, by now, the processes that make its PDFs."""
    school = make_school("Школа 2")
    deputy = make_staff(school, "Орлова Вера Павловна", Position.DEPUTY, login="orlova").user
    seventh = make_class(school, "7А")
    routes = [make_route(deputy, make_pupil(seventh, name), "Алгебра").pk for name in NAMES]
    forms = Forms(parents=True)
    return routes_request(by=deputy, school=school, routes=routes, forms=forms, course=True, packed=False, key="routes")


def caught(queue: str, job: Job) -> tuple[int, list[int]]:
    """The process that does the job, and those that make PDFs for it: while they are at it."""
    doing: list[int] = []
    told = app.control.inspect([f"{queue}@localhost"], limit=1)

    def found() -> bool:
        doing[:] = [
            task["worker_pid"]
            for tasks in (told.active() or {}).values()
            for task in tasks
            if task["args"] == [str(job.pk)]
        ]
        return bool(doing)

    wait_for(found, "the job did not begin")
    wait_for(lambda: bool(makers(doing[0])), "no PDF was begun")
    return doing[0], makers(doing[0])


def makers(worker: int) -> list[int]:
    told = ["pgrep", "-P", str(worker), "-f", "documents.rendering.child"]
    return [int(pid) for pid in subprocess.run(told, capture_output=True, check=False).stdout.split()]


def lives(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def assert_one_right_file(job: Job) -> None:
    (file,) = StoredFile.objects.all()
    assert job.result == file
    with blob_open(file.path) as stored:
        reader = PdfReader(BytesIO(stored.read()))
    assert [one.title for one in reader.outline] == [f"7А. {name}" for name in NAMES]  # type: ignore[union-attr]


def test_routes_whose_printing_is_killed_in_the_middle_come_once_and_whole(batch: Job, worker: str) -> None:
    doing, making = caught(worker, batch)
    os.kill(doing, signal.SIGKILL)
    wait_for(lambda: not any(map(lives, making)), "processes outlived the worker")
    assert not StoredFile.objects.exists() and state_of(batch) == JobState.RUNNING

    Job.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    jobs_recover()
    wait_for(lambda: state_of(batch) == JobState.DONE, "the job was not found again")
    assert batch.attempts == 2
    assert_one_right_file(batch)


def test_a_process_killed_while_it_makes_a_pdf_is_replaced_and_the_file_is_whole(batch: Job, worker: str) -> None:
    _, making = caught(worker, batch)
    os.kill(making[0], signal.SIGKILL)
    wait_for(lambda: state_of(batch) in (JobState.DONE, JobState.FAILED), "the job did not end")
    assert (batch.state, batch.attempts) == (JobState.DONE, 1)
    assert_one_right_file(batch)
