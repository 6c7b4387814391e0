"""The timetable of assessment procedures: everybody in the school reads it, the administration keeps it."""

from datetime import date
from typing import Any

from gradebook.models import Procedure, ProcedureKind, ProcedureState
from gradebook.services.brought import timetable_bring
from gradebook.services.procedures import ProcedureDraft, procedure_plan
from tests.factories import make_subject
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A control work of 7А that is over, and one that was called off."""
    year, subject = world.school_class.year, make_subject(world.school, "Алгебра")
    draft = ProcedureDraft(
        "Стартовая работа", ProcedureKind.DIAGNOSTIC, 7, world.school_class, subject, date(2026, 11, 11)
    )
    world.things["procedure"] = procedure_plan(by=world.users["dep"], year=year, draft=draft)
    world.things["cancelled"] = Procedure.objects.create(
        school=world.school,
        year=year,
        title="Ошибка",
        grade=7,
        subject=subject,
        state=ProcedureState.CANCELLED,
        cancelled_why="внесена по ошибке",
    )
    world.things["brought_timetable"] = timetable_bring(
        by=world.users["dep"], year=year, name="график.csv", content="Класс;Предмет;Дата\n7А;Алгебра;09.12".encode()
    )


def _at(world: World) -> dict[str, Any]:
    return {"pk": world.things["procedure"].pk}


def _brought(world: World) -> dict[str, Any]:
    return {"pk": world.things["brought_timetable"].pk}


def _cancelled(world: World) -> dict[str, Any]:
    return {"pk": world.things["cancelled"].pk}


def _draft(world: World) -> dict[str, Any]:
    subject = make_subject(world.school, "Алгебра").pk
    told = {"title": "Контрольная", "kind": "control", "place": f"c{world.school_class.pk}", "subject": subject}
    return {**told, "day": "2026-12-09", "agreed": "on"}


def _moved(world: World) -> dict[str, Any]:
    return {"day": "2026-12-10", "why": "карантин", "agreed": "on"}


def _again(world: World) -> dict[str, Any]:
    return {"place": world.school_class.pk, "day": "2026-12-15", "agreed": "on"}


def _typed(world: World) -> dict[str, Any]:
    key = world.pupil.pk
    return {f"was-{key}": '[null, null, "", null, false]', f"mark-{key}": "4"}


# fmt: off
ROWS = [
    #                            anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("procedures:timetable", "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("procedures:print",     "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403",
        lambda world: {"format": "pdf"}, "post"),
    Row("procedures:codes",     "302  200   200 200 403 403 403 403  403 403 403 403 403 403 200 403"),
    Row("procedures:codes_forget", "302  302   302 302 403 403 403 403  403 403 403 403 403 403 302 403", method="post"),
    Row("procedures:bring",     "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("procedures:bring",     "302  422   422 422 403 403 403 403  403 403 403 403 403 403 403 403", method="post"),
    Row("procedures:brought",   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _brought),
    Row("procedures:brought",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _brought, "post",
        lambda world: {"what": "write", "agreed": "on"}),
    Row("procedures:new",       "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("procedures:new",       "302  422   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post",
        data=_draft),
    Row("procedures:correct",   "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _at),
    Row("procedures:correct",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _at, "post", _draft),
    Row("procedures:move",      "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _at),
    Row("procedures:move",      "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _at, "post", _moved),
    Row("procedures:cancel",    "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _at),
    Row("procedures:cancel",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _at, "post",
        lambda world: {"why": "внесена по ошибке"}),
    Row("procedures:restore",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _cancelled, "post"),
    Row("procedures:repeat",    "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _at),
    Row("procedures:repeat",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _at, "post", _again),
    Row("procedures:results",   "302  404   200 200 200 200 403 403  403 403 403 403 403 403 200 403", _at),
    Row("procedures:results",   "302  404   302 302 302 302 403 403  403 403 403 403 403 403 302 403", _at, "post", _typed),
]
# fmt: on
