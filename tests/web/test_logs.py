"""What a day's work leaves in the log: docs/trust.md, 24."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from common.logs import PrivateFormatter
from config import gunicorn
from school.models import User
from tests.factories import PASSWORD
from tests.web.conftest import LogIn

pytestmark = pytest.mark.urls("tests.web.urls")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger says, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_no_names_no_words_searched_for_and_no_passwords(deputy: User, log_in: LogIn, written: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    log_in(client, "ermolaeva", "неверный-пароль")
    log_in(client, "ermolaeva", PASSWORD)
    client.get("/nothing/?q=Ковтун")
    client.get("/school/logins/?text=Гречко")
    client.get("/forbids/?name=Тарасенко")
    client.get("/breaks/?q=Ковтун")
    told = written.getvalue()

    assert "/nothing/" in told
    assert "/breaks/" in told
    assert "ValueError" in told
    for secret in ("Ковтун", "Гречко", "Тарасенко", "алгебра", "неверный-пароль", PASSWORD, "ermolaeva", "Ермолаева"):
        assert secret not in told


def test_the_web_server_writes_paths_without_queries() -> None:
    assert "%(U)s" in gunicorn.access_log_format
    for telling in ("%(r)s", "%(q)s", "%(f)s", "%(a)s", "%(u)s"):
        assert telling not in gunicorn.access_log_format
