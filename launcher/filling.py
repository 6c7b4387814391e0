"""What a new installation begins with: the demo school, or an administrator who makes a real one."""

import os
from collections.abc import Mapping

from launcher.place import Place
from launcher.project import ask_manage, run_manage
from launcher.say import note, table
from launcher.services import outside_of

DEMO, EMPTY = "demo", "empty"


def fill(place: Place, environment: Mapping[str, str], *, empty: bool) -> str:
    """Load the demo school if there is no school, or make an administrator if there is nobody; returns what to show.

    Whoever chose an empty installation once keeps it: pretended pupils must never appear among real ones by themselves.
    """
    mark = place.state / "filled"
    if mark.exists() and not outside_of(os.environ).database and not empty:
        return ""
    state = ask_manage(place, environment, "installation_state", "--json")
    shown = _administrator(place, environment, state) if empty else ""
    if not empty and not state["schools"] and not _was_empty(place):
        note("Загружается учебная школа…")
        run_manage(place, environment, "load_demo")
    mark.write_text(EMPTY if empty or _was_empty(place) else DEMO)
    return shown


def logins(place: Place, environment: Mapping[str, str]) -> str:
    """The table of demo logins by role; "" when the installation has none."""
    found = ask_manage(place, environment, "demo_logins", "--json")["logins"]
    rows = [(str(one["role"]), str(one["login"]), str(one["password"])) for one in found]
    return table(("Роль", "Логин", "Пароль"), rows) if rows else ""


def _administrator(place: Place, environment: Mapping[str, str], state: Mapping[str, int]) -> str:
    if state["users"]:
        return ""
    made = ask_manage(place, environment, "create_administrator", "--one-time", "--json")
    return f"Администратор: логин {made['login']}, одноразовый пароль {made['password']} (показан один раз)"


def _was_empty(place: Place) -> bool:
    mark = place.state / "filled"
    return mark.exists() and mark.read_text() == EMPTY
