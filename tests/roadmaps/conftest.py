from datetime import date

import pytest

from roadmaps.models import Roadmap
from roadmaps.services.roadmaps import roadmap_approve, roadmap_create
from school.models import AcademicYear, School, User
from school.roles import Position
from tests.factories import make_school, make_staff


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def year(school: School) -> AcademicYear:
    return school.years.get()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def roadmap(deputy: User, year: AcademicYear) -> Roadmap:
    return roadmap_create(by=deputy, year=year, catalogue=True)


@pytest.fixture
def approved(deputy: User, roadmap: Roadmap) -> Roadmap:
    return roadmap_approve(by=deputy, roadmap=roadmap, version=0, order_number="112", order_date=date(2026, 8, 28))
