"""Routes on paper: whoever sees a route may have it printed. The school's own table of routes: the deputy alone."""

from typing import Any

from iom.models import ExtraTable
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A table of routes that nobody has written yet."""
    school, year = world.school, world.school_class.year
    world.things["route_table"] = ExtraTable.objects.create(
        school=school, year=year, kind="routes", name="М.xlsx", by=world.users["dep"], at=school.now()
    )


def _table(world: World) -> dict[str, Any]:
    return {"pk": world.things["route_table"].pk}


def _route(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].pk}


def _version(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].versions.get().pk}


def _all(world: World) -> dict[str, Any]:
    return {"cls": "all", "sheets": ["route"], "pack": "pdf"}


def _sheet(world: World) -> dict[str, Any]:
    return {"sheets": ["route"]}


# fmt: off
ROWS = [
    #                             anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("route_papers:many",     "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("route_papers:many",     "302  422   302 302 302 302 302 302  302 422 302 302 302 403 302 403", method="post", data=_all),
    Row("route_papers:one",      "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _route),
    Row("route_papers:one",      "302  404   302 302 302 302 302 302  302 404 404 302 302 403 302 403", _route, "post", _sheet),
    Row("route_papers:version",  "302  404   302 302 302 302 302 302  302 404 404 302 302 403 302 403", _version, "post"),
    Row("routes:bring",          "302  200   403 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("routes:table",          "302  404   403 200 403 403 403 403  403 403 403 403 403 403 403 403", _table),
]
# fmt: on
