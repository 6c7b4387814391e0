"""Sittings: everybody in the school reads them, the deputy and the director keep them, chair and secretary run them."""

from datetime import date
from typing import Any

from roadmaps.models import StaffSitting
from roadmaps.services.sitting_course import Asked, Decided, decision_add, people_mark, protocol_sign, question_add
from roadmaps.services.sittings import SittingDraft, sitting_plan, sitting_step
from roadmaps.sitting_words import SittingDeed, SittingKind
from tests.permissions.row import Row
from tests.permissions.world import World

_DAY = date(2026, 11, 20)


def add(world: World) -> None:
    """Led by the tutor and written down by the psychologist; the speech therapist answers for its decision."""
    world.things["sit_planned"] = _planned(world)
    world.things["sit_held"] = row = _held(world)
    decided = Decided("Провести консультации", world.person("spe"), date(2026, 12, 1))
    world.things["sit_decision"] = decision_add(by=world.users["dep"], sitting=row, decided=decided)
    world.things["sit_question"] = row.questions.get()
    world.things["sit_signed"] = done = _held(world)
    people_mark(by=world.users["dep"], sitting=done, present=[one.pk for one in done.people.all()])
    protocol_sign(by=world.users["dep"], sitting=done, version=done.version)
    cancelled = _planned(world)
    world.things["sit_cancelled"] = sitting_step(
        by=world.users["dep"], sitting=cancelled, version=0, what=SittingDeed.CANCEL, comment="карантин"
    )


def _planned(world: World) -> StaffSitting:
    draft = SittingDraft(SittingKind.COUNCIL, _DAY, chair=world.person("tut"), secretary=world.person("psy"))
    return sitting_plan(by=world.users["dep"], school=world.school, draft=draft)


def _held(world: World) -> StaffSitting:
    row = _planned(world)
    question_add(by=world.users["dep"], sitting=row, asked=Asked("О реестре"))
    return sitting_step(by=world.users["dep"], sitting=row, version=row.version, what=SittingDeed.HOLD)


def _of(thing: str, **more: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk, **more}


def _given(**told: Any) -> Any:
    return lambda _: told


def _decision(world: World) -> dict[str, Any]:
    return {"text": "Решили", "responsible": world.person("spe").pk, "due": "2026-12-01"}


_PLANNED, _HELD, _QUESTION, _DECISION = _of("sit_planned"), _of("sit_held"), _of("sit_question"), _of("sit_decision")
_SITTING = _given(kind="union", on="2026-11-25")
_WHY = _given(comment="карантин")
_MOVE = _given(to="2026-12-10", comment="курсы")

# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("sittings:home",               "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("sittings:list",               "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("sittings:decisions",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("sittings:protocols",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("sittings:new",                "302  200   200 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("sittings:new",                "302  302   302 302 403 403 403 403  403 403 302 403 403 403 403 403", method="post", data=_SITTING),
    Row("sittings:new",                "302  302   302 302 403 403 403 403  403 403 422 403 403 403 403 403", method="post", data=_given(kind="council", on="2026-11-25"), about="not of a union"),
    Row("sittings:by_rhythm",          "302  200   200 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("sittings:by_rhythm",          "302  302   302 302 403 403 403 403  403 403 302 403 403 403 403 403", method="post", data=_given(kind="union", weekday="2", first="2026-11-25")),
    Row("sittings:rhythm",             "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _given(kind="council")),
    Row("sittings:rhythm",             "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _given(kind="council"), "post", _given(unit="month", times="1")),
    Row("sittings:sitting",            "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _HELD),
    Row("sittings:paper",              "302  404   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _HELD, "post"),
    Row("sittings:edit",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PLANNED),
    Row("sittings:edit",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PLANNED, "post", _SITTING),
    Row("sittings:mark",               "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _of("sit_planned", what="hold"), "post", about="held"),
    Row("sittings:mark",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_cancelled", what="restore"), "post", about="restored"),
    Row("sittings:mark",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_held", what="sign"), "post", about="signed"),
    Row("sittings:undo",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_planned", what="cancel")),
    Row("sittings:undo",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_planned", what="cancel"), "post", _WHY),
    Row("sittings:reopen",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_signed")),
    Row("sittings:reopen",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("sit_signed"), "post", _WHY),
    Row("sittings:people",             "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _HELD),
    Row("sittings:people",             "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _HELD, "post", _given(guests="Орлова А. П., родитель")),
    Row("sittings:attendance",         "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _HELD),
    Row("sittings:attendance",         "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _HELD, "post"),
    Row("sittings:question_new",       "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _HELD),
    Row("sittings:question_new",       "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _HELD, "post", _given(title="О сроках", topic="other")),
    Row("sittings:question_edit",      "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _QUESTION),
    Row("sittings:question_edit",      "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _QUESTION, "post", _given(title="О сроках", topic="other")),
    Row("sittings:question",           "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _of("sit_question", what="remove"), "post"),
    Row("sittings:decision_new",       "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _HELD),
    Row("sittings:decision_new",       "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _HELD, "post", _decision),
    Row("sittings:decision_edit",      "302  404   200 200 403 403 200 403  403 403 403 200 403 403 403 403", _DECISION),
    Row("sittings:decision_edit",      "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _DECISION, "post", _decision),
    Row("sittings:decision_remove",    "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _DECISION, "post"),
    Row("sittings:decision",           "302  404   200 200 403 403 200 403  403 200 403 200 403 403 403 403", _of("sit_decision", what="done")),
    Row("sittings:decision",           "302  404   302 302 403 403 302 403  403 302 403 302 403 403 403 403", _of("sit_decision", what="done"), "post", _given(on="2026-11-21")),
    Row("sittings:decision",           "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _of("sit_decision", what="move"), "post", _MOVE, "moving"),
    Row("sittings:decision",           "302  404   302 302 403 403 302 403  403 403 403 302 403 403 403 403", _of("sit_decision", what="cancel"), "post", _WHY, "cancelling"),
]
# fmt: on
