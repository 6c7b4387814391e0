"""A school with two quarters, and its deputy director, who is logged in."""

from datetime import date

import pytest
from django.test import Client

from school.models import (
    School,
    SchoolClass,
    User,
)
from tests.desk.desk_of import NOVEMBER, SEPTEMBER, classify_both, log_in, miss
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, give_result


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    return log_in(client, make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch"))


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    """Two quarters: one weak pupil in the first, a failing one in the second."""
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    school_class = make_class(school, "7А", teacher=teacher)
    bad = make_pupil(school_class, "Ковтун Матвей Андреевич")
    give_marks(bad, "Алгебра", 2, on=SEPTEMBER)
    give_result(bad, "Алгебра", "3")
    give_marks(bad, "Алгебра", 2, 2, 2, on=NOVEMBER)
    good = make_pupil(school_class, "Агеев Лев Павлович")
    give_marks(good, "Алгебра", 5, on=SEPTEMBER)
    give_marks(good, "Алгебра", 5, 5, 4, on=date(2026, 11, 20))
    miss(bad, NOVEMBER)
    miss(bad, date(2026, 11, 20))
    miss(bad, SEPTEMBER)
    classify_both(school)
    return school_class
