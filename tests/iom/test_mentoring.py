"""Pairs of the three forms: how they begin, what they give access to, how they end, who sees them."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from gradebook.models import Mark, PeriodResult
from iom.mentoring import Outcome, PairForm, PairState, Rhythm, Stage
from iom.models import MentoringPair
from iom.services.mentoring import (
    PairOf,
    PairPlan,
    pair_correct,
    pair_end,
    pair_finish,
    pair_propose,
    pair_resume,
    pair_start,
)
from iom.services.pair_work import Assessed, Met, meeting_correct, meeting_record, pair_assess
from iom.services.removing import fact_remove
from school.access import pupils_for
from school.agendas import agenda_of
from school.models import Pupil, School, SchoolClass, Staff, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db
PAGE = "/mentoring/"
PLAN = PairPlan("закрыть тему «Дроби»", date(2026, 11, 2), date(2026, 12, 25), weekdays=(2,))


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def mentor(school: School) -> Staff:
    return make_staff(school, "Власова Надежда Игоревна", Position.TEACHER, login="mentor")


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    return make_pupil(seventh, "Ковтун Матвей Андреевич")


@pytest.fixture
def pair(deputy: User, mentor: Staff, pupil: Pupil) -> MentoringPair:
    who = PairOf(PairForm.TEACHER, mentor=mentor, pupil=pupil, subject=make_subject(pupil.school, "Алгебра"))
    return pair_start(by=deputy, pair=pair_propose(by=deputy, who=who, plan=PLAN))


def fresh(user: User) -> User:
    return User.objects.select_related("school", "staff").get(pk=user.pk)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_access_to_the_pupil_follows_the_pair(deputy: User, mentor: Staff, pupil: Pupil, pair: MentoringPair) -> None:
    assert list(pupils_for(fresh(mentor.user))) == [pupil]
    pair_end(by=deputy, pair=pair, on=date(2026, 11, 20), why="учитель в отпуске")
    assert not pupils_for(fresh(mentor.user)).exists()
    pair_resume(by=deputy, pair=pair, why="вернулся")
    assert list(pupils_for(fresh(mentor.user))) == [pupil]


def test_the_access_stays_while_another_pair_of_the_two_goes_on(
    deputy: User, mentor: Staff, pupil: Pupil, pair: MentoringPair
) -> None:
    other = pair_propose(by=deputy, who=PairOf(PairForm.TEACHER, mentor=mentor, pupil=pupil), plan=PLAN)
    pair_start(by=deputy, pair=other)
    pair_finish(by=deputy, pair=pair, on=date(2026, 11, 20))
    assert pupils_for(fresh(mentor.user)).exists()
    pair_finish(by=deputy, pair=other, on=date(2026, 11, 20))
    assert not pupils_for(fresh(mentor.user)).exists()


def test_a_mentoring_pupil_gets_nothing_and_marks_stand_on_no_page_of_a_pair(
    client: Client, deputy: User, seventh: SchoolClass, pupil: Pupil, mentor: Staff
) -> None:
    strong = make_pupil(make_class(pupil.school, "8А"), "Зотова Алина")
    algebra = make_subject(pupil.school, "Алгебра")
    Mark.objects.create(
        school=pupil.school, year=seventh.year, pupil=strong, subject=algebra, date=TODAY, value=5, raw="5"
    )
    plan = PairPlan(PLAN.goals, PLAN.begins, PLAN.ends, weekdays=(2,), curator=mentor, assistant=True)
    who = PairOf(PairForm.PUPILS, mentor_pupil=strong, pupil=pupil, subject=algebra)
    made = pair_start(by=deputy, pair=pair_propose(by=deputy, who=who, plan=plan))
    other = make_class(pupil.school, "5Б")
    TeachingAssignment.objects.create(staff=mentor, subject=algebra, school_class=other)
    client.force_login(fresh(mentor.user))
    page = client.get(reverse("mentoring:pair", args=[made.pk]))
    assert page.status_code == 200 and "Ковтун" in text_of(page) and f"/pupils/{pupil.pk}/" not in page.content.decode()
    for one in (pupil, strong):
        assert client.get(reverse("desk:pupil", args=[one.pk])).status_code == 404


def test_what_cannot_be_a_pair_is_refused(deputy: User, mentor: Staff, pupil: Pupil, pair: MentoringPair) -> None:
    same = PairOf(PairForm.TEACHER, mentor=mentor, pupil=pupil, subject=pair.subject)
    with pytest.raises(Refused, match="уже есть"):
        pair_propose(by=deputy, who=same, plan=PLAN)
    with pytest.raises(Refused, match="один человек"):
        pair_propose(by=deputy, who=PairOf(PairForm.TEACHERS, mentor=mentor, staff=mentor), plan=PLAN)
    with pytest.raises(Refused, match="Выберите наставника"):
        pair_propose(by=deputy, who=PairOf(PairForm.PUPILS, mentor=mentor, pupil=pupil), plan=PLAN)
    stranger = make_pupil(make_class(make_school("S2"), "7А"), "Чужой Иван")
    with pytest.raises(Refused, match="одной школы"):
        pair_propose(by=deputy, who=PairOf(PairForm.TEACHER, mentor=mentor, pupil=stranger), plan=PLAN)
    late = PairPlan("x", date(2026, 11, 2), date(2027, 9, 25), weekdays=(2,))
    with pytest.raises(Refused, match="внутри учебного года"):
        pair_correct(by=deputy, pair=pair, plan=late)
    with pytest.raises(Refused, match="день недели"):
        pair_correct(by=deputy, pair=pair, plan=PairPlan("x", PLAN.begins, PLAN.ends))
    with pytest.raises(IntegrityError), transaction.atomic():
        MentoringPair.objects.filter(pk=pair.pk).update(pupil=None)


def test_ends_and_returns_ask_for_their_reason_and_keep_their_way(deputy: User, pair: MentoringPair) -> None:
    with pytest.raises(Refused, match="причину"):
        pair_end(by=deputy, pair=pair, on=TODAY, why=" ")
    with pytest.raises(Refused, match="раньше начала"):
        pair_finish(by=deputy, pair=pair, on=date(2026, 11, 1))
    pair_finish(by=deputy, pair=pair, on=TODAY)
    with pytest.raises(Refused, match="уже окончена"):
        pair_correct(by=deputy, pair=pair, plan=PLAN)
    pair_resume(by=deputy, pair=pair, why="рано")
    pair.refresh_from_db()
    assert (pair.state, pair.ended_on) == (PairState.ACTIVE, None)
    assert [step.deed for step in pair.steps.all()] == ["added", "start", "finish", "resume"]


def test_a_planned_meeting_without_an_entry_is_on_the_mentors_agenda(
    mentor: Staff, deputy: User, pair: MentoringPair
) -> None:
    meeting_record(by=mentor.user, pair=pair, met=Met(date(2026, 11, 3), minutes=40))
    item = next(item for item in agenda_of(fresh(mentor.user), TODAY) if "наставнической" in item.title)
    assert "нет записи" in item.about and item.due == date(2026, 11, 17)
    assert "Ковтун" not in item.title
    for day in (10, 17):
        meeting_record(by=mentor.user, pair=pair, met=Met(date(2026, 11, day), held=False, text="болел"))
    assert not [item for item in agenda_of(fresh(mentor.user), TODAY) if "наставнической" in item.title]


def test_meetings_are_of_the_pairs_days_once_and_a_miss_says_why(deputy: User, pair: MentoringPair) -> None:
    first = meeting_record(by=deputy, pair=pair, met=Met(date(2026, 11, 3)))
    for met in (Met(date(2026, 11, 3)), Met(date(2026, 11, 1)), Met(date(2026, 11, 22))):
        with pytest.raises(Refused):
            meeting_record(by=deputy, pair=pair, met=met)
    with pytest.raises(Refused, match="не помогла"):
        meeting_record(by=deputy, pair=pair, met=Met(date(2026, 11, 10), held=False))
    meeting_correct(by=deputy, meeting=first, met=Met(date(2026, 11, 4), text="дроби"))
    fact_remove(by=deputy, row=first, why="не та пара")
    with pytest.raises(Refused, match="отозвали"):
        meeting_correct(by=deputy, meeting=first, met=Met(date(2026, 11, 4)))
    meeting_record(by=deputy, pair=pair, met=Met(date(2026, 11, 4)))


def test_an_assessment_of_a_stage_is_corrected_not_doubled(deputy: User, pair: MentoringPair) -> None:
    pair_assess(by=deputy, pair=pair, assessed=Assessed(Stage.MIDDLE, TODAY, Outcome.NONE))
    pair_assess(by=deputy, pair=pair, assessed=Assessed(Stage.MIDDLE, TODAY, Outcome.SOME, "тема закрыта"))
    assert [one.outcome for one in pair.assessments.all()] == [Outcome.SOME]


def test_active_pairs_of_a_day_are_counted_by_form_with_the_list_behind(
    client: Client, deputy: User, pair: MentoringPair, pupil: Pupil, mentor: Staff
) -> None:
    pair_propose(by=deputy, who=PairOf(PairForm.TEACHER, mentor=mentor, pupil=pupil), plan=PLAN)  # only proposed
    client.force_login(deputy)
    figures = client.get(PAGE).context["figures"]
    assert [figure.number for figure in figures] == ["0", "1", "0"]
    for figure in figures:
        assert str(len(client.get(figure.url).context["rows"])) == figure.number
    before = client.get(f"{PAGE}?day=2026-11-01").context["figures"]
    assert [figure.number for figure in before] == ["0", "0", "0"]
    pair_finish(by=deputy, pair=pair, on=TODAY)
    assert [figure.number for figure in client.get(PAGE).context["figures"]] == ["0", "0", "0"]
    assert [figure.number for figure in client.get(f"{PAGE}?day=2026-11-20").context["figures"]] == ["0", "1", "0"]


def test_mentors_are_strong_of_the_same_level_and_not_overloaded(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass, school: School, mentor: Staff
) -> None:
    algebra = make_subject(school, "Алгебра")
    period = seventh.year.periods.get(number=1, system="quarters")
    names = {"7А": ("Сильная Анна", "4"), "8А": ("Старший Пётр", "5"), "6А": ("Младший Олег", "5")}
    names |= {"10А": ("Взрослый Илья", "5"), "9А": ("Слабая Яна", "3")}
    for name, (who, value) in names.items():
        school_class = seventh if name == "7А" else make_class(school, name)
        made = make_pupil(school_class, who)
        PeriodResult.objects.create(
            school=school, year=seventh.year, pupil=made, subject=algebra, period=period, value=value, raw=value
        )
    client.force_login(deputy)
    address = f"{PAGE}find/?form=pp&pupil={pupil.pk}&subject={algebra.pk}"
    assert [one.pupil.last_name for one in client.get(address).context["pupils"]] == ["Сильная", "Старший"]
    busy = Pupil.objects.get(last_name="Старший")
    for number in range(3):
        led = make_pupil(seventh, f"Ведомый{number} Иван")
        plan = PairPlan("x", PLAN.begins, PLAN.ends, Rhythm.FREE, curator=mentor)
        pair_propose(by=deputy, who=PairOf(PairForm.PUPILS, mentor_pupil=busy, pupil=led), plan=plan)
    assert [one.pupil.last_name for one in client.get(address).context["pupils"]] == ["Сильная"]


def test_a_class_teacher_proposes_for_the_own_class_and_the_deputy_starts(
    client: Client, deputy: User, seventh: SchoolClass, pupil: Pupil, mentor: Staff
) -> None:
    teacher = make_staff(seventh.school, "Крылова Анна Павловна", Position.TEACHER, login="klass")
    seventh.class_teacher = teacher
    seventh.save()
    client.force_login(teacher.user)
    stranger = make_pupil(make_class(seventh.school, "8А"), "Чужой Иван")
    address = f"{PAGE}new/?form=tp&mentor={mentor.pk}&led="
    told = {"goals": "дроби", "rhythm": "week", "weekdays": ["2"], "begins": "2026-11-02", "ends": "2026-12-25"}
    assert client.post(f"{address}{stranger.pk}", told).status_code == 404
    assert client.post(f"{address}{pupil.pk}", told | {"goals": ""}).status_code == 422
    assert client.post(f"{address}{pupil.pk}", told).status_code == 302
    made = MentoringPair.objects.get()
    assert made.state == PairState.PROPOSED
    assert client.post(reverse("mentoring:start", args=[made.pk])).status_code == 403
    assert [item.title for item in agenda_of(fresh(deputy), TODAY) if "Предложены" in item.title] == [
        "Предложены: 1\u00a0наставническая пара"
    ]
    client.force_login(deputy)
    assert client.post(reverse("mentoring:start", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.state == PairState.ACTIVE


def test_of_two_who_correct_one_pair_the_second_is_told(client: Client, deputy: User, pair: MentoringPair) -> None:
    client.force_login(deputy)
    address = reverse("mentoring:edit", args=[pair.pk])
    seen = client.get(address).context["seen"]
    pair_correct(by=deputy, pair=pair, plan=PairPlan("иначе", PLAN.begins, PLAN.ends, weekdays=(2,)))
    told = {"goals": "по-своему", "rhythm": "week", "weekdays": ["2"], "begins": "2026-11-02", "ends": "2026-12-25"}
    answer = client.post(address, told | {"seen": seen})
    assert answer.status_code == 422
    assert "иначе" in text_of(answer) and "по-своему" in answer.content.decode()


def test_many_pairs_cost_no_more_queries_than_one(
    client: Client, deputy: User, mentor: Staff, pair: MentoringPair, seventh: SchoolClass
) -> None:
    client.force_login(deputy)
    one = queries(client, PAGE)
    for number in range(12):
        led = make_pupil(seventh, f"Ведомый{number} Иван")
        made = pair_propose(by=deputy, who=PairOf(PairForm.TEACHER, mentor=mentor, pupil=led), plan=PLAN)
        pair_start(by=deputy, pair=made)
    assert queries(client, PAGE) == one <= MOST
