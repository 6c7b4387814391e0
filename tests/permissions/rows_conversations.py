"""Talks with parents: everybody reads of the own pupils and writes about them; only the author edits and withdraws."""

from typing import Any

from parents.services.conversations import Told, conversation_record
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A talk of the teacher of algebra with somebody about the pupil."""
    told = Told(world.school.today(), "phone", "двойки", who="бабушка", agreed="проверяет тетрадь")
    talk = conversation_record(by=world.users["sub"], pupil=world.pupil, told=told)
    world.things["conversation"] = talk


def _talk(world: World) -> dict[str, Any]:
    return {"pk": world.things["conversation"].pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _format(world: World) -> dict[str, Any]:
    return {"format": "pdf"}


def _class(world: World) -> dict[str, Any]:
    return {"cls": str(world.school_class.pk)}


def _spoken(world: World) -> dict[str, Any]:
    today = world.school.today().isoformat()
    return {"guardian": "0", "who": "тётя", "channel": "phone", "occasion": "пропуски", "on": today, "version": "1"}


def _more(world: World) -> dict[str, Any]:
    return {"on": world.school.today().isoformat(), "note": "проверяет", "why": "ошибка"}


# fmt: off
ROWS = [
    #                              anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("parents:talks",           "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("parents:talk_choose",     "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("parents:talk_choose",     "302  404   200 200 200 200 200 200  200 200 200 200 200 403 403 403", data=_class,
        about="of one class"),
    Row("parents:talk_new",        "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _pupil),
    Row("parents:talk_new",        "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _pupil, "post", _spoken),
    Row("parents:talk",            "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _talk),
    Row("parents:talk_edit",       "302  404   403 403 403 200 403 403  403 404 404 403 403 403 403 403", _talk),
    Row("parents:talk_edit",       "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _talk, "post", _spoken),
    Row("parents:talk_kept",       "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _talk, "post", _more),
    Row("parents:talk_withdraw",   "302  404   403 403 403 302 403 403  403 404 404 403 403 403 403 403", _talk, "post", _more),
    Row("parents:talks_print",     "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _format, "post"),
]
# fmt: on
