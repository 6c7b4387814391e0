"""Journals: everybody reads of the own pupils and writes about them; only the author edits and withdraws."""

from typing import Any

from iom.services.journals import comment_add
from iom.services.talks import Talk, talk_record
from iom.services.work import Work, WorkedWith, work_record
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """An entry and a talk of the teacher of algebra about the pupil."""
    sub, on = world.users["sub"], world.school.today()
    work = Work(on, topic="Дроби")
    about = [WorkedWith(world.pupil)]
    world.things["work_entry"] = work_record(by=sub, school=world.school, work=work, pupils=about, signals=[])
    told = Talk(on, "двойки", agreed="приходит по четвергам")
    entry = world.things["work_entry"]
    world.things["work_comment"] = comment_add(by=world.users["dep"], to=entry, text="Добавьте тему")
    world.things["pupil_talk"] = talk_record(by=sub, pupil=world.pupil, talk=told)


def _work(world: World) -> dict[str, Any]:
    return {"pk": world.things["work_entry"].pk}


def _talk(world: World) -> dict[str, Any]:
    return {"pk": world.things["pupil_talk"].pk}


def _comment(world: World) -> dict[str, Any]:
    return {"pk": world.things["work_comment"].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _paper(world: World) -> dict[str, Any]:
    return {"kind": "work", "format": "pdf"}


def _asks(world: World) -> dict[str, Any]:
    return {"pupil": str(world.pupil.pk)}


def _entry(world: World) -> dict[str, Any]:
    return {"pupils": [str(world.pupil.pk)], "topic": "Степени", "on": world.school.today().isoformat(), "version": "1"}


def _spoken(world: World) -> dict[str, Any]:
    return {"occasion": "пропуски", "on": world.school.today().isoformat()}


def _text(world: World) -> dict[str, Any]:
    return {"text": "согласна", "why": "ошибка", "kept": "kept"}


# fmt: off
ROWS = [
    #                            anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("work:list",            "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("work:new",             "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("work:new",             "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", data=_asks,
        about="for one pupil"),
    Row("work:new",             "302  422   302 302 302 302 302 302  302 422 422 422 422 403 403 403", method="post", data=_entry,
        about="by the class alone: a tutor and a mentor come by the pupil"),
    Row("work:entry",           "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _work),
    Row("work:edit",            "302  404   403 403 403 200 403 403  403 404 404 403 403 403 403 403", _work),
    Row("work:edit",            "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _work, "post", _entry),
    Row("work:comment",         "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _work, "post", _text),
    Row("work:withdraw",        "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _work, "post", _text),
    Row("work:print",           "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _paper, "post"),
    Row("work:talks",           "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("work:talk_begin",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("work:talk_new",        "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _pupil),
    Row("work:talk_new",        "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _pupil, "post", _spoken),
    Row("work:talk",            "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _talk),
    Row("work:talk_edit",       "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _talk, "post", _spoken),
    Row("work:talk_kept",       "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _talk, "post", _text),
    Row("work:comment_read",    "302  404   404 404 404 302 404 404  404 404 404 404 404 403 404 403", _comment, "post"),
    Row("work:talk_comment",    "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _talk, "post", _text),
    Row("work:talk_withdraw",   "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _talk, "post", _text),
]
# fmt: on
