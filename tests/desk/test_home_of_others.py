"""The desk of teachers, of those with pupils of their own, of administrators and of the municipality."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from risk_registry.selectors.periods import start_of
from risk_registry.services.classification import period_classify
from school.models import (
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
)
from tests.desk.desk_of import NOVEMBER, classify_both, home, log_in, text_of
from tests.factories import make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.debt_making import owe
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db


def test_the_class_teacher_sees_the_own_class_who_is_at_risk_and_why(
    client: Client, school: School, seventh: SchoolClass
) -> None:
    other = make_pupil(make_class(school, "8Б"), "Ёлкин Павел Викторович")
    give_marks(other, "Химия", 2, 2, 2, on=NOVEMBER)
    classify_both(school)
    log_in(client, Staff.objects.get(last_name="Власова"))
    answer = home(client)
    [own] = answer.context["own_classes"]
    assert own.school_class == seventh
    assert [(line.pupil.last_name, line.category, line.reasons) for line in own.risk] == [
        ("Ковтун", "failing", ("прогноз 2: Алгебра",))
    ]
    assert [(pupil.last_name, pupil.bad) for pupil in own.missed] == [("Ковтун", 2)]
    assert [(figure.label, figure.number) for figure in own.figures][-1] == ("Открытые сигналы", "1")
    assert "Ковтун" in text_of(client.get(own.figures[-1].url))
    text = text_of(answer)
    assert "Ёлкин" not in text
    assert answer.context.get("overview") is None


def test_the_class_teacher_is_told_how_many_entries_wait_and_the_link_shows_as_many(
    client: Client, seventh: SchoolClass
) -> None:
    log_in(client, Staff.objects.get(last_name="Власова"))
    answer = home(client)
    [own] = answer.context["own_classes"]
    assert own.to_agree == 1
    assert "1 запись реестра ждёт вашего согласия" in text_of(answer)
    assert "Ковтун" in text_of(client.get(own.agree_url))


def test_the_subject_teacher_sees_own_classes_and_three_twos_in_own_subjects_only(
    client: Client, school: School, seventh: SchoolClass
) -> None:
    bad = Pupil.objects.get(last_name="Ковтун")
    give_marks(bad, "Геометрия", 2, 2, 2, on=NOVEMBER)
    period_classify(period=period_of(school, 2))
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Геометрия"), school_class=seventh)
    log_in(client, teacher)
    told = home(client).context["teaching"]
    assert [(str(line.school_class), line.subjects) for line in told.classes] == [("7А", "Геометрия")]
    assert [(row.signal.subject.name, row.needed) for row in told.signals] == [
        ("Геометрия", "одна «4» или три «3»"),
    ]
    give_result(bad, "Геометрия", "2", period=period_of(school, 2))
    [row] = home(client).context["teaching"].signals
    assert row.needed == ""


def test_a_tutor_sees_the_pupils_they_answer_for(client: Client, school: School, seventh: SchoolClass) -> None:
    tutor = make_staff(school, "Климова Светлана Романовна", "tutor", login="tutor")
    bad = Pupil.objects.get(last_name="Ковтун")
    Responsibility.objects.create(person=tutor, pupil=bad, kind="tutor")
    log_in(client, tutor)
    [line] = home(client).context["charges"]
    assert (line.duty.pupil, line.category, line.open_signals) == (bad, "failing", 1)


def test_a_person_without_duties_is_told_what_will_be_here(client: Client, school: School) -> None:
    log_in(client, make_staff(school, "Сорокина Юлия Борисовна", "teacher", login="none"))
    assert "Обязанностей пока нет" in text_of(home(client))


def test_the_administrator_sees_how_far_the_school_is_and_no_pupils(
    client: Client, school: School, seventh: SchoolClass
) -> None:
    client.force_login(User.objects.create_user("admin", school=school, is_administrator=True))
    answer = home(client)
    assert answer.context["setup"].ready
    assert "Ковтун" not in text_of(answer)


def test_the_administrator_of_an_empty_installation_is_led_to_the_first_school(client: Client) -> None:
    client.force_login(User.objects.create_user("admin", is_administrator=True))
    text = text_of(home(client))
    assert "Школы ещё нет" in text
    assert reverse("school:first_school") in text


def test_in_the_first_days_of_a_year_the_desk_tells_the_list_of_its_beginning(client: Client, school: School) -> None:
    staff = make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    seventh = make_class(school, "7А", teacher=teacher)
    owe(User.objects.get(staff=staff), make_pupil(seventh, "Ковтун Матвей Андреевич"))
    period_classify(period=start_of(school.years.get()))
    School.objects.update(demo_today=date(2026, 9, 10))

    log_in(client, staff)
    told = home(client).context["overview"]
    assert (told.period.is_start, told.period_words, told.stale) == (True, "Начало года, по прошлому году", ())
    assert next(figure.number for figure in told.figures if figure.label == "Неуспевающие") == "1"
    for figure in told.figures:
        assert client.get(figure.url).status_code == 200, figure.label
    log_in(client, teacher)
    (own,) = home(client).context["own_classes"]
    assert ([line.pupil.last_name for line in own.risk], own.stale) == (["Ковтун"], False)
