"""Surveys: run by the administration, psychologists and the social pedagogue; class teachers serve the own class.

What anonymous people answered is shown to the administration, a pupil's answers to the class teacher and psychologists.
"""

from datetime import timedelta
from typing import Any

from common.small_groups import LEAST_GROUP
from parents.rules.surveys import Asked
from parents.services.questionnaires import newest, questionnaire_take, questions_of
from parents.services.survey_answers import sheet_write
from parents.services.surveys import Planned, survey_close, survey_open, survey_plan
from parents.survey_words import Ask, Way
from tests.factories import make_pupil
from tests.permissions.row import Row
from tests.permissions.world import World


def add(world: World) -> None:
    """A draft, an open and a closed survey of parents, one of pupils with an answer, one of class teachers."""
    for number in range(LEAST_GROUP):
        make_pupil(world.school_class, f"Опросов Пётр{number} Ильич", external_id=f"survey{number}")
    by = world.users["dep"]
    for code, states in (
        ("satisfaction", ("draft", "open", "closed")),
        ("difficulties", ("open",)),
        ("causes", ("open",)),
    ):
        form = questionnaire_take(by=by, school=world.school, code=code)
        world.things[f"survey_form_{code}"] = form
        for state in states:
            world.things[f"survey_{code}_{state}"] = _survey(world, form, state)
    campaign = world.things["survey_difficulties_open"]
    answers = answered(questions_of(campaign.version))
    world.things["survey_sheet"] = sheet_write(
        by=world.users["cls"], campaign=campaign, pupil=world.pupil, answers=answers
    )


def answered(asked: list[Asked]) -> dict[str, Any]:
    """The first option of every question."""
    return {one.key: (0,) for one in asked if one.kind != Ask.TEXT}


def _survey(world: World, form: Any, state: str) -> Any:
    today = world.school.today()
    told = Planned(today, today + timedelta(days=5), Way.SLIPS, [world.school_class])
    campaign = survey_plan(by=world.users["dep"], questionnaire=form, told=told)
    if state != "draft":
        campaign = survey_open(by=world.users["dep"], campaign=campaign)
    return survey_close(by=world.users["dep"], campaign=campaign) if state == "closed" else campaign


def _form(world: World) -> dict[str, Any]:
    return {"pk": world.things["survey_form_satisfaction"].pk}


def _question(world: World) -> dict[str, Any]:
    return {**_form(world), "place": 1}


def _moved(world: World) -> dict[str, Any]:
    return {**_question(world), "what": "down"}


def _copied(world: World) -> dict[str, Any]:
    return {**_form(world), "what": "copy"}


def _of(state: str, code: str = "satisfaction", **more: Any) -> Any:
    return lambda world: {"pk": world.things[f"survey_{code}_{state}"].pk, **more}


def _slips(world: World) -> dict[str, Any]:
    return {"pk": world.things["survey_satisfaction_open"].pk, "cls": world.school_class.pk}


def _pupil(world: World) -> dict[str, Any]:
    return {"pk": world.things["survey_difficulties_open"].pk, "pupil": world.pupil.pk}


def _sheet(world: World) -> dict[str, Any]:
    return {"pk": world.things["survey_sheet"].pk}


def _titles(world: World) -> dict[str, Any]:
    return {"audience": "par", "title": "Анкета", "intro": ""}


def _asked(world: World) -> dict[str, Any]:
    return {"text": "Довольны?", "kind": "one", "required": "on", "option_0": "да", "option_1": "нет", "good_from": "0"}


def _planned(world: World) -> dict[str, Any]:
    today = world.school.today()
    days = {"begins": today.isoformat(), "ends": (today + timedelta(days=3)).isoformat()}
    return {**days, "way": "slips", "classes": [str(world.school_class.pk)]}


def _paper(world: World) -> dict[str, Any]:
    campaign = world.things["survey_satisfaction_open"]
    answers = answered(questions_of(newest(campaign.version.questionnaire)))
    return {"group": campaign.groups.get().pk, **{f"q{key}": places[0] for key, places in answers.items()}}


def _take(world: World) -> dict[str, Any]:
    return {"code": "causes"}


def _pdf(world: World) -> dict[str, Any]:
    return {"pk": world.things["survey_satisfaction_closed"].pk, "format": "pdf"}


# fmt: off
ROWS = [
    #                             anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("q:code",                 "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("q:code",                 "422  422   422 422 422 422 422 422  422 422 422 422 422 422 422 422", method="post"),
    Row("q:thanks",               "200  200   200 200 200 200 200 200  200 200 200 200 200 200 200 200"),
    Row("surveys:list",           "302  200   200 200 200 403 200 200  200 403 403 403 403 403 403 403"),
    Row("surveys:form_new",       "302  200   200 200 403 403 200 200  200 403 403 403 403 403 403 403"),
    Row("surveys:form_new",       "302  302   302 302 403 403 302 302  302 403 403 403 403 403 403 403",
        method="post", data=_titles),
    Row("surveys:form_take",      "302  302   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _take, "post"),
    Row("surveys:form",           "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _form),
    Row("surveys:form_edit",      "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _form),
    Row("surveys:form_edit",      "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _form, "post",
        _titles),
    Row("surveys:form_print",     "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _form, "post"),
    Row("surveys:form_deed",      "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _copied, "post"),
    Row("surveys:question_add",   "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _form),
    Row("surveys:question_add",   "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _form, "post",
        _asked),
    Row("surveys:question",       "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _question),
    Row("surveys:question",       "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _question,
        "post", _asked),
    Row("surveys:question_deed",  "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _moved, "post"),
    Row("surveys:new",            "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _form),
    Row("surveys:new",            "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _form, "post",
        _planned),
    Row("surveys:survey",         "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403", _of("open")),
    Row("surveys:survey",         "302  404   200 200 404 403 200 200  200 403 403 403 403 403 403 403", _of("draft"),
        about="a draft"),
    Row("surveys:survey",         "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403",
        _of("open", "difficulties"), about="of pupils"),
    Row("surveys:survey",         "302  404   200 200 200 403 200 200  200 403 403 403 403 403 403 403",
        _of("open", "causes"), about="of class teachers"),
    Row("surveys:edit",           "302  404   200 200 404 403 200 200  200 403 403 403 403 403 403 403", _of("draft")),
    Row("surveys:edit",           "302  404   302 302 404 403 302 302  302 403 403 403 403 403 403 403", _of("draft"),
        "post", _planned),
    Row("surveys:deed",           "302  404   302 302 404 403 302 302  302 403 403 403 403 403 403 403",
        _of("draft", what="open"), "post"),
    Row("surveys:deed",           "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403",
        _of("open", what="close"), "post", about="closing"),
    Row("surveys:slips",          "302  404   201 201 201 403 201 201  201 403 403 403 403 403 403 403", _slips, "post"),
    Row("surveys:codes",          "302  404   404 404 404 403 404 404  404 403 403 403 403 403 403 403", _of("open"),
        about="answered by slips"),
    Row("surveys:paper",          "302  404   200 200 403 403 200 200  200 403 403 403 403 403 403 403", _of("open")),
    Row("surveys:paper",          "302  404   302 302 403 403 302 302  302 403 403 403 403 403 403 403", _of("open"),
        "post", _paper),
    Row("surveys:enter",          "302  404   404 404 200 403 200 200  404 403 403 403 403 403 403 403", _pupil),
    Row("surveys:enter",          "302  404   404 404 422 403 422 422  404 403 403 403 403 403 403 403", _pupil, "post"),
    Row("surveys:results",        "302  404   403 403 403 403 403 403  403 403 403 403 403 403 403 403", _of("open"),
        about="while it is open"),
    Row("surveys:results",        "302  404   200 200 403 403 403 403  403 403 403 403 403 403 403 403", _of("closed")),
    Row("surveys:results_file",   "302  404   302 302 403 403 403 403  403 403 403 403 403 403 403 403", _pdf, "post"),
    Row("surveys:sheet",          "302  404   404 404 200 403 200 200  404 403 403 403 403 403 403 403", _sheet),
    Row("surveys:sheet_withdraw", "302  404   404 404 200 403 200 200  404 403 403 403 403 403 403 403", _sheet),
    Row("surveys:sheet_withdraw", "302  404   404 404 302 403 302 302  404 403 403 403 403 403 403 403", _sheet, "post",
        lambda world: {"why": "не тот"}),
    Row("surveys:sheet_causes",   "302  404   404 404 302 403 302 302  404 403 403 403 403 403 403 403", _sheet, "post"),
]
# fmt: on
