"""People at the door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from school.models import School, User
from tests.factories import PASSWORD, make_school, make_staff

LogIn = Callable[..., Any]


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    return User.objects.get(staff=staff)


@pytest.fixture
def teacher(school: School) -> User:
    staff = make_staff(school, "Гречко Павел Сергеевич", "teacher", login="grechko")
    return User.objects.get(staff=staff)


@pytest.fixture
def log_in() -> LogIn:
    """Go through the door: log_in(client, "ermolaeva", password, REMOTE_ADDR=…)."""

    def enter(client: Client, login: str, password: str = PASSWORD, **headers: Any) -> Any:
        sent = {"login": login, "password": password}
        return client.post(reverse("account_login"), sent, **headers)

    return enter
