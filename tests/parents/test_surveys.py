"""Questionnaires with versions, named answers, results in all formats, the indicator, what the agenda asks."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from documents.registry import ReportQuery
from documents.services.reports import report_render
from parents.models import Question, QuestionnaireVersion, SurveyCampaign, SurveySheet
from parents.registration import SURVEY, SURVEY_BLANK
from parents.reports.surveys import survey_report
from parents.selectors.satisfaction import satisfaction_share
from parents.selectors.surveys import survey_lines
from parents.services.questionnaires import newest, questionnaire_take
from parents.services.survey_answers import answer_by_code, sheet_write
from parents.services.surveys import survey_close
from parents.survey_words import Audience, Way
from risk_registry.models import EntryCause, RegistryEntry
from risk_registry.services.judging import period_judge
from school.agendas import agenda_of
from school.models import HistoryEvent, Pupil, RestrictedRead, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import make_class, make_staff
from tests.parents.survey_making import answers_to, as_form, codes_of, fill_class, open_survey
from tests.risk_registry.making import give_marks, period_of


@pytest.fixture
def deputy(seventh: SchoolClass) -> User:
    return make_staff(seventh.school, "Ермолаева Вера Ильинична", Position.DEPUTY, login="dep").user


@pytest.fixture
def as_deputy(deputy: User) -> Client:
    client = Client()
    client.force_login(deputy)
    return client


@pytest.fixture
def as_leader(leader: User) -> Client:
    client = Client()
    client.force_login(leader)
    return client


def answer(deputy: User, survey: SurveyCampaign, school_class: SchoolClass, places: list[int], words: str = "") -> None:
    for code, place in zip(codes_of(deputy, survey, school_class), places, strict=False):
        answer_by_code(code=code, answers=answers_to(survey, place, words))


@pytest.mark.django_db
def test_a_question_is_added_moved_and_taken_out_on_pages(as_deputy: Client, deputy: User) -> None:
    as_deputy.post("/parents/surveys/forms/new/", {"audience": "par", "title": "О питании", "intro": ""})
    form = QuestionnaireVersion.objects.get().questionnaire
    page = f"/parents/surveys/forms/{form.pk}/"
    for text in ("Первый", "Второй"):
        sent = {"text": text, "kind": "one", "option_0": "да", "option_1": "нет", "good_0": "on", "good_from": "0"}
        assert as_deputy.post(f"{page}questions/add/", sent)["Location"] == page
    as_deputy.post(f"{page}questions/2/up/")
    scale = {"text": "Шкала", "kind": "scale", "low": "плохо", "high": "хорошо", "measured": "on", "good_from": "4"}
    as_deputy.post(f"{page}questions/2/", scale)

    asked = [(one.number, one.asked.text, one.asked.measured) for one in as_deputy.get(page).context["questions"]]
    assert asked == [(1, "Второй", False), (2, "Шкала", True)]
    stored = Question.objects.get(text="Шкала").options
    assert [(one["text"], one["good"]) for one in (stored[0], stored[3], stored[4])] == [
        ("1 — плохо", False),
        ("4", True),
        ("5 — хорошо", True),
    ]
    refused = as_deputy.post(f"{page}questions/add/", {"text": "Пусто", "kind": "one", "option_0": "да"})
    assert refused.status_code == 422
    as_deputy.post(f"{page}questions/1/drop/")
    assert list(Question.objects.values_list("place", "text")) == [(1, "Шкала")]


@pytest.mark.django_db
def test_what_people_answered_stays_as_they_saw_it_and_an_edit_makes_the_next_version(
    as_deputy: Client, deputy: User, seventh: SchoolClass
) -> None:
    fill_class(seventh, 8)
    survey = open_survey(deputy, [seventh])
    form = survey.version.questionnaire
    was = list(survey.version.questions.values_list("text", flat=True))
    as_deputy.post(f"/parents/surveys/forms/{form.pk}/questions/7/drop/")

    assert (newest(form).number, newest(form).questions.count()) == (2, len(was) - 1)
    assert list(survey.version.questions.values_list("text", flat=True)) == was
    as_deputy.post(f"/parents/surveys/forms/{form.pk}/questions/1/drop/")
    assert newest(form).number == 2, "nobody has answered by it: it is still being written"


@pytest.mark.django_db
def test_a_shipped_questionnaire_is_taken_once_by_two(deputy: User) -> None:
    school = deputy.school
    assert school is not None
    told = {questionnaire_take(by=deputy, school=school, code="causes").pk for _ in range(2)}

    assert len(told) == 1


@pytest.mark.django_db
def test_paper_sheets_are_typed_in_one_after_another(as_deputy: Client, deputy: User, seventh: SchoolClass) -> None:
    fill_class(seventh, 8)
    survey = open_survey(deputy, [seventh], way=Way.PAPER)
    group = survey.groups.get()
    page = f"/parents/surveys/{survey.pk}/paper/"
    missed = as_deputy.post(page, {"group": group.pk})
    done = as_deputy.post(page, {"group": group.pk, **as_form(answers_to(survey))})

    assert (missed.status_code, done["Location"]) == (422, f"{page}?group={group.pk}")
    group.refresh_from_db()
    assert group.tally.answered == 1


@pytest.mark.django_db
def test_results_wait_for_the_end_and_are_the_same_in_every_format(
    as_deputy: Client, deputy: User, seventh: SchoolClass
) -> None:
    fill_class(seventh, 12)
    small = make_class(seventh.school, "7Б")
    fill_class(small, 8)
    survey = open_survey(deputy, [seventh, small])
    answer(deputy, survey, seventh, [0, 0, 1, 1, 2, 3], "=1+1")
    answer(deputy, survey, small, [0, 1, 3])
    page = f"/parents/surveys/{survey.pk}/results/"
    assert as_deputy.get(page).status_code == 403
    as_deputy.post(f"/parents/surveys/{survey.pk}/do/close/")

    report = as_deputy.get(page).context["report"]
    first = report.questions[0]
    assert [option.count for option in first.options] == [3, 3, 1, 2, 0]
    assert [part.shown for part in first.parts] == [False, False], "three of 7Б would follow from 7А"
    assert (report.satisfied.numerator, report.satisfied.denominator) == (6, 9)
    query = ReportQuery(seventh.school, 0, user=deputy, extra={"survey": survey.pk})
    told = json.loads(report_render(kind=SURVEY, query=query, format="json").content)
    assert [one["count"] for one in told["questions"][0]["options"]] == [3, 3, 1, 2, 0]
    assert told["questions"][6]["texts"] == ["=1+1"] * 6
    assert report_render(kind=SURVEY, query=query, format="xlsx").content[:2] == b"PK"
    assert report_render(kind=SURVEY, query=query, format="pdf").content[:4] == b"%PDF"
    blank = ReportQuery(seventh.school, 0, user=deputy, extra={"version": survey.version_id})
    assert report_render(kind=SURVEY_BLANK, query=blank, format="pdf").content[:4] == b"%PDF"


@pytest.mark.django_db
def test_the_indicator_sums_closed_surveys_of_the_days_and_names_them(deputy: User, seventh: SchoolClass) -> None:
    fill_class(seventh, 8)
    survey = open_survey(deputy, [seventh])
    answer(deputy, survey, seventh, [0, 1, 1, 2, 3, 4])
    school, today = seventh.school, seventh.school.today()
    assert satisfaction_share(school, today, today).value is None
    survey_close(by=deputy, campaign=survey)

    told = satisfaction_share(school, today, today)
    assert (told.numerator, told.denominator, told.value) == (3, 6, 50.0)
    assert [source.key for source in told.sources] == [survey.pk]
    assert satisfaction_share(school, today - timedelta(days=9), today - timedelta(days=1)).why_none


@pytest.mark.django_db
def test_a_pupils_answers_are_read_by_the_class_teacher_and_psychologists_and_each_reading_is_logged(
    as_leader: Client, as_deputy: Client, deputy: User, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    survey = open_survey(deputy, [seventh], code="difficulties")
    (code,) = codes_of(deputy, survey, seventh)
    answer_by_code(code=code, answers=answers_to(survey, 1, "мне трудно"))
    sheet = SurveySheet.objects.get()
    page = f"/parents/surveys/sheets/{sheet.pk}/"

    assert (sheet.pupil, sheet.by) == (pupil, None)
    assert as_deputy.get(page).status_code == 404
    assert "мне трудно" not in as_leader.get(f"/parents/surveys/{survey.pk}/").content.decode()
    assert not RestrictedRead.objects.exists()
    assert "мне трудно" in as_leader.get(page).content.decode()
    read = RestrictedRead.objects.get()
    assert (read.user_id, read.pupil_id, read.what) == (leader.pk, pupil.pk, "survey_sheet")
    kept = json.dumps(list(HistoryEvent.objects.values_list("before", "after")), ensure_ascii=False, default=str)
    assert "мне трудно" not in kept
    psychologist = make_staff(seventh.school, "Зимина Ольга Львовна", Position.PSYCHOLOGIST, login="psy").user
    as_leader.force_login(psychologist)
    assert as_leader.get(page).status_code == 200


@pytest.mark.django_db
def test_answers_are_taken_back_with_a_reason_and_written_anew(
    as_leader: Client, deputy: User, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    survey = open_survey(deputy, [seventh], code="difficulties")
    page = f"/parents/surveys/{survey.pk}/pupils/{pupil.pk}/"
    first = as_leader.post(page, as_form(answers_to(survey)))
    assert as_leader.post(page, as_form(answers_to(survey))).status_code == 422
    as_leader.post(f"{first['Location']}withdraw/", {"why": "не тот ученик"})
    as_leader.post(page, as_form(answers_to(survey, 1)))

    told = SurveySheet.objects.order_by("pk").values_list("withdrawn_why", flat=True)
    assert list(told) == ["не тот ученик", ""]


@pytest.mark.django_db
def test_causes_named_by_the_class_teacher_go_into_the_registry_by_a_button_only(
    as_leader: Client, deputy: User, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    give_marks(pupil, "Алгебра", 2, 2, 3)
    period_judge(period=period_of(pupil.school))
    assert RegistryEntry.objects.filter(pupil=pupil).exists()
    survey = open_survey(deputy, [seventh], code="causes", way=Way.PAPER)
    waits = [item.title for item in agenda_of(leader, pupil.school.today())]
    assert "Анкета о причинах, по желанию: 1\u00a0ученик" in waits
    question = survey.version.questions.get(place=1)
    sent = {f"q{question.pk}": ["1", "3"]}
    made = as_leader.post(f"/parents/surveys/{survey.pk}/pupils/{pupil.pk}/", sent)
    assert not EntryCause.objects.exists()

    as_leader.post(f"{made['Location']}causes/", {"causes": ["CT02", "SOC01"]})
    assert list(EntryCause.objects.values_list("code", "how")) == [("CT02", "form")]
    assert not [item for item in agenda_of(leader, pupil.school.today()) if "причинах" in item.title]


@pytest.mark.django_db
def test_the_agenda_asks_for_slips_before_and_for_the_end_after(
    deputy: User, leader: User, seventh: SchoolClass
) -> None:
    fill_class(seventh, 6)
    survey = open_survey(deputy, [seventh])
    today = seventh.school.today()
    slips = "Раздать талоны опроса семьям класса"
    assert slips in [item.title for item in agenda_of(leader, today)]
    codes_of(leader, survey, seventh)
    assert slips not in [item.title for item in agenda_of(leader, today)]

    over = "Закрыть опрос: его дни прошли"
    assert over not in [item.title for item in agenda_of(deputy, survey.ends)]
    assert over in [item.title for item in agenda_of(deputy, survey.ends + timedelta(days=1))]


@pytest.mark.django_db
def test_lists_take_the_same_queries_however_many_there_are(
    as_deputy: Client, as_leader: Client, deputy: User, seventh: SchoolClass
) -> None:
    fill_class(seventh, 6)
    open_survey(deputy, [seventh])
    one = [queries(client, "/parents/surveys/") for client in (as_deputy, as_leader)]
    for _ in range(4):
        open_survey(deputy, [seventh])
    many = [queries(client, "/parents/surveys/") for client in (as_deputy, as_leader)]

    assert one == many
    assert max(many) <= MOST


@pytest.mark.django_db
def test_a_named_survey_says_of_how_many_it_asks_and_a_teachers_one_of_those_in_the_registry(
    deputy: User, leader: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    fill_class(seventh, 7)
    give_marks(pupil, "Алгебра", 2, 2, 3)
    period_judge(period=period_of(pupil.school))
    for code in ("difficulties", "causes"):
        survey = open_survey(deputy, [seventh], code=code, way=Way.PAPER)
        sheet_write(by=leader, campaign=survey, pupil=pupil, answers=answers_to(survey))
    told = {line.campaign.audience: (line.answered, line.invited) for line in survey_lines(deputy, survey.ends)}
    assert told == {Audience.PUPIL: (1, 7), Audience.TEACHER: (1, 1)}
    report = survey_report(survey_close(by=deputy, campaign=survey))
    assert (report.answered, report.invited) == (1, 1)


@pytest.mark.django_db
def test_another_schools_survey_and_class_are_nobodys(as_deputy: Client, deputy: User, seventh: SchoolClass) -> None:
    fill_class(seventh, 6)
    survey = open_survey(deputy, [seventh])
    strange = make_class(seventh.school, "9Я")

    assert as_deputy.post(f"/parents/surveys/{survey.pk}/slips/{strange.pk}/").status_code == 404
    assert as_deputy.get(f"/parents/surveys/{survey.pk + 1}/").status_code == 404


@pytest.mark.django_db
def test_a_teacher_of_another_class_writes_nothing_about_the_pupil(
    deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    other = make_class(seventh.school, "8Б", teacher=make_staff(seventh.school, "Юдин Олег Ильич", login="udin"))
    assert other.class_teacher is not None
    survey = open_survey(deputy, [seventh, other], code="difficulties")
    client = Client()
    client.force_login(other.class_teacher.user)

    assert client.get(f"/parents/surveys/{survey.pk}/pupils/{pupil.pk}/").status_code == 404
    with pytest.raises(Exception, match="классный руководитель"):
        sheet_write(by=other.class_teacher.user, campaign=survey, pupil=pupil, answers=answers_to(survey))


@pytest.mark.django_db
def test_days_and_classes_of_a_plan_are_checked(as_deputy: Client, deputy: User, seventh: SchoolClass) -> None:
    school = seventh.school
    form = questionnaire_take(by=deputy, school=school, code="satisfaction")
    page = f"/parents/surveys/forms/{form.pk}/survey/"
    days = {"begins": date(2026, 11, 22).isoformat(), "ends": date(2026, 11, 20).isoformat()}
    wrong = as_deputy.post(page, {**days, "way": "slips", "classes": [seventh.pk]})
    none = as_deputy.post(page, {"begins": "2026-11-22", "ends": "2026-11-25", "way": "slips"})

    assert "раньше первого" in wrong.content.decode()
    assert (wrong.status_code, none.status_code, SurveyCampaign.objects.count()) == (422, 422, 0)


@pytest.mark.django_db
def test_a_pupils_page_tells_that_there_was_an_answer_and_not_what_it_says(
    as_deputy: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    survey = open_survey(deputy, [seventh], code="difficulties")
    answer(deputy, survey, seventh, [1], "мне трудно")
    page = as_deputy.get(f"/pupils/{pupil.pk}/").content.decode()

    assert "Что мне мешает учиться" in page
    assert "мне трудно" not in page
