"""Surveys: three shipped questionnaires, answers by a code, results as charts, the indicator, small groups hidden."""

import pytest
from django.test import Client
from django.urls import reverse

from parents.models import SurveyCampaign
from parents.services.questionnaires import newest
from parents.services.survey_answers import answer_by_code
from parents.shipped_surveys import SHIPPED
from parents.survey_words import Ask, Audience, Way
from school.models import School, SchoolClass, User
from school.roles import Position
from tests.factories import make_class, make_school, make_staff
from tests.parents.survey_making import answers_to, as_form, codes_of, fill_class, open_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School, client: Client) -> User:
    found = make_staff(school, "Орлова Вера Ильинична", Position.DEPUTY, login="deputy").user
    client.force_login(found)
    return found


def _class(school: School, name: str, pupils: int) -> SchoolClass:
    made = make_class(school, name)
    fill_class(made, pupils)
    return made


def test_three_questionnaires_are_shipped_with_every_way_of_asking_and_each_is_edited(
    client: Client, deputy: User, school: School
) -> None:
    assert [one.audience for one in SHIPPED.values()] == [Audience.PARENTS, Audience.PUPIL, Audience.TEACHER]
    assert {question.kind for one in SHIPPED.values() for question in one.questions} == set(Ask)
    for code in SHIPPED:
        client.post(reverse("surveys:form_take", args=[code]))
    for form in school.questionnaires.all():
        sent = {"title": f"Наша анкета {form.pk}", "intro": "Спасибо"}
        client.post(reverse("surveys:form_edit", args=[form.pk]), sent)
        asked = {"text": "Что ещё?", "kind": "text", "good_from": "0"}
        client.post(reverse("surveys:question_add", args=[form.pk]), asked)
        version = newest(form)
        assert version.title == sent["title"]
        assert version.questions.filter(text="Что ещё?").exists()


@pytest.mark.parametrize("way", [Way.SLIPS, Way.LINK])
def test_a_parent_answers_by_a_code_once_with_a_browser_that_nobody_has_logged_in(
    way: Way, deputy: User, school: School
) -> None:
    seventh = _class(school, "7А", 6)
    survey = open_survey(deputy, [seventh], way=way)
    code = codes_of(deputy, survey, seventh)[0] if way == Way.SLIPS else str(survey.groups.get().code)
    parent, address = Client(), reverse("q:code")
    assert "Довольны ли вы" in parent.post(address, {"code": code}).content.decode()
    sent = {"code": code, "answers": "1", **as_form(answers_to(survey))}
    assert parent.post(address, sent)["Location"] == reverse("q:thanks")
    assert parent.post(address, sent).status_code == 409  # replayed
    assert survey.groups.get().tally.answered == 1


def _answered(deputy: User, school: School, *classes: tuple[str, int]) -> SurveyCampaign:
    """A survey in which so many of each class answered, and which is still open."""
    rows = {name: _class(school, name, 10) for name, _ in classes}
    survey = open_survey(deputy, list(rows.values()))
    for name, number in classes:
        for place, code in enumerate(codes_of(deputy, survey, rows[name])[:number]):
            answer_by_code(code=code, answers=answers_to(survey, place % 3))
    return survey


def test_results_are_charts_of_a_closed_survey_and_are_counted_into_the_indicator(
    client: Client, deputy: User, school: School
) -> None:
    survey = _answered(deputy, school, ("7А", 9))
    results = reverse("surveys:results", args=[survey.pk])
    assert client.get(results).status_code == 403
    assert client.post(reverse("surveys:deed", args=[survey.pk, "close"]))["Location"] == results
    page = client.get(results)
    assert page.content.decode().count("o-bar") >= 5
    assert (page.context["report"].satisfied.numerator, page.context["report"].satisfied.denominator) == (6, 9)
    indicator = client.get(reverse("events:indicators"), {"code": "P24"}).context["chosen"]
    assert (indicator.numerator, indicator.denominator, indicator.value) == (6, 9, 66.7)
    assert [one.url for one in indicator.behind] == [results]


def test_a_group_under_five_is_hidden_with_its_neighbour_so_that_no_difference_gives_it(
    client: Client, deputy: User, school: School
) -> None:
    survey = _answered(deputy, school, ("7А", 9), ("7Б", 6), ("8А", 2))
    client.post(reverse("surveys:deed", args=[survey.pk, "close"]))
    report = client.get(reverse("surveys:results", args=[survey.pk])).context["report"]
    for question in report.questions:
        told = {part.name: part.shown for part in question.parts}
        assert not question.parts or told == {"7А": True, "7Б": False, "8А": False}
    assert report.answered == 17
