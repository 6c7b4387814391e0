"""The pages of consents and the social passport cost the same number of queries whatever the number of pupils."""

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from school.models import Consent, Enrolment, Pupil, RestrictedRead, School, SchoolClass, SocialFact
from tests.counting import MOST, counts_of, queries
from tests.factories import make_class, make_school, make_staff

pytestmark = pytest.mark.django_db
SINCE = date(2026, 9, 1)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pedagogue(client: Client, school: School) -> Client:
    client.force_login(make_staff(school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user)
    return client


def fill(school_class: SchoolClass, number: int) -> None:
    school = school_class.school
    pupils = Pupil.objects.bulk_create(
        Pupil(school=school, last_name=f"Фамилия{n}", first_name="Имя") for n in range(number)
    )
    Enrolment.objects.bulk_create(Enrolment(pupil=p, school_class=school_class, starts=SINCE) for p in pupils)
    SocialFact.objects.bulk_create(
        SocialFact(pupil=p, group=group, starts=SINCE, ground="справка", written_at=timezone.now())
        for p in pupils
        for group in ("kdn", "ovz")
    )
    Consent.objects.bulk_create(Consent(pupil=p, purpose="health", given_on=SINCE, document="бланк") for p in pupils)


def test_pages_and_workbooks_do_not_grow_with_the_school(pedagogue: Client, school: School) -> None:
    names = ("school:social_passport", "school:consents", "desk:consents_export", "desk:social_export")
    passport, consents, agreed, whole = map(reverse, names)

    found = counts_of(partial(fill, make_class(school, "7А")), pedagogue, (passport, consents, agreed, whole))

    assert all(one == many == most for one, many, most in found.values()), found
    assert max(found[address][0] for address in (passport, consents, agreed)) <= MOST, found
    assert found[whole][0] <= MOST + 2  # no list: counts and names in one file


def test_the_names_of_a_group_and_the_log_of_readings_do_not_grow_either(pedagogue: Client, school: School) -> None:
    director = Client()
    director.force_login(make_staff(school, "Самойлова Нина Петровна", "director", login="head").user)
    school_class = make_class(school, "7А")
    named, logged = [], []
    for more in (1, 49, 200):
        fill(school_class, more)
        named.append(queries(pedagogue, reverse("school:social_passport") + "?group=ovz"))
        logged.append(queries(director, reverse("school:readings")))

    assert len(set(named)) == len(set(logged)) == 1
    assert logged[0] <= MOST
    assert named[0] <= MOST
    assert RestrictedRead.objects.count() <= 2 * (1 + 50 + 50)
