from datetime import date, timedelta

import pytest

from school.agenda import agenda_for
from school.models import Holiday, Period, School, Staff, TeachingAssignment, User
from school.roles import Position
from school.services.organisation import year_create
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    staff = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy")
    return User.objects.get(staff=staff)


def titles(user: User, day: date = TODAY) -> list[str]:
    return [item.title for item in agenda_for(user, day)]


def test_it_names_what_a_new_school_lacks(school: School, deputy: User) -> None:
    make_class(school, "7А")
    items = {item.title: item.about for item in agenda_for(deputy, TODAY)}

    assert items["Классы без классного руководителя"] == "7А"
    assert set(items) == {"Запишите каникулы", "Классы без классного руководителя", "Запишите, кто что ведёт"}


def test_it_is_silent_when_nothing_is_missing(school: School, deputy: User) -> None:
    teacher = make_staff(school, "Лоза Ирина Петровна", Position.TEACHER, login="loza")
    school_class = make_class(school, "7А", teacher=teacher)
    TeachingAssignment.objects.create(staff=teacher, subject=make_subject(school, "Алгебра"), school_class=school_class)
    Holiday.objects.create(year=school.years.get(), name="Осенние", starts=TODAY, ends=TODAY)

    assert titles(deputy) == []


def test_it_tells_of_days_without_a_period_and_of_people_without_a_login(school: School, deputy: User) -> None:
    Period.objects.filter(system="quarters", number=1).update(ends=date(2026, 10, 25))
    Staff.objects.create(school=school, last_name="Лоза", first_name="Ирина")
    items = {item.title: item.about for item in agenda_for(deputy, TODAY)}

    assert "26.10.2026 – 31.10.2026" in items["Дни вне учебных периодов"]
    assert items["Выдайте логины"] == "без логина 1\u00a0сотрудник"


def test_it_reminds_of_one_who_is_leaving(school: School, deputy: User) -> None:
    last_day = TODAY + timedelta(days=5)
    make_staff(school, "Лоза Ирина Петровна", Position.TEACHER, login="loza")
    Staff.objects.filter(last_name="Лоза").update(left_on=last_day)
    item = next(item for item in agenda_for(deputy, TODAY) if item.title == "Передайте нагрузку")

    assert item.due == last_day


def test_it_asks_for_a_new_year_when_the_last_is_over(school: School, deputy: User) -> None:
    assert "Переведите классы на новый год" in titles(deputy, date(2027, 9, 1))
    year_create(school=school, start=2027, main="quarters", upper="quarters")
    School.objects.update(demo_today=date(2027, 9, 1))

    assert "Переведите классы на новый год" not in titles(User.objects.get(pk=deputy.pk), date(2027, 9, 1))


def test_it_still_asks_when_the_new_year_was_opened_and_nobody_was_moved_into_it(school: School, deputy: User) -> None:
    make_pupil(make_class(school, "7А"), "Ковтун Матвей")
    year_create(school=school, start=2027, main="quarters", upper="quarters")
    School.objects.update(demo_today=date(2027, 9, 1))

    assert "Переведите классы на новый год" in titles(User.objects.get(pk=deputy.pk), date(2027, 9, 1))


def test_it_asks_nothing_of_those_who_do_not_keep_the_data(school: School) -> None:
    teacher = make_staff(school, "Лоза Ирина Петровна", Position.TEACHER, login="loza")
    make_class(school, "7А", teacher=teacher)

    assert titles(User.objects.get(staff=teacher)) == []
