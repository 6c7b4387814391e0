"""Pages for what went wrong: in Russian, with a way out."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from school.models import User

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("/nothing/", 404, "Такой страницы нет"),
        ("/forbids/", 403, "Сюда вам нельзя"),
        ("/suspects/", 400, "Запрос не понят"),
        ("/overflows/", 413, "Слишком много за один раз"),
        ("/breaks/", 500, "Опора споткнулась"),
    ],
)
def test_it_says_what_happened_and_where_to_go(path: str, code: int, words: str, db: None) -> None:
    answer = Client(raise_request_exception=False).get(path)
    page = answer.content.decode()

    assert answer.status_code == code
    assert words in page
    assert '<html lang="ru"' in page
    assert '<a class="btn btn-primary" href="/">' in page


def test_a_form_of_another_session_is_refused_with_advice(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"login": "ermolaeva", "password": "x"})

    assert answer.status_code == 403
    assert "Форма устарела" in answer.content.decode()


def test_the_page_of_a_fault_needs_no_database(django_db_blocker: DjangoDbBlocker) -> None:
    """The session's cookie is there, the database is not."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with django_db_blocker.block():
        answer = client.get("/breaks/")

    assert connection.in_atomic_block is False
    assert answer.status_code == 500
    assert "Опора споткнулась" in answer.content.decode()


def test_an_address_that_only_takes_forms_says_so(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    answer = client.get("/school/logins/1/issue/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Так не открыть" in answer.content.decode()
