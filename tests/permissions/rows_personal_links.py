"""Personal links: made by those who make notices or lead the route; followed by who made one and by the administration."""

from typing import Any

from parents.services.links import Wish, link_make
from parents.words import Matter
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """One of the class teacher's."""
    made = link_make(by=world.users["cls"], wish=Wish(world.pupil, Matter.NOTICE, notice=world.things["notice"]))
    world.things["link"], world.things["link_secret"] = made.link, made.secret


def _link(world: World) -> dict[str, Any]:
    return {"pk": world.things["link"].pk}


def _notice(world: World) -> dict[str, Any]:
    return {"pk": world.things["notice"].pk}


def _route(world: World) -> dict[str, Any]:
    return {"pk": world.things["waiting_route"].pk}


def _talk(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "matter": "talk"}


def _time(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "matter": "time"}


def _secret(world: World) -> dict[str, Any]:
    return {"k": world.things["link_secret"]}


def _days(world: World) -> dict[str, Any]:
    return {"days": "7", "on_1": "2026-11-30", "at_1": "17:30"}


# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("outside:link",       "404  404   404 404 404 404 404 404  404 404 404 404 404 404 404 404"),
    Row("outside:link",       "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200", data=_secret,
        about="with its secret"),
    Row("links:list",         "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("links:link",         "302  404   200 200 200 404 404 404  404 404 404 404 404 403 403 403", _link),
    Row("links:again",        "302  404   201 201 201 404 404 404  404 404 404 404 404 403 403 403", _link, "post"),
    Row("links:withdraw",     "302  404   302 302 302 404 404 404  404 404 404 404 404 403 403 403", _link, "post"),
    Row("links:noted",        "302  404   302 302 302 404 404 404  404 404 404 404 404 403 403 403", _link, "post"),
    Row("links:notice",       "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _notice),
    Row("links:notice",       "302  404   201 201 201 403 201 201  201 404 404 403 403 403 403 403", _notice, "post", _days),
    Row("links:paper",        "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403", _notice, "post"),
    Row("links:papers",       "302  302   302 302 302 403 302 302  302 403 403 403 403 403 403 403", method="post"),
    Row("links:route",        "302  404   403 200 200 403 403 403  403 404 404 200 403 403 403 403", _route),
    Row("links:route",        "302  404   403 201 201 403 403 403  403 404 404 201 403 403 403 403", _route, "post", _days),
    Row("links:pupil",        "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _talk),
    Row("links:pupil",        "302  404   201 201 201 403 201 201  201 404 404 403 403 403 403 403", _talk, "post", _days),
    Row("links:pupil",        "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _time,
        about="time with a specialist"),
    Row("links:rules",        "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("links:rules",        "302  302   302 302 403 403 403 403  403 403 403 403 403 403 302 403", method="post", data=_days),
]
# fmt: on
