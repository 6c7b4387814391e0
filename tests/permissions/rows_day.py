"""The school's day: everybody reads bells and lessons, those who keep the school's data write, riders are personal."""

from datetime import time
from typing import Any

from school.models import BusRider, BusRun
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A bus on which the pupil rides."""
    bus = BusRun.objects.create(school=world.school, title="Липовка", weekdays=[1, 2], leaves=time(16, 10))
    world.things["bus"] = bus
    world.things["rider"] = BusRider.objects.create(run=bus, pupil=world.pupil)


def _bus(world: World) -> dict[str, Any]:
    return {"pk": world.things["bus"].pk}


def _rider(world: World) -> dict[str, Any]:
    return {"pk": world.things["rider"].pk}


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.school_class.pk}


def _run(world: World) -> dict[str, Any]:
    return {"title": "Заречье", "leaves": "15:00", "walk": "5", "weekdays": ["1", "3"]}


def _week(world: World) -> dict[str, Any]:
    return {"shift": "1", "starts": "2026-09-01", "2-6": "Алгебра, 12"}


# fmt: off
ROWS = [
    #                      anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("day:lessons",    "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("day:bells",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("day:bells",      "302  302   302 302 403 403 403 403  403 403 403 403 403 403 302 403", method="post",
        data=lambda world: {"from-1-1": "08:30", "to-1-1": "09:10"}),
    Row("day:week",       "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _class),
    Row("day:week",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _class, "post", _week),
    Row("day:buses",      "302  200   200 200 200 403 403 403  403 403 403 403 403 403 200 403"),
    Row("day:bus_new",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("day:bus_new",    "302  302   302 302 403 403 403 403  403 403 403 403 403 403 302 403", method="post", data=_run),
    Row("day:bus",        "302  404   200 200 200 403 403 403  403 403 403 403 403 403 200 403", _bus),
    Row("day:bus_edit",   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403", _bus),
    Row("day:bus_edit",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _bus, "post", _run),
    Row("day:bus_delete", "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _bus, "post"),
    Row("day:rider_end",  "302  404   302 302 302 403 403 403  403 403 403 403 403 403 302 403", _rider, "post"),
]
# fmt: on
