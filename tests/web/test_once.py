"""The same click twice makes one thing: docs/trust.md, 21."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from school.models import Municipality, SentForm, User
from school.services.once import once_begin, once_finish

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.fixture
def mine(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def test_a_form_sent_twice_is_carried_out_once_and_leads_to_the_same_place(mine: Client) -> None:
    first = mine.post("/makes/", {"name": "Округ", "once": "t1"})
    second = mine.post("/makes/", {"name": "Округ", "once": "t1"})

    assert Municipality.objects.count() == 1
    assert first["Location"] == second["Location"] == "/made/1/"


def test_two_forms_are_two_deeds(mine: Client) -> None:
    mine.post("/makes/", {"name": "Округ", "once": "t1"})
    mine.post("/makes/", {"name": "Округ", "once": "t2"})

    assert Municipality.objects.count() == 2


def test_another_person_may_send_the_same_token(mine: Client, teacher: User) -> None:
    mine.post("/makes/", {"name": "Округ", "once": "t1"})
    other = Client()
    other.force_login(teacher)
    other.post("/makes/", {"name": "Округ", "once": "t1"})

    assert Municipality.objects.count() == 2


@pytest.mark.parametrize("token", ["k" * 65, "k\x00", "k\n"])
def test_a_token_that_no_form_of_ours_has_is_refused_before_anything_is_done(mine: Client, token: str) -> None:
    assert mine.post("/makes/", {"name": "Округ", "once": token}).status_code == 400
    assert Municipality.objects.count() == 0


@pytest.mark.parametrize("status", ["200", "422"])
def test_a_form_that_came_back_with_errors_may_be_sent_again(mine: Client, status: str) -> None:
    mine.post("/makes/", {"name": "", "status": status, "once": "t1"})
    mine.post("/makes/", {"name": "Округ", "once": "t1"})

    assert Municipality.objects.count() == 1


def test_a_deed_that_failed_leaves_nothing_and_may_be_sent_again(deputy: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(deputy)

    assert client.post("/makes/", {"name": "падает", "once": "t1"}).status_code == 500
    assert Municipality.objects.count() == 0
    client.post("/makes/", {"name": "Округ", "once": "t1"})

    assert Municipality.objects.count() == 1


def test_a_part_of_a_page_sent_twice_changes_nothing_the_second_time(mine: Client) -> None:
    headers = {"HX-Request": "true"}
    first = mine.post("/makes/", {"name": "частично", "once": "t1"}, headers=headers)
    second = mine.post("/makes/", {"name": "частично", "once": "t1"}, headers=headers)

    assert (first.status_code, second.status_code) == (200, 204)
    assert Municipality.objects.count() == 1


def test_a_result_shown_once_is_not_made_again_by_reloading(mine: Client, teacher: User) -> None:
    path = f"/school/logins/{teacher.staff_id}/reset/"
    first = mine.post(path, {"once": "t1"})
    kept = User.objects.get(pk=teacher.pk).password
    second = mine.post(path, {"once": "t1"})

    assert (first.status_code, second.status_code) == (201, 409)
    assert "Это уже сделано" in second.content.decode()
    assert User.objects.get(pk=teacher.pk).password == kept


def test_old_tokens_are_swept_out(mine: Client, deputy: User) -> None:
    mine.post("/makes/", {"name": "Округ", "once": "t1"})
    SentForm.objects.update(at="2026-01-01T00:00Z")
    mine.post("/makes/", {"name": "Округ", "once": "t2"})

    assert [form.token for form in SentForm.objects.all()] == ["t2"]


@pytest.mark.django_db(transaction=True)
def test_a_second_click_waits_for_the_first(deputy: User) -> None:
    """Two servers, one form: the second learns where the first led, and does nothing itself."""

    second_click: list[str] = []

    def click() -> None:
        try:
            with transaction.atomic():
                kept = once_begin(by=deputy, token="t1")
                second_click.append(kept.location if kept else "did it again")
        finally:
            connection.close()

    thread = threading.Thread(target=click)
    with transaction.atomic():
        assert once_begin(by=deputy, token="t1") is None
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
        once_finish(by=deputy, token="t1", done=True, location="/made/1/")
    thread.join(timeout=10)

    assert second_click == ["/made/1/"]
