import pytest
from django.test import Client

from school.models import School, SchoolClass, User
from school.roles import Position
from tests.factories import make_class, make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def as_deputy(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client
