import smtplib
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from documents.models import MailState, OutboxMail
from documents.services import mail_put, number_next, outbox_send
from documents.services.mail import MAX_ATTEMPTS
from school.models import School
from tests.factories import make_school


@pytest.mark.django_db
def test_numbers_begin_with_one_in_each_school_kind_and_year(school: School) -> None:
    other = make_school("S2")
    assert [number_next(school=school, kind="report", year=2026) for _ in range(3)] == [1, 2, 3]
    assert number_next(school=school, kind="report", year=2027) == 1
    assert number_next(school=school, kind="order", year=2026) == 1
    assert number_next(school=other, kind="report", year=2026) == 1


@pytest.mark.django_db
def test_a_number_of_a_rolled_back_deed_is_given_again(school: School) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        number_next(school=school, kind="report", year=2026)
        raise ZeroDivisionError
    assert number_next(school=school, kind="report", year=2026) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_the_second_waits_for_the_first() -> None:
    school = make_school(today=date(2026, 11, 21))
    taken, finished = Event(), Event()
    got: list[int] = []

    def second() -> None:
        taken.wait(10)
        got.append(number_next(school=school, kind="report", year=2026))
        finished.set()
        connection.close()

    other = Thread(target=second)
    other.start()
    with transaction.atomic():
        got.append(number_next(school=school, kind="report", year=2026))
        taken.set()
        assert not finished.wait(0.5)
    other.join(10)
    assert got == [1, 2]


def put() -> OutboxMail:
    return mail_put(school=None, to="ermolaeva@example.org", subject="Новое в Опоре", body="Откройте рабочий стол.")


@pytest.fixture
def server(db: None, settings: Settings) -> None:
    """There is a mail server."""
    settings.EMAIL_HOST = "localhost"


def test_a_letter_is_sent_once(server: None) -> None:
    letter = put()
    assert outbox_send() == 1
    assert outbox_send() == 0
    letter.refresh_from_db()
    assert letter.state == MailState.SENT
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["ermolaeva@example.org"], "Новое в Опоре")]


@pytest.mark.django_db
def test_without_a_server_letters_wait(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    letter = put()
    assert outbox_send() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (MailState.QUEUED, 0)


def test_a_server_that_fails_is_asked_later_and_not_for_ever(server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise smtplib.SMTPServerDisconnected("ermolaeva@example.org")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    letter = put()
    assert outbox_send() == 0
    letter.refresh_from_db()
    assert letter.next_try_at > timezone.now() + timedelta(minutes=1)
    for _ in range(MAX_ATTEMPTS):
        OutboxMail.objects.update(next_try_at=timezone.now())
        outbox_send()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (MailState.FAILED, MAX_ATTEMPTS)
    assert "example" not in letter.error
