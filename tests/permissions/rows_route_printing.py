"""Routes on paper: whoever sees a route may have it printed; which are in the file is asked when it is made."""

from typing import Any

from tests.permissions.row import Row
from tests.permissions.world import World


def _route(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].pk}


def _version(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].versions.get().pk}


def _all(world: World) -> dict[str, Any]:
    return {"cls": "", "sheets": ["route"], "pack": "pdf"}


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
]
# fmt: on
