import pytest

from school.models import School, User
from school.roles import Position
from tests.factories import make_class, make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


def person(school: School, name: str, login: str, *positions: Position) -> User:
    user: User = make_staff(school, name, *(positions or (Position.TEACHER,)), login=login).user
    return User.objects.select_related("school", "staff").get(pk=user.pk)


@pytest.fixture
def head(school: School) -> User:
    return person(school, "Ильина Марина Фёдоровна", "shmo", Position.TEACHER, Position.METHODICAL_HEAD)


@pytest.fixture
def deputy(school: School) -> User:
    return person(school, "Ермолаева Софья Викторовна", "zavuch", Position.DEPUTY)


@pytest.fixture
def teacher(school: School) -> User:
    return _teaching(school, "Гречко Павел Семёнович", "predmet", "7А")


@pytest.fixture
def colleague(school: School) -> User:
    return _teaching(school, "Пак Андрей Викторович", "informatik", "7Б")


def _teaching(school: School, name: str, login: str, led: str) -> User:
    """A teacher who leads a class: has a duty, so has the pages."""
    user = person(school, name, login)
    make_class(school, led, teacher=user.staff)
    return user
