"""Where routes are told of beside their own pages: the agenda, the desk, the pupil's page, the registry."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from iom.models import Route
from iom.routes_agenda import routes_agenda
from iom.services.progress import control_add
from school.models import Pupil, RestrictedRead, User
from tests.iom.making import TODAY, active_route, add_gap, agree_all, fresh, make_route, parents, part_of, teach
from tests.risk_registry.making import entry_of, give_marks, give_result, judged

pytestmark = pytest.mark.django_db


def titles(user: User) -> dict[str, str]:
    """By what is asked for, the address."""
    fresh_user = User.objects.select_related("staff", "school").get(pk=user.pk)
    return {item.title: item.url for item in routes_agenda(fresh_user, TODAY)}


def listed(client: Client, user: User, url: str) -> int:
    client.force_login(user)
    return len(client.get(url).context["rows"])


def test_the_agenda_asks_the_teacher_the_leader_and_the_deputy_in_turn(
    client: Client, leader: User, deputy: User, pupil: Pupil
) -> None:
    teacher = teach(pupil, "Алгебра", "Лаптев Иван", login="laptev").user
    route = make_route(leader, pupil, "Алгебра")
    add_gap(leader, part_of(route, "Алгебра"))
    asked = titles(teacher)
    assert list(asked) == ["Согласовать свою часть: 1\N{NO-BREAK SPACE}маршрут"]
    assert listed(client, teacher, next(iter(asked.values()))) == 1
    agree_all(deputy, route)
    assert not titles(teacher)
    assert "Получить ответ родителей: 1\N{NO-BREAK SPACE}маршрут" in titles(leader)
    parents(leader, route)
    assert "Утвердить: 1\N{NO-BREAK SPACE}маршрут" in titles(deputy)


def test_overdue_reviews_and_gaps_come_back(client: Client, leader: User, deputy: User, pupil: Pupil) -> None:
    teacher = teach(pupil, "Алгебра", "Лаптев Иван", login="laptev").user
    route = active_route(deputy, pupil, "Алгебра")
    Route.objects.filter(pk=route.pk).update(next_review=date(2026, 11, 1))
    route.gaps.update(due=date(2026, 11, 20))
    late = "Пересмотр просрочен: 1\N{NO-BREAK SPACE}маршрут"
    assert late in titles(leader)
    assert listed(client, leader, titles(leader)[late]) == 1
    gaps = "Повторный контроль: 1\N{NO-BREAK SPACE}маршрут"
    assert listed(client, teacher, titles(teacher)[gaps]) == 1
    client.force_login(leader)
    figures = {one.label: one.number for one in client.get(reverse("desk:home")).context["routes"]}
    assert figures["Пересмотр просрочен"] == "1"


def test_the_pupils_page_tells_the_way_of_a_route(client: Client, deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    control_add(by=deputy, gap=route.gaps.get(), on=TODAY, result=Decimal(3))
    client.force_login(deputy)
    text = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert "закрыто дефицитов 1 из 1" in text
    assert "Дроби: 3, цель достигнута" in text
    assert "утверждён: приказ № 12 от 21.11.2026" in text


def test_an_entry_leads_to_its_route(client: Client, leader: User, pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 2)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    entry = entry_of(pupil)
    client.force_login(leader)
    address = reverse("registry:entry", args=[entry.pk])
    assert reverse("routes:new", args=[pupil.pk]) + f"?entry={entry.pk}" in client.get(address).content.decode()
    route = make_route(leader, pupil)
    assert reverse("routes:route", args=[route.pk]) in client.get(address).content.decode()


def test_reading_a_route_for_special_needs_is_logged_and_told_to_nobody_else(
    client: Client, deputy: User, pupil: Pupil
) -> None:
    route = make_route(deputy, pupil, kind="needs")
    client.force_login(deputy)
    told = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert reverse("routes:route", args=[route.pk]) in told
    assert "Маршрут с ограниченным доступом" in told
    assert "ОВЗ" not in told.partition("<main")[2]
    client.force_login(User.objects.create_user("keeper", school=pupil.school, is_administrator=True))
    told = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert "ограниченным доступом" not in told
    assert reverse("routes:route", args=[route.pk]) not in told
    client.force_login(deputy)
    assert not RestrictedRead.objects.exists()
    history = client.get(reverse("desk:history", args=[pupil.pk])).content.decode()
    assert "маршрут" not in history.lower().partition("<main")[2]
    client.get(reverse("routes:route", args=[fresh(route).pk]))
    assert RestrictedRead.objects.get().what == "needs_route"
