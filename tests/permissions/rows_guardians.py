"""Guardians: contacts for those who may call; kept also by the class teacher; joined by those who see all classes."""

from typing import Any

from school.models import Guardian, Guardianship
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A guardian with a limit, and a double of theirs."""
    first = Guardian.objects.create(school=world.school, last_name="Ковтун", first_name="Раиса")
    world.things["guardian_tie"] = Guardianship.objects.create(
        guardian=first, pupil=world.pupil, telling="school", telling_ground="решение суда от 12.03.2026"
    )
    world.things["guardian_double"] = Guardian.objects.create(
        school=world.school, last_name="Ковтун", first_name="Раиса"
    )


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _tie(world: World) -> dict[str, Any]:
    return {"pk": world.things["guardian_tie"].pk}


def _double(world: World) -> dict[str, Any]:
    return {"pk": world.things["guardian_tie"].pk, "double": world.things["guardian_double"].pk}


def _person(world: World) -> dict[str, Any]:
    return {"last_name": "Ковтун", "first_name": "Раиса", "relation": "mother", "telling": "all"}


# Columns:                     anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
READ = "302  404   200 200 200 403 200 200  200 404 404 200 200 403 200 403"
KEEP = "302  404   200 200 200 403 403 403  200 404 404 403 403 403 200 403"
KEEP_DO = "302  404   302 302 302 403 403 403  302 404 404 403 403 403 302 403"
JOIN = "302  404   200 200 403 403 403 403  200 404 404 403 403 403 200 403"
JOIN_DO = "302  404   302 302 403 403 403 403  302 403 403 403 403 403 302 403"

# fmt: off
ROWS = [
    Row("school:guardians", READ, _pupil),
    Row("school:guardian_new", KEEP, _pupil),
    Row("school:guardian_new", KEEP_DO, _pupil, "post", _person),
    Row("school:guardian_known", JOIN, _pupil),
    Row("school:guardian", KEEP, _tie),
    Row("school:guardian", KEEP_DO, _tie, "post", _person),
    Row("school:guardian_merge", JOIN_DO, _double, "post"),
    Row("school:guardian_delete", KEEP_DO, _tie, "post"),
]
# fmt: on
