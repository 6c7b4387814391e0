"""What all tests have: the databases of their process, the demo school, a worker; and the order of files."""

import gc
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from demo import cast
from school.models import School
from tests.databases import Databases, owner_role
from tests.worker import running_worker

# Tests look at pages, not at how passwords cost time or how static files are named; both have tests of their own.
QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# With several processors these begin first, so that none waits for them at the end.
LONG = (
    "tests/launcher/test_whole.py",
    "tests/browser/test_every_page.py",
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


@pytest.fixture(scope="session", autouse=True)
def own_media(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of the run, those of its worker included, are not among the installation's."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("data") / "media"


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_test_environment: None
) -> Databases:
    """Those of this process; one that tries tests beside others meets them in the folder above its own."""
    worker: str | None = getattr(request.config, "workerinput", {}).get("workerid")
    folder = tmp_path_factory.getbasetemp()
    keep, anew = request.config.getoption("reuse_db"), request.config.getoption("create_db")
    return Databases(folder.parent if worker else folder, worker or "alone", keep=keep, anew=anew)


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of the plugin's own: what a test commits is taken out the house's way."""
    with django_db_blocker.unblock():
        databases.open()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: databases.restore())
        yield
    with django_db_blocker.unblock():
        databases.close()


@pytest.fixture
def owner_apart(db: None) -> None:
    """Skips a test about the two roles where there is only one."""
    if not owner_role():
        pytest.skip("DATABASE_OWNER_URL is not set: the application's role owns the tables")


@pytest.fixture(scope="module")
def demo_of_the_module(
    databases: Databases, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The tests of a file are tried where a demo school of 150 pupils is. Not for files that have a worker."""
    with django_db_blocker.unblock(), databases.with_demo():
        yield


@pytest.fixture
def demo_school(demo_of_the_module: None, db: None) -> School:
    """That school as it was made, whatever other tests have done to theirs."""
    return School.objects.get(code=cast.CODE)


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
