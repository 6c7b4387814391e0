"""Guessing passwords: docs/trust.md, 8."""

from collections.abc import Mapping

import pytest
from django.conf import LazySettings
from django.test import Client

from school.models import User
from tests.factories import PASSWORD
from tests.web.conftest import LogIn

TRIES = 5
TOO_MANY = "Слишком много попыток"


def _guess(log_in: LogIn, login: str, times: int, headers: Mapping[int, dict[str, str]] | None = None) -> list[str]:
    """What the door answers to wrong passwords, each try from a browser of its own."""
    sent = headers or {}
    return [log_in(Client(), login, "не тот", **sent.get(n, {})).content.decode() for n in range(times)]


def test_the_sixth_try_at_one_login_is_refused(deputy: User, log_in: LogIn) -> None:
    answers = _guess(log_in, "ermolaeva", TRIES + 1)

    assert not any(TOO_MANY in answer for answer in answers[:TRIES])
    assert TOO_MANY in answers[TRIES]


def test_then_even_the_right_password_waits(deputy: User, log_in: LogIn) -> None:
    _guess(log_in, "ermolaeva", TRIES)

    answer = log_in(Client(), "ermolaeva", PASSWORD)

    assert TOO_MANY in answer.content.decode()


def test_another_login_is_not_held_up(deputy: User, teacher: User, log_in: LogIn) -> None:
    _guess(log_in, "ermolaeva", TRIES)

    assert log_in(Client(), "grechko", PASSWORD).status_code == 302


def test_logging_in_rightly_uses_up_no_tries(deputy: User, log_in: LogIn) -> None:
    for _ in range(TRIES + 2):
        assert log_in(Client(), "ermolaeva", PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "name", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP", "REMOTE_ADDR"]
)
def test_neither_a_forged_header_nor_another_computer_begins_a_new_count(
    deputy: User, log_in: LogIn, name: str
) -> None:
    forged = {n: {name: f"10.1.2.{n}"} for n in range(TRIES + 1)}

    assert TOO_MANY in _guess(log_in, "ermolaeva", TRIES + 1, forged)[TRIES]


def test_another_host_begins_no_new_count(deputy: User, log_in: LogIn) -> None:
    hosts = {n: {"HTTP_HOST": f"localhost:{8000 + n}"} for n in range(TRIES + 1)}

    assert TOO_MANY in _guess(log_in, "ermolaeva", TRIES + 1, hosts)[TRIES]


def test_another_spelling_begins_no_new_count(deputy: User, log_in: LogIn) -> None:
    for spelling in ("ermolaeva", "ERMOLAEVA", "Ermolaeva", " ermolaeva", "eRmolaeva"):
        log_in(Client(), spelling, "не тот")

    assert TOO_MANY in log_in(Client(), "ermolaeva", "не тот").content.decode()


def test_one_computer_that_tries_many_logins_is_stopped(deputy: User, log_in: LogIn) -> None:
    address = {"REMOTE_ADDR": "10.9.9.9"}
    for number in range(60):
        log_in(Client(), f"guess{number}", "не тот", **address, HTTP_X_FORWARDED_FOR=f"10.8.8.{number}")

    assert TOO_MANY in log_in(Client(), "ermolaeva", PASSWORD, **address).content.decode()
    assert log_in(Client(), "ermolaeva", PASSWORD, REMOTE_ADDR="10.9.9.10").status_code == 302


def test_behind_a_proxy_of_ones_own_only_its_entry_is_believed(
    deputy: User, log_in: LogIn, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(60):
        log_in(Client(), f"guess{number}", "не тот", HTTP_X_FORWARDED_FOR=f"10.8.8.{number}, 10.7.7.7")

    refused = log_in(Client(), "ermolaeva", PASSWORD, HTTP_X_FORWARDED_FOR="10.8.9.1, 10.7.7.7")
    assert TOO_MANY in refused.content.decode()
    assert log_in(Client(), "ermolaeva", PASSWORD, HTTP_X_FORWARDED_FOR="10.7.7.7, 10.7.7.8").status_code == 302
