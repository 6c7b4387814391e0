from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gradebook.models import Absence
from risk_registry.models import RegistryEntry
from risk_registry.selectors.periods import start_of
from risk_registry.services.classification import period_classify
from school.models import (
    Municipality,
    Pupil,
    Responsibility,
    School,
    SchoolClass,
    Staff,
    TeachingAssignment,
    User,
)
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.debt_making import owe
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = date(2026, 9, 7), date(2026, 11, 9)


@pytest.fixture
def school() -> School:
    return make_school()


def log_in(client: Client, staff: Staff) -> User:
    user = User.objects.get(staff=staff)
    client.force_login(user)
    return user


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    return log_in(client, make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch"))


def home(client: Client) -> Any:
    answer = client.get(reverse("desk:home"))
    assert answer.status_code == 200
    return answer


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def miss(pupil: Pupil, day: date, reason: str = "unexcused") -> None:
    Absence.objects.create(
        school=pupil.school,
        year=pupil.school.years.get(),
        pupil=pupil,
        subject=make_subject(pupil.school, "Алгебра"),
        date=day,
        reason=reason,
    )


def classify_both(school: School) -> None:
    for number in (1, 2):
        period_classify(period=period_of(school, number))


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    """Two quarters: one weak pupil in the first, a failing one in the second."""
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    school_class = make_class(school, "7А", teacher=teacher)
    bad = make_pupil(school_class, "Ковтун Матвей Андреевич")
    give_marks(bad, "Алгебра", 2, on=SEPTEMBER)
    give_result(bad, "Алгебра", "3")
    give_marks(bad, "Алгебра", 2, 2, 2, on=NOVEMBER)
    good = make_pupil(school_class, "Агеев Лев Павлович")
    give_marks(good, "Алгебра", 5, on=SEPTEMBER)
    give_marks(good, "Алгебра", 5, 5, 4, on=date(2026, 11, 20))
    miss(bad, NOVEMBER)
    miss(bad, date(2026, 11, 20))
    miss(bad, SEPTEMBER)
    classify_both(school)
    return school_class


# --- the whole school -------------------------------------------------------------------------------------------------


def test_the_deputy_sees_where_the_school_stands_with_the_change_beside_it(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    told = home(client).context["overview"]
    figures = {figure.label: figure for figure in told.figures}
    assert figures["Неуспевающие, прогноз"].number == "1"
    assert figures["Неуспевающие, прогноз"].change.by == 1
    assert figures["Слабоуспевающие"].number == "0"
    assert figures["Слабоуспевающие"].change.by == -1
    assert figures["Слабоуспевающие"].change.against == "к 1-й четверти"
    assert figures["Под риском всего"].of == "из 2 · 50,0\u00a0%"


def test_lessons_missed_without_a_reason_are_compared_with_the_same_days(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    [figure] = [one for one in home(client).context["overview"].figures if one.label == "Уроки без причины"]
    assert (figure.number, figure.change.by, figure.change.against) == ("2", 1, "к тем же дням")


def test_every_figure_of_the_deputy_leads_to_a_list_of_as_many_names(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    for figure in home(client).context["overview"].figures:
        answer = client.get(figure.url)
        assert answer.status_code == 200, figure
        text = text_of(answer)
        if figure.label in ("Неуспевающие, прогноз", "Сигналы без ответа", "Уроки без причины"):
            assert "Ковтун" in text, figure
            assert "Агеев" not in text, figure


def test_the_deputy_sees_three_twos_with_their_days(client: Client, seventh: SchoolClass, deputy: User) -> None:
    [row] = home(client).context["overview"].signals
    assert row.signal.pupil.last_name == "Ковтун"
    assert [chip.on for chip in row.days] == [NOVEMBER] * 3


def test_signals_that_wait_longest_come_first_and_the_rest_is_counted(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    for number in range(12):
        pupil = make_pupil(seventh, f"Ученик Номер{number} Павлович")
        give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
    give_marks(pupil, "Физика", 2, 2, 2, on=NOVEMBER - timedelta(days=5))
    give_marks(pupil, "Физика", 2, on=NOVEMBER + timedelta(days=5))
    period_classify(period=period_of(school, 2))
    answer = home(client)
    told = answer.context["overview"]
    assert told.signals[0].signal.subject.name == "Физика"
    assert told.signals[0].signal.since == NOVEMBER - timedelta(days=5)
    assert (len(told.signals), told.open_signals) == (8, 14)
    assert "Все открытые сигналы: 14" in text_of(answer)


def test_the_registry_of_the_period_that_is_over_waits_with_counts_by_class(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    told = home(client).context["overview"]
    assert told.registry_period == period_of(school, 1)
    assert [(line.number, line.words) for line in told.waiting] == [(1, "ждут согласования классного руководителя")]
    assert [(str(line.school_class), line.ready, line.all) for line in told.agreeing] == [("7А", 0, 1)]
    assert "Ковтун" in text_of(client.get(told.waiting[0].url))
    RegistryEntry.objects.update(state="approved")
    told = home(client).context["overview"]
    assert (told.waiting, told.agreeing) == ((), ())


def test_a_class_without_fresh_data_is_named_and_is_not_called_safe(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    silent = make_class(school, "8Б")
    make_pupil(silent, "Ёлкин Павел Викторович")
    make_pupil(make_class(school, "1А"), "Малышев Иван Петрович")
    classify_both(school)
    answer = home(client)
    told = answer.context["overview"]
    assert [str(line.school_class) for line in told.stale] == ["8Б"]
    assert "1 класс без свежих" in text_of(answer)
    [line] = [line for line in told.classes if line.school_class == silent]
    assert line.risk == ""
    assert "нет данных" in text_of(answer)


def test_an_old_lesson_makes_a_class_stale_after_the_schools_own_days(
    client: Client, school: School, seventh: SchoolClass, deputy: User
) -> None:
    assert home(client).context["overview"].stale == ()
    school.demo_today = date(2026, 11, 29)
    school.save()
    [line] = home(client).context["overview"].stale
    assert (line.data_on, line.days) == (date(2026, 11, 20), 9)
    school.settings.stale_after_days = 9
    school.settings.save()
    assert home(client).context["overview"].stale == ()


def test_the_first_period_of_a_school_is_shown_without_a_comparison(
    client: Client, school: School, deputy: User
) -> None:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, on=SEPTEMBER)
    classify_both(school)
    told = home(client).context["overview"]
    assert told.period == period_of(school, 1)
    assert {figure.change for figure in told.figures} == {None}


def test_an_empty_school_is_told_what_to_do_first_and_by_whom(client: Client, school: School, deputy: User) -> None:
    answer = home(client)
    steps = answer.context["setup"].steps
    assert [(step.title, step.done) for step in steps] == [
        ("Учебный год и периоды", True),
        ("Контингент", False),
        ("Сотрудники", True),
        ("Логины", True),
        ("Список начала года", False),
        ("Отметки", False),
        ("Категории", False),
    ]
    text = text_of(answer)
    assert f'class="btn btn-primary" href="{reverse("school:import_pupils")}"' in text
    for step in steps:
        assert client.get(step.url).status_code == 200


def test_the_setup_is_gone_when_the_school_works(client: Client, seventh: SchoolClass, deputy: User) -> None:
    answer = home(client)
    assert answer.context.get("setup") is None
    assert "С чего начать" not in text_of(answer)


# --- teachers and others ----------------------------------------------------------------------------------------------


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


def test_the_municipal_coordinator_sees_schools_side_by_side_and_nobodys_name(
    client: Client, school: School, seventh: SchoolClass
) -> None:
    district = Municipality.objects.create(name="Ясногорский округ")
    make_school("S2")
    make_school("S3")
    School.objects.filter(code__in=["S1", "S2"]).update(municipality=district)
    client.force_login(User.objects.create_user("municipal", municipality=district))
    answer = home(client)
    lines = answer.context["schools"]
    assert [(line.school.code, line.pupils, line.failing, line.weak, line.risk) for line in lines] == [
        ("S1", 2, 1, 0, "50,0\u00a0%"),
        ("S2", 0, 0, 0, "—"),
    ]
    text = text_of(answer)
    assert "категории ещё не посчитаны" in text
    for name in ("Ковтун", "Агеев", "Власова"):
        assert name not in text


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


# --- cost -------------------------------------------------------------------------------------------------------------


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("login", ["zavuch", "klass"])
def test_a_larger_school_costs_the_desk_no_more_queries(
    client: Client, school: School, seventh: SchoolClass, deputy: User, login: str
) -> None:
    client.force_login(User.objects.get(username=login))
    url = reverse("desk:home")
    count(client, url)
    few = count(client, url)
    for letter in "БВГ":
        more = make_class(school, f"7{letter}", teacher=Staff.objects.get(last_name="Власова"))
        for number in range(10):
            pupil = make_pupil(more, f"Ученик{number} Номер{number} Павлович")
            give_marks(pupil, "Алгебра", 2, 2, 2, on=NOVEMBER)
            give_result(pupil, "Алгебра", "2")
            miss(pupil, NOVEMBER)
    classify_both(school)
    assert count(client, url) == few
    assert few <= 56


def test_the_list_of_the_missed_costs_the_same_for_one_and_for_many(
    client: Client, seventh: SchoolClass, deputy: User
) -> None:
    url = reverse("desk:missed")
    count(client, url)
    few = count(client, url)
    for number in range(30):
        miss(make_pupil(seventh, f"Ученик{number} Номер{number} Павлович"), NOVEMBER)
    assert count(client, url) == few
    assert few <= 8


def test_more_schools_cost_the_coordinator_no_more_queries(client: Client, school: School) -> None:
    district = Municipality.objects.create(name="Ясногорский округ")
    School.objects.update(municipality=district)
    client.force_login(User.objects.create_user("municipal", municipality=district))
    url = reverse("desk:home")

    def filled(code: str) -> None:
        made = School.objects.get(code=code)
        give_marks(make_pupil(make_class(made, "7А"), "Ковтун Матвей Андреевич"), "Алгебра", 2, on=SEPTEMBER)
        classify_both(made)

    filled("S1")
    count(client, url)
    few = count(client, url)
    for number in range(2, 6):
        make_school(f"S{number}")
        filled(f"S{number}")
    School.objects.update(municipality=district)
    assert count(client, url) == few


def test_the_desk_speaks_of_the_schools_own_day(client: Client, seventh: SchoolClass, deputy: User) -> None:
    assert "Суббота, 21 ноября" in text_of(home(client))
