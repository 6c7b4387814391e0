"""Routes: everybody sees those of the own pupils; a teacher edits the own part, who leads a route the rest.

Of special needs: the administration, the psychological service, the own class, the tutor, a part's teacher. A
colleague's route: that teacher, methodical heads, the administration.
"""

from decimal import Decimal
from typing import Any

from iom.rules.routes import StepIdea
from iom.services.making import teacher_route_make
from iom.services.progress import control_add
from iom.services.route_templates import TemplateWish, template_row_add, template_save
from iom.words import RouteKind
from risk_registry.services.answers import signal_reopen
from tests.iom.making import TODAY, active_route, add_gap, add_step, agree_all, fresh, make_route, part_of
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """Of the pupil: a draft with algebra, one in force, one that waits for the parents, one of special needs."""
    deputy, pupil, things = world.users["dep"], world.pupil, world.things
    draft = make_route(deputy, pupil, "Алгебра")
    part = part_of(draft, "Алгебра")
    things |= {"route": draft, "part": part, "common": part_of(draft, None)}
    things |= {"gap": add_gap(deputy, part), "plan_step": add_step(deputy, part)}
    things["control"] = control_add(by=deputy, gap=things["gap"], on=TODAY, result=Decimal(2))
    things["active_route"] = active_route(deputy, pupil, "Алгебра", kind=RouteKind.WEAK)
    signal_reopen(by=deputy, signal=things["signal"])  # the approval answered it: rows about signals want it open
    waiting = make_route(deputy, pupil, "Алгебра", kind=RouteKind.RESERVE)
    add_gap(deputy, part_of(waiting, "Алгебра"))
    things["waiting_route"] = agree_all(deputy, waiting)
    things["needs_route"] = make_route(deputy, pupil, "Алгебра", kind=RouteKind.NEEDS)
    things["own_route"] = teacher_route_make(by=deputy, staff=world.person("sub"))
    template = template_save(by=deputy, school=world.school, template=None, wish=TemplateWish("Алгебра"))
    things["template"] = template
    things["template_row"] = template_row_add(by=deputy, template=template, step=StepIdea("extra", "Группа"))


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _version(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].pk, "number": 1}


def _reason(world: World) -> dict[str, Any]:
    return {"pk": world.things["active_route"].pk, "what": "change"}


def _seen(world: World) -> dict[str, Any]:
    return {"version": fresh(world.things["route"]).version}


_ALL = "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"
_READ = "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403"
_LED = "302  404   403 200 200 403 403 403  403 404 404 200 403 403 403 403"
_LED_DONE = "302  404   403 302 302 403 403 403  403 404 404 302 403 403 403 403"
_OWN = "302  404   403 200 403 200 403 403  403 404 404 403 403 403 403 403"
_OWN_DONE = "302  404   403 302 403 302 403 403  403 404 404 403 403 403 403 403"
_KEPT = "302  404   403 200 403 403 403 403  403 403 200 403 403 403 403 403"
_KEPT_DONE = "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403"

# fmt: off
ROWS = [
    #                           anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("routes:list",         _ALL),
    Row("routes:coverage",     _ALL),
    Row("routes:new",          _LED, _pupil),
    Row("routes:teacher_new",  "302  200   403 200 200 200 403 403  403 403 200 403 403 403 403 403"),
    Row("routes:templates",    "302  200   403 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("routes:template_new", "302  200   403 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("routes:template",     _KEPT, _of("template")),
    Row("routes:template_row_new", _KEPT, _of("template")),
    Row("routes:template_archive", _KEPT_DONE, _of("template"), "post"),
    Row("routes:template_row", _KEPT, _of("template_row")),
    Row("routes:template_row_remove", _KEPT_DONE, _of("template_row"), "post"),
    Row("routes:route",        _READ, _of("route")),
    Row("routes:route",        "302  404   200 200 200 200 200 200  200 404 404 200 404 403 404 403", _of("needs_route"),
        about="for special needs"),
    Row("routes:route",        "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _of("own_route"),
        about="of a teacher"),
    Row("routes:version",      _READ, _version),
    Row("routes:lead",         _LED, _of("route")),
    Row("routes:part_new",     _LED, _of("route")),
    Row("routes:part_teacher", _LED, _of("part")),
    Row("routes:part_remove",  _LED_DONE, _of("part"), "post"),
    Row("routes:part_agree",   _OWN_DONE, _of("part"), "post"),
    Row("routes:psychologist", "302  404   403 302 403 403 302 302  403 404 404 403 403 403 403 403", _of("route"), "post",
        _seen),
    Row("routes:gap_new",      _OWN, _of("part")),
    Row("routes:gap",          _OWN, _of("gap")),
    Row("routes:gap_drop",     _OWN, _of("gap")),
    Row("routes:gap_restore",  _OWN_DONE, _of("gap"), "post"),
    Row("routes:control_new",  _OWN, _of("gap")),
    Row("routes:control_withdraw", _OWN_DONE, _of("control"), "post"),
    Row("routes:step_new",     _OWN, _of("part")),
    Row("routes:step_new",     "302  404   403 200 200 403 200 200  403 404 404 200 403 403 403 403", _of("common"),
        about="of tutor and specialists"),
    Row("routes:step",         _OWN, _of("plan_step")),
    Row("routes:step_end",     _OWN, _of("plan_step")),
    Row("routes:step_remove",  _OWN_DONE, _of("plan_step"), "post"),
    Row("routes:hand_on",      _LED_DONE, _of("route"), "post", _seen),
    Row("routes:parents",      _LED, _of("waiting_route")),
    Row("routes:approve",      "302  404   200 200 403 403 403 403  403 404 404 403 403 403 403 403", _of("waiting_route")),
    Row("routes:review",       _LED, _of("active_route")),
    Row("routes:copy",         _LED_DONE, _of("active_route"), "post"),
    Row("routes:reason",       _LED, _reason),
]
# fmt: on
