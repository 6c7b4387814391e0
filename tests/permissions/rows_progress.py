"""Sheets of progress: each sees those of the own pupils; together they are printed by whoever sees them all."""

from datetime import date
from typing import Any

from iom.models import MetaResult
from iom.programs import MetaArea, MetaLevel
from iom.services.pupil_facts import Meta, meta_add
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A metasubject result of the pupil."""
    told = Meta(MetaArea.COGNITIVE, MetaLevel.BASE, date(2026, 10, 20), "работа с текстом")
    meta_add(by=world.users["dep"], pupils=[world.pupil], meta=told)


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _of_pupil(world: World) -> dict[str, Any]:
    return {"pupil": world.pupil.pk}


def _of_class(world: World) -> dict[str, Any]:
    return {"cls": world.school_class.pk}


def _meta(world: World) -> dict[str, Any]:
    return {"pk": MetaResult.objects.get(pupil=world.pupil).pk}


def _told(world: World) -> dict[str, Any]:
    return {"area": "regul", "level": "3", "on": "2026-11-20"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


# fmt: off
ROWS = [
    #                           anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("progress:list",        "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("progress:export",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("progress:pupil",       "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _pupil),
    Row("progress:print",       "302  404   302 302 302 302 302 302  302 404 404 302 302 403 302 403", method="post", data=_of_pupil,
        about="one pupil"),
    Row("progress:print",       "302  404   302 302 302 302 302 302  302 403 403 403 403 403 302 403", method="post", data=_of_class,
        about="a class"),
    Row("progress:print",       "302  302   302 302 403 403 302 302  302 403 403 403 403 403 302 403", method="post",
        about="the school"),
    Row("progress:meta_new",    "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", data=_of_pupil),
    Row("progress:meta_edit",   "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _meta, "post", _told),
    Row("progress:meta_remove", "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _meta, "post", _why),
]
# fmt: on
