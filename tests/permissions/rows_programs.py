"""Programs and partners: everybody in the school reads, the deputy and methodical heads keep; facts about pupils by sight."""

from datetime import date
from typing import Any

from iom.models import Achievement, CourseSeat, NetworkPartner, PartnerAgreement, Program
from iom.programs import LevelWord, Place, ProgramKind, Reach
from iom.services.programs import AgreementDraft, ProgramDraft, agreement_keep, partner_keep, program_add
from iom.services.pupil_facts import Won, achievements_add, seats_add
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A course to which the pupil goes, a competition of theirs, a partner without programs and its agreement."""
    deputy, school = world.users["dep"], world.school
    draft = ProgramDraft(ProgramKind.COURSE, "Учимся читать", [LevelWord.BASIC], date(2026, 9, 1))
    program_add(by=deputy, school=school, draft=draft)
    seats_add(by=deputy, program=Program.objects.get(), pupils=[world.pupil], starts=date(2026, 9, 7))
    won = Won("Олимпиада", Reach.SCHOOL, Place.PRIZE, date(2026, 10, 12))
    achievements_add(by=deputy, pupils=[world.pupil], won=won)
    partner_keep(by=deputy, school=school, name="Дом творчества", gives="")
    agreed = AgreementDraft("5", date(2026, 9, 1), date(2026, 9, 1), date(2026, 12, 1))
    agreement_keep(by=deputy, partner=NetworkPartner.objects.get(), draft=agreed)


def _program(world: World) -> dict[str, Any]:
    return {"pk": Program.objects.get(school=world.school).pk}


def _seat(world: World) -> dict[str, Any]:
    return {"pk": CourseSeat.objects.get(pupil=world.pupil).pk}


def _won(world: World) -> dict[str, Any]:
    return {"pk": Achievement.objects.get(pupil=world.pupil).pk}


def _partner(world: World) -> dict[str, Any]:
    return {"pk": NetworkPartner.objects.get(school=world.school).pk}


def _agreement(world: World) -> dict[str, Any]:
    return {"pk": PartnerAgreement.objects.get(school=world.school).pk}


def _draft(world: World) -> dict[str, Any]:
    return {"kind": "vud", "title": "Ещё одна", "levels": ["ooo"], "starts": "2026-09-01"}


def _of_pupil(world: World) -> dict[str, Any]:
    return {"pupil": world.pupil.pk}


def _days(world: World) -> dict[str, Any]:
    return {"starts": "2026-09-08"}


def _wins(world: World) -> dict[str, Any]:
    return {"title": "Турнир", "reach": "school", "place": "1", "on": "2026-11-20"}


def _named(world: World) -> dict[str, Any]:
    return {"name": "Библиотека"}


def _agreed(world: World) -> dict[str, Any]:
    return {"number": "6", "signed_on": "2026-09-01", "starts": "2026-09-01"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


# fmt: off
ROWS = [
    #                                     anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("programs:list",                 "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("programs:export",               "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("programs:new",                  "302  200   403 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("programs:new",                  "302  302   403 302 403 403 403 403  403 403 302 403 403 403 403 403", method="post", data=_draft),
    Row("programs:copy",                 "302  200   403 200 403 403 403 403  403 403 200 403 403 403 403 403"),
    Row("programs:copy",                 "302  422   403 422 403 403 403 403  403 403 422 403 403 403 403 403", method="post"),
    Row("programs:program",              "302  404   200 200 200 200 200 200  200 200 200 200 200 403 200 403", _program),
    Row("programs:edit",                 "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _program, "post", _draft),
    Row("programs:remove",               "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _program, "post", _why),
    Row("programs:enrol",                "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", _program, data=_of_pupil,
        about="of the pupil"),
    Row("programs:seat_edit",            "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _seat, "post", _days),
    Row("programs:seat_remove",          "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _seat, "post", _why),
    Row("programs:partners",             "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("programs:partner_new",          "302  302   403 302 403 403 403 403  403 403 302 403 403 403 403 403", method="post", data=_named),
    Row("programs:partner_edit",         "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _partner, "post", _named),
    Row("programs:partner_remove",       "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _partner, "post", _why),
    Row("programs:agreement_new",        "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _partner, "post", _agreed),
    Row("programs:agreement_edit",       "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _agreement, "post", _agreed),
    Row("programs:agreement_remove",     "302  404   403 302 403 403 403 403  403 403 302 403 403 403 403 403", _agreement, "post", _why),
    Row("programs:competitions",         "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("programs:competitions_export",  "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("programs:competition_new",      "302  404   200 200 200 200 200 200  200 404 404 200 200 403 403 403", data=_of_pupil),
    Row("programs:competition_edit",     "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _won, "post", _wins),
    Row("programs:competition_remove",   "302  404   403 302 302 403 403 403  403 404 404 403 403 403 403 403", _won, "post", _why),
    Row("programs:coverage",             "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
]
# fmt: on
