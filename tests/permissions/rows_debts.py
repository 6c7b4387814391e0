"""Academic debts: everybody sees those of the own pupils, a teacher those of the own subject; the deputy decides."""

from datetime import date
from typing import Any

from risk_registry.debts import DebtState, PauseKind
from risk_registry.models import AcademicDebt
from risk_registry.services.debt_attempts import pause_add
from tests.factories import make_class, make_pupil
from tests.permissions.row import Row
from tests.permissions.world import World
from tests.risk_registry.debt_making import fresh, owe, plan


def add(world: World) -> None:
    """Of another pupil of the class: algebra with an attempt that waits; physics, which nobody teaches, given up."""
    deputy, pupil = world.users["dep"], make_pupil(world.school_class, "Зимин Пётр Ильич")
    debt = owe(deputy, pupil)
    world.things["debt"] = debt
    world.things["attempt"] = plan(deputy, debt, date(2026, 11, 10))
    world.things["ninth"] = make_class(world.school, "9А")
    given_up = owe(deputy, pupil, "Физика")
    AcademicDebt.objects.filter(pk=given_up.pk).update(state=DebtState.NOT_CLEARED)
    world.things["given_up"] = given_up
    days = {"starts": date(2026, 10, 5), "ends": date(2026, 10, 9)}
    world.things["pause"] = pause_add(by=deputy, pupil=pupil, kind=PauseKind.ILLNESS, paper="справка № 1", **days)


def _debt(world: World) -> dict[str, Any]:
    return {"pk": world.things["debt"].pk}


def _given_up(world: World) -> dict[str, Any]:
    return {"pk": world.things["given_up"].pk}


def _attempt(world: World) -> dict[str, Any]:
    return {"pk": world.things["attempt"].pk}


def _pause(world: World) -> dict[str, Any]:
    return {"pk": world.things["debt"].pk, "pause": world.things["pause"].pk}


def _pick(world: World) -> dict[str, Any]:
    debt = fresh(world.things["debt"])
    return {"pick": f"{debt.pk}:{debt.version}"}


def _version(world: World) -> dict[str, Any]:
    return {"version": fresh(world.things["debt"]).version}


def _reason(world: World) -> dict[str, Any]:
    return {"pk": world.things["debt"].pk, "what": "decline"}


def _ninth(world: World) -> dict[str, Any]:
    return {"pk": world.things["ninth"].pk}


def _paper(world: World) -> dict[str, Any]:
    return {"kind": "transfer", "format": "pdf"}


_OWN = "302  404   403 200 403 403 403 403  403 404 404 404 404 403 403 403"
_OWN_NOT_TAUGHT = "302  404   403 200 403 404 403 403  403 404 404 404 404 403 403 403"
_DONE = "302  404   403 302 403 403 403 403  403 404 404 404 404 403 403 403"
_CHOSEN = "302  404   403 200 403 403 403 403  403 403 403 403 403 403 403 403"

# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("debts:list",        "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("debts:export",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("debts:new",         "302  200   403 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("debts:confirm",     _CHOSEN, data=_pick),
    Row("debts:order",       _CHOSEN, data=_pick),
    Row("debts:debt",        "302  404   200 200 200 200 200 200  200 404 404 404 404 403 200 403", _debt),
    Row("debts:debt",        "302  404   200 200 200 404 200 200  200 404 404 404 404 403 200 403", _given_up,
        about="of a subject that nobody here teaches"),
    Row("debts:attempt_new", _OWN, _debt),
    Row("debts:attempt",     _OWN, _attempt),
    Row("debts:outcome",     _OWN, _attempt),
    Row("debts:attempt_print", "302  404   302 302 302 302 302 302  302 404 404 404 404 403 302 403", _attempt, "post"),
    Row("debts:attempt_again", _OWN, _attempt),
    Row("debts:pause_new",   _OWN, _debt),
    Row("debts:pause_withdraw", _OWN, _pause),
    Row("debts:choice",      _OWN_NOT_TAUGHT, _given_up),
    Row("debts:reason",      _OWN, _reason),
    Row("debts:admission",   "302  200   200 200 200 403 200 200  200 403 403 403 403 403 200 403"),
    Row("debts:admission_export", "302  200   200 200 200 403 200 200  200 403 403 403 403 403 200 403"),
    Row("debts:trials",      "302  404   403 200 403 403 403 403  403 403 403 403 403 403 403 403", _ninth),
    Row("debts:transfer",    "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("debts:transfer_keep", "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("debts:resits",      "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("debts:print",       "302  302   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _paper, "post"),
    Row("debts:again",       _DONE, _debt, "post", _version),
    Row("debts:end",         _DONE, _debt, "post", _version),
]
# fmt: on
