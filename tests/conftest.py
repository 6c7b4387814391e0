"""The test database is made and migrated by the owner and used by the application's role, as in production.

With `DATABASE_OWNER_URL` unset there is one role, which does both.
"""

import gc
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import environ
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import pre_migrate
from django.db.utils import ConnectionHandler
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from demo.services import Plan, demo_load
from school.models import School
from tests.emptying import empty, keep_vacuum_away, tables_of
from tests.worker import running_worker

_INSTALLED = settings.DATABASES["default"]["NAME"]  # before tests have one of their own
_ROLE = ("USER", "PASSWORD", "HOST", "PORT")
# Tests look at pages, not at how passwords cost time or how static files are named; both have tests of their own.
QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# With several processors these begin first, so that none waits for them at the end.
LONG = (
    "tests/launcher/test_whole.py",
    "tests/bench/",
    "tests/permissions/",
    "tests/acceptance/",
    "tests/browser/",
    "tests/documents/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The order of files when they are tried side by side; alone, in pytest's own."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for cycles again and again costs some percent of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure() -> None:
    """Settings of the whole run."""
    # Tests never assert a time, property tests included: the machine may be busy.
    hypothesis_settings.register_profile("house", deadline=None)
    hypothesis_settings.load_profile("house")
    settings.PASSWORD_HASHERS = QUICK_HASHER
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    settings.WHITENOISE_AUTOREFRESH = True
    # Several runs may share one Valkey: what one counts is nothing to another.
    settings.CACHES["default"]["KEY_PREFIX"] = f"test-{uuid4()}"


def _owner() -> dict[str, Any]:
    """Connection settings of the owner; empty when the application's role is the only one."""
    url = settings.DATABASE_OWNER_URL
    config = environ.Env.db_url_config(url) if url else {}
    return {key: config[key] for key in _ROLE if key in config}


def _become(role: dict[str, Any]) -> None:
    connection.close()
    connection.settings_dict.update(role)


@pytest.fixture(scope="session", autouse=True)
def own_media(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of the run, those of its worker included, are not among the installation's."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("data") / "media"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> dict[str, Any]:
    """The plugin makes and migrates the database after this: as the owner."""
    application = {key: connection.settings_dict[key] for key in _ROLE}
    _become(_owner())
    pre_migrate.connect(_grant_like_the_launcher(application["USER"]), weak=False, dispatch_uid="grants")
    return application


def _grant_like_the_launcher(application: str) -> Any:
    """Before the first table the application's role gets what it has in production on every table to come."""

    def grant(using: str, **_: Any) -> None:
        role = connections[using].ops.quote_name(application)
        with connections[using].cursor() as cursor:
            for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT, UPDATE ON SEQUENCES"):
                cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO {role}")
        pre_migrate.disconnect(dispatch_uid="grants")

    return grant if _owner() else lambda **_: None


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: dict[str, Any], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """From here on everything runs as the application's role; the plugin drops the database as the owner.

    The plugin makes a database only when a collected test is marked `django_db`: without one, tests that reach the
    database through a fixture would write into that of the installation.
    """
    if connection.settings_dict["NAME"] == _INSTALLED:
        raise pytest.UsageError("No test database was made: mark these tests with django_db.")
    with django_db_blocker.unblock():
        tables = tables_of(connection)
        keep_vacuum_away(connection, tables)
        empty(_as_owner(), tables)  # a database that was kept may hold what a killed run left
        _become(django_db_modify_db_settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty(_as_owner(), tables))
        yield
    with django_db_blocker.unblock():
        _become(_owner())


def _as_owner() -> BaseDatabaseWrapper:
    """A connection of its own: the application's role may not empty tables, and the test's own may be in any state."""
    limits = {"options": "-c lock_timeout=60s"}
    return ConnectionHandler({"default": connection.settings_dict | _owner() | {"OPTIONS": limits}})["default"]


@pytest.fixture
def owner_apart(db: None) -> None:
    """Skips a test about the two roles where there is only one."""
    if not _owner():
        pytest.skip("DATABASE_OWNER_URL is not set: the application's role owns the tables")


@pytest.fixture(scope="module")
def demo_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[School]:
    """A demo school of 150 pupils, made once for the tests of a file: what each of them does is rolled back to it.

    Nothing of it is committed: not for files with tests that need that.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo_load(Plan(pupils=150))[0]
        transaction.set_rollback(True)


@pytest.fixture
def demo_school(demo_of_the_module: School, db: None) -> School:
    """That school as it was made, whatever other tests have done to theirs."""
    return School.objects.get(pk=demo_of_the_module.pk)


@pytest.fixture(scope="session")
def _worker_of_the_run(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    with django_db_blocker.unblock(), running_worker(str(connection.settings_dict["NAME"]), log):
        yield


@pytest.fixture
def celery_worker(_worker_of_the_run: None, transactional_db: None) -> None:
    """A real worker takes the tasks of this test; it sees what is committed, hence the transactional database."""
