"""Indicators: all of a period, one with its names, answers, freezing."""

from typing import Any

from django.utils.timezone import now

from monitoring.models import ManualValue
from school.models import Period
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A period that is over, with an answer of a person."""
    period = Period.objects.get(year__school=world.school, system="quarters", number=1)
    world.things["measured"] = period
    world.things["answered"] = ManualValue.objects.create(
        school=world.school, period=period, code="P31", number=1, text="Отзывы в папке", by=world.users["dep"], at=now()
    )


def _period(world: World) -> dict[str, Any]:
    return {"period": world.things["measured"].pk}


def _code(code: str) -> Any:
    return lambda world: {**_period(world), "code": code}


def _p14(world: World) -> dict[str, Any]:
    return {"on": f"{world.things['period'].starts:%Y-%m-%d}", "code": "P14"}


def _format(format: str) -> Any:
    return lambda world: {**_period(world), "format": format}


def _answer(world: World) -> dict[str, Any]:
    return {"pk": world.things["answered"].pk}


def _text(world: World) -> dict[str, Any]:
    return {"number": "3", "of": "40", "text": "Акт осмотра"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "Ошибка"}


# fmt: off
ROWS = [
    #                               anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("indicators:board",        "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("indicators:indicator",    "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _code("R01")),
    Row("indicators:indicator",    "302  404   404 404 403 403 403 403  403 403 403 403 403 403 403 403", _code("P99"),
        about="which nobody knows"),
    Row("indicators:day",          "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("indicators:day_names",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _p14),
    Row("indicators:changes",      "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _period),
    Row("indicators:print",        "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _format("pdf"),
        "post"),
    Row("indicators:print",        "302  404   404 404 403 403 403 403  403 403 403 403 403 403 403 403", _format("exe"),
        "post", about="in a format that does not exist"),
    Row("indicators:answer",       "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _code("P28")),
    Row("indicators:answer",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _code("P28"),
        "post", _text),
    Row("indicators:answer",       "302  404   404 404 403 403 403 403  403 403 403 403 403 403 403 403", _code("R01"),
        about="of what is counted"),
    Row("indicators:answer_remove", "302 404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _answer),
    Row("indicators:answer_remove", "302 404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _answer, "post",
        _why),
    Row("indicators:freeze",       "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _period, "post"),
]
# fmt: on
