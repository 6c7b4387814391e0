from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gradebook.models import Absence, Mark
from risk_registry.services.classification import period_classify
from school.models import Pupil, School, TeachingAssignment, User
from tests.counting import queries
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 7)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    return make_pupil(make_class(school, "7А", teacher=teacher), "Ковтун Матвей Андреевич", birth=date(2013, 4, 18))


@pytest.fixture
def deputy(pupil: Pupil) -> User:
    make_staff(pupil.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


def load(pupil: Pupil, number: int) -> None:
    """So many more marks and absences, in ten subjects."""
    school, have = pupil.school, Mark.objects.count()
    year = school.years.get()
    subjects = [make_subject(school, f"Предмет {n}") for n in range(10)]
    days = [SEPTEMBER + timedelta(days=n % 70) for n in range(number)]
    facts = [
        {"school": school, "year": year, "pupil": pupil, "subject": subjects[n % 10], "date": day, "ordinal": have + n}
        for n, day in enumerate(days)
    ]
    Mark.objects.bulk_create(Mark(**told, value=2 + n % 4) for n, told in enumerate(facts))
    Mark.objects.update(value=3)
    Absence.objects.bulk_create(Absence(**told, reason="illness") for told in facts)
    period_classify(period=period_of(school, 1))


@pytest.mark.parametrize("login", ["zavuch", "klass", "predmet"])
def test_a_thousand_events_cost_no_more_queries_than_ten(
    client: Client, pupil: Pupil, deputy: User, login: str
) -> None:
    # A class teacher of another class, who teaches this one: nothing can be known without asking.
    teacher = make_staff(pupil.school, "Гречко Павел Семёнович", "teacher", login="predmet")
    make_class(pupil.school, "5А", teacher=teacher)
    here = pupil.enrolments.get().school_class
    subject = make_subject(pupil.school, "Алгебра")
    TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=here)
    client.force_login(User.objects.get(username=login))
    address = reverse("desk:pupil", args=[pupil.pk])
    load(pupil, 10)
    few = queries(client, address)
    load(pupil, 990)
    assert few == queries(client, address) <= 20
