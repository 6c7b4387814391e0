"""Surveys for tests: a class of ten, a shipped questionnaire, answers."""

from datetime import timedelta

from parents.models import SurveyCampaign
from parents.rules.surveys import Answers
from parents.services.questionnaires import questionnaire_take, questions_of
from parents.services.surveys import Planned, slips_print, survey_open, survey_plan
from parents.survey_words import Ask, Way
from school.models import SchoolClass, User
from tests.factories import make_pupil


def fill_class(school_class: SchoolClass, number: int) -> None:
    """Pupils up to the number."""
    for index in range(school_class.enrolments.count(), number):
        make_pupil(school_class, f"Опросов Пётр{index} Ильич", external_id=f"s{school_class.pk}-{index}")


def open_survey(
    by: User, classes: list[SchoolClass], code: str = "satisfaction", way: Way = Way.SLIPS, days: int = 5
) -> SurveyCampaign:
    """A survey that is on since today."""
    school = classes[0].school
    form = questionnaire_take(by=by, school=school, code=code)
    told = Planned(school.today(), school.today() + timedelta(days=days), way, classes)
    return survey_open(by=by, campaign=survey_plan(by=by, questionnaire=form, told=told))


def codes_of(by: User, campaign: SurveyCampaign, school_class: SchoolClass) -> list[str]:
    """New slips of the class."""
    return [slip.code for slip in slips_print(by=by, campaign=campaign, school_class=school_class)]


def answers_to(campaign: SurveyCampaign, place: int = 0, words: str = "") -> Answers:
    """The option of this place in every question; the words in each that asks for some."""
    told: dict[str, tuple[int, ...] | str] = {}
    for one in questions_of(campaign.version):
        if one.kind != Ask.TEXT:
            told[one.key] = (place,)
        elif words:
            told[one.key] = words
    return told


def as_form(answers: Answers) -> dict[str, object]:
    """The same as a browser sends it."""
    return {f"q{key}": one if isinstance(one, str) else list(one) for key, one in answers.items()}
