"""Imports of the gradebook."""

from typing import Any

from django.utils import timezone

from gradebook.services.profiles import profile_create
from school.models import ImportBatch
from tests.permissions.row import Row
from tests.permissions.world import World

_SUMMARY: dict[str, Any] = {"files": [], "changes": [], "fingerprint": "", "unusual": False}


def add(world: World) -> None:
    """A batch that waits for a decision, and one that is written; a profile."""
    world.things["profile"] = profile_create(by=world.users["dep"], school=world.school, title="Наш")
    for name, state in (("preview", ImportBatch.State.PREVIEW), ("written", ImportBatch.State.APPLIED)):
        world.things[name] = ImportBatch.objects.create(
            school=world.school,
            kind=ImportBatch.Kind.GRADEBOOK,
            state=state,
            summary=_SUMMARY,
            applied_at=timezone.now() if state == ImportBatch.State.APPLIED else None,
        )


def _preview(world: World) -> dict[str, Any]:
    return {"pk": world.things["preview"].pk}


def _written(world: World) -> dict[str, Any]:
    return {"pk": world.things["written"].pk}


def _profile(world: World) -> dict[str, Any]:
    return {"pk": world.things["profile"].pk}


def _new_profile(world: World) -> dict[str, Any]:
    return {"title": "Дневник", "shipped": "dnevnik"}


# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("gradebook:imports",          "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("gradebook:imports",          "302  422   422 422 403 403 403 403  403 403 403 403 403 403 422 403",
        method="post", about="without a file"),
    Row("gradebook:import",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403", _preview),
    Row("gradebook:import",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403", _written),
    Row("gradebook:import_read",      "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_write",     "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_settle",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_codes",     "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_profile",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:profiles",         "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("gradebook:profile_new",      "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("gradebook:profile_new",      "302  302   302 302 403 403 403 403  403 403 403 403 403 403 302 403", method="post",
        data=_new_profile),
    Row("gradebook:profile",          "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403", _profile),
    Row("gradebook:profile",          "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _profile, "post",
        lambda world: {"title": "Наш"}),
    Row("gradebook:profile_delete",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _profile, "post"),
    Row("gradebook:import_subjects",  "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_discard",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _preview, "post"),
    Row("gradebook:import_again",     "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _written, "post"),
    Row("gradebook:import_undo",      "302  404   302 302 403 403 403 403  403 403 403 403 403 403 302 403", _written, "post"),
    Row("gradebook:import_undo",      "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405", _written),
    Row("gradebook:import_rejected",  "302  404   200 200 403 403 403 403  403 403 403 403 403 403 200 403", _written),
]
# fmt: on
