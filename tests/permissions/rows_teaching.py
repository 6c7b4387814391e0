"""Teachers' records: one's own and the bank for everybody on the staff; all of them, deciding and values for the heads."""

from datetime import date
from typing import Any

from teaching.services.communities import CommunityDraft, community_add, meeting_add
from teaching.services.practices import PracticeDraft, practice_add, practice_file_add
from teaching.services.trainings import TrainingDraft, training_add
from teaching.services.visits import Seen, gap_keep, visit_record
from teaching.words import CommunityKind, GapArea, GapFound, MeetingStep, TrainingKind
from tests.permissions.row import Row
from tests.permissions.world import World

_DAY = date(2026, 10, 5)


def add(world: World) -> None:
    """Everything that the teacher of algebra may have; the head of a methodical union visited the lesson."""
    by, staff = world.users["sub"], world.person("sub")
    made = world.things
    made["training"] = training_add(by=by, staff=staff, draft=TrainingDraft(TrainingKind.FORMAL, "Курс", _DAY))
    draft = CommunityDraft(CommunityKind.LESSON_STUDY, "Команда", _DAY, members=[world.person("cls")])
    made["community"] = community_add(by=by, staff=staff, draft=draft)
    made["community_meeting"] = meeting_add(by=by, community=made["community"], on=_DAY, step=MeetingStep.PLAN)
    made["practice"] = practice_add(by=by, staff=staff, draft=PracticeDraft("Приём", "Суть"))
    content = b"%PDF-1.4 x %%EOF"
    made["practice_file"] = practice_file_add(by=by, practice=made["practice"], title="план", content=content)
    made["practice"].refresh_from_db()
    visitor = world.person("met")
    made["lesson_visit"] = visit_record(by=world.users["met"], staff=staff, visitor=visitor, seen=Seen(_DAY))
    gap: dict[str, Any] = {"area": GapArea.DIGITAL, "text": "таблицы", "found": GapFound.SELF, "found_on": _DAY}
    made["teacher_gap"] = gap_keep(by=by, staff=staff, **gap)


def _at(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _record(what: str, name: str) -> Any:
    return lambda world: {"what": what, "pk": world.things[name].pk}


_training, _community, _practice = _at("training"), _at("community"), _at("practice")
_visit, _gap, _file, _meeting = _at("lesson_visit"), _at("teacher_gap"), _at("practice_file"), _at("community_meeting")


def _person(world: World) -> dict[str, Any]:
    return {"pk": world.person("sub").pk}


def _sheet(world: World) -> dict[str, Any]:
    return {"pk": world.person("sub").pk, "format": "pdf"}


def _list(world: World) -> dict[str, Any]:
    return {"what": "practices", "format": "xlsx"}


def _shares(world: World) -> dict[str, Any]:
    return {"what": "indicators", "format": "pdf"}


def _code(world: World) -> dict[str, Any]:
    return {"code": "P05"}


def _version(world: World) -> dict[str, Any]:
    return {"version": "1"}


def _word(world: World) -> dict[str, Any]:
    return {"word": "поправьте", "version": "1"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


def _value(world: World) -> dict[str, Any]:
    return {"number": "1", "text": "посещения"}


def _reply(world: World) -> dict[str, Any]:
    return {"reply": "", "version": "1"}


def _course(world: World) -> dict[str, Any]:
    return {"title": "Курс", "kind": "formal", "starts": "2026-10-05", "staff": world.person("sub").pk}


def _team(world: World) -> dict[str, Any]:
    people = {"staff": world.person("sub").pk, "members": [world.person("soc").pk, world.person("spe").pk]}
    return {"title": "Команда 2", "kind": "ls", "starts": "2026-10-05", **people}


def _idea(world: World) -> dict[str, Any]:
    return {"title": "Приём 2", "about": "Суть", "staff": world.person("sub").pk}


def _lesson(world: World) -> dict[str, Any]:
    return {"on": "2026-10-06", "staff": world.person("sub").pk}


def _lack(world: World) -> dict[str, Any]:
    told = {"area": "digital", "text": "доска", "found": "self", "found_on": "2026-10-06"}
    return told | {"staff": world.person("sub").pk}


def _meets(world: World) -> dict[str, Any]:
    return {"on": "2026-10-06", "step": "talk"}


def _closes(world: World) -> dict[str, Any]:
    return {"on": "2026-10-07"}


# fmt: off
ROWS = [
    #                               anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("teaching:mine",            "302  200   200 200 200 200 200 200  200 200 200 200 200 403 403 403"),
    Row("teaching:person",          "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _person),
    Row("teaching:person_print",    "302  404   302 302 404 302 404 404  404 404 302 404 404 403 404 403", _sheet, "post"),
    Row("teaching:waiting",         "302  200   403 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("teaching:confirm",         "302  404   403 302 404 403 404 404  404 404 302 404 404 403 404 403", _record("training", "training"), "post", _version),
    Row("teaching:return",          "302  404   403 302 403 403 404 404  404 404 302 404 404 403 404 403", _record("community", "community"), "post", _word),
    Row("teaching:remove",          "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _record("gap", "teacher_gap"), "post", _why),
    Row("teaching:remove",          "302  404   403 302 404 403 404 404  404 404 302 404 404 403 404 403", _record("visit", "lesson_visit"), "post", _why,
        about="of a visit"),
    Row("teaching:remove",          "302  404   403 302 403 302 404 404  404 404 302 404 404 403 404 403", _record("meeting", "community_meeting"), "post", _why,
        about="of a meeting"),
    Row("teaching:print",           "302  302   302 302 302 302 302 302  302 302 302 302 302 403 302 403", _list, "post"),
    Row("teaching:print",           "302  302   302 302 403 403 403 403  403 403 302 403 403 403 403 403", _shares, "post",
        about="of indicators"),
    Row("teaching:trainings",       "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("teaching:training_new",    "302  422   302 302 302 302 302 302  302 302 302 302 302 403 403 403", method="post", data=_course),
    Row("teaching:training",        "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _training),
    Row("teaching:training_edit",   "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _training, "post", _course),
    Row("teaching:communities",     "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("teaching:community_new",   "302  422   302 302 302 302 302 302  302 302 302 302 302 403 403 403", method="post", data=_team),
    Row("teaching:community",       "302  404   200 200 200 200 404 404  404 404 200 404 404 403 404 403", _community),
    Row("teaching:community_edit",  "302  404   403 302 403 302 404 404  404 404 302 404 404 403 404 403", _community, "post", _team),
    Row("teaching:meeting_new",     "302  404   403 302 302 302 404 404  404 404 302 404 404 403 404 403", _community, "post", _meets),
    Row("teaching:meeting_edit",    "302  404   403 302 403 302 404 404  404 404 302 404 404 403 404 403", _meeting, "post", _meets),
    Row("teaching:practices",       "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("teaching:practice_new",    "302  422   302 302 302 302 302 302  302 302 302 302 302 403 403 403", method="post", data=_idea),
    Row("teaching:practice",        "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _practice),
    Row("teaching:practice_edit",   "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _practice, "post", _idea),
    Row("teaching:practice_use",    "302  404   302 302 404 302 404 404  404 404 302 404 404 403 403 403", _practice, "post"),
    Row("teaching:practice_attach", "302  404   403 200 404 200 404 404  404 404 200 404 404 403 404 403", _practice),
    Row("teaching:file_remove",     "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _file, "post"),
    Row("teaching:visits",          "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("teaching:visit_new",       "302  422   302 302 403 403 403 403  403 403 302 403 302 403 403 403", method="post", data=_lesson),
    Row("teaching:visit",           "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _visit),
    Row("teaching:visit_edit",      "302  404   403 302 404 403 404 404  404 404 302 404 404 403 404 403", _visit, "post", _lesson),
    Row("teaching:visit_read",      "302  404   403 403 404 302 404 404  404 404 403 404 404 403 404 403", _visit, "post", _reply),
    Row("teaching:gaps",            "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("teaching:gap_new",         "302  422   302 302 302 302 302 302  302 302 302 302 302 403 403 403", method="post", data=_lack),
    Row("teaching:gap",             "302  404   200 200 404 200 404 404  404 404 200 404 404 403 404 403", _gap),
    Row("teaching:gap_edit",        "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _gap, "post", _lack),
    Row("teaching:gap_close",       "302  404   403 302 404 302 404 404  404 404 302 404 404 403 404 403", _gap, "post", _closes),
    Row("teaching:indicators",      "302  200   200 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("teaching:indicator",       "302  200   200 200 403 403 403 403  403 403 200 403 403 403 403 403", _code),
    Row("teaching:value_set",       "302  422   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _code, "post", _value),
]
# fmt: on
