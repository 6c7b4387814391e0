"""The administration's interviews and complaints about homework: the director, the deputy; a class teacher the own class.

The other side of a talk opens the own one and nothing of it is theirs to write.
"""

from datetime import date
from typing import Any

from risk_registry.interviews import Channel, Complainant, InterviewKind
from risk_registry.models import HomeworkComplaint, Interview
from risk_registry.services.complaints import ComplaintDraft, complaint_record
from risk_registry.services.interviews import Partner, interviews_plan
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A talk with the class teacher of 7А, planned; a complaint of 7А that the deputy wrote down."""
    made = world.school_class
    partner = Partner(InterviewKind.MONTHLY, staff=world.person("cls"), school_class=made, month=date(2026, 11, 1))
    interviews_plan(by=world.users["dep"], year=made.year, partners=[partner], on=date(2026, 11, 25))
    world.things["talk"] = Interview.objects.get()
    draft = ComplaintDraft(made, date(2026, 11, 16), Complainant.PARENT, Channel.TALK, "задают много")
    world.things["complaint"] = complaint_record(by=world.users["dep"], draft=draft)


def _talk(world: World) -> dict[str, Any]:
    talk: Interview = world.things["talk"]
    return {"pk": talk.pk}


def _complaint(world: World) -> dict[str, Any]:
    complaint: HomeworkComplaint = world.things["complaint"]
    return {"pk": complaint.pk}


def _plan(world: World) -> dict[str, Any]:
    return {"what": "plan", "pick": world.school_class.pk, "month": "2026-11-01", "on": "2026-11-26"}


def _held(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "about": "о классе"}


def _later(world: World) -> dict[str, Any]:
    return {"on": "2026-11-27"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


def _draft(world: World) -> dict[str, Any]:
    return {
        "cls": world.school_class.pk,
        "came_on": "2026-11-20",
        "who": "unknown",
        "channel": "letter",
        "text": "три часа в день",
    }


def _check(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "method": "measured", "minutes": "180", "finding": "confirmed"}


def _answer(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "channel": "talk"}


# fmt: off
ROWS = [
    #                                   anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("registry:interviews",         "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:interviews",         "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", method="post", data=_plan),
    Row("registry:interviews_export",  "302  200   200 200 403 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:interview",          "302  404   200 200 200 404 404 404  404 404 404 404 404 403 404 403", _talk),
    Row("registry:interview_done",     "302  404   302 302 403 404 404 404  404 404 404 404 404 403 404 403", _talk, "post"),
    Row("registry:interview_write",    "302  404   200 200 403 404 404 404  404 404 404 404 404 403 404 403", _talk),
    Row("registry:interview_write",    "302  404   302 302 403 404 404 404  404 404 404 404 404 403 404 403", _talk, "post", _held),
    Row("registry:interview_move",     "302  404   302 302 403 404 404 404  404 404 404 404 404 403 404 403", _talk, "post", _later),
    Row("registry:interview_cancel",   "302  404   302 302 403 404 404 404  404 404 404 404 404 403 404 403", _talk, "post", _why),
    Row("registry:interview_reopen",   "302  404   200 200 403 404 404 404  404 404 404 404 404 403 404 403", _talk),
    Row("registry:interview_print",    "302  404   302 302 403 404 404 404  404 404 404 404 404 403 404 403", _talk, "post"),
    Row("registry:complaints",         "302  200   200 200 200 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:complaints_export",  "302  200   200 200 200 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:complaint_new",      "302  200   200 200 200 403 403 403  403 403 403 403 403 403 403 403"),
    Row("registry:complaint_new",      "302  422   302 302 302 403 403 403  403 403 403 403 403 403 403 403", method="post", data=_draft),
    Row("registry:complaint",          "302  404   200 200 200 403 403 403  403 403 403 403 403 403 403 403", _complaint),
    Row("registry:complaint_edit",     "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _complaint, "post", _draft),
    Row("registry:complaint_check",    "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _complaint, "post", _check),
    Row("registry:complaint_answer",   "302  404   422 422 403 403 403 403  403 403 403 403 403 403 403 403", _complaint, "post", _answer,
        about="before the check"),
    Row("registry:complaint_withdraw", "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _complaint, "post", _why),
    Row("registry:complaint_reopen",   "302  404   422 422 403 403 403 403  403 403 403 403 403 403 403 403", _complaint, "post", _why,
        about="nothing to take back"),
]
# fmt: on
