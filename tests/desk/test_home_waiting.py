from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.selectors.signals import SignalRow
from risk_registry.services.classification import period_classify
from school.models import Pupil, School, SchoolClass, Staff, Subgroup, TeachingAssignment, User
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    staff = make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    user = User.objects.get(staff=staff)
    client.force_login(user)
    return user


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    """7А, taught algebra by nobody yet; a pupil of it has seven twos, another none."""
    seventh = make_class(school, "7А", teacher=make_staff(school, "Власова Нина Ильинична", "class_teacher"))
    give_marks(make_pupil(seventh, "Ковтун Матвей Андреевич"), "Алгебра", *[2] * 7, on=NOVEMBER)
    make_pupil(seventh, "Агеев Иван Павлович")
    period_classify(period=period_of(school, 2))
    return seventh


def waiting(client: Client) -> SignalRow:
    answer = client.get(reverse("desk:home"))
    [row] = answer.context["overview"].signals
    assert isinstance(row, SignalRow)
    assert row.asked in answer.content.decode()
    return row


def teach(staff: Staff, school_class: SchoolClass, group: Subgroup | None = None) -> None:
    subject = make_subject(school_class.year.school, "Алгебра")
    TeachingAssignment.objects.create(staff=staff, subject=subject, school_class=school_class, subgroup=group)


def test_the_deputy_sees_how_long_a_signal_waits_and_the_last_marks_of_many(
    client: Client, deputy: User, seventh: SchoolClass
) -> None:
    row = waiting(client)
    assert (row.asked, row.waits) == ("", "12\xa0дней")
    assert (len(row.days), len(row.recent), row.earlier) == (7, 5, 2)


def test_the_answer_is_expected_from_whoever_teaches_the_pupil(
    client: Client, school: School, deputy: User, seventh: SchoolClass
) -> None:
    teach(make_staff(school, "Гречко Пётр Саввич"), seventh)
    assert waiting(client).asked == "Гречко\xa0П.\xa0С."
    for name, members in (("Лыкова Ева Аровна", "Ковтун"), ("Титова Яна Львовна", "Агеев")):
        group = Subgroup.objects.create(school_class=seventh, name=name)
        group.pupils.set(Pupil.objects.filter(last_name=members))
        teach(make_staff(school, name), seventh, group)
    assert waiting(client).asked == "Лыкова\xa0Е.\xa0А."


def test_the_answer_about_absences_is_expected_from_the_class_teacher(
    client: Client, school: School, deputy: User, seventh: SchoolClass
) -> None:
    row = waiting(client)
    row.signal.__class__.objects.update(subject=None, rule="absences", level=2)
    assert waiting(client).asked == "Власова\xa0Н.\xa0И."
