"""Lists cost the same number of queries whatever their length."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from school.models import Enrolment, Pupil, School, SchoolClass, Staff, StaffPosition, User
from tests.factories import make_class, make_school, make_staff

pytestmark = pytest.mark.django_db
MOST = 8


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(client: Client, school: School) -> Client:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="deputy")
    client.force_login(User.objects.get(staff=staff))
    return client


def seat(school_class: SchoolClass, number: int) -> None:
    pupils = [Pupil(school=school_class.school, last_name=f"Фамилия{n}", first_name="Имя") for n in range(number)]
    Pupil.objects.bulk_create(pupils)
    starts = school_class.year.starts
    Enrolment.objects.bulk_create(Enrolment(pupil=p, school_class=school_class, starts=starts) for p in pupils)


def queries(client: Client, address: str) -> int:
    client.get(address)  # the session is touched once a minute
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_of_pupils_takes_as_many_queries_for_1_50_and_2000(deputy: Client, school: School) -> None:
    address = reverse("school:pupils")
    school_class = make_class(school, "7А")
    counts = []
    for more in (1, 49, 1950):
        seat(school_class, more)
        counts.append(queries(deputy, address))

    assert len(set(counts)) == 1
    assert counts[0] <= MOST


@pytest.mark.parametrize("name", ["school:classes", "school:subjects", "school:staff", "school:years"])
def test_other_lists_do_not_grow_either(deputy: Client, school: School, name: str) -> None:
    few = queries(deputy, reverse(name))
    for letter in "АБВГД":
        seat(make_class(school, f"5{letter}"), 3)
    people = [Staff(school=school, last_name=f"Учитель{n}", first_name="Имя") for n in range(40)]
    Staff.objects.bulk_create(people)
    StaffPosition.objects.bulk_create(StaffPosition(staff=person, position="teacher") for person in people)
    many = queries(deputy, reverse(name))

    assert many <= MOST
    assert many - few <= 1  # the classes of the people shown are read only when there are people


def test_the_page_of_a_class_does_not_grow_with_it(deputy: Client, school: School) -> None:
    school_class = make_class(school, "7А")
    address = reverse("school:class", args=[school_class.pk])
    seat(school_class, 1)
    few = queries(deputy, address)
    seat(school_class, 30)

    assert queries(deputy, address) == few
