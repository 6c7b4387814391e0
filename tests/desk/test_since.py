from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from risk_registry.models import RegistryEntry, Signal
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entries_decide
from risk_registry.workflow import Deed
from school.models import Pupil, School, SchoolClass, User, Visit
from school.services.visits import visit_note
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А", teacher=make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass"))


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def was_here(user: User, at: datetime) -> None:
    visit_note(by=user, at=at)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def raise_signal(pupil: Pupil, subject: str = "Алгебра") -> None:
    give_marks(pupil, subject, 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 2))


def agree(school: School) -> None:
    teacher = User.objects.get(username="klass")
    entries = RegistryEntry.objects.filter(state="proposed")
    entries_decide(by=teacher, versions={entry.pk: entry.version for entry in entries}, what=Deed.AGREE, comment="")


def test_the_first_visit_has_nothing_to_compare_with(client: Client, deputy: User, pupil: Pupil) -> None:
    raise_signal(pupil)
    client.force_login(deputy)
    assert "После вашего визита" not in text_of(client.get(reverse("desk:home")))
    assert "Это ваш первый визит" in text_of(client.get(reverse("desk:since")))


def test_the_next_visit_tells_what_others_did_and_what_the_marks_said(
    client: Client, school: School, deputy: User, pupil: Pupil
) -> None:
    was_here(deputy, school.now().replace(hour=0, minute=40) - timedelta(days=1))
    raise_signal(pupil)
    agree(school)
    client.force_login(deputy)
    home = text_of(client.get(reverse("desk:home")))
    assert "После вашего визита вчера в 0:40:" in home
    assert ">1 новый сигнал</a>, " in home
    assert ">1 согласование 7А</a>." in home
    page = text_of(client.get(reverse("desk:since")))
    for words in ("Ковтун Матвей", "Новые сигналы", "Решения по реестру", "Согласован", "Власова Н. И."):
        assert words in page


def test_what_was_there_before_and_what_one_did_oneself_is_not_new(
    client: Client, school: School, deputy: User, pupil: Pupil
) -> None:
    raise_signal(pupil)
    was_here(deputy, school.now())
    entry = RegistryEntry.objects.get()
    entries_decide(by=deputy, versions={entry.pk: entry.version}, what=Deed.APPROVE, comment="")
    client.force_login(deputy)
    assert "нового нет." in text_of(client.get(reverse("desk:home")))
    assert "Нового нет" in text_of(client.get(reverse("desk:since")))


def test_a_closed_signal_is_told(client: Client, school: School, deputy: User, pupil: Pupil) -> None:
    raise_signal(pupil)
    Signal.objects.update(opened_at=school.now() - timedelta(days=3))
    was_here(deputy, school.now() - timedelta(days=2))
    Signal.objects.update(state="closed", closed_at=school.now())
    client.force_login(deputy)
    assert ">1 сигнал закрыт</a>" in text_of(client.get(reverse("desk:home")))
    assert "Закрытые сигналы" in text_of(client.get(reverse("desk:since")))


def test_the_visit_stays_the_same_within_a_session_and_moves_on_with_the_next(
    client: Client, school: School, deputy: User, pupil: Pupil
) -> None:
    was_here(deputy, school.now() - timedelta(days=1))
    client.force_login(deputy)
    raise_signal(pupil)
    for _ in range(2):
        assert "1 новый сигнал" in text_of(client.get(reverse("desk:home")))
    assert Visit.objects.get(user=deputy).seen_at > Signal.objects.get().opened_at - timedelta(minutes=1)
    Signal.objects.update(opened_at=school.now() - timedelta(hours=1))
    client.logout()
    client.force_login(deputy)
    assert "нового нет." in text_of(client.get(reverse("desk:home")))


def test_many_changes_cost_no_more_queries_than_one(
    client: Client, school: School, deputy: User, seventh: SchoolClass, pupil: Pupil
) -> None:
    was_here(deputy, school.now() - timedelta(days=1))
    client.force_login(deputy)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("desk:since")).status_code == 200
        return len(seen)

    raise_signal(pupil)
    agree(school)
    queries()
    one = queries()
    for number in range(12):
        raise_signal(make_pupil(seventh, f"Ученик Номер{number} Павлович"))
    agree(school)
    assert queries() == one
