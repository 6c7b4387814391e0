import pytest

from school.models import Pupil, School, SchoolClass, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def leader(school: School) -> User:
    return make_staff(school, "Тихонова Анна Петровна", login="leader").user


@pytest.fixture
def seventh(school: School, leader: User) -> SchoolClass:
    return make_class(school, "7А", teacher=leader.staff)


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")
