"""The first login of an installation that has nobody yet."""

import secrets

from django.db import transaction

from common.errors import Refused
from school.models import User

# Without letters and digits that are taken for one another when read from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


@transaction.atomic
def administrator_create(*, by: User | None, username: str) -> str:
    """Create an administrator and return the password, which is kept nowhere and has to be changed at the first login.

    Raises `Refused` when the login is taken. `by` is None for the command line.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(f"Логин «{username}» уже есть. Назовите другой: --login ИМЯ")
    password = _readable_password()
    User.objects.create_user(username, password, is_administrator=True, must_change_password=True)
    return password


def _readable_password() -> str:
    """Sixteen letters in groups of four, «abcd-efgh-…»: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
