"""Duties by role: everybody's own; roles, colleagues and what the school changes are for the deputy and the director."""

from datetime import date
from typing import Any

from roadmaps.duty_catalogue import DUTIES
from roadmaps.duty_words import Cycle, DutyRole
from roadmaps.services.duties import duty_mark, duty_switch_off, own_duty_add
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A mark of the class teacher, a duty of the school's own, one that is off."""
    leader, deputy = world.users["cls"], world.users["dep"]
    world.things["duty_mark"] = duty_mark(
        by=leader, staff=world.person("cls"), duty=DUTIES["C6"], on=date(2026, 11, 20), note="актив класса"
    )
    world.things["own_duty"] = own_duty_add(
        by=deputy, school=world.school, role=DutyRole.METHODICAL_HEAD, text="Открытый урок", cycle=Cycle.NEED
    )
    world.things["duty_off"] = duty_switch_off(by=deputy, school=world.school, duty=DUTIES["G1"], why="планёрок нет")


def _of(thing: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk}


def _given(**told: str) -> Any:
    return lambda _: told


def _leader(world: World) -> dict[str, Any]:
    return {"pk": world.person("cls").pk}


def _leaders_sheet(world: World) -> dict[str, Any]:
    return {"staff": str(world.person("cls").pk)}


_C6, _A3, _G1, _G2 = _given(code="C6"), _given(code="A3"), _given(code="G1"), _given(code="G2")
_SHARED, _OWN = _given(code="D5", kind="ppk"), _given(code="T5", kind="work")
_ROLE, _PDF = _given(role="method"), _given(format="pdf")
_DAY, _WHY = _given(on="2026-11-20", note=""), _given(why="не нужно")
_DUTY = _given(text="Семинар", cycle="need")

# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("duties:mine",                 "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("duties:person",               "302  404   200 200 302 404 404 404  404 404 404 404 404 403 403 403", _leader),
    Row("duties:roles",                "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("duties:deeds",                "302  200   200 200 404 404 404 404  404 404 404 404 404 403 403 403", _SHARED),
    Row("duties:deeds",                "302  200   200 200 404 404 404 404  404 404 404 404 404 403 403 403", _OWN, about="of all teachers"),
    Row("duties:print",                "302  302   302 302 404 404 404 404  404 404 404 404 404 403 403 403", _PDF, "post", about="all roles"),
    Row("duties:print",                "302  404   302 302 302 404 404 404  404 404 404 404 404 403 403 403", _PDF, "post", _leaders_sheet, about="one person's"),
    Row("duties:mark",                 "302  403   403 403 200 403 403 403  403 403 403 403 403 403 403 403", _C6),
    Row("duties:mark",                 "302  403   403 403 302 403 403 403  403 403 403 403 403 403 403 403", _C6, "post", _DAY),
    Row("duties:mark",                 "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _A3, "post", _DAY, about="of the administration"),
    Row("duties:mark_withdraw",        "302  404   403 403 200 403 403 403  403 403 403 403 403 403 403 403", _of("duty_mark")),
    Row("duties:mark_withdraw",        "302  404   403 403 302 403 403 403  403 403 403 403 403 403 403 403", _of("duty_mark"), "post", _WHY),
    Row("duties:own_new",              "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROLE),
    Row("duties:own_new",              "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROLE, "post", _DUTY),
    Row("duties:own_remove",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("own_duty")),
    Row("duties:own_remove",           "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("own_duty"), "post", _WHY),
    Row("duties:off",                  "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _G2),
    Row("duties:off",                  "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _G2, "post", _WHY),
    Row("duties:on",                   "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _G1, "post"),
]
# fmt: on
