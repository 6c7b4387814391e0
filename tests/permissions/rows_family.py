"""Decisions about families: few read them, fewer decide, the administration alone turns to the commission."""

from typing import Any

from parents.escalation_words import StepKind
from parents.services.escalation import Decision, case_open, step_decide
from tests.factories import make_pupil
from tests.permissions import marks
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A case with a step to the commission; another pupil without a case."""
    by = world.users["dep"]
    case = case_open(by=by, pupil=world.pupil, grounds=f"не являются, {marks.FAMILY}")
    asked = Decision(StepKind.COMMISSION, f"беседы без результата, {marks.FAMILY}")
    world.things["family_step"] = step_decide(by=by, case=case, version=case.version, decision=asked)
    case.refresh_from_db()
    world.things["family_case"] = case
    world.things["family_other"] = make_pupil(world.school_class, "Абрамова Вера Ильинична", external_id="f2")


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


# Columns:                     anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
LIST = "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"
OF_PUPIL = "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403"
DECIDE = "302  404   200 200 200 403 403 403  200 403 403 403 403 403 403 403"
DECIDE_DO = "302  404   302 302 302 403 403 403  302 403 403 403 403 403 403 403"
CHIEF = "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403"
CHIEF_DO = "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403"

# fmt: off
ROWS = [
    Row("family:list", LIST),
    Row("family:list", OF_PUPIL, data=lambda w: {"pupil": str(w.pupil.pk)}, about="of a pupil"),
    Row("family:new", DECIDE, _of("family_other")),
    Row("family:new", DECIDE_DO, _of("family_other"), "post", lambda w: {"grounds": "не являются"}),
    Row("family:case", OF_PUPIL, _of("family_case")),
    Row("family:edit", DECIDE, _of("family_case")),
    Row("family:edit", DECIDE_DO, _of("family_case"), "post", lambda w: {"grounds": "не являются"}),
    Row("family:close", DECIDE, _of("family_case")),
    Row("family:withdraw", DECIDE, _of("family_case")),
    Row("family:withdraw", DECIDE_DO, _of("family_case"), "post", lambda w: {"why": "ошибка"}),
    Row("family:step_new", DECIDE, _of("family_case")),
    Row("family:step_new", DECIDE_DO, _of("family_case"), "post", lambda w: {"kind": "psychol", "grounds": "беседа"}),
    Row("family:step_outcome", CHIEF, _of("family_step")),
    Row("family:step_edit", CHIEF, _of("family_step")),
    Row("family:step_withdraw", CHIEF, _of("family_step")),
    Row("family:step_withdraw", CHIEF_DO, _of("family_step"), "post", lambda w: {"why": "рано"}),
    Row("family:file", CHIEF, _of("family_case")),
    Row("family:file", CHIEF_DO, _of("family_case"), "post", lambda w: {"why": "запрос комиссии", "once": "f"}),
]
# fmt: on
