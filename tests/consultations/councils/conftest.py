from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.councils import (
    CouncilKind,
)
from consultations.models import Council
from school.models import Pupil, School, SchoolClass, Staff, TeachingAssignment, User
from school.roles import Position
from tests.consultations.council_making import (
    fresh,
    make_council,
)
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def chair(school: School) -> Staff:
    return make_staff(school, "Рощина Вера Олеговна", Position.PSYCHOLOGIST, login="chair")


@pytest.fixture
def teacher(school: School) -> Staff:
    """Teaches algebra in 7А; is in no council."""
    return make_staff(school, "Гречко Павел Семёнович", Position.TEACHER, login="teacher")


@pytest.fixture
def leader(school: School) -> Staff:
    return make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login="leader")


@pytest.fixture
def seventh(school: School, leader: Staff, teacher: Staff) -> SchoolClass:
    school_class = make_class(school, "7А", teacher=leader)
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Алгебра"), school_class=school_class)
    return school_class


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def ppk(deputy: User, chair: Staff) -> Council:
    return make_council(deputy, CouncilKind.PPK, chair=chair)


@pytest.fixture
def visit(client: Client) -> Callable[..., Any]:
    def go(user: User, name: str, *keys: int) -> Any:
        client.force_login(fresh(user))
        return client.get(reverse(name, args=keys))

    return go
