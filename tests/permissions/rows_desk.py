"""The desk: the pupil's page and what opens from it, the class page."""

from typing import Any

from tests.permissions.row import Row
from tests.permissions.world import World
from tests.risk_registry.making import give_marks


def add(world: World) -> None:
    """A mark, so that the subject has a page."""
    world.things["algebra"] = give_marks(world.pupil, "Алгебра", 2)


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _subject(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "subject": world.things["algebra"].pk}


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.school_class.pk}


# fmt: off
ROWS = [
    #                      anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("desk:search",    "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("desk:pupil",     "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:subject",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _subject),
    Row("desk:history",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:readers",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:class",     "302  404   200 200 200 200 200 200  200 404 404 404 404 404 200 404", _class),
]
# fmt: on
