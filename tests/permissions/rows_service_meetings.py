"""Hours and meetings of specialists: facts for whoever sees the pupil, deeds for those whose meeting it is."""

from datetime import date, time
from typing import Any

from consultations.services.allowing import Urgent
from consultations.services.booking import Invited, MeetingDraft, appointment_book, appointment_cancel
from consultations.services.hours import ExceptionDraft, HoursDraft, exception_add, hours_add
from consultations.words import ExceptionKind, MeetingKind, UrgentGround, WhyCancelled
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """The social pedagogue's Wednesdays; a meeting of last week, one cancelled, an urgent one of the psychologist."""
    soc, staff = world.users["soc"], world.person("soc")
    hours = HoursDraft(3, time(14), time(16), 40, "8", "", date(2026, 9, 1), date(2027, 5, 28))
    world.things["hours"] = hours_add(by=soc, specialist=staff, draft=hours)
    off = ExceptionDraft(ExceptionKind.OFF, date(2026, 12, 2), date(2026, 12, 2))
    world.things["day_off"] = exception_add(by=soc, specialist=staff, draft=off)
    for name, day, at in (("appointment", 18, 14), ("meeting_gone", 18, 15)):
        draft = MeetingDraft(staff, MeetingKind.PARENTS, date(2026, 11, day), time(at), time(at, 40), "8")
        pupils = [Invited(world.pupil)]
        world.things[name] = appointment_book(by=soc, draft=draft, invited=pupils, confirmed=True)
    gone = world.things["meeting_gone"]
    appointment_cancel(by=soc, appointment=gone, version=0, why=WhyCancelled.PUPIL)
    urgent = appointment_book(
        by=world.users["psy"],
        draft=MeetingDraft(world.person("psy"), MeetingKind.INDIVIDUAL, date(2026, 11, 20), time(9), time(9, 40)),
        invited=[Invited(world.pupil)],
        urgent=Urgent(UrgentGround.CHILD, "просил поговорить"),
        confirmed=True,
    )
    world.things["urgent"] = urgent.urgent


def _thing(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _soc(world: World) -> dict[str, Any]:
    return {"pk": world.person("soc").pk}


_MEETING, _GONE, _URGENT = _thing("appointment"), _thing("meeting_gone"), _thing("urgent")
_HOURS, _DAY_OFF = _thing("hours"), _thing("day_off")


def _booking(world: World) -> dict[str, Any]:
    when = {"on": "2026-11-25", "time_from": "14:00", "time_to": "14:40", "room": "8"}
    return {**when, "kind": "parents", "pupils": [world.pupil.pk]}


def _new_time(world: World) -> dict[str, Any]:
    return {"on": "2026-11-25", "time_from": "14:40", "time_to": "15:20", "room": "8"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "pupil"}


def _came(world: World) -> dict[str, Any]:
    return {"came": [world.pupil.pk]}


def _week(world: World) -> dict[str, Any]:
    days = {"begins": "2026-11-23", "ends": "2027-05-28"}
    return {**days, "weekday": "5", "time_from": "14:00", "time_to": "16:00", "minutes": "40", "room": "8", "kind": ""}


def _last(world: World) -> dict[str, Any]:
    return {"last": "2026-12-25"}


def _off(world: World) -> dict[str, Any]:
    return {"kind": "off", "begins": "2026-12-09", "ends": "2026-12-09"}


# fmt: off
ROWS = [
    #                                 anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("service:receiving",         "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("service:specialist",        "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _soc),
    Row("service:book",              "302  404   200 200 200 200 200 200  200 200 200 200 200 403 403 403", _soc),
    Row("service:book",              "302  404   302 302 302 302 302 302  302 422 422 302 302 403 403 403", _soc, "post",
        _booking),
    Row("service:meetings",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("service:meeting",           "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _MEETING),
    Row("service:move",              "302  404   200 200 403 403 403 200  200 404 404 403 403 403 403 403", _MEETING),
    Row("service:move",              "302  404   302 302 403 403 403 302  302 404 404 403 403 403 403 403", _MEETING,
        "post", _new_time),
    Row("service:cancel",            "302  404   200 200 403 403 403 200  200 404 404 403 403 403 403 403", _MEETING),
    Row("service:cancel",            "302  404   302 302 403 403 403 302  302 404 404 403 403 403 403 403", _MEETING,
        "post", _why),
    Row("service:hold",              "302  404   403 403 403 403 403 200  200 404 404 403 403 403 403 403", _MEETING),
    Row("service:hold",              "302  404   403 403 403 403 403 302  302 404 404 403 403 403 403 403", _MEETING,
        "post", _came),
    Row("service:miss",              "302  404   403 403 403 403 403 302  302 404 404 403 403 403 403 403", _MEETING, "post"),
    Row("service:reopen",            "302  404   302 302 403 403 403 302  302 404 404 403 403 403 403 403", _GONE, "post"),
    Row("service:hours",             "302  200   200 200 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("service:hours_new",         "302  404   200 200 403 403 403 200  200 403 403 403 403 403 403 403", _soc),
    Row("service:hours_new",         "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _soc, "post",
        _week),
    Row("service:hours_edit",        "302  404   200 200 403 403 403 200  200 403 403 403 403 403 403 403", _HOURS),
    Row("service:hours_edit",        "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _HOURS, "post",
        _week),
    Row("service:hours_close",       "302  404   200 200 403 403 403 200  200 403 403 403 403 403 403 403", _HOURS),
    Row("service:hours_close",       "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _HOURS, "post",
        _last),
    Row("service:exception_new",     "302  404   200 200 403 403 403 200  200 403 403 403 403 403 403 403", _soc),
    Row("service:exception_new",     "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _soc, "post",
        _off),
    Row("service:exception_edit",    "302  404   200 200 403 403 403 200  200 403 403 403 403 403 403 403", _DAY_OFF),
    Row("service:exception_edit",    "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _DAY_OFF,
        "post", _off),
    Row("service:exception_remove",  "302  404   302 302 403 403 403 302  302 403 403 403 403 403 403 403", _DAY_OFF,
        "post"),
    Row("service:urgent",            "302  200   200 200 403 403 403 200  403 403 403 403 403 403 403 403"),
    Row("service:urgent_words",      "302  404   403 403 403 403 200 200  403 404 404 403 403 403 403 403", _URGENT, "post"),
    Row("service:urgent_seen",       "302  404   403 403 403 403 403 302  403 404 404 403 403 403 403 403", _URGENT, "post"),
]
# fmt: on
