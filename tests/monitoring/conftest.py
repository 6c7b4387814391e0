"""The demo school and its deputy director."""

import pytest

from school.models import School, User


@pytest.fixture
def school(demo_school: School) -> School:
    return demo_school


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(username="zavuch")
