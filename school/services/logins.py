"""Logins: issued by a person of the school, with a password that works once and is shown once."""

from dataclasses import dataclass, field

from common.authorship import deed
from common.errors import Refused
from school.models import Staff, User
from school.passwords import one_time_password
from school.usernames import username_for


@dataclass(frozen=True)
class IssuedLogin:
    """What is handed to the person. The password is kept nowhere; it must be changed at the first login."""

    username: str
    password: str = field(repr=False)


@deed
def login_issue(*, by: User, staff: Staff) -> IssuedLogin:
    """Make a login for a person of the school. Raises `Refused` when there is one, or the person has left."""
    _refuse_who_left(staff)
    if User.objects.filter(staff=staff).exists():
        raise Refused("Логин уже выдан. Если пароль забыт, выдайте новый одноразовый пароль.")
    username = username_for(staff.last_name, staff.first_name, staff.middle_name, _is_taken)
    user = User(username=username, school=staff.school, staff=staff)
    return hand_out(user)


@deed
def login_reset(*, by: User, staff: Staff) -> IssuedLogin:
    """Give a new one-time password, also to a login that was switched off; open sessions end.

    Raises `Refused` when there is no login, or the person has left.
    """
    _refuse_who_left(staff)
    return hand_out(_known(staff))


@deed
def login_disable(*, by: User, staff: Staff) -> None:
    """Switch the login off; its sessions end at their next request. Raises `Refused` when there is none."""
    user = _known(staff)
    user.is_active = False
    user.save(update_fields=["is_active"])


def hand_out(user: User) -> IssuedLogin:
    """Save the login with a new one-time password."""
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.is_active = True
    user.save()
    return IssuedLogin(username=user.username, password=password)


def _known(staff: Staff) -> User:
    user = User.objects.select_for_update().filter(staff=staff).first()
    if user is None:
        raise Refused("У сотрудника ещё нет логина. Сначала выдайте его.")
    return user


def _refuse_who_left(staff: Staff) -> None:
    if staff.left_on is not None and staff.left_on < staff.school.today():
        raise Refused("Сотрудник больше не работает в школе. Если вернулся, уберите последний рабочий день.")


def _is_taken(username: str) -> bool:
    return User.objects.filter(username__iexact=username).exists()
