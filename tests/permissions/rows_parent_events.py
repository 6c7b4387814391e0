"""Events for parents: all in the school read the plan; the administration, the service, the class teacher keep it."""

from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from parents.event_words import EventDeed
from parents.models import ParentEvent
from parents.rules.events import NOBODY, Taps
from parents.services.event_marks import event_marks_save
from parents.services.event_protocol import Decided, decision_add, material_add, protocol_conclude, protocol_write
from parents.services.events import EventDraft, EventTime, event_plan, event_step
from tests.permissions.row import Row
from tests.permissions.world import World

_PDF = b"%PDF-1.4\n%%EOF"


def _plan(world: World, title: str, on: date, classes: bool = True) -> ParentEvent:
    draft = EventDraft("meeting", title, classes=(world.school_class,) if classes else (), leader=world.person("spe"))
    return event_plan(
        by=world.users["dep"], school=world.school, draft=draft, when=EventTime(on, time(18), None, "каб. 12")
    )


def add(world: World) -> None:
    """Of 7А: one to come, one held with a decision and a paper, one concluded, one cancelled; one for everybody. The
    speech therapist leads them."""
    by = world.users["dep"]
    ahead, held = _plan(world, "Вперёд", date(2026, 12, 5)), _plan(world, "Было", date(2026, 11, 10))
    done, gone = _plan(world, "Решено", date(2026, 11, 5)), _plan(world, "Отменено", date(2026, 11, 12))
    taps = Taps(frozenset(), frozenset({(world.pupil.pk, NOBODY)}), [world.pupil.pk])
    for one in (held, done):
        event_marks_save(by=by, event=one, taps=taps, guardians={world.pupil.pk: []})
    event_step(by=by, event=gone, version=0, what=EventDeed.CANCEL, comment="карантин")
    world.things["decision"] = decision_add(
        by=by, event=held, decided=Decided("Проверять дневник", date(2026, 12, 1), world.person("sub"))
    )
    world.things["spare_decision"] = decision_add(
        by=by, event=held, decided=Decided("Лишнее", date(2026, 12, 1), world.person("sub"))
    )
    world.things["material"] = material_add(by=by, event=held, title="Памятка", content=_PDF)
    protocol_write(by=by, event=done, version=1, chair="Иванова", secretary="Петрова", course="")
    protocol_conclude(by=by, event=done, version=2, paper={})
    all_school = _plan(world, "Для всех", date(2026, 12, 7), classes=False)
    names = ("event_ahead", "event_held", "event_done", "event_gone", "event_all")
    world.things |= dict(zip(names, (ahead, held, done, gone, all_school), strict=True))


def _at(name: str, **more: str) -> Any:
    return lambda world: {"pk": world.things[name].pk, **more}


def _version(name: str) -> Any:
    return lambda world: {"version": str(ParentEvent.objects.get(pk=world.things[name].pk).version)}


def _draft(world: World) -> dict[str, Any]:
    told = {"kind": "meeting", "title": "Вперёд", "prevention": "on", "classes": [world.school_class.pk]}
    return {**told, "questions": "", "leader": world.person("spe").pk}


def _new(world: World) -> dict[str, Any]:
    return {**_draft(world), "on": "2026-12-10", "starts_at": "18:00"}


def _move(world: World) -> dict[str, Any]:
    return {"on": "2026-12-06", "starts_at": "18:00", "place": "каб. 12", "why": "занят зал"}


def _why(world: World) -> dict[str, Any]:
    return {"comment": "ошиблись"}


def _taps(world: World) -> dict[str, Any]:
    return {"lines": str(world.pupil.pk), "shown": f"{world.pupil.pk}_-1", "came": [f"{world.pupil.pk}_-1"]}


def _words(world: World) -> dict[str, Any]:
    return {"chair": "Иванова", "secretary": "Петрова", "course": "Говорили"}


def _decided(world: World) -> dict[str, Any]:
    return {"text": "Проверять дневник", "responsible": world.person("sub").pk, "due": "2026-12-01"}


def _kept(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "note": ""}


def _paper(world: World) -> dict[str, Any]:
    return {"title": "Памятка", "file": SimpleUploadedFile("памятка.pdf", _PDF)}


def _file(world: World) -> dict[str, Any]:
    return {"pk": world.things["material"].file_id}


_PDF_ADDRESS = lambda world: {"format": "pdf"}  # noqa: E731

# fmt: off
ROWS = [
    #                            anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("events:list",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("events:plan_print",    "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _PDF_ADDRESS, "post"),
    Row("events:involved",      "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"),
    Row("events:indicators",    "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"),
    Row("events:indicators",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", data=lambda world: {"code": "P26"},
        about="feedback of colleagues"),
    Row("events:indicators",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", data=lambda world: {"code": "P24"},
        about="answers without names"),
    Row("events:involved_print", "302  302   302 302 302 403 302 302  302 403 403 403 403 403 403 403", _PDF_ADDRESS, "post"),
    Row("events:new",           "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"),
    Row("events:new",           "302  422   302 302 302 403 302 302  302 403 403 403 403 403 403 403", method="post", data=_new),
    Row("events:event",         "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _at("event_held")),
    Row("events:edit",          "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403", _at("event_ahead")),
    Row("events:edit",          "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403", _at("event_ahead"),
        "post", _draft),
    Row("events:edit",          "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _at("event_all"),
        about="for the whole school"),
    Row("events:move",          "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403", _at("event_ahead")),
    Row("events:move",          "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403", _at("event_ahead"),
        "post", _move),
    Row("events:mark",          "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403",
        _at("event_held", what="hold"), "post", _version("event_held"), about="held"),
    Row("events:mark",          "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403",
        _at("event_gone", what="restore"), "post", _version("event_gone"), about="back into the plan"),
    Row("events:undo",          "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403",
        _at("event_ahead", what="cancel")),
    Row("events:undo",          "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403",
        _at("event_ahead", what="cancel"), "post", _why),
    Row("events:who",           "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _at("event_held")),
    Row("events:who",           "302  404   302 302 302 403 302 302  302 422 403 403 403 403 403 403", _at("event_held"),
        "post", _taps),
    Row("events:paper",         "302  404   302 302 302 302 302 302  302 302 302 302 302 403 302 403",
        _at("event_held", kind="invitation"), "post"),
    Row("events:protocol",      "302  404   200 200 200 403 200 200  200 200 403 403 403 403 403 403", _at("event_held")),
    Row("events:protocol",      "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("event_held"),
        "post", _words),
    Row("events:conclude",      "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("event_held"),
        "post"),
    Row("events:reopen",        "302  404   200 200 200 403 200 200  200 200 403 403 403 403 403 403", _at("event_done")),
    Row("events:reopen",        "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("event_done"),
        "post", _why),
    Row("events:decision_new",  "302  404   200 200 200 403 200 200  200 200 403 403 403 403 403 403", _at("event_held")),
    Row("events:decision_new",  "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("event_held"),
        "post", _decided),
    Row("events:decision_edit", "302  404   200 200 200 403 200 200  200 200 403 403 403 403 403 403", _at("decision")),
    Row("events:decision_edit", "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("decision"),
        "post", _decided),
    Row("events:decision_remove", "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("spare_decision"),
        "post"),
    Row("events:decision_kept", "302  404   200 200 200 200 200 200  200 200 403 403 403 403 403 403", _at("decision")),
    Row("events:decision_kept", "302  404   302 302 302 302 302 302  302 302 403 403 403 403 403 403", _at("decision"),
        "post", _kept),
    Row("events:material_new",  "302  404   200 200 200 403 200 200  200 200 403 403 403 403 403 403", _at("event_held")),
    Row("events:material_new",  "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("event_held"),
        "post", _paper),
    Row("events:material_remove", "302  404   302 302 302 403 302 302  302 302 403 403 403 403 403 403", _at("material"),
        "post"),
    Row("documents:file",       "302  404   200 200 200 200 200 200  200 200 200 200 200 404 200 404", _file,
        about="what was shown to parents"),
]
# fmt: on
