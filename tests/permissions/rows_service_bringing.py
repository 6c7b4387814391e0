"""Pupils' meetings brought to parents: whoever sees the pupil reads, the service brings, the class teacher notes."""

from datetime import date, time
from typing import Any

from consultations.models import Appointment, AppointmentPupil, MeetingNotice
from consultations.services.bringing import notice_make
from consultations.words import MeetingKind
from school.models import Guardian, Guardianship
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A planned meeting of the pupil of 7А, with a sheet for the mother and the class teacher."""
    mother = Guardian.objects.create(school=world.school, last_name="Ковтун", first_name="Елена")
    Guardianship.objects.create(guardian=mother, pupil=world.pupil)
    at = {"on": date(2026, 12, 1), "time_from": time(14), "time_to": time(14, 40)}
    meeting = Appointment.objects.create(
        school=world.school,
        year=world.school_class.year,
        specialist=world.person("psy"),
        kind=MeetingKind.PARENTS,
        booked_by=world.users["psy"],
        booked_at=world.school.now(),
        **at,
    )
    AppointmentPupil.objects.create(
        appointment=meeting, pupil=world.pupil, present=False, guardian=mother, state=meeting.state, **at
    )
    today = world.school.today()
    world.things["sheet"] = notice_make(by=world.users["psy"], pupil=world.pupil, begins=today, ends=date(2026, 12, 31))
    world.things["mother"] = mother


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.pupil.pk}


def _sheet(world: World) -> dict[str, Any]:
    return {"pk": world.things["sheet"].pk}


def _of_mother(world: World) -> dict[str, Any]:
    notice: MeetingNotice = world.things["sheet"]
    return {"pk": notice.answers.get(guardian=world.things["mother"]).pk}


def _of_teacher(world: World) -> dict[str, Any]:
    notice: MeetingNotice = world.things["sheet"]
    return {"pk": notice.answers.get(staff__isnull=False).pk}


def _days(world: World) -> dict[str, Any]:
    return {"begins": "2026-11-21", "ends": "2026-12-31"}


def _told(world: World) -> dict[str, Any]:
    return {"way": "phone", "on": "2026-11-21", "answer": "known"}


def _visit(world: World) -> dict[str, Any]:
    return {"guardian": world.things["mother"].pk, "on": "2026-11-20", "lesson": "алгебра"}


# fmt: off
ROWS = [
    #                        anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("bringing:list",    "302  200   200 200 403 403 200 200  200 200 403 403 403 403 403 403"),
    Row("bringing:page",    "302  404   200 200 200 200 200 200  200 404 404 200 200 403 200 403", _pupil),
    Row("bringing:new",     "302  404   200 200 403 403 200 200  200 404 404 403 403 403 403 403", _pupil),
    Row("bringing:new",     "302  404   302 302 403 403 302 302  302 404 404 403 403 403 403 403", _pupil, "post", _days),
    Row("bringing:visit",   "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _pupil),
    Row("bringing:visit",   "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403", _pupil, "post", _visit),
    Row("bringing:print",   "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403", _sheet, "post"),
    Row("bringing:answer",  "302  404   200 200 200 403 200 200  200 404 404 403 403 403 403 403", _of_mother),
    Row("bringing:answer",  "302  404   302 302 302 403 302 302  302 404 404 403 403 403 403 403", _of_mother, "post", _told),
    Row("bringing:known",   "302  404   403 403 302 403 403 403  403 404 404 403 403 403 403 403", _of_teacher, "post"),
]
# fmt: on
