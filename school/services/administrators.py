"""The first login of an installation that has nobody yet."""

from django.db import transaction

from common.errors import Refused
from school.models import User
from school.passwords import one_time_password


@transaction.atomic
def administrator_create(*, by: User | None, username: str) -> str:
    """Create an administrator and return the password, which is kept nowhere and has to be changed at the first login.

    Raises `Refused` when the login is taken. `by` is None for the command line.
    """
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(f"Логин «{username}» уже есть. Назовите другой: --login ИМЯ")
    password = one_time_password()
    User.objects.create_user(username, password, is_administrator=True, must_change_password=True)
    return password
