"""Reasons of absence: the class teacher, the social pedagogue and the administration; papers with them."""

from datetime import date
from typing import Any

from documents.services.attachments import attachment_keep
from gradebook.grounds import GroundKind
from gradebook.models import AbsenceGround
from gradebook.services.grounds import SCAN, GroundDraft, ground_add
from tests.documents.test_attachments import WHOLE_PDF
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A certificate of October, seen on paper, and a paper."""
    day = date(2026, 10, 12)
    draft = GroundDraft(GroundKind.CERTIFICATE, day, day, on_paper=True)
    world.things["ground"] = ground_add(by=world.users["cls"], pupil=world.pupil, draft=draft)
    world.things["scan"] = attachment_keep(
        by=None, school=world.school, kind=SCAN, params={"pupil": world.pupil.pk}, title="Справка", content=WHOLE_PDF
    )


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _ground(world: World) -> dict[str, Any]:
    ground: AbsenceGround = world.things["ground"]
    return {"pk": ground.pk}


def _scan(world: World) -> dict[str, Any]:
    return {"pk": world.things["scan"].pk}


def _days(world: World) -> dict[str, Any]:
    return {"kind": "note", "starts": "2026-11-09", "ends": "2026-11-10", "on_paper": "on"}


# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("grounds:waiting",   "302  200   200 200 200 403 403 403  200 403 403 403 403 403 403 403"),
    Row("grounds:pupil",     "302  404   200 200 200 403 403 403  200 404 404 403 403 403 403 403", _pupil),
    Row("grounds:new",       "302  404   200 200 200 403 403 403  200 404 404 403 403 403 403 403", _pupil),
    Row("grounds:new",       "302  404   302 302 302 403 403 403  302 404 404 403 403 403 403 403", _pupil, "post", _days),
    Row("grounds:correct",   "302  404   200 200 200 403 403 403  200 403 403 403 403 403 403 403", _ground),
    Row("grounds:correct",   "302  404   302 302 302 403 403 403  302 403 403 403 403 403 403 403", _ground, "post", _days),
    Row("grounds:withdraw",  "302  404   200 200 200 403 403 403  200 403 403 403 403 403 403 403", _ground),
    Row("grounds:withdraw",  "302  404   302 302 302 403 403 403  302 403 403 403 403 403 403 403", _ground, "post",
        lambda world: {"why": "ошибка"}),
    Row("documents:file",    "302  404   200 200 200 404 404 404  200 404 404 404 404 404 404 404", _scan,
        about="paper of an absence"),
]
# fmt: on
