"""What is ahead: whose it is, on which day, and that every number leads to as many rows."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from risk_registry.categories import DeedKind
from risk_registry.models import RegistryEntry, Signal
from risk_registry.services.answers import deed_record
from risk_registry.services.classification import period_classify
from school.agendas import agenda_of
from school.models import Pupil, School, SchoolClass, TeachingAssignment, User
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    made = make_class(school, "7А", teacher=make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass"))
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Алгебра"), school_class=made)
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return made


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


def person(login: str) -> User:
    return User.objects.select_related("school", "staff").get(username=login)


def raise_signals(pupil: Pupil, *subjects: str, due: date = date(2026, 11, 25)) -> None:
    for subject in subjects:
        give_marks(pupil, subject, 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 2))
    Signal.objects.update(due=due)


def titles(login: str) -> list[str]:
    return [item.title.replace("\u00a0", " ") for item in agenda_of(person(login), TODAY)]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_signal_waits_for_the_teacher_of_its_subject_and_for_nobody_else(pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра", "Физика")
    assert titles("predmet") == ["Ответить на 1 сигнал"]
    assert titles("klass") == []


def test_an_answered_signal_waits_no_longer(pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра")
    signal = Signal.objects.get()
    deed_record(by=person("predmet"), pupil=pupil, kind=DeedKind.TALK, on=TODAY, signals=[signal])
    assert titles("predmet") == []


def test_what_nobody_answered_in_time_is_told_to_those_who_answer_for_all(pupil: Pupil, client: Client) -> None:
    raise_signals(pupil, "Алгебра", "Физика", due=date(2026, 11, 20))
    assert "Без ответа, срок прошёл: 2 сигнала" in titles("zavuch")
    client.force_login(person("zavuch"))
    assert text_of(client.get(reverse("desk:slipping"))).count("срок был 20.11") == 2
    Signal.objects.update(due=TODAY)
    assert not any("Без ответа" in title for title in titles("zavuch"))


def test_the_class_teacher_agrees_then_the_deputy_approves_and_only_of_periods_that_are_over(pupil: Pupil) -> None:
    give_result(pupil, "Алгебра", "2")
    raise_signals(pupil, "Физика")
    period_classify(period=period_of(pupil.school, 1))
    assert titles("klass") == ["Согласовать реестр: 1 запись"]
    RegistryEntry.objects.filter(period__number=1).update(state="agreed")
    assert titles("klass") == []
    assert "Утвердить реестр: 1 запись" in titles("zavuch")


def test_every_number_leads_to_as_many_rows(client: Client, seventh: SchoolClass, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра", "Физика", due=date(2026, 11, 20))
    other = make_pupil(seventh, "Ёлкин Павел Викторович")
    give_marks(other, "Алгебра", 2, 2, 2, on=NOVEMBER)
    give_result(pupil, "Алгебра", "2")
    give_result(other, "Алгебра", "2")
    for number in (1, 2):
        period_classify(period=period_of(pupil.school, number))
    Signal.objects.filter(pupil=other).update(due=date(2026, 11, 27))
    seen = 0
    for login in ("predmet", "klass", "zavuch"):
        client.force_login(person(login))
        for item in agenda_of(person(login), TODAY):
            told = re.search(r"(\d+)\u00a0(сигнал|запис)", item.title)
            if told is None:
                continue
            page = client.get(item.url).content.decode()
            assert page.count('class="o-fold-name"') == int(told[1]), item.title
            seen += 1
    assert seen >= 4


def test_the_page_tells_late_and_near_and_far_apart(client: Client, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра", due=date(2026, 11, 19))
    Signal.objects.filter(period__number=2).update(due=date(2026, 11, 19))
    client.force_login(person("predmet"))
    page = text_of(client.get(reverse("desk:agenda")))
    assert "Срок прошёл" in page
    assert "срок прошёл 2 дня назад" in page
    Signal.objects.update(due=date(2026, 11, 24))
    assert "до 24 ноября" in text_of(client.get(reverse("desk:agenda"), {"span": "week"}))
    assert "На это время ничего нет" in text_of(client.get(reverse("desk:agenda"), {"span": "day"}))
    Signal.objects.update(due=TODAY)
    assert "сегодня" in text_of(client.get(reverse("desk:agenda"), {"span": "day"}))


def test_an_end_of_a_period_is_ahead_of_everybody_a_month_before(school: School, seventh: SchoolClass) -> None:
    ends = period_of(school, 2).ends
    items = agenda_of(person("klass"), date(2026, 12, 15))
    assert [(item.title, item.due) for item in items] == [("Заканчивается 2-я четверть", ends)]


def test_no_title_names_a_pupil(seventh: SchoolClass, pupil: Pupil) -> None:
    raise_signals(pupil, "Алгебра", due=date(2026, 11, 19))
    told = [title for login in ("predmet", "klass", "zavuch") for title in titles(login)]
    assert told
    assert not any("Ковтун" in title or "Матвей" in title for title in told)


@pytest.mark.parametrize("name", ["desk:agenda", "desk:mine", "desk:slipping"])
def test_many_pupils_cost_no_more_queries_than_one(
    client: Client, seventh: SchoolClass, pupil: Pupil, name: str
) -> None:
    client.force_login(person("predmet"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    raise_signals(pupil, "Алгебра", due=date(2026, 11, 19))
    queries()
    few = queries()
    for number in range(20):
        give_marks(make_pupil(seventh, f"Ученик Номер{number} Павлович"), "Алгебра", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(pupil.school, 2))
    Signal.objects.update(due=date(2026, 11, 19))
    assert queries() == few
    assert few <= 10  # one statement asks for all rooms that need not ask twice
