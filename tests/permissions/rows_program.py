"""The program's passport: everybody in the school reads it, the deputy and the director keep it."""

from datetime import date
from typing import Any

from roadmaps.services.programs import program_approve, program_correct, program_create
from roadmaps.words_program import Section, Template
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """Approved and being corrected: everything that can be done with it can be tried; and a draft to be dropped."""
    by = world.users["dep"]
    row = program_create(by=by, school=world.school, template=Template.LONG, first_year=2026)
    row = program_approve(by=by, program=row, version=0, protocol_number="1", protocol_date=date(2026, 9, 3))
    world.things["program"] = program_correct(by=by, program=row, version=1, grounds="уточнение")
    world.things["program_line"] = row.lines.get(section=Section.GOAL)
    world.things["program_own"] = row.directions.create(number=9, name="Своё")
    world.things["program_odd"] = row.indicators.get(code="P01")
    world.things["program_draft"] = program_create(by=by, school=world.school, template=Template.YEAR, first_year=2026)


def _of(thing: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk}


def _version(world: World) -> dict[str, Any]:
    return {"pk": world.things["program"].pk, "number": 1}


def _section(world: World) -> dict[str, Any]:
    return {"pk": world.things["program"].pk, "section": "stage"}


def _moved(world: World) -> dict[str, Any]:
    return {"pk": world.things["program_line"].pk, "way": "down"}


def _given(**told: str) -> Any:
    return lambda _: told


_PROG, _LINE, _OWN, _ODD = _of("program"), _of("program_line"), _of("program_own"), _of("program_odd")
_HEAD = _given(title="Программа", starts_on="2026-08-01", ends_on="2028-12-31")
_COUNCIL = _given(protocol_number="4", protocol_date="2026-11-20")
_BLANK = _given(template="blank", first_year="2026")
_INDICATOR = _given(title="Своя доля", unit="percent")
_TAKE, _READ = _given(code="S1"), _given(reading="added", why="решение группы")

# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("passport:page",                "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("passport:indicators",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("passport:version",             "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _version),
    Row("passport:print",               "302  404   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _PROG, "post"),
    Row("passport:new",                 "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("passport:new",                 "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post", data=_BLANK),
    Row("passport:heading",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:heading",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _HEAD),
    Row("passport:approve",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:approve",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _COUNCIL),
    Row("passport:correct",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:correct",             "302  404   422 422 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _given(why="ещё раз"), about="is being corrected"),
    Row("passport:remove",              "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("program_draft"), "post"),
    Row("passport:line_new",            "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _section),
    Row("passport:line_new",            "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _section, "post", _given(text="Этап")),
    Row("passport:line",                "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _LINE),
    Row("passport:line",                "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _LINE, "post", _given(text="Цель")),
    Row("passport:line_move",           "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _moved, "post"),
    Row("passport:line_restore",        "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _LINE, "post"),
    Row("passport:line_remove",         "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _LINE, "post"),
    Row("passport:direction_new",       "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:direction_new",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _given(name="Своё")),
    Row("passport:direction",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _OWN),
    Row("passport:direction",           "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _OWN, "post", _given(name="Иное")),
    Row("passport:direction_remove",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _OWN, "post"),
    Row("passport:indicator_new",       "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:indicator_new",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _INDICATOR),
    Row("passport:indicator_take",      "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _PROG),
    Row("passport:indicator_take",      "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _PROG, "post", _TAKE),
    Row("passport:indicator",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ODD),
    Row("passport:indicator",           "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ODD, "post", _given(baseline_raw="55%")),
    Row("passport:reading",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ODD),
    Row("passport:reading",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ODD, "post", _READ),
    Row("passport:indicator_remove",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ODD, "post"),
]
# fmt: on
