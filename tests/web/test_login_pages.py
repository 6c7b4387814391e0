"""The page «Логины»."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from school.models import School, User
from tests.factories import make_staff

PAGE = "/school/logins/"


@pytest.fixture
def mine(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def test_it_shows_who_has_a_login_and_who_has_none(mine: Client, school: School) -> None:
    make_staff(school, "Гречко Павел Сергеевич", "teacher")
    page = mine.get(PAGE).content.decode()

    assert "Гречко Павел Сергеевич" in page
    assert "нет логина" in page
    assert "ermolaeva" in page


@pytest.mark.parametrize(
    ("state", "name"), [("none", "Гречко"), ("new", "Титова"), ("off", "Лыкова"), ("active", "Зуева")]
)
def test_its_tabs_keep_apart_the_states(mine: Client, school: School, state: str, name: str) -> None:
    make_staff(school, "Гречко Павел", "teacher")
    make_staff(school, "Титова Галина", "teacher", login="titova")
    make_staff(school, "Лыкова Елена", "teacher", login="lykova")
    make_staff(school, "Зуева Тамара", "teacher", login="zueva")
    User.objects.filter(username="lykova").update(is_active=False)
    User.objects.filter(username="zueva").update(last_login="2026-11-20T10:00Z")
    page = mine.get(PAGE, {"state": state}).content.decode()

    shown = [one for one in ("Гречко", "Титова", "Лыкова", "Зуева") if f"{one} " in page]
    assert shown == [name]


def test_it_finds_by_part_of_a_name_with_ё_or_е(mine: Client, school: School) -> None:
    make_staff(school, "Ёлкин Семён Петрович", "teacher")
    make_staff(school, "Гречко Павел Сергеевич", "teacher")
    page = mine.get(PAGE, {"text": " елк "}).content.decode()

    assert "Ёлкин" in page
    assert "Гречко" not in page


def test_it_says_what_to_do_when_nobody_is_found(mine: Client) -> None:
    assert "Никого не нашлось" in mine.get(PAGE, {"text": "Ъ"}).content.decode()


def test_it_offers_nothing_about_those_above(mine: Client, school: School) -> None:
    director = make_staff(school, "Самойлова Нина Петровна", "director", login="director")
    page = mine.get(PAGE).content.decode()

    assert "Самойлова" in page
    assert f"/{director.pk}/" not in page


def test_people_of_another_school_and_those_who_left_are_not_there(mine: Client, school: School) -> None:
    gone = make_staff(school, "Ушакова Инна", "teacher")
    gone.left_on = "2026-10-01"
    gone.save()

    assert "Ушакова" not in mine.get(PAGE).content.decode()


def test_it_asks_as_much_for_fifty_as_for_one(
    mine: Client, school: School, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8) as few:
        mine.get(PAGE)
    for number in range(60):
        make_staff(school, f"Иванов{number} Иван", "teacher", login=f"ivanov{number}")
    with django_assert_max_num_queries(8) as many:
        page = mine.get(PAGE).content.decode()

    assert len(few.captured_queries) == len(many.captured_queries)
    assert "1–50 из 61" in page
    assert "page=2" in page
