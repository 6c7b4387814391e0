"""Notices: all read of the own pupils; class teachers, the administration and the service make and mark them."""

from typing import Any

from parents.rules.notices import NoticeBody, SubjectLine
from parents.services.notices import Draft, notice_step, notices_make
from tests.permissions.row import Row
from tests.permissions.world import World
from tests.risk_registry.making import period_of


def add(world: World) -> None:
    """One that waits, one that is known."""
    body = NoticeBody("Ковтун Матвей Андреевич", "7А", "1-я четверть", subjects=(SubjectLine("Алгебра", "2 2"),))
    made = notices_make(
        by=world.users["cls"],
        school=world.school,
        period=period_of(world.school),
        kind="marks",
        drafts=[Draft(world.pupil, body)] * 2,
    )
    notice_step(by=world.users["cls"], notice=made[1], version=0, what="know")
    world.things["notice"], world.things["known_notice"] = made


def _notice(world: World) -> dict[str, Any]:
    return {"pk": world.things["notice"].pk}


def _hand(world: World) -> dict[str, Any]:
    return {"pk": world.things["notice"].pk, "what": "hand"}


def _back(world: World) -> dict[str, Any]:
    return {"pk": world.things["known_notice"].pk, "what": "return"}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _class(world: World) -> dict[str, Any]:
    return {"cls": str(world.school_class.pk)}


def _mark(world: World) -> dict[str, Any]:
    return {"version": "0", "comment": "ошиблись"}


def _glad(world: World) -> dict[str, Any]:
    return {"words": "Матвей помогает другим"}


# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("notices:list",       "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("notices:notice",     "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _notice),
    Row("notices:paper",      "302  404   302 302 302 302 302 302  302 404 404 302 302 403 302 403", _notice, "post"),
    Row("notices:print",      "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", method="post"),
    Row("notices:handed",     "302  302   302 302 302 403 302 302  302 403 403 403 403 403 403 403", method="post"),
    Row("notices:new",        "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403", _pupil),
    Row("notices:new",        "302  404   302 302 302 403 302 302  302 403 403 403 403 403 403 403", _pupil, "post", _glad),
    Row("notices:class",      "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"),
    Row("notices:class",      "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403", data=_class,
        about="of one class"),
    Row("notices:mark",       "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403", _hand, "post", _mark),
    Row("notices:undo",       "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _back),
    Row("notices:undo",       "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403", _back, "post", _mark),
]
# fmt: on
