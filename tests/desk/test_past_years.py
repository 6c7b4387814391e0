"""The old year stays readable when the school has gone on to the next."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.services.judging import period_judge
from school.models import AcademicYear, Pupil, School, SchoolClass, User
from school.selectors_year_change import year_preview
from school.services.year_change import year_change
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    """Twos in September of 2026; the school's day is September of 2027."""
    school = make_school()
    deputy = make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch").user
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    made = make_pupil(make_class(school, "7А", teacher=teacher), "Ковтун Матвей Андреевич")
    give_marks(made, "Алгебра", 2, 2, 2)
    period_judge(period=period_of(school))
    year = AcademicYear.objects.select_related("school").get(school=school)
    year_change(by=deputy, old=year, seen=year_preview(deputy, year).digest)
    School.objects.update(demo_today=date(2027, 9, 10))
    return made


def read(client: Client, login: str, address: str) -> str:
    client.force_login(User.objects.get(username=login))
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("login", ["zavuch", "klass"])
def test_the_class_of_last_year_opens_with_its_pupils(client: Client, pupil: Pupil, login: str) -> None:
    seventh = SchoolClass.objects.get(grade=7)

    shown = read(client, login, reverse("desk:class", args=[seventh.pk]))

    assert "Ковтун" in shown and "2026/27" in shown


def test_a_stranger_to_the_class_does_not_open_it(client: Client, pupil: Pupil) -> None:
    make_staff(pupil.school, "Гречко Павел Семёнович", "teacher", login="predmet")
    client.force_login(User.objects.get(username="predmet"))

    assert client.get(reverse("desk:class", args=[SchoolClass.objects.get(grade=7).pk])).status_code == 404


def test_the_pupils_page_has_a_choice_of_years(client: Client, pupil: Pupil) -> None:
    here = reverse("desk:pupil", args=[pupil.pk])
    algebra = reverse("desk:subject", args=[pupil.pk, pupil.marks.get(ordinal=0).subject_id])

    now, then = read(client, "klass", here), read(client, "klass", f"{here}?year=2026&period=1")

    assert "8А класс" in now and "?year=2026" in now and algebra not in now
    assert "8А класс" in then and f"{algebra}?year=2026" in then and "?year=2026&amp;period=2" in then
    assert "2026/27" in read(client, "klass", f"{algebra}?year=2026")
    assert "2026/27" in read(client, "klass", reverse("desk:absences", args=[pupil.pk]) + "?year=2026")


def test_a_year_in_which_the_pupil_sat_nowhere_is_the_present_one(client: Client, pupil: Pupil) -> None:
    assert "1-я четверть" in read(client, "klass", reverse("desk:pupil", args=[pupil.pk]) + "?year=1999")


@pytest.mark.parametrize(
    "name", ["registry:list", "registry:categories", "registry:signals", "registry:as_of", "registry:approvals"]
)
def test_the_registry_of_last_year_opens(client: Client, pupil: Pupil, name: str) -> None:
    first = AcademicYear.objects.get(start=2026).periods.get(system="quarters", number=1)

    shown = read(client, "zavuch", f"{reverse(name)}?period={first.pk}&state=&on=2026-11-22")

    assert "1-я четверть 2026/27" in shown
    assert "Ковтун" in shown or "7А" in shown


def test_the_list_of_classes_has_both_years(client: Client, pupil: Pupil) -> None:
    shown = read(client, "zavuch", reverse("school:classes") + "?year=2026")

    assert reverse("desk:class", args=[SchoolClass.objects.get(grade=7).pk]) in shown


def test_the_story_says_that_a_signal_ended_with_the_year(client: Client, pupil: Pupil) -> None:
    shown = read(client, "klass", reverse("desk:pupil", args=[pupil.pk]) + "?year=2026")

    assert "учебный год закончен" in shown and "больше не подтверждается" not in shown
