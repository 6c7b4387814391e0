"""The sentences about logins, roles and the frame that a person meets on every page."""

import re

import pytest
from django.conf import settings
from django.test import Client

from config.celery import app
from school.access import roles_of
from school.models import User
from school.roles import Role
from tests.factories import PASSWORD, make_school, make_staff
from tests.permissions.world import make_world

pytestmark = pytest.mark.django_db


def test_every_role_named_can_be_held_and_follows_from_duties() -> None:
    world = make_world()

    held = {role for user in world.users.values() for role in roles_of(User.objects.get(pk=user.pk))}
    assert held == set(Role)
    assert roles_of(world.users["cls"]) == {Role.CLASS_TEACHER}
    assert roles_of(world.users["sub"]) == {Role.SUBJECT_TEACHER}


def test_staff_have_no_login_until_somebody_issues_one_and_it_is_shown_once() -> None:
    school = make_school()
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    teacher = make_staff(school, "Гречко Павел Сергеевич", "teacher")
    assert not User.objects.filter(staff=teacher).exists()
    deputy, page = Client(), f"/school/logins/{teacher.pk}/issue/"
    deputy.post("/login/", {"login": "ermolaeva", "password": PASSWORD})

    shown = deputy.post(page, {"once": "1"}).content.decode()
    password = shown.split('<dd class="o-secret">')[2].split("</dd>")[0]

    assert Client().post("/login/", {"login": "grechko.ps", "password": password}).status_code == 302
    again = [
        deputy.post(page, {"once": "1"}),
        deputy.get("/school/logins/"),
        deputy.post(page, {"once": "2"}, follow=True),
    ]
    assert all(password not in answer.content.decode() for answer in again)


def test_navigation_differs_by_role() -> None:
    world = make_world()
    seen = {}
    for column in ("dep", "cls"):
        client = Client()
        client.force_login(world.users[column])
        page = client.get("/sessions/").content.decode()
        seen[column] = set(page.split('<nav class="o-nav"')[1].split("</nav>")[0].split('href="')[1:])

    assert seen["cls"] != seen["dep"]
    assert any("logins" in link for link in seen["dep"])
    assert not any("logins" in link for link in seen["cls"])


def test_the_demos_today_is_in_a_banner_on_every_page() -> None:
    world = make_world()
    client = Client()
    client.force_login(world.users["dep"])

    for page in ("/sessions/", "/school/logins/", "/password/"):
        assert "сегодня — 21 ноября 2026 года" in client.get(page).content.decode()


def test_nobody_signs_up_by_themselves() -> None:
    for address in ("/signup/", "/accounts/signup/", "/password/reset/", "/email/"):
        assert Client().get(address).status_code in (302, 404)
        assert (
            Client().post(address, {"username": "x", "password1": PASSWORD, "password2": PASSWORD}).status_code == 404
        )
    assert not User.objects.exists()


def test_failed_logins_are_limited_for_all_web_processes_together() -> None:
    school = make_school()
    make_staff(school, "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    answers = [Client().post("/login/", {"login": "ermolaeva", "password": "не тот"}) for _ in range(6)]

    assert "Слишком много попыток" in answers[-1].content.decode()
    assert settings.CACHES["default"]["BACKEND"].endswith("RedisCache")  # one count, however many processes


def test_a_person_sees_where_they_are_logged_in() -> None:
    make_world()
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/login/", {"login": "dep", "password": PASSWORD})
    page = here.get("/sessions/").content.decode()
    assert (page.count(">Этот<"), page.count(">другой<")) == (1, 1)

    here.post("/sessions/")
    assert there.get("/sessions/").status_code == 302


@pytest.mark.parametrize(("column", "address", "code"), [("dep", "/nowhere/", 404), ("cls", "/school/logins/", 403)])
def test_error_pages_are_russian_and_lead_on(column: str, address: str, code: int) -> None:
    client = Client()
    client.force_login(make_world().users[column])

    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == code
    assert re.search("[а-яё]{4,}", page.split("<h1")[1].split("</h1>")[0])
    assert 'href="/"' in page


def test_tasks_are_never_run_in_the_web_process() -> None:
    assert not getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False)
    assert not app.conf.task_always_eager
