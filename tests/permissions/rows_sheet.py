"""Sheets of results: the administration, the class teacher, the teacher of a subject."""

from typing import Any

from tests.permissions.row import Row
from tests.permissions.world import World


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.school_class.pk}


# fmt: off
ROWS = [
    #                      anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("sheet:classes",  "302  200   200 200 200 200 403 403  403 403 403 403 403 403 200 403"),
    Row("sheet:page",     "302  404   200 200 200 200 403 403  403 404 404 404 404 403 200 403", _class),
    Row("sheet:page",     "302  404   302 302 302 302 403 403  403 404 404 404 404 403 302 403", _class, "post"),
    # Nothing that can be understood is sent: who may write is told so.
    Row("sheet:cells",    "302  404   400 400 400 400 403 403  403 404 404 404 404 403 400 403", _class, "post"),
]
# fmt: on
