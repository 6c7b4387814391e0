"""The register of local acts: everybody in the school reads it, the deputy and the director keep it."""

from datetime import date
from typing import Any

from iom.models import PartnerAgreement
from roadmaps.act_words import ActDeed, ActKind
from roadmaps.services.local_acts import ActDraft, act_enter, act_file_add, act_step
from tests.permissions.row import Row
from tests.permissions.world import World

_DAY = date(2026, 9, 1)
_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def add(world: World) -> None:
    """A draft, an approved one, a file; the agreement is that of the register of partners."""
    by, draft = world.users["dep"], ActDraft(ActKind.REGULATION, "Положение о консилиуме", "ppk")
    world.things["act_draft"] = act_enter(by=by, school=world.school, draft=draft)
    world.things["act_file"] = act_file_add(by=by, act=world.things["act_draft"], title="Скан", content=_PNG)
    row = act_enter(by=by, school=world.school, draft=draft)
    world.things["act_approved"] = act_step(
        by=by, act=row, version=0, what=ActDeed.APPROVE, grounds="приказ", number="7", on=_DAY
    )


def _of(thing: str, **more: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk, **more}


def _agreement(world: World) -> dict[str, Any]:
    return {"pk": PartnerAgreement.objects.get(school=world.school).pk, "what": "add"}


def _given(**told: Any) -> Any:
    return lambda _: told


_ACT, _APPROVED, _FILE = _of("act_draft"), _of("act_approved"), _of("act_file")
_NEW = _given(kind="plan", title="План мероприятий", answers="plan")

# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("acts:list",                   "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("acts:demands",                "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("acts:act",                    "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _ACT),
    Row("acts:new",                    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("acts:new",                    "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post", data=_NEW),
    Row("acts:edit",                   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ACT),
    Row("acts:edit",                   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ACT, "post", _NEW),
    Row("acts:deed",                   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("act_draft", what="adopt")),
    Row("acts:deed",                   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("act_draft", what="adopt"), "post", _given(grounds="протокол № 1")),
    Row("acts:deed",                   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("act_approved", what="enact"), "post", _given(on="2026-09-02"), "enacting"),
    Row("acts:file_new",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ACT),
    Row("acts:file_new",               "302  404   422 422 403 403 403 403  403 403 403 403 403 403 403 403", _ACT, "post", about="without a file"),
    Row("acts:file_withdraw",          "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _FILE),
    Row("acts:file_withdraw",          "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _FILE, "post", _given(why="не тот")),
    Row("acts:draft",                  "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _given(code="group_order"), "post"),
    Row("acts:agreement",              "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _agreement, "post"),
]
# fmt: on
