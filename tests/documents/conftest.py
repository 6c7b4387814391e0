"""A school, its people, and kinds of work and files that exist for these tests alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from documents import registry
from documents.registry import JobOutcome, JobRun, register_file, register_job
from school.models import School, User
from tests.factories import make_school, make_staff

Run = Callable[[JobRun], JobOutcome]


@pytest.fixture(autouse=True)
def kinds_as_before() -> Iterator[None]:
    """What a test registers is gone after it."""
    known: list[dict[str, Any]] = [registry._jobs, registry._reports, registry._files]
    before = [dict(kinds) for kinds in known]
    yield
    for kinds, kept in zip(known, before, strict=True):
        kinds.clear()
        kinds.update(kept)


def anybody(user: User, params: Any) -> bool:
    return True


def nobody(user: User, params: Any) -> bool:
    return False


def offer(run: Run, may_run: registry.Allowed = anybody) -> None:
    """A kind of job named «probe»."""
    register_job("probe", "Проба", run, may_run)


@pytest.fixture
def school(db: None) -> School:
    return make_school()


def make_user(school: School, login: str) -> User:
    make_staff(school, "Ермолаева Светлана Викторовна", "teacher", login=login)
    return User.objects.get(username=login)


@pytest.fixture
def user(school: School) -> User:
    return make_user(school, "ermolaeva")


@pytest.fixture
def stranger(school: School) -> User:
    return make_user(school, "stranger")


@pytest.fixture
def open_kind() -> None:
    """Files of the kind «open» belong to whoever asks."""
    register_file("open", anybody)
