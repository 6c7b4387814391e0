"""The pages people live in: what changed since one's last visit."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.models import RegistryEntry, Signal
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Pupil, School, User
from school.services.visits import visit_note
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    for name, position, login in (
        ("Ермолаева Софья Викторовна", "deputy_director_uvr", "zavuch"),
        ("Самойлова Нина Павловна", "director", "director"),
        ("Власова Надежда Игоревна", "teacher", "klass"),
    ):
        make_staff(school, name, position, login=login)
    seventh = make_class(school, "7А", teacher=person("klass").staff)
    return [make_pupil(seventh, name) for name in ("Ковтун Матвей Андреевич", "Ёлкин Павел Викторович")]


def person(login: str) -> User:
    return User.objects.select_related("school", "staff").get(username=login)


def three_changes(school: School, pupils: list[Pupil]) -> None:
    """Two signals, and the class teacher's agreement to one entry."""
    for pupil in pupils:
        give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(school, 2))
    entry = RegistryEntry.objects.get(pupil=pupils[0])
    entries_decide(by=person("klass"), versions={entry.pk: entry.version}, what=Deed.AGREE, comment="")


def listed(client: Client) -> int:
    """How many changes the page lists."""
    answer = client.get(reverse("desk:since"))
    assert answer.status_code == 200
    return answer.content.decode().count('class="o-fold-name"')


def test_exactly_the_three_changes_since_the_last_visit_are_listed_and_at_the_next_visit_none(
    client: Client, school: School, pupils: list[Pupil]
) -> None:
    visit_note(by=person("zavuch"), at=school.now() - timedelta(days=1))
    three_changes(school, pupils)
    client.force_login(person("zavuch"))
    assert listed(client) == 3
    assert listed(client) == 3  # the same visit
    # What happened lies before what comes next.
    Signal.objects.update(opened_at=school.now() - timedelta(hours=2))
    RegistryEntry.objects.get(pupil=pupils[0]).steps.update(at=school.now() - timedelta(hours=2))
    client.logout()
    client.force_login(person("zavuch"))
    assert listed(client) == 0
    assert "нового нет" in client.get(reverse("desk:home")).content.decode()


def test_visits_of_other_people_do_not_matter(client: Client, school: School, pupils: list[Pupil]) -> None:
    for login in ("zavuch", "director", "klass"):
        visit_note(by=person(login), at=school.now() - timedelta(days=1))
    three_changes(school, pupils)
    for login in ("director", "klass"):
        other = Client()
        other.force_login(person(login))
        other.get(reverse("desk:since"))
    client.force_login(person("zavuch"))
    assert listed(client) == 3


def test_each_person_is_told_of_their_own_pupils_and_not_of_their_own_deeds(
    client: Client, school: School, pupils: list[Pupil]
) -> None:
    ninth = make_class(school, "9Б", teacher=make_staff(school, "Лыкова Елена Аркадьевна", "teacher", login="lykova"))
    make_pupil(ninth, "Агеев Лев Павлович")
    for login in ("klass", "lykova"):
        visit_note(by=person(login), at=school.now() - timedelta(days=1))
    three_changes(school, pupils)
    client.force_login(person("klass"))
    assert listed(client) == 2  # the agreement was theirs
    client.force_login(person("lykova"))
    assert listed(client) == 0
