"""What the desk costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from school.models import (
    School,
    SchoolClass,
    Staff,
    User,
)
from tests.desk.desk_of import NOVEMBER, classify_both, miss
from tests.factories import make_class, make_pupil
from tests.risk_registry.making import give_marks, give_result

pytestmark = pytest.mark.django_db


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("login", ["zavuch", "klass"])
def test_a_larger_school_costs_the_desk_no_more_queries(
    client: Client, school: School, seventh: SchoolClass, deputy: User, login: str
) -> None:
    client.force_login(User.objects.get(username=login))
    url = reverse("desk:home")
    count(client, url)
    few = count(client, url)
    for letter in "БВГ":
        more = make_class(school, f"7{letter}", teacher=Staff.objects.get(last_name="Власова"))
        for number in range(10):
            pupil = make_pupil(more, f"Ученик{number} Номер{number} Павлович")
            give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
            give_result(pupil, "Алгебра", "2")
            miss(pupil, NOVEMBER)
    classify_both(school)
    assert count(client, url) == few
    assert few <= 34


def test_the_list_of_the_missed_costs_the_same_for_one_and_for_many(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    url = reverse("desk:missed")
    count(client, url)
    few = count(client, url)
    for number in range(30):
        miss(make_pupil(seventh, f"Ученик{number} Номер{number} Павлович"), NOVEMBER)
    assert count(client, url) == few
    assert few <= 8
