from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.selectors.search import alike_pupils, found_others, found_pupils
from school.models import Pupil, School, User
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    school = make_school()
    seventh, ninth = make_class(school, "7А"), make_class(school, "9Б")
    make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="10003310")
    make_pupil(seventh, "Ёлкин Павел Викторович")
    make_pupil(seventh, "Кузьмин Алексей Иванович", birth=date(2013, 2, 2))
    make_pupil(ninth, "Кузьмин Алексей Иванович", birth=date(2011, 9, 19))
    return school


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ковт мат", ["Ковтун Матвей"]),
        ("МАТВЕЙ КОВТУН", ["Ковтун Матвей"]),
        ("елкин", ["Ёлкин Павел"]),
        ("Ёлк", ["Ёлкин Павел"]),
        ("Koвтун", ["Ковтун Матвей"]),  # the first letter is Latin
        ("кузьмин", ["Кузьмин Алексей", "Кузьмин Алексей"]),
        ("кузьмин 9б", ["Кузьмин Алексей"]),
        ("7a", ["Ёлкин Павел", "Ковтун Матвей", "Кузьмин Алексей"]),
        ("10003310", ["Ковтун Матвей"]),
        ("петров", []),
        ("%", []),
        ("", []),
    ],
)
def test_it_finds_by_parts_of_the_name_and_by_class(deputy: User, text: str, names: list[str]) -> None:
    assert [pupil.list_name for pupil in found_pupils(deputy, text)] == names


def test_it_finds_nobody_whom_the_person_may_not_see(school: School, deputy: User) -> None:
    teacher = make_staff(school, "Сорокина Юлия Борисовна", "teacher", login="stranger")
    stranger = User.objects.get(staff=teacher)
    other = make_class(make_school("S2"), "7А")
    make_pupil(other, "Ковтун Матвей Андреевич")
    assert list(found_pupils(stranger, "ковтун")) == []
    assert [pupil.school for pupil in found_pupils(deputy, "ковтун")] == [school]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("кавтун", ["Ковтун Матвей"]),
        ("Кофтун Матвей", ["Ковтун Матвей"]),
        ("матвий", ["Ковтун Матвей"]),
        ("кузмин 9б", ["Кузьмин Алексей"]),
        ("кузмин алексий", ["Кузьмин Алексей", "Кузьмин Алексей"]),
        ("петров", []),
        ("я", []),
        ("%%%", []),
        ("", []),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(deputy: User, text: str, names: list[str]) -> None:
    assert [pupil.list_name for pupil in alike_pupils(deputy, text)] == names


def test_a_slip_finds_nobody_whom_the_person_may_not_see(school: School, deputy: User) -> None:
    make_staff(school, "Сорокина Юлия Борисовна", "teacher", login="stranger")
    assert alike_pupils(User.objects.get(username="stranger"), "кавтун") == []
    make_pupil(make_class(make_school("S2"), "7А"), "Ковтун Матвей Андреевич")
    assert [pupil.school for pupil in alike_pupils(deputy, "кавтун")] == [school]


def test_alike_names_are_offered_and_not_opened_by_themselves(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    answer = client.get(reverse("desk:search"), {"q": "кавтун"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Может быть, вы искали" in text
    assert "Ковтун Матвей Андреевич" in text


def test_it_finds_classes_and_colleagues(school: School, deputy: User) -> None:
    make_staff(school, "Сорокина Юлия Борисовна", "teacher")
    make_class(school, "7Б")

    def titles(text: str) -> list[str]:
        return [hit.title for hit in found_others(deputy, text)]

    assert titles("7") == ["7А класс", "7Б класс"]
    assert titles("7 б") == ["7Б класс"]
    assert titles("сорок юл") == ["Сорокина Юлия Борисовна"]
    assert titles("ковтун") == []
    assert titles("") == []


def test_it_names_only_the_classes_that_the_person_may_open(school: School) -> None:
    teacher = make_staff(school, "Сорокина Юлия Борисовна", "teacher", login="klass")
    make_class(school, "8А", teacher=teacher)
    make_class(school, "8Б")
    assert [hit.title for hit in found_others(User.objects.get(username="klass"), "8")] == ["8А класс"]


def test_a_person_without_duties_finds_nobody_at_all(school: School) -> None:
    make_staff(school, "Лишний Олег Романович", login="none")
    assert found_others(User.objects.get(username="none"), "7а лишний") == []


def test_the_only_class_found_is_opened_at_once(client: Client, school: School, deputy: User) -> None:
    made = make_class(school, "3В")
    client.force_login(deputy)
    answer = client.get(reverse("desk:search"), {"q": "3в"})
    assert answer.headers["Location"] == reverse("desk:class", args=[made.pk])


def test_it_finds_those_who_left(deputy: User) -> None:
    Pupil.objects.get(last_name="Ковтун").enrolments.update(ends=date(2026, 10, 1))
    assert [pupil.list_name for pupil in found_pupils(deputy, "ковтун")] == ["Ковтун Матвей"]


def test_the_only_one_found_is_opened_at_once(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    answer = client.get(reverse("desk:search"), {"q": "ковт"})
    assert answer.headers["Location"] == reverse("desk:pupil", args=[Pupil.objects.get(last_name="Ковтун").pk])


def test_namesakes_are_told_apart_by_class_and_birthday(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    text = client.get(reverse("desk:search"), {"q": "кузьмин"}).content.decode()
    for words in ("7А", "9Б", "02.02.2013", "19.09.2011", "2\u00a0обучающихся"):
        assert words in text


def test_it_says_what_to_do_when_nobody_is_found(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert "Никого не нашлось" in client.get(reverse("desk:search"), {"q": "петров"}).content.decode()
    assert "Кого найти?" in client.get(reverse("desk:search")).content.decode()


def test_the_search_box_stands_on_every_page_and_keeps_what_was_asked(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    text = client.get(reverse("desk:search"), {"q": "кузьмин"}).content.decode()
    assert f'action="{reverse("desk:search")}"' in text
    assert 'value="кузьмин"' in text


def test_many_hits_cost_no_more_queries_than_two(client: Client, school: School, deputy: User) -> None:
    client.force_login(deputy)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("desk:search"), {"q": "кузьмин"}).status_code == 200
        return len(seen)

    queries()
    few = queries()
    fifth = make_class(school, "5А")
    for number in range(40):
        make_pupil(fifth, f"Кузьмин Иван{number} Иванович")
    assert queries() == few
    assert few <= 8
