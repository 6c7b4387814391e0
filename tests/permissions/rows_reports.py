"""The reports of a period."""

from datetime import UTC, datetime
from typing import Any

from monitoring.models import Report
from monitoring.reports.freezing import digest, freeze
from monitoring.reports.quarter.report import build_quarterly
from monitoring.services import QUARTERLY
from risk_registry.services.classification import period_classify
from school.models import Period
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A draft of the first quarter."""
    period = Period.objects.select_related("year__school__settings").get(
        year__school=world.school, system="quarters", number=1
    )
    period_classify(period=period)
    data = freeze(build_quarterly(school=world.school, period=period))
    world.things["period"] = period
    world.things["report"] = Report.objects.create(
        school=world.school,
        kind=QUARTERLY,
        period=period,
        data=data,
        digest=digest(data),
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
    )


def _report(world: World) -> dict[str, Any]:
    return {"pk": world.things["report"].pk}


def _pdf(world: World) -> dict[str, Any]:
    return {**_report(world), "format": "pdf"}


def _unknown(world: World) -> dict[str, Any]:
    return {**_report(world), "format": "exe"}


def _of_period(world: World) -> dict[str, Any]:
    return {"pk": world.things["period"].pk}


def _one_period(world: World) -> dict[str, Any]:
    return {"period": world.things["period"].pk}


def _all(world: World) -> dict[str, Any]:
    return {"period": world.things["period"].pk, "kind": QUARTERLY}


def _quarterly(world: World) -> dict[str, Any]:
    return {**_all(world), "of": 0}


def _day(world: World) -> dict[str, Any]:
    return {"day": "2026-11-20"}


def _sentence(world: World) -> dict[str, Any]:
    return {"code": "unknown", "deed": "taken"}


def _text(world: World) -> dict[str, Any]:
    return {"conclusions": "Принять к сведению."}


def _grounds(world: World) -> dict[str, Any]:
    return {"grounds": "ошибка в данных"}


# fmt: off
ROWS = [
    #                              anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("monitoring:list",        "302  200   200 200 200 200 403 403  403 403 403 403 403 403 403 403"),
    Row("monitoring:period",      "302  404   200 200 200 200 403 403  403 403 403 403 403 403 403 403", _of_period),
    Row("monitoring:make",        "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _quarterly, "post"),
    Row("monitoring:make",        "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405", _quarterly),
    Row("monitoring:make_all",    "302  404   404 404 403 403 403 403  403 403 403 403 403 403 403 403", _all, "post",
        about="of a document that is the school's"),
    Row("monitoring:pack",        "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _one_period, "post"),
    Row("monitoring:detail",      "302  404   200 200 404 404 403 403  403 403 403 403 403 403 403 403", _report),
    Row("monitoring:print",       "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _pdf, "post"),
    Row("monitoring:print",       "302  404   404 404 404 404 403 403  403 403 403 403 403 403 403 403", _unknown, "post",
        about="in a format that does not exist"),
    Row("monitoring:say",         "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _report, "post",
        _sentence),
    Row("monitoring:conclude",    "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _report, "post",
        _text),
    Row("monitoring:approve",     "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _report, "post",
        _day),
    Row("monitoring:withdraw",    "302  404   302 302 404 404 403 403  403 403 403 403 403 403 403 403", _report, "post",
        _grounds),
]
# fmt: on
