import pytest

from common.errors import Refused
from school.models import User
from school.services.administrators import administrator_create

pytestmark = pytest.mark.django_db


def test_it_makes_an_administrator_who_must_change_the_password() -> None:
    password = administrator_create(by=None, username="admin")

    user = User.objects.get(username="admin")
    assert user.is_administrator
    assert user.must_change_password
    assert user.check_password(password)


def test_it_never_gives_the_same_password_twice() -> None:
    assert administrator_create(by=None, username="a") != administrator_create(by=None, username="b")


def test_it_refuses_a_login_that_is_taken() -> None:
    administrator_create(by=None, username="admin")

    with pytest.raises(Refused, match="уже есть"):
        administrator_create(by=None, username="admin")
