"""The school's rooms."""

from typing import Any

from school.roles import Position
from tests.factories import make_staff
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A teacher without a login."""
    world.things["newcomer"] = make_staff(world.school, "Гречко Павел Сергеевич", Position.TEACHER)


def _newcomer(world: World) -> dict[str, Any]:
    return {"pk": world.things["newcomer"].pk}


def _teacher(world: World) -> dict[str, Any]:
    return {"pk": world.person("cls").pk}


def _director(world: World) -> dict[str, Any]:
    return {"pk": world.person("dir").pk}


def _coordinator(world: World) -> dict[str, Any]:
    return {"pk": world.users["mun"].pk}


# fmt: off
ROWS = [
    #                           anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("school:logins",       "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("school:login_issue",  "302  404   201 201 403 403 403 403  403 403 403 403 403 403 201 403", _newcomer, "post"),
    Row("school:login_issue",  "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405", _newcomer),
    Row("school:login_reset",  "302  404   201 201 403 403 403 403  403 403 403 403 403 403 201 403", _teacher, "post"),
    Row("school:login_reset",  "302  404   403 403 403 403 403 403  403 403 403 403 403 403 201 403", _director, "post",
        about="the director's: not by the deputy, not by oneself"),
    Row("school:login_disable", "302 404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _teacher, "post"),
    Row("school:municipality", "302 403   403 403 403 403 403 403  403 403 403 403 403 200 200 403"),
    Row("school:municipality", "302 403   403 403 403 403 403 403  403 403 403 403 403 422 422 403", method="post"),
    Row("school:coordinator_new", "302 403 403 403 403 403 403 403 403 403 403 403 403 403 200 403"),
    Row("school:coordinator_reset", "302 403 403 403 403 403 403 403 403 403 403 403 403 403 201 403", _coordinator,
        "post"),
    Row("school:coordinator_disable", "302 403 403 403 403 403 403 403 403 403 403 403 403 403 302 403", _coordinator,
        "post"),
]
# fmt: on
