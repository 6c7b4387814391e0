from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from documents.models import Job, JobState, StoredFile
from documents.registry import register_file
from documents.services import file_store
from school.models import User
from tests.documents.conftest import anybody, nobody

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def job(user: User, state: JobState = JobState.RUNNING, **fields: Any) -> Job:
    key = str(Job.objects.count())
    return Job.objects.create(
        school=user.school, kind="probe", title="Отчёт за 1-ю четверть", key=key, asked_by=user, state=state, **fields
    )


def finished(user: User, kind: str = "open") -> Job:
    file = file_store(
        by=user,
        school=user.school,
        kind=kind,
        params={},
        name="Отчёт за 1-ю четверть.pdf",
        content=b"%PDF-1.7 ...",
        content_type="application/pdf",
    )
    return job(user, JobState.DONE, result=file, message="Отчёт готов.", finished_at=timezone.now(), progress=100)


def shown(client: Client, name: str, **kwargs: Any) -> str:
    answer = client.get(reverse(name, kwargs=kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_what_it_will_show(page: Client) -> None:
    assert "Долгой работы пока не было" in shown(page, "documents:jobs")


def test_a_running_job_shows_how_far_it_is_and_asks_again_by_itself(page: Client, user: User) -> None:
    text = shown(page, "documents:job", pk=job(user, progress=40, label="Собираем сведения").pk)
    assert "40 %" in text
    assert "Собираем сведения" in text
    assert 'hx-trigger="every 1s"' in text
    assert "Отменить работу" in text
    assert ">Обновить</a>" in text  # the way without script


def test_a_finished_job_stops_asking_and_offers_its_file(page: Client, user: User, open_kind: None) -> None:
    made = finished(user)
    text = shown(page, "documents:job", pk=made.pk)
    assert "hx-trigger" not in text
    assert "Отменить работу" not in text
    assert reverse("documents:file", args=[made.result_id]) in text
    assert "Отчёт готов." in text


def test_the_last_question_of_the_bar_is_answered_with_the_whole_page(page: Client, user: User) -> None:
    running, done = job(user), job(user, JobState.DONE)
    for asked, refresh in ((running, None), (done, "true")):
        answer = page.get(reverse("documents:job", args=[asked.pk]), headers={"HX-Request": "true"})
        assert answer.headers.get("HX-Refresh") == refresh


def test_a_failure_is_told_with_its_details(page: Client, user: User) -> None:
    failed = job(user, JobState.FAILED, error="Нет данных за период.", details=["7А: нет ни одной отметки"])
    text = shown(page, "documents:job", pk=failed.pk)
    assert "Нет данных за период." in text
    assert "7А: нет ни одной отметки" in text


def test_the_file_goes_to_disk_under_its_russian_name_and_is_not_kept_by_browsers(
    page: Client, user: User, open_kind: None
) -> None:
    answer = page.get(reverse("documents:file", args=[finished(user).result_id]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 ..."  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9E")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_right_taken_away_is_gone_at_the_next_request(page: Client, user: User) -> None:
    register_file("open", anybody)
    made = finished(user)
    assert page.get(reverse("documents:file", args=[made.result_id])).status_code == 200
    register_file("open", nobody)
    assert page.get(reverse("documents:file", args=[made.result_id])).status_code == 404
    assert "нет права" in shown(page, "documents:job", pk=made.pk)


def test_an_expired_file_is_gone_and_the_page_says_so(page: Client, user: User, open_kind: None) -> None:
    made = finished(user)
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert page.get(reverse("documents:file", args=[made.result_id])).status_code == 404
    assert "Срок хранения файла истёк" in shown(page, "documents:job", pk=made.pk)
    assert "файл больше не хранится" in shown(page, "documents:jobs")


def test_a_job_is_cancelled_by_a_button(page: Client, user: User) -> None:
    running = job(user)
    answer = page.post(reverse("documents:job_cancel", args=[running.pk]), follow=True)
    running.refresh_from_db()
    assert running.state == JobState.CANCELLED
    assert "Ничего не изменено" in answer.content.decode()


def test_cancelling_what_has_ended_is_told_and_changes_nothing(page: Client, user: User) -> None:
    done = job(user, JobState.DONE)
    answer = page.post(reverse("documents:job_cancel", args=[done.pk]), follow=True)
    done.refresh_from_db()
    assert done.state == JobState.DONE
    assert "отменять нечего" in answer.content.decode()


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    page: Client, user: User, open_kind: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    finished(user)
    page.get(reverse("documents:jobs"))
    for _ in range(29):
        finished(user)
    with django_assert_max_num_queries(8):
        text = shown(page, "documents:jobs")
    assert text.count("Скачать") == 30
