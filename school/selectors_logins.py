"""Reads about logins."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Q, QuerySet, TextChoices, Value, When

from common.names import name_key
from school.access import access_of
from school.models import Staff, User
from school.permissions import logins_changeable_by


class LoginState(TextChoices):
    """How far a person's login is; the words name the lists."""

    NONE = "none", "Без логина"
    NEW = "new", "Ещё не входили"
    ACTIVE = "active", "Работают"
    OFF = "off", "Отключены"


_ONE = {
    LoginState.NONE: "нет логина",
    LoginState.NEW: "ещё не входил",
    LoginState.ACTIVE: "работает",
    LoginState.OFF: "отключён",
}
_STATE = Case(
    When(user__isnull=True, then=Value(LoginState.NONE)),
    When(user__is_active=False, then=Value(LoginState.OFF)),
    When(user__last_login__isnull=True, then=Value(LoginState.NEW)),
    default=Value(LoginState.ACTIVE),
    output_field=CharField(),
)


@dataclass(frozen=True)
class LoginRow:
    """One person of the list; `changeable` is whether the reader may take the login in hand."""

    staff: Staff
    positions: str
    state: LoginState
    state_word: str
    username: str
    changeable: bool


def people_with_logins(user: User, *, state: str = "", text: str = "") -> QuerySet[Staff]:
    """Those who work in the user's school, by name, with `login_state`."""
    found = _present(user).annotate(login_state=_STATE).select_related("user").prefetch_related("positions")
    if state in LoginState.values:
        found = found.filter(login_state=state)
    return found.filter(sort_key__contains=name_key(text)) if text else found


def login_rows(user: User, people: Sequence[Staff]) -> list[LoginRow]:
    """What the list shows of these people; one query more, whatever their number."""
    mine = set(logins_changeable_by(user).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
    return [_row(one, one.pk in mine) for one in people]


def login_counts(user: User) -> dict[LoginState, int]:
    """How many people of the school are in each state; states of nobody are there with 0."""
    rows = _present(user).annotate(login_state=_STATE).values("login_state").order_by().annotate(number=Count("pk"))
    known = {row["login_state"]: row["number"] for row in rows}
    return {state: known.get(state.value, 0) for state in LoginState}


def _present(user: User) -> QuerySet[Staff]:
    access = access_of(user)
    if access.school is None:
        return Staff.objects.none()
    return Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=access.today), school=access.school)


def _row(staff: Staff, changeable: bool) -> LoginRow:
    state = LoginState(staff.login_state)  # type: ignore[attr-defined]
    held = [str(position) for position in staff.positions.all() if position.ends is None]
    username = staff.user.username if state != LoginState.NONE else ""
    return LoginRow(staff, ", ".join(held), state, _ONE[state], username, changeable)
