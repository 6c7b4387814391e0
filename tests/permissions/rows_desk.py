"""The desk: the pupil's page and what opens from it, the class page."""

from typing import Any

from desk.services.filters import filter_save
from desk.services.reminders import calendar_issue
from gradebook.models import Absence, Mark
from tests.permissions.row import Row
from tests.permissions.world import World
from tests.risk_registry.making import give_marks, give_result


def add(world: World) -> None:
    """A mark, so that the subject has a page; an absence and a result, which may be corrected."""
    world.things["algebra"] = give_marks(world.pupil, "Алгебра", 2)
    world.things["mark"] = Mark.objects.get(pupil=world.pupil, subject=world.things["algebra"])
    world.things["filter"] = filter_save(by=world.users["cls"], page="school:pupils", name="Мой класс", query="class=1")
    world.things["result"] = give_result(world.pupil, "Алгебра", "н/а")
    world.things["absence"] = Absence.objects.create(
        school=world.school,
        year=world.school_class.year,
        pupil=world.pupil,
        subject=world.things["algebra"],
        date=world.school_class.year.starts,
        reason="unexcused",
    )


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _subject(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "subject": world.things["algebra"].pk}


def _mark(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "mark": world.things["mark"].pk}


def _absence(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "absence": world.things["absence"].pk}


def _result(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk, "result": world.things["result"].pk}


def _value(world: World) -> dict[str, Any]:
    return {"value": 3, "was": 2}


def _new_mark(world: World) -> dict[str, Any]:
    return {"value": 3, "day": "2026-11-10"}


def _reason(world: World) -> dict[str, Any]:
    return {"reason": "illness"}


def _any_mark(world: World) -> dict[str, Any]:
    return _new_mark(world) | {"subject": world.things["algebra"].pk}


def _any_absence(world: World) -> dict[str, Any]:
    return {"subject": world.things["algebra"].pk, "day": "2026-11-10", "reason": "illness"}


def _result_of(world: World) -> dict[str, Any]:
    return _subject(world) | {"of": "2"}


def _secret_key(world: World) -> dict[str, Any]:
    return {"key": calendar_issue(by=world.users["cls"])}


def _filter(world: World) -> dict[str, Any]:
    return {"page": "school:pupils", "name": "Мой класс", "query": "class=1"}


def _own_filter(world: World) -> dict[str, Any]:
    return {"pk": world.things["filter"].pk}


def _order(world: World) -> dict[str, Any]:
    return {"parts": [], "once": "card"}


def _secret(world: World) -> dict[str, Any]:
    return {"parts": ["social"], "once": "secret"}


def _class(world: World) -> dict[str, Any]:
    return {"pk": world.school_class.pk}


# fmt: off
ROWS = [
    #                      anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("desk:home",      "302  200   200 200 200 200 200 200  200 200 200 200 200 302 200 200"),
    Row("desk:summary",   "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("desk:summary_print", "302 302 302 302 403 403 403 403 403 403 403 403 403 403 403 403", method="post"),
    Row("desk:since",     "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:missed",    "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:search",    "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("desk:agenda",    "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:filters",   "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:filter_save", "302 302  302 302 302 302 302 302  302 302 302 302 302 403 302 403", method="post",
        data=_filter),
    # A filter is its owner's alone: the class teacher's here.
    Row("desk:filter_change", "302 404 404 404 302 404 404 404  404 404 404 404 404 403 404 403", _own_filter, "post"),
    Row("desk:filter_remove", "302 404 404 404 302 404 404 404  404 404 404 404 404 403 404 403", _own_filter, "post"),
    Row("desk:mine",      "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:slipping",  "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:reminders", "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("desk:reminders", "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", method="post"),
    Row("desk:calendar_renew", "302 201 201 201 201 201 201 201 201 201 201 201 201 403 201 403", method="post"),
    Row("desk:calendar_withdraw", "302 302 302 302 302 302 302 302 302 302 302 302 302 403 302 403", method="post"),
    # The secret alone decides: without it nobody gets a calendar, logged in or not.
    Row("desk:calendar",  "404  404   404 404 404 404 404 404  404 404 404 404 404 404 404 404"),
    Row("desk:calendar",  "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200", data=_secret_key),
    Row("desk:keys",      "302  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("desk:pupil",     "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:subject",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _subject),
    Row("desk:absences",  "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:card",      "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:card",      "302  404   302 302 302 302 302 302  302 404 404 302 302 404 302 404", _pupil, "post", _order),
    Row("desk:card",      "302  404   302 302 302 422 302 302  302 404 404 422 422 404 422 404", _pupil, "post", _secret,
        about="with restricted facts"),
    Row("desk:council_sheet", "302  404   302 302 302 302 302 302  302 404 404 302 302 404 403 404", _pupil, "post", _order),
    Row("desk:council_sheet", "302  405   405 405 405 405 405 405  405 405 405 405 405 405 405 405", _pupil),
    Row("desk:history",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:readers",   "302  404   200 200 200 200 200 200  200 404 404 200 200 404 200 404", _pupil),
    Row("desk:mark",      "302  404   200 200 403 403 403 403  403 404 404 403 403 404 200 404", _mark),
    Row("desk:mark",      "302  404   302 302 403 403 403 403  403 404 404 403 403 404 302 404", _mark, "post", _value),
    Row("desk:mark_remove", "302 404  302 302 403 403 403 403  403 404 404 403 403 404 302 404", _mark, "post"),
    Row("desk:mark_add",  "302  404   200 200 403 403 403 403  403 404 404 403 403 404 200 404", _subject),
    Row("desk:mark_add",  "302  404   302 302 403 403 403 403  403 404 404 403 403 404 302 404", _subject, "post",
        _new_mark),
    Row("desk:mark_new",  "302  404   200 200 403 403 403 403  403 404 404 403 403 404 200 404", _pupil),
    Row("desk:mark_new",  "302  404   302 302 403 403 403 403  403 404 404 403 403 404 302 404", _pupil, "post",
        _any_mark),
    # Results: the class teacher and the teacher of the subject, too.
    Row("desk:result",    "302  404   200 200 200 200 403 403  403 404 404 403 403 404 200 404", _result_of),
    Row("desk:result",    "302  404   302 302 302 302 403 403  403 404 404 403 403 404 302 404", _result_of, "post",
        lambda world: {"value": "4", "was": ""}),
    Row("desk:absence",   "302  404   200 200 200 403 403 403  403 404 404 403 403 404 200 404", _absence),
    Row("desk:absence",   "302  404   302 302 302 403 403 403  403 404 404 403 403 404 302 404", _absence, "post",
        _reason),
    Row("desk:absence_remove", "302 404 302 302 302 403 403 403 403 404 404 403 403 404 302 404", _absence, "post"),
    Row("desk:absence_add", "302 404  200 200 200 403 403 403  403 404 404 403 403 404 200 404", _pupil),
    Row("desk:absence_add", "302 404  302 302 302 403 403 403  403 404 404 403 403 404 302 404", _pupil, "post",
        _any_absence),
    Row("desk:excuse",    "302  404   302 302 403 403 403 403  403 404 404 403 403 404 302 404", _result, "post"),
    Row("desk:class",     "302  404   200 200 200 200 200 200  200 404 404 404 404 404 200 404", _class),
]
# fmt: on
