"""A school, and its deputy director at the browser."""

import pytest
from django.test import Client

from school.models import School, User
from tests.factories import make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(client: Client, school: School) -> Client:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="deputy")
    client.force_login(User.objects.get(staff=staff))
    return client
