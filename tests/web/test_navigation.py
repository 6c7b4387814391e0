"""Navigation by role."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from school import navigation
from school.models import Municipality, User
from school.navigation import NavItem, Section, nav_for, nav_register, search_register, search_url


@pytest.fixture(autouse=True)
def apart() -> Iterator[None]:
    """What a test registers is gone after it."""
    items, search = dict(navigation._items), list(navigation._search)
    yield
    navigation._items.clear()
    navigation._items.update(items)
    navigation._search[:] = search


def test_a_person_sees_only_what_may_be_opened(client: Client, deputy: User, teacher: User) -> None:
    client.force_login(deputy)
    assert 'href="/school/logins/"' in client.get("/sessions/").content.decode()

    client.force_login(teacher)
    assert 'href="/school/logins/"' not in client.get("/sessions/").content.decode()


def test_the_page_that_is_open_is_marked(deputy: User) -> None:
    inside = [link for group in nav_for(deputy, "/school/logins/5/reset/") for link in group.links if link.current]

    assert [link.url for link in inside] == ["/school/logins/"]


def test_the_start_page_is_marked_only_when_it_is_open(deputy: User) -> None:
    assert [link.current for link in nav_for(deputy, "/")[0].links if link.url == "/"] == [True]
    assert [link.current for link in nav_for(deputy, "/sessions/")[0].links if link.url == "/"] == [False]


def test_entries_stand_in_their_order_and_empty_sections_are_left_out(deputy: User) -> None:
    navigation._items.clear()
    nav_register(
        NavItem("Второй", "healthz", Section.HELP, 2, lambda user: True),
        NavItem("Первый", "account_logout", Section.HELP, 1, lambda user: True),
        NavItem("Чужой", "account_login", Section.RESULTS, 1, lambda user: False),
    )
    groups = {group.title: [link.title for link in group.links] for group in nav_for(deputy, "/")}

    assert groups["Помощь"] == ["Первый", "Второй"]
    assert "Итоги" not in groups


def test_what_is_looked_up_least_folds_until_the_rest_fits() -> None:
    def folded(**numbers: int) -> set[Section]:
        sections = [Section(name) for name, number in numbers.items() for _ in range(number)]
        return navigation._folded([NavItem("", "", section, 1, lambda user: True) for section in sections])

    fits = navigation._FIT
    assert folded(main=fits - 4, school=2, data=2) == set()
    assert folded(main=fits - 4, school=3, data=2) == {Section.SCHOOL}
    assert folded(main=fits, data=1, teachers=1, program=1) == set(navigation._FOLDED)


def test_a_count_is_asked_once_a_page_and_not_where_it_is_not_shown(
    client: Client, deputy: User, teacher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked: list[User] = []

    def count(user: User) -> int:
        asked.append(user)
        return 7

    nav_register(NavItem("Сигналы", "healthz", Section.MAIN, 1, lambda user: user.pk == deputy.pk, count))
    for user in (deputy, teacher):
        client.force_login(user)
        client.get("/sessions/")

    assert asked == [deputy]


def test_there_is_no_search_box_until_something_answers_it(client: Client, deputy: User) -> None:
    navigation._search.clear()
    client.force_login(deputy)
    assert search_url() == ""
    assert 'role="search"' not in client.get("/sessions/").content.decode()

    search_register("school:logins")

    page = client.get("/school/logins/", {"q": "Ковтун"}).content.decode()
    assert 'role="search" action="/school/logins/"' in page
    assert 'value="Ковтун"' in page


def test_everybody_begins_at_the_desk(client: Client, deputy: User, teacher: User) -> None:
    for user in (deputy, teacher):
        client.force_login(user)
        assert "Рабочий стол" in client.get("/").content.decode()


def test_the_demo_says_that_it_is_one_and_a_school_does_not(client: Client, deputy: User) -> None:
    client.force_login(deputy)
    assert "Учебный показ" in client.get("/sessions/").content.decode()
    assert deputy.school is not None
    deputy.school.demo_today = None
    deputy.school.save()

    assert "Учебный показ" not in client.get("/sessions/").content.decode()


def test_a_coordinator_is_told_of_demo_schools_too(client: Client, deputy: User) -> None:
    school = deputy.school
    assert school is not None
    school.municipality = Municipality.objects.create(name="Ясногорье")
    school.save()
    coordinator = User.objects.create_user("coordinator", municipality=school.municipality)
    client.force_login(coordinator)
    assert "Учебный показ" in client.get("/sessions/").content.decode()
    school.demo_today = None
    school.save()

    assert "Учебный показ" not in client.get("/sessions/").content.decode()


def test_a_page_whose_address_begins_otherwise_is_marked_by_the_entry_that_it_belongs_to(deputy: User) -> None:
    nav_register(NavItem("Записи", "account_login", Section.HELP, 1, lambda user: True, also=("account_logout",)))
    inside = [link for group in nav_for(deputy, "/logout/5/") for link in group.links if link.current]

    assert reverse("account_logout") == "/logout/"
    assert [link.url for link in inside] == [reverse("account_login")]
