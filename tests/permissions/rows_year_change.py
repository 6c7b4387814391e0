"""The change of year: for those who keep the school's data, and nobody else."""

from typing import Any

from school.selectors_year_change import year_preview
from school.views.year_pupils import pick_of
from tests.permissions.row import Row
from tests.permissions.world import World


def _year(world: World) -> dict[str, Any]:
    return {"pk": world.things["year"].pk}


def _class(world: World) -> dict[str, Any]:
    return {**_year(world), "school_class": world.school_class.pk}


def _pick(world: World) -> dict[str, Any]:
    """A pupil as the page tells of them: others of the world may have given them a debt."""
    line = year_preview(world.users["dep"], world.things["year"]).pupils[0]
    return {"pick": pick_of(line), "lot": "left", "note": "переезд"}


# Columns:                anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
EDIT = "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403"
DO = "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403"

# fmt: off
ROWS = [
    Row("school:year_change", EDIT, _year),
    Row("school:year_change", DO, _year, "post"),
    Row("school:year_undo", DO, _year, about="nothing to undo"),
    Row("school:year_undo", DO, _year, "post", about="nothing to undo"),
    Row("school:year_settings", EDIT, _year),
    Row("school:year_settings", DO, _year, "post", lambda w: {"first_classes": "1А"}),
    Row("school:year_class", EDIT, _class),
    Row("school:year_class", DO, _class, "post", lambda w: {"following": "8Б"}),
    Row("school:year_pupils", EDIT, _year),
    Row("school:year_pupils", DO, _year, "post", _pick),
]
# fmt: on
