"""Who gets what from every address: docs/trust.md, 1–4.

A new address is a new line in `rows_<app>.py` of this folder; an address without a line fails here.
"""

import pickle
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from school.access import access_of
from school.door import Backend
from school.models import User
from tests.permissions.marks import leaks
from tests.permissions.row import Row
from tests.permissions.world import World, make_world

MODULES = [import_module(f"tests.permissions.{path.stem}") for path in sorted(Path(__file__).parent.glob("rows_*.py"))]
ROWS: list[Row] = [row for module in MODULES for row in module.ROWS]

# Asks the plugin for the test database even when only part of the table is chosen.
pytestmark = pytest.mark.django_db

# Loads the middleware once, not for each of thousands of requests.
HANDLER = Client().handler

# Whoever has not logged in may open these, and nothing else. The calendar and personal links open by their secret.
OPEN = {"healthz", "account_login", "account_logout", "account_inactive", "desk:calendar", "outside:link"}
# A questionnaire is answered by a code that was handed out on paper; without one nothing opens.
OPEN |= {"q:code", "q:thanks"}


class Remembered(Backend):
    """Who was read once with their duties is not read again: nothing that a request writes outlives it."""

    known: ClassVar[dict[int, bytes]] = {}

    def get_user(self, user_id: int) -> User | None:
        """Somebody as good as read anew: no request meets what another did to them."""
        if user_id not in self.known:
            user = super().get_user(user_id)
            if user is None:
                return None
            access_of(user)
            self.known[user_id] = pickle.dumps(user)
        found: User = pickle.loads(self.known[user_id])
        return found


class SessionStore(db.SessionStore):
    """A session that was read once is not read again: nothing that a request writes to it outlives it."""

    known: ClassVar[dict[str | None, dict[str, Any]]] = {}

    def load(self) -> dict[str, Any]:
        """As good as read anew."""
        if self.session_key not in self.known:
            self.known[self.session_key] = super().load()
        return dict(self.known[self.session_key])


@pytest.fixture(scope="module", autouse=True)
def reachable() -> Iterator[None]:
    """The schools of the table can be reached from outside: there are personal links."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PUBLIC_URL", "http://testserver")
        patch.setattr(settings, "AUTHENTICATION_BACKENDS", [f"{__name__}.{Remembered.__name__}"])
        patch.setattr(settings, "SESSION_ENGINE", __name__)
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once: every request is rolled back by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        for module in MODULES:
            if hasattr(module, "add"):
                module.add(made)
        made.things["sessions"] = {column: _session(user) for column, user in made.users.items()}
        Remembered.known.clear()
        SessionStore.known.clear()
        yield made
        transaction.set_rollback(True)


def _session(user: Any) -> str:
    """Somebody who was seen a moment ago, however long the table takes: no request has to write it down."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["seen_at"] = time.time() + 3600
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_its_code(world: World, row: Row) -> None:
    got = {column: _code(world, row, column) for column in row.expected}

    assert got == row.expected


def _code(world: World, row: Row, column: str) -> int:
    client = Client()
    client.handler = HANDLER
    if column in world.users:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.things["sessions"][column]
    send = getattr(client, row.method)
    with transaction.atomic():
        answer: HttpResponseBase = send(reverse(row.name, kwargs=row.at(world)), row.data(world), headers=row.headers)
        transaction.set_rollback(True)
    assert not leaks(answer, row.name, column), f"confidential words in {row} as {column}"
    return answer.status_code


def test_every_address_has_a_line() -> None:
    missing = {name for name, _ in addresses()} - {row.name for row in ROWS}

    assert not missing, "add these addresses to tests/permissions/rows_<app>.py"


def test_every_line_has_an_address() -> None:
    assert {row.name for row in ROWS} <= {name for name, _ in addresses()}


@pytest.mark.django_db
def test_a_visitor_is_turned_away_everywhere_but_at_the_door(client: Client) -> None:
    walked = []
    for name, path in addresses():
        if name in OPEN:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            assert answer.status_code == 302, f"{method} {path}"
            assert answer["Location"].startswith(reverse(settings.LOGIN_URL)), f"{method} {path}"
        walked.append(name)

    assert len(walked) == len({row.name for row in ROWS} - OPEN)
    assert len(walked) >= 7


_SAMPLES = {"IntConverter": "1", "StringConverter": "x", "SlugConverter": "x", "PathConverter": "x"}
_SAMPLES |= {"UUIDConverter": "00000000-0000-4000-8000-000000000000"}


def addresses() -> list[tuple[str, str]]:
    """Name and a sample path of every address of the URLconf."""
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: Any, space: str, outer: dict[str, str]) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        values = outer | {
            key: _SAMPLES[type(converter).__name__] for key, converter in entry.pattern.converters.items()
        }
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, values)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} needs a name"
            yield f"{space}{entry.name}", _path(f"{space}{entry.name}", values)


def _path(name: str, values: dict[str, str]) -> str:
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch as nothing:
        raise AssertionError(f"{name}: add a sample of its argument to _SAMPLES") from nothing
