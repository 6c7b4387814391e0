"""Logging in and out."""

import pytest
from django.test import Client
from django.urls import reverse

from school.models import User
from tests.factories import PASSWORD, make_school, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy() -> User:
    staff = make_staff(make_school(), "Ермолаева Светлана Викторовна", "deputy_director_uvr", login="ermolaeva")
    return User.objects.get(staff=staff)


def test_it_shows_the_door_to_a_visitor(client: Client) -> None:
    answer = client.get(reverse("account_login"))

    assert answer.status_code == 200
    assert "Логин" in answer.content.decode()


def test_it_lets_in_by_login_and_password(client: Client, deputy: User) -> None:
    answer = client.post(reverse("account_login"), {"login": "ermolaeva", "password": PASSWORD})

    assert answer.status_code == 302
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "заместитель директора" in page
    assert "Учебный показ" in page


def test_it_gives_every_session_a_new_key_at_login(client: Client, deputy: User) -> None:
    client.session["seed"] = 1
    session = client.session
    session["seed"] = 1
    session.save()
    before = session.session_key

    client.post(reverse("account_login"), {"login": "ermolaeva", "password": PASSWORD})

    assert client.session.session_key != before


def test_it_refuses_a_wrong_password_in_russian(client: Client, deputy: User) -> None:
    answer = client.post(reverse("account_login"), {"login": "ermolaeva", "password": "не тот"})

    assert "Логин или пароль не подходят" in answer.content.decode()
