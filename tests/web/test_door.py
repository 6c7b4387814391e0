"""Logging in and out: docs/trust.md, 8."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from config import settings as production
from school.models import User
from tests.factories import PASSWORD
from tests.web.conftest import LogIn


def test_it_lets_in_by_login_and_password(client: Client, deputy: User, log_in: LogIn) -> None:
    answer = log_in(client, "ermolaeva")

    assert answer.status_code == 302
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Ермолаева" in page
    assert "заместитель директора" in page


def test_it_takes_the_login_in_any_case(client: Client, deputy: User, log_in: LogIn) -> None:
    assert log_in(client, " Ermolaeva ").status_code == 302


def test_it_leads_to_the_page_that_was_asked_for(client: Client, deputy: User) -> None:
    turned_away = client.get(reverse("school:logins"))
    answer = client.post(
        turned_away["Location"], {"login": "ermolaeva", "password": PASSWORD, "next": "/school/logins/"}
    )

    assert answer["Location"] == "/school/logins/"


def test_it_leads_nowhere_outside(client: Client, deputy: User) -> None:
    answer = client.post(
        reverse("account_login"), {"login": "ermolaeva", "password": PASSWORD, "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == "/"


def test_it_refuses_a_wrong_password_in_russian(client: Client, deputy: User, log_in: LogIn) -> None:
    page = log_in(client, "ermolaeva", "не тот").content.decode()

    assert "Логин или пароль не подходят" in page
    assert "не тот" not in page


def test_it_says_the_same_of_a_login_that_does_not_exist(client: Client, deputy: User, log_in: LogIn) -> None:
    assert "Логин или пароль не подходят" in log_in(client, "nobody", "не тот").content.decode()


def test_it_gives_the_session_a_new_key_at_login(client: Client, deputy: User, log_in: LogIn) -> None:
    session = client.session
    session["planted"] = True
    session.save()

    log_in(client, "ermolaeva")

    assert client.session.session_key != session.session_key
    assert not type(session)().exists(str(session.session_key))


def test_it_logs_out_by_post_only(client: Client, deputy: User, log_in: LogIn) -> None:
    log_in(client, "ermolaeva")

    client.get(reverse("account_logout"))
    assert client.get(reverse("usersessions_list")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("usersessions_list")).status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_sign_up_and_e_mail_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_sign_up_is_closed(rf: RequestFactory) -> None:
    assert not get_adapter().is_open_for_signup(rf.get("/"))


def test_passwords_are_kept_as_argon2() -> None:
    assert production.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
