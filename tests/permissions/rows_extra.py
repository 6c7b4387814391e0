"""Extra lessons: everybody in the school reads the week; who leads a group and the administration keep it."""

from datetime import date, time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from iom.models import ExtraGroup, ExtraTable
from iom.services.extra import GroupDraft, extra_group_create
from iom.services.extra_sessions import extra_session_hold, extra_session_substitute
from iom.words import TableKind
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A group of the subject teacher with the pupil of 7А, one lesson held, one given to a colleague without duties."""
    draft = GroupDraft(
        "Алгебра", None, world.person("sub"), "12", 2, time(14), time(14, 40), date(2026, 11, 3), date(2026, 12, 29)
    )
    by = world.users["dep"]
    group = extra_group_create(by=by, year=world.school_class.year, draft=draft, pupils=[world.pupil])
    extra_session_hold(by=by, group=group, on=date(2026, 11, 10), came=[world.pupil.pk])
    extra_session_substitute(by=by, group=group, on=date(2026, 12, 1), staff=world.person("spe"))
    world.things["extra"] = group
    world.things["extra_table"] = ExtraTable.objects.create(
        school=world.school,
        year=world.school_class.year,
        kind=TableKind.EXTRA,
        name="Занятия.xlsx",
        head=["Учитель"],
        rows=[["Иванова"]],
        by=by,
        at=world.school.now(),
    )


def _at(world: World) -> dict[str, Any]:
    return {"pk": world.things["extra"].pk}


def _on(day: str) -> Any:
    return lambda world: {"pk": world.things["extra"].pk, "on": day}


def _member(world: World) -> dict[str, Any]:
    group: ExtraGroup = world.things["extra"]
    return {"pk": group.members.get().pk}


def _table(world: World) -> dict[str, Any]:
    return {"pk": world.things["extra_table"].pk}


def _draft(world: World) -> dict[str, Any]:
    """The group's own teacher, so that every column means the same group."""
    told = {"title": "Дроби", "teacher": world.person("sub").pk, "weekday": "3", "room": "14"}
    days = {"begins": "2026-11-23", "ends": "2026-12-25"}
    return {**told, **days, "time_from": "15:00", "time_to": "15:40"}


def _change(world: World) -> dict[str, Any]:
    return {**_draft(world), "begins": "2026-11-03"}


def _last(world: World) -> dict[str, Any]:
    return {"last": "2026-12-10"}


def _came(world: World) -> dict[str, Any]:
    return {f"came-{world.pupil.pk}": "on"}


def _who(world: World) -> dict[str, Any]:
    return {"staff": world.person("cls").pk}


def _file(world: World) -> dict[str, Any]:
    content = "Учитель;День;Время\nИванова;вторник;14:00\n".encode()
    return {"kind": "extra", "file": SimpleUploadedFile("занятия.csv", content)}


# fmt: off
ROWS = [
    #                        anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("extra:timetable",  "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("extra:print",      "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403",
        lambda world: {"format": "pdf"}, "post"),
    Row("extra:share",      "302  200   200 200 200 403 403 403  200 403 403 403 403 403 403 403"),
    Row("extra:waiting",    "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("extra:new",        "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("extra:new",        "302  422   302 302 422 302 422 422  422 422 422 422 422 403 403 403", method="post",
        data=_draft),
    Row("extra:group",      "302  404   200 200 200 200 200 200  200 200 404 200 200 403 200 403", _at),
    Row("extra:edit",       "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _at),
    Row("extra:edit",       "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _at, "post", _change),
    Row("extra:end",        "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _at),
    Row("extra:end",        "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _at, "post", _last),
    Row("extra:members",    "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _at),
    Row("extra:member_end", "302  404   200 200 403 200 403 403  403 404 404 403 403 403 403 403", _member),
    Row("extra:member_end", "302  404   302 302 403 302 403 403  403 404 404 403 403 403 403 403", _member, "post", _last),
    Row("extra:session",    "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _on("2026-11-17")),
    Row("extra:session",    "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _on("2026-11-17"),
        "post", _came),
    Row("extra:session",    "302  404   200 200 403 200 403 403  403 200 404 403 403 403 403 403", _on("2026-12-01"),
        about="given by the speech therapist"),
    Row("extra:cancel",     "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _on("2026-11-17")),
    Row("extra:cancel",     "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _on("2026-11-17"),
        "post", lambda world: {"why": "event"}),
    Row("extra:substitute", "302  404   200 200 403 200 403 403  403 403 404 403 403 403 403 403", _on("2026-11-24")),
    Row("extra:substitute", "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _on("2026-11-24"),
        "post", _who),
    Row("extra:forget",     "302  404   302 302 403 302 403 403  403 403 404 403 403 403 403 403", _on("2026-11-10"), "post"),
    Row("extra:bring",      "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("extra:bring",      "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post",
        data=_file),
    Row("extra:table",      "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _table),
    Row("extra:table",      "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _table, "post",
        lambda world: {"what": "discard"}),
]
# fmt: on
