"""Lists cost the same number of queries whatever their length."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from school.models import School, Staff, StaffPosition, User
from tests.counting import MOST, counts, queries, seat
from tests.factories import make_class, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(client: Client, school: School) -> Client:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="deputy")
    client.force_login(User.objects.get(staff=staff))
    return client


def test_the_list_of_pupils_takes_as_many_queries_for_1_50_and_2000(deputy: Client, school: School) -> None:
    [one, many, most] = counts(partial(seat, make_class(school, "7А")), deputy, reverse("school:pupils"))
    assert one == many == most <= MOST


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
