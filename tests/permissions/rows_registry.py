"""The registry: everybody with a duty opens it, each sees the entries of their own pupils, the deputy decides."""

from datetime import date
from typing import Any

from gradebook.models import AssessmentResult, Procedure
from risk_registry.categories import SignalRule
from risk_registry.causes import CauseMethod, Established
from risk_registry.models import BroughtRegistry, EntryCause, RegistryEntry, Signal, WorkForm
from risk_registry.services.causes import causes_add
from risk_registry.services.classification import period_classify
from risk_registry.services.work import work_add
from tests.factories import make_subject
from tests.permissions.row import Row
from tests.permissions.world import World
from tests.risk_registry.making import entry_of, give_marks, period_of


def add(world: World) -> None:
    """The pupil has a two, and so an entry."""
    give_marks(world.pupil, "Алгебра", 2, 2, 2)
    period_classify(period=period_of(world.school))
    world.things["entry"] = entry_of(world.pupil)
    told = Established(CauseMethod.TALK, world.school.today())
    causes_add(by=world.users["dep"], entries=[entry_of(world.pupil)], codes=["SOC01"], told=told)
    world.things["cause"] = EntryCause.objects.get(pupil=world.pupil)
    work_add(by=world.users["sub"], entries=[entry_of(world.pupil)], text="карточки", subject=None)
    world.things["work"] = WorkForm.objects.get(pupil=world.pupil)
    work = Procedure.objects.create(
        school=world.school,
        year=world.school_class.year,
        title="ВПР",
        grade=7,
        subject=make_subject(world.school, "Алгебра"),
        date=date(2026, 10, 14),
    )
    AssessmentResult.objects.create(
        school=world.school, year=world.school_class.year, pupil=world.pupil, procedure=work, mark=3
    )
    world.things["external"] = work
    world.things["brought"] = BroughtRegistry.objects.create(
        school=world.school,
        period=period_of(world.school),
        name="риск.xlsx",
        by=world.users["dep"],
        at=world.school.now(),
    )
    world.things["signal"] = Signal.objects.get(pupil=world.pupil, rule=SignalRule.THREE_UNSATISFACTORY)


def _brought(world: World) -> dict[str, Any]:
    return {"pk": world.things["brought"].pk}


def _entry(world: World) -> RegistryEntry:
    entry: RegistryEntry = world.things["entry"]
    return entry


def _at(world: World) -> dict[str, Any]:
    return {"pk": _entry(world).pk}


def _reason(world: World) -> dict[str, Any]:
    return {"pk": _entry(world).pk, "what": "return"}


def _comment(world: World) -> dict[str, Any]:
    return {"comment": "уточните", "version": _entry(world).version}


def _approve(world: World) -> dict[str, Any]:
    return {"what": "approve", "pick": f"{_entry(world).pk}:{_entry(world).version}"}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _signal(world: World) -> dict[str, Any]:
    return {"pk": world.things["signal"].pk}


def _note(world: World) -> dict[str, Any]:
    return {"kind": "note", "on": world.school.today().isoformat()}


def _external(world: World) -> dict[str, Any]:
    return {"pk": world.things["external"].pk}


def _agree(world: World) -> dict[str, Any]:
    return {"one": f"agree:{_entry(world).pk}:{_entry(world).version}"}


def _correction(world: World) -> dict[str, Any]:
    return {"category": "reserve", "reason": "по решению педсовета", "version": _entry(world).version}


def _cause(world: World) -> dict[str, Any]:
    return {"pk": world.things["cause"].pk}


def _agree_page(world: World) -> dict[str, Any]:
    return {"pick": f"{_entry(world).pk}:{_entry(world).version}", "how": "talk", "on": "2026-11-10"}


# fmt: off
ROWS = [
    #                             anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("registry:list",         "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:list",         "302  404   403 302 403 403 403 403  403 404 404 403 403 403 403 403", method="post",
        data=_approve, about="approve"),
    Row("registry:list",         "302  404   403 403 302 403 403 403  403 404 404 403 403 403 403 403", method="post",
        data=_agree, about="agree"),
    Row("registry:export",       "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:classify",     "302  302   403 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post"),
    Row("registry:classify",     "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405"),
    Row("registry:include",      "302  200   403 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:bring",        "302  200   403 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:brought",      "302  404   403 200 403 403 403 403  403 403 403 403 403 403 403 403", _brought),
    Row("registry:brought",      "302  404   403 302 403 403 403 403  403 403 403 403 403 403 403 403", _brought, "post"),
    Row("registry:categories",   "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:signals",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:deed_new",     "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _pupil),
    Row("registry:deed_new",     "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _pupil, "post",
        _note),
    Row("registry:signal_dismiss", "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _signal),
    Row("registry:signal_dismiss", "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _signal,
        "post", lambda world: {"reason": "ошибка в журнале"}),
    Row("registry:signal_reopen", "302  404   302 302 302 302 302 302  302 404 404 302 302 403 403 403", _signal, "post"),
    Row("registry:calibration",  "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:calibration",  "302  422   403 422 403 403 403 403  403 403 403 403 403 403 403 403", method="post",
        data=lambda world: {"order_number": ""}),
    Row("registry:ending",       "302  200   200 200 200 200 200 200  200 403 403 403 403 403 200 403"),
    Row("registry:works",        "302  200   200 200 200 200 200 200  200 403 403 403 403 403 200 403"),
    Row("registry:works_export", "302  404   200 200 200 200 200 200  200 403 403 403 403 403 200 403"),
    Row("registry:external_work", "302  404   200 200 200 200 200 200  200 403 403 403 403 403 200 403", _external),
    Row("registry:works_report", "302  404   302 302 403 403 302 302  302 403 403 403 403 403 302 403",
        lambda world: {"format": "pdf"}, "post"),
    Row("registry:work_note",    "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _external),
    Row("registry:work_note",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _external, "post",
        lambda world: {"causes": ["PED03"], "text": "дроби"}),
    Row("registry:work_print",   "302  404   302 302 302 302 302 302  302 403 403 403 403 403 302 403",
        lambda world: {**_external(world), "format": "pdf"}, "post"),
    Row("registry:works_alarms", "302  200   200 200 200 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:works_review", "302  404   404 404 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:entry",        "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _at),
    Row("registry:correct",      "302  404   403 200 403 403 403 403  403 404 404 403 403 403 403 403", _at),
    Row("registry:correct",      "302  404   403 302 403 403 403 403  403 404 404 403 403 403 403 403", _at, "post",
        _correction),
    Row("registry:causes",       "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _at),
    Row("registry:causes",       "302  404   403 302 302 403 302 302  302 404 404 403 403 403 403 403", _at, "post",
        lambda world: {"ct": ["CT01"], "how": "talk", "on": "2026-11-10"}),
    Row("registry:cause",        "302  404   403 200 200 403 200 200  200 404 404 403 403 403 403 403", _cause),
    Row("registry:cause",        "302  404   403 302 302 403 302 302  302 404 404 403 403 403 403 403", _cause, "post",
        lambda world: {"code": "PED01", "how": "talk", "on": "2026-11-10"}),
    Row("registry:cause_withdraw", "302  404   403 200 200 403 200 200  200 404 404 403 403 403 403 403", _cause),
    Row("registry:cause_withdraw", "302  404   403 302 302 403 302 302  302 404 404 403 403 403 403 403", _cause, "post",
        lambda world: {"reason": "не подтвердилось"}),
    Row("registry:work",         "302  403   403 403 403 200 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:work",         "302  403   403 403 403 302 403 403  403 403 403 403 403 403 403 403", method="post",
        data=lambda world: {"what": "seen", "pick": _entry(world).pk}),
    Row("registry:work_withdraw", "302  403   403 403 403 302 403 403  403 403 403 403 403 403 403 403",
        lambda world: {"pk": world.things["work"].pk}, "post"),
    Row("registry:approvals",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:remind",       "302  404   403 302 403 403 403 403  403 403 403 403 403 403 403 403",
        lambda world: {"pk": world.school_class.pk}, "post"),
    Row("registry:as_of",        "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:as_of_export", "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("registry:agree",        "302  403   403 403 200 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:agree",        "302  403   403 403 302 403 403 403  403 403 403 403 403 403 403 403", method="post",
        data=_agree_page),
    Row("registry:reason",       "302  404   403 200 403 403 403 403  403 404 404 403 403 403 403 403", _reason),
    Row("registry:reason",       "302  404   403 302 403 403 403 403  403 404 404 403 403 403 403 403", _reason, "post",
        _comment),
]
# fmt: on
