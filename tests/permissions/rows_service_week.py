"""A specialist's week and the service's load: the own for a specialist, all for who heads the service or the school."""

from datetime import date, time
from typing import Any

from consultations.models import Appointment
from consultations.words import MeetingKind
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A meeting of the psychologist with a colleague, the subject teacher, booked by the psychologist."""
    world.things["week_meeting"] = Appointment.objects.create(
        school=world.school,
        year=world.school_class.year,
        specialist=world.person("psy"),
        colleague=world.person("sub"),
        kind=MeetingKind.STAFF,
        on=date(2026, 12, 3),
        time_from=time(10),
        time_to=time(10, 30),
        booked_by=world.users["psy"],
        booked_at=world.school.now(),
    )


def _talk(world: World) -> dict[str, Any]:
    return {"pk": world.things["week_meeting"].pk}


def _week(world: World) -> dict[str, Any]:
    return {"staff": world.person("psy").pk, "on": "2026-12-03"}


def _move(world: World) -> dict[str, Any]:
    return {"meeting": world.things["week_meeting"].pk, "version": 0, "to": "2026-12-03 11:00", "confirmed": "yes"}


def _held(world: World) -> dict[str, Any]:
    return {"what": "held"}


def _pdf(world: World) -> dict[str, Any]:
    return {"format": "pdf"}


# fmt: off
ROWS = [
    #                         anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("week:page",         "302  200   200 200 403 403 200 200  404 404 403 403 403 403 403 403", data=_week),
    Row("week:page",         "302  200   200 200 403 403 200 200  200 200 403 403 403 403 403 403", about="the own"),
    Row("week:ics",          "302  404   200 200 403 403 200 200  404 404 403 403 403 403 403 403", data=_week),
    Row("week:meeting_ics",  "302  404   403 403 404 200 200 403  403 404 404 404 404 403 403 403", _talk),
    Row("week:move",         "302  404   422 422 403 403 302 404  404 404 403 403 403 403 403 403", method="post", data=_move),
    Row("load:page",         "302  200   200 200 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("load:list",         "302  200   200 200 403 403 200 200  200 200 403 403 403 403 403 403", data=_held),
    Row("load:print",        "302  302   302 302 403 403 302 302  302 302 403 403 403 403 403 403", _pdf, "post"),
]
# fmt: on
