from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from common.errors import Refused
from documents.models import Job, JobState, NumberRegister
from documents.registry import JobOutcome, JobRun
from documents.services import job_cancel, job_request, jobs_recover, number_next
from documents.services.jobs import LOST
from documents.services.running import BROKEN, FORBIDDEN, JobStopped, Pulse, job_run
from school.models import School, User
from tests.documents.conftest import anybody, make_user, nobody, offer

pytestmark = pytest.mark.django_db


def count_one(run: JobRun) -> JobOutcome:
    assert run.school is not None
    number_next(school=run.school, kind="probe", year=2026)
    return JobOutcome(message="Сделано.")


def counted(school: School) -> int:
    return sum(NumberRegister.objects.filter(school=school).values_list("last", flat=True))


def ask(user: User, key: str = "once", **params: Any) -> Job:
    return job_request(by=user, school=user.school, kind="probe", params=params, key=key)


def silence(job: Job, seconds: int = 120, attempts: int = 1) -> None:
    """As a worker leaves a job when it is killed."""
    last = timezone.now() - timedelta(seconds=seconds)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, lease=uuid4(), heartbeat_at=last, attempts=attempts, progress=40
    )


def test_the_same_key_twice_is_the_same_job(user: User) -> None:
    offer(count_one)
    assert ask(user) == ask(user)
    assert Job.objects.count() == 1


def test_keys_of_different_people_are_different_jobs(user: User, stranger: User) -> None:
    offer(count_one)
    assert ask(user) != ask(stranger)


def test_a_failed_or_cancelled_job_may_be_ordered_again(user: User) -> None:
    offer(count_one)
    first = ask(user)
    job_cancel(by=user, job=first)
    second = ask(user)
    Job.objects.filter(pk=second.pk).update(state=JobState.FAILED)
    assert len({first.pk, second.pk, ask(user).pk}) == 3


def test_it_is_handed_to_a_worker_only_on_commit(
    user: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    offer(count_one)
    with django_capture_on_commit_callbacks() as callbacks:
        job = ask(user)
    assert len(callbacks) == 1
    assert job.sent_at is None


def test_it_refuses_an_order_without_the_right(user: User) -> None:
    offer(count_one, nobody)
    with pytest.raises(Refused, match="недоступна"):
        ask(user)
    assert not Job.objects.exists()


def test_it_refuses_a_kind_that_nobody_offers(user: User) -> None:
    with pytest.raises(Refused, match="больше нет"):
        ask(user)


def test_a_job_delivered_twice_runs_once(user: User, school: School) -> None:
    offer(count_one)
    job = ask(user)
    assert job_run(job.pk) == JobState.DONE
    assert job_run(job.pk) is None
    assert counted(school) == 1
    job.refresh_from_db()
    assert (job.progress, job.message, job.attempts) == (100, "Сделано.", 1)


def test_a_job_that_another_worker_runs_is_left_alone(user: User, school: School) -> None:
    offer(count_one)
    job = ask(user)
    silence(job, seconds=5)
    assert job_run(job.pk) is None
    assert counted(school) == 0


def test_the_worker_asks_for_the_right_again(user: User, school: School) -> None:
    offer(count_one)
    job = ask(user)
    offer(count_one, nobody)
    assert job_run(job.pk) == JobState.FAILED
    job.refresh_from_db()
    assert job.error == FORBIDDEN
    assert counted(school) == 0


def test_a_person_whose_login_was_closed_gets_nothing_done(user: User, school: School) -> None:
    offer(count_one)
    job = ask(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert job_run(job.pk) == JobState.FAILED
    assert counted(school) == 0


def test_a_refusal_is_told_in_its_own_words(user: User) -> None:
    def refuse(run: JobRun) -> JobOutcome:
        raise Refused("Период ещё не начался.", ["7А", "7Б"])

    offer(refuse)
    job = ask(user)
    assert job_run(job.pk) == JobState.FAILED
    job.refresh_from_db()
    assert (job.error, job.details) == ("Период ещё не начался.", ["7А", "7Б"])


def test_an_error_takes_everything_back_and_is_logged_without_its_message(
    user: User, school: School, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(run: JobRun) -> JobOutcome:
        count_one(run)
        raise ValueError("Ковтун Матвей")

    offer(break_down)
    job = ask(user)
    assert job_run(job.pk) == JobState.FAILED
    job.refresh_from_db()
    assert job.error == BROKEN
    assert counted(school) == 0
    assert "ValueError" in caplog.text
    assert "Ковтун" not in caplog.text


def test_a_cancelled_job_does_not_begin(user: User, school: School) -> None:
    offer(count_one)
    job = job_cancel(by=user, job=ask(user))
    assert job_run(job.pk) is None
    assert counted(school) == 0


def test_a_job_cancelled_while_it_runs_leaves_nothing(user: User, school: School) -> None:
    def cancelled_meanwhile(run: JobRun) -> JobOutcome:
        outcome = count_one(run)
        Job.objects.update(state=JobState.CANCELLED)
        return outcome

    offer(cancelled_meanwhile)
    job_run(ask(user).pk)
    assert counted(school) == 0


def test_a_running_job_hears_that_it_was_cancelled_at_its_next_step(user: User) -> None:
    offer(count_one)
    job = ask(user)
    silence(job, seconds=0)
    job.refresh_from_db()
    assert job.lease is not None
    pulse = Pulse(job.pk, job.lease)
    pulse.tell(70, "Пишем")
    pulse.beat()
    job.refresh_from_db()
    assert (job.progress, job.label) == (70, "Пишем")
    job_cancel(by=user, job=job)
    pulse.beat()
    with pytest.raises(JobStopped):
        pulse.tell(80)


def test_only_the_one_who_asked_cancels(user: User, stranger: User) -> None:
    offer(count_one)
    with pytest.raises(Refused):
        job_cancel(by=stranger, job=ask(user))


def test_a_finished_job_cannot_be_cancelled(user: User) -> None:
    offer(count_one)
    job = ask(user)
    job_run(job.pk)
    with pytest.raises(Refused, match="уже закончилась"):
        job_cancel(by=user, job=job)


def test_a_job_whose_worker_fell_silent_runs_again(user: User, school: School) -> None:
    offer(count_one)
    job = ask(user)
    silence(job)
    assert jobs_recover() == 1
    job.refresh_from_db()
    assert (job.state, job.progress) == (JobState.QUEUED, 0)
    assert job_run(job.pk) == JobState.DONE
    assert counted(school) == 1


def test_a_worker_given_up_for_dead_takes_its_work_back(user: User, school: School) -> None:
    def overtaken(run: JobRun) -> JobOutcome:
        outcome = count_one(run)
        Job.objects.update(lease=uuid4())  # another worker took it meanwhile
        return outcome

    offer(overtaken)
    job = ask(user)
    job_run(job.pk)
    assert counted(school) == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_job_lost_three_times_is_given_up(user: User) -> None:
    offer(count_one)
    job = ask(user)
    silence(job, attempts=3)
    assert jobs_recover() == 0
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, LOST)


def test_a_job_whose_message_was_lost_is_sent_again_but_not_at_once(user: User) -> None:
    offer(count_one)
    job = ask(user)
    assert jobs_recover() == 1
    assert jobs_recover() == 0
    Job.objects.filter(pk=job.pk).update(sent_at=timezone.now() - timedelta(minutes=6))
    assert jobs_recover() == 1


def test_a_person_sees_the_own_jobs_only(user: User, stranger: User, school: School) -> None:
    offer(count_one, anybody)
    job = ask(user)
    assert list(Job.objects.visible_to(user)) == [job]
    assert list(Job.objects.visible_to(stranger)) == []
    user.is_active = False
    assert list(Job.objects.visible_to(user)) == []
    assert make_user(school, "third").jobs.count() == 0


def test_a_task_is_never_handed_out_again_while_it_may_still_run() -> None:
    visible_again = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert visible_again > settings.CELERY_TASK_TIME_LIMIT > settings.CELERY_TASK_SOFT_TIME_LIMIT
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST


def test_the_scheduler_looks_for_lost_jobs_expired_files_and_letters() -> None:
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"documents.tasks.recover_jobs", "documents.tasks.purge_files", "documents.tasks.send_outbox"} <= planned
    current_app.loader.import_default_modules()
    assert planned <= set(current_app.tasks)
