"""A person's own filters of lists."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.errors import Refused
from desk.models import SavedFilter
from desk.services.filters import MOST, filter_change, filter_save, tidy_query
from school.models import SchoolClass, User
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db
PUPILS = "school:pupils"


@pytest.fixture
def seventh() -> SchoolClass:
    school = make_school()
    made = make_class(school, "7А")
    make_pupil(made, "Ковтун Матвей Андреевич")
    make_pupil(make_class(school, "9Б"), "Агеев Лев Павлович")
    return made


@pytest.fixture
def deputy(seventh: SchoolClass) -> User:
    make_staff(seventh.school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


def keep(user: User, name: str, query: str, **more: Any) -> SavedFilter:
    return filter_save(by=user, page=PUPILS, name=name, query=query, **more)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("state=open&cls=3&page=2", "cls=3&state=open"),
        ("cls=3&state=open&period=7", "cls=3&state=open"),
        ("text=&cls=", ""),
        ("plain=1", ""),
        ("cls=1&cls=2", "cls=1&cls=2"),
        ("text=%D0%BA%D0%BE%D0%B2", "text=%D0%BA%D0%BE%D0%B2"),
    ],
)
def test_the_filter_alone_is_kept_in_one_order(given: str, kept: str) -> None:
    assert tidy_query(given) == kept


def test_a_filter_is_kept_on_the_page_and_opens_by_its_pill(client: Client, deputy: User, seventh: SchoolClass) -> None:
    client.force_login(deputy)
    page = client.get(reverse(PUPILS), {"class": seventh.pk}).content.decode()
    assert "Запомнить отбор" in page
    told = {"page": PUPILS, "name": "Мой 7А", "query": f"class={seventh.pk}&page=3"}
    answer = client.post(reverse("desk:filter_save"), told, follow=True)
    page = answer.content.decode()
    assert "Отбор «Мой 7А» запомнен." in page
    assert f'<a class="o-chip" href="?class={seventh.pk}" aria-current="true">Мой 7А' in page
    assert "Ковтун" in page
    assert "Агеев" not in page
    assert "Запомнить отбор" not in page


def test_where_nothing_is_chosen_nothing_is_offered(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert "Запомнить отбор" not in client.get(reverse(PUPILS)).content.decode()
    with pytest.raises(Refused):
        keep(deputy, "Пусто", "page=2")


@pytest.mark.parametrize("name", ["registry:list", "registry:signals", PUPILS])
def test_whoever_comes_from_elsewhere_is_led_to_the_chosen_filter(client: Client, deputy: User, name: str) -> None:
    filter_save(by=deputy, page=name, name="Ков", query="text=ков", default=True)
    client.force_login(deputy)
    address = reverse(name)
    assert client.get(address).headers["Location"] == f"{address}?text=%D0%BA%D0%BE%D0%B2"
    here = {"Referer": f"http://testserver{address}?text=x"}
    assert client.get(address, headers=here).status_code == 200  # «Сбросить отбор» on the page itself
    assert client.get(address, {"plain": "1"}).status_code == 200
    assert client.get(address, {"sort": "name"}).status_code == 200


def test_one_filter_of_a_page_is_the_first_and_names_are_not_taken_twice(deputy: User) -> None:
    first = keep(deputy, "Первый", "text=а", default=True)
    second = keep(deputy, "Второй", "text=б", default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    with pytest.raises(Refused):
        filter_change(by=deputy, kept=second, name="Первый", default=False)
    filter_change(by=deputy, kept=first, name="Новый", default=True)
    assert list(SavedFilter.objects.order_by("name").values_list("name", "is_default")) == [
        ("Второй", False),
        ("Новый", True),
    ]


def test_the_same_name_replaces_what_stood_under_it(deputy: User) -> None:
    keep(deputy, "Мой", "text=а")
    keep(deputy, "Мой", "text=б")
    assert SavedFilter.objects.get().query == tidy_query("text=б")


def test_there_is_an_end_to_them(deputy: User) -> None:
    for number in range(MOST):
        keep(deputy, f"Отбор {number}", "text=а")
    with pytest.raises(Refused):
        keep(deputy, "Лишний", "text=а")
    keep(deputy, "Отбор 3", "text=б")


def test_it_is_renamed_and_deleted_on_its_page(client: Client, deputy: User) -> None:
    kept = keep(deputy, "Мой", "text=а")
    client.force_login(deputy)
    client.post(reverse("desk:filter_change", args=[kept.pk]), {"name": "Наш", "default": "on"})
    assert "Наш" in client.get(reverse("desk:filters")).content.decode()
    client.post(reverse("desk:filter_remove", args=[kept.pk]))
    assert "Отборов ещё нет" in client.get(reverse("desk:filters")).content.decode()


def test_another_persons_filters_are_nobodys_business(client: Client, deputy: User, seventh: SchoolClass) -> None:
    keep(deputy, "Тайный", "text=а", default=True)
    make_staff(seventh.school, "Самойлова Нина Павловна", "director", login="director")
    client.force_login(User.objects.get(username="director"))
    answer = client.get(reverse(PUPILS))
    assert answer.status_code == 200
    assert "Тайный" not in answer.content.decode()


def test_many_filters_cost_no_more_queries_than_one(client: Client, deputy: User) -> None:
    client.force_login(deputy)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(PUPILS), {"text": "а"}).status_code == 200
        return len(seen)

    queries()
    few = queries()
    for number in range(10):
        told = {"page": PUPILS, "name": f"Отбор {number}", "query": "text=а"}
        assert client.post(reverse("desk:filter_save"), told).status_code == 302
    queries()
    assert queries() == few
    assert few <= 8
