"""Mentoring: pairs are seen by their own people, the class teacher, the administration and methodical heads."""

from datetime import date
from typing import Any

from iom.mentoring import Outcome, PairForm, Stage
from iom.models import MentoringPair
from iom.services.mentoring import PairOf, PairPlan, pair_propose, pair_start
from iom.services.pair_work import Assessed, Met, meeting_record, pair_assess
from school.models import Subject
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """The mentor of the pupil at work in algebra; another pair of theirs that is only proposed."""
    deputy = world.users["dep"]
    plan = PairPlan("закрыть пробелы", date(2026, 11, 9), date(2026, 12, 25), weekdays=(2,))
    men = world.person("men")
    algebra = Subject.objects.get(school=world.school, name="Алгебра")
    who = PairOf(PairForm.TEACHER, mentor=men, pupil=world.pupil, subject=algebra)
    pair = pair_start(by=deputy, pair=pair_propose(by=deputy, who=who, plan=plan))
    world.things["pair"] = pair
    general = PairOf(PairForm.TEACHER, mentor=men, pupil=world.pupil)
    world.things["proposed_pair"] = pair_propose(by=deputy, who=general, plan=plan)
    world.things["meeting"] = meeting_record(by=deputy, pair=pair, met=Met(date(2026, 11, 10)))
    told = Assessed(Stage.MIDDLE, date(2026, 11, 20), Outcome.SOME)
    world.things["pair_assessment"] = pair_assess(by=deputy, pair=pair, assessed=told)


def _pair(world: World) -> dict[str, Any]:
    pair: MentoringPair = world.things["pair"]
    return {"pk": pair.pk}


def _proposed(world: World) -> dict[str, Any]:
    return {"pk": world.things["proposed_pair"].pk}


def _meeting(world: World) -> dict[str, Any]:
    return {"pk": world.things["meeting"].pk}


def _assessment(world: World) -> dict[str, Any]:
    return {"pk": world.things["pair_assessment"].pk}


def _final(world: World) -> dict[str, Any]:
    return {**_pair(world), "stage": "final"}


def _teachers(world: World) -> dict[str, Any]:
    return {"form": "tp", "mentor": world.person("sub").pk, "led": world.pupil.pk}


def _plan(world: World) -> dict[str, Any]:
    return {"goals": "тема", "rhythm": "week", "weekdays": ["4"], "begins": "2026-11-09", "ends": "2026-12-25"}


def _end(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "why": "переезд"}


def _met(world: World) -> dict[str, Any]:
    return {"on": "2026-11-17", "held": "yes"}


def _assessed(world: World) -> dict[str, Any]:
    return {"on": "2026-11-20", "outcome": "some"}


def _why(world: World) -> dict[str, Any]:
    return {"why": "ошибка"}


# fmt: off
ROWS = [
    #                                   anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("mentoring:list",              "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("mentoring:export",            "302  200   200 200 200 200 200 200  200 200 200 200 200 403 200 403"),
    Row("mentoring:find",              "302  200   403 200 200 403 403 403  403 403 200 403 403 403 403 403"),
    Row("mentoring:new",               "302  404   403 200 200 403 403 403  403 403 404 403 403 403 403 403", data=_teachers,
        about="a head of a union who sees no such pupil"),
    Row("mentoring:pair",              "302  404   200 200 200 404 200 200  200 404 200 200 200 403 200 403", _pair),
    Row("mentoring:edit",              "302  404   403 200 200 404 403 403  403 404 200 403 403 403 403 403", _pair),
    Row("mentoring:edit",              "302  404   403 302 302 404 403 403  403 404 302 403 403 403 403 403", _pair, "post", _plan),
    Row("mentoring:start",             "302  404   403 302 403 404 403 403  403 404 302 403 403 403 403 403", _proposed, "post"),
    Row("mentoring:finish",            "302  404   403 302 302 404 403 403  403 404 302 403 403 403 403 403", _pair, "post", _end),
    Row("mentoring:end",               "302  404   403 302 302 404 403 403  403 404 302 403 403 403 403 403", _pair, "post", _end),
    Row("mentoring:resume",            "302  404   403 422 422 404 403 403  403 404 422 403 403 403 403 403", _pair, "post", _why,
        about="at work already"),
    Row("mentoring:meet",              "302  404   403 302 403 404 403 403  403 404 302 403 302 403 403 403", _pair, "post", _met),
    Row("mentoring:assess",            "302  404   403 302 403 404 403 403  403 404 302 403 302 403 403 403", _final, "post", _assessed),
    Row("mentoring:meeting_edit",      "302  404   403 302 403 404 403 403  403 404 302 403 302 403 403 403", _meeting, "post", _met),
    Row("mentoring:meeting_remove",    "302  404   403 302 403 404 403 403  403 404 302 403 302 403 403 403", _meeting, "post", _why),
    Row("mentoring:assessment_remove", "302  404   403 302 403 404 403 403  403 404 302 403 302 403 403 403", _assessment, "post", _why),
]
# fmt: on
