"""The roadmap: everybody in the school reads it, the deputy and the director keep it, whoever answers marks."""

from datetime import date
from typing import Any

from roadmaps.models import Activity, RoadmapTable
from roadmaps.services.occurrences import evidence_add, occurrence_hold
from roadmaps.services.roadmaps import roadmap_approve, roadmap_correct, roadmap_create
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """Approved and being corrected: everything that can be done with it can be tried. The seminar is row 8."""
    by = world.users["dep"]
    row = roadmap_create(by=by, year=world.school_class.year, catalogue=True)
    row = roadmap_approve(by=by, roadmap=row, version=0, order_number="112", order_date=date(2026, 8, 28))
    row = roadmap_correct(by=by, roadmap=row, version=1, grounds="уточнение")
    world.things["roadmap"] = row
    world.things["road_activity"] = row.activities.get(origin=8)
    waiting = row.activities.get(origin=12).occurrences.get()
    world.things["road_waiting"] = waiting
    held = row.activities.get(origin=8).occurrences.get()
    world.things["road_held"] = occurrence_hold(by=by, occurrence=held, version=0, on=date(2026, 10, 20))
    world.things["road_evidence"] = evidence_add(
        by=by, occurrence=held, kind="link", title="Новость", url="https://school.example/"
    )
    world.things["road_removed"] = _removed(row.activities.get(origin=13))
    world.things["road_table"] = RoadmapTable.objects.create(
        school=world.school, roadmap=row, name="карта.xlsx", head=["Мероприятие"], rows=[["Совещание"]], by=by,
        at=world.school.now(),
    )  # fmt: skip


def _removed(row: Activity) -> Activity:
    row.removed_on, row.removed_why = date(2026, 11, 1), "объединено"
    row.save()
    return row


def _of(thing: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk}


def _deed(thing: str, what: str) -> Any:
    return lambda world: {"pk": world.things[thing].pk, "what": what}


def _version(world: World) -> dict[str, Any]:
    return {"pk": world.things["roadmap"].pk, "number": 1}


def _direction(world: World) -> dict[str, Any]:
    return {"pk": world.things["roadmap"].directions.first().pk}


def _standing(world: World) -> dict[str, Any]:
    return {"pk": world.things["roadmap"].activities.get(origin=17).pk}


_ROAD, _ACT, _WAIT, _HELD = _of("roadmap"), _of("road_activity"), _of("road_waiting"), _of("road_held")


def _given(**told: str) -> Any:
    return lambda _: told


def _activity(world: World) -> dict[str, Any]:
    direction = world.things["roadmap"].directions.first().pk
    return {"direction": direction, "title": "Педсовет", "term_kind": "all_year"}


_HOLD = _given(on="2026-11-20", note="")
_LINK = _given(kind="link", url="https://school.example/2")
_ORDER = _given(order_number="140", order_date="2026-11-20")

# fmt: off
ROWS = [
    #                                  anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("roadmap:list",                "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("roadmap:board",               "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("roadmap:axis",                "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("roadmap:shares",              "302  302   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("roadmap:new",                 "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("roadmap:new",                 "302  302   422 422 403 403 403 403  403 403 403 403 403 403 403 403", method="post", data=_given(source="catalogue"), about="the year has one"),
    Row("roadmap:version",             "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _version),
    Row("roadmap:print",               "302  404   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _ROAD, "post"),
    Row("roadmap:activity",            "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _ACT),
    Row("roadmap:title",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:title",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post", _given(title="Карта")),
    Row("roadmap:approve",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:approve",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post", _ORDER),
    Row("roadmap:correct",             "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:correct",             "302  404   422 422 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post", _given(why="ещё раз"), about="is being corrected"),
    Row("roadmap:refresh",             "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post"),
    Row("roadmap:bring",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:table",               "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("road_table")),
    Row("roadmap:table",               "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("road_table"), "post", _given(what="discard")),
    Row("roadmap:direction_new",       "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:direction_new",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post", _given(name="Своё")),
    Row("roadmap:direction",           "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _direction),
    Row("roadmap:direction",           "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _direction, "post", _given(name="Своё")),
    Row("roadmap:direction_remove",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _direction, "post"),
    Row("roadmap:activity_new",        "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD),
    Row("roadmap:activity_new",        "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ROAD, "post", _activity),
    Row("roadmap:activity_edit",       "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ACT),
    Row("roadmap:activity_edit",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ACT, "post", _activity),
    Row("roadmap:activity_remove",     "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _ACT),
    Row("roadmap:activity_remove",     "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _ACT, "post", _given(why="лишнее")),
    Row("roadmap:activity_restore",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("road_removed"), "post"),
    Row("roadmap:record",              "302  404   200 200 200 403 403 403  403 403 403 403 403 403 403 403", _standing),
    Row("roadmap:record",              "302  404   302 302 302 403 403 403  403 403 403 403 403 403 403 403", _standing, "post", _HOLD),
    Row("roadmap:occurrence",          "302  404   200 200 403 403 200 200  403 403 403 403 403 403 403 403", _deed("road_waiting", "hold")),
    Row("roadmap:occurrence",          "302  404   302 302 403 403 302 302  403 403 403 403 403 403 403 403", _deed("road_waiting", "hold"), "post", _HOLD),
    Row("roadmap:occurrence",          "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _deed("road_waiting", "move"), "post", _given(to="2026-12-10", why="карантин"), about="moving"),
    Row("roadmap:occurrence",          "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _deed("road_waiting", "cancel"), "post", _given(why="карантин"), about="cancelling"),
    Row("roadmap:occurrence",          "302  404   302 302 403 403 302 302  403 403 403 403 403 403 403 403", _deed("road_held", "return"), "post", _given(why="ошибка"), about="taking back"),
    Row("roadmap:evidence",            "302  404   200 200 403 403 200 200  403 403 403 403 403 403 403 403", _HELD),
    Row("roadmap:evidence",            "302  404   302 302 403 403 302 302  403 403 403 403 403 403 403 403", _HELD, "post", _LINK),
    Row("roadmap:evidence_withdraw",   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("road_evidence")),
    Row("roadmap:evidence_withdraw",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _of("road_evidence"), "post", _given(why="не та")),
]
# fmt: on
