"""The schedule of psychological help: everybody in the school reads it, the director and the deputy approve."""

from datetime import date, time
from typing import Any

from consultations.models import ServiceHours
from consultations.reports.schedule import draft_paper
from consultations.services.schedule import Approval, mark_of, schedule_approve
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """The psychologist's Tuesdays, approved; then Thursdays, which are not yet."""
    year = world.school_class.year
    told = {"school": world.school, "year": year, "specialist": world.person("psy"), "room": "12"}
    days = {"begins": date(2026, 9, 1), "ends": date(2027, 5, 31), "time_from": time(14), "time_to": time(16)}
    ServiceHours.objects.create(**told, **days, weekday=2)
    seen = mark_of(draft_paper(world.school, year, world.school.today()))
    approval = Approval(on=date(2026, 11, 20), sign_up="У специалиста", seen=seen)
    world.things["schedule"] = schedule_approve(by=world.users["dep"], year=year, approval=approval)
    ServiceHours.objects.create(**told, **days, weekday=4)
    world.things["hours_mark"] = mark_of(draft_paper(world.school, year, world.school.today()))


def _approval(world: World) -> dict[str, Any]:
    return {"on": "2026-11-21", "sign_up": "У специалиста", "hours": world.things["hours_mark"]}


def _old(world: World) -> dict[str, Any]:
    return {"pk": world.things["schedule"].pk}


def _sheet(world: World) -> dict[str, Any]:
    return {"sheet": "school", "format": "pdf"}


# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("schedule:page",     "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("schedule:old",      "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _old),
    Row("schedule:print",    "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _sheet, "post"),
    Row("schedule:approve",  "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("schedule:approve",  "302  422   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post",
        data=_approval),
]
# fmt: on
