"""Pages of extra lessons take as many queries for many groups and pupils as for one."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from iom.models import ExtraGroup
from iom.services.extra import extra_group_create, extra_members_add
from iom.services.extra_sessions import extra_session_hold
from school.models import User
from tests.counting import MOST, queries
from tests.factories import make_pupil
from tests.iom.extra_making import Day, make_day

pytestmark = pytest.mark.django_db


def add_groups(day: Day, numbers: range) -> None:
    for number in numbers:
        pupils = [make_pupil(day.school_class, f"Ученик{number} Имя{n}") for n in range(3)]
        told = {"title": f"Группа {number}", "weekday": 1 + number % 5, "room": f"Н{number}"}
        hour = 14 + number // 5
        draft = day.draft(f"{hour}:00", f"{hour}:40", **told)
        extra_group_create(by=day.user, year=day.school_class.year, draft=draft, pupils=pupils)


@pytest.mark.parametrize("login", ["ermolaeva", "grechko"])
@pytest.mark.parametrize(
    "page", ["extra:timetable", "extra:timetable?by=class", "extra:timetable?by=room", "extra:waiting", "extra:share"]
)
def test_lists_take_as_many_queries_for_many_groups_as_for_one(client: Client, login: str, page: str) -> None:
    day = make_day()
    name, _, query = page.partition("?")
    if name == "extra:share":
        login = "ermolaeva"
    client.force_login(User.objects.get(username=login))
    address = f"{reverse(name)}?{query}"
    add_groups(day, range(1))
    few = queries(client, address)
    add_groups(day, range(1, 12))

    assert queries(client, address) == few <= MOST


def test_a_groups_page_takes_as_many_queries_for_many_pupils_as_for_one(client: Client) -> None:
    day = make_day()
    client.force_login(day.deputy)
    add_groups(day, range(1))
    group = ExtraGroup.objects.get()
    address = reverse("extra:group", args=[group.pk])
    few = queries(client, address)
    more = [make_pupil(day.school_class, f"Новый{number} Имя") for number in range(12)]
    extra_members_add(by=day.user, group=group, pupils=more, begins=group.begins)
    for on in (date(2026, 11, 9), date(2026, 11, 16)):
        extra_session_hold(by=day.user, group=group, on=on, came=[pupil.pk for pupil in more])

    assert queries(client, address) == few
