"""The administration's interviews: planned many at once, held, noted, taken back; expected, never demanded."""

import re
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from documents.models import Job
from risk_registry import interview_card
from risk_registry.categories import SignalState
from risk_registry.interviews import InterviewKind, InterviewState
from risk_registry.models import Deed, Interview, Signal
from risk_registry.services.interviews import (
    Partner,
    Told,
    interview_cancel,
    interview_correct,
    interview_hold,
    interview_move,
    interview_reopen,
    interviews_hold,
    interviews_plan,
)
from school.agendas import agenda_of
from school.models import AcademicYear, Pupil, School, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.counting import MOST, counts_of, seat_slipping
from tests.factories import TODAY, make_class, make_pupil, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
PAGE = "/registry/interviews/"
NOVEMBER = date(2026, 11, 1)
LATER = date(2026, 11, 25)


@pytest.fixture
def teacher(seventh: SchoolClass) -> User:
    """Leads 7А."""
    staff = make_staff(seventh.school, "Власова Надежда Игоревна", Position.TEACHER, login="klass")
    seventh.class_teacher = staff
    seventh.save()
    return User.objects.get(staff=staff)


@pytest.fixture
def year(seventh: SchoolClass) -> AcademicYear:
    return seventh.year


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    """Fails the first quarter's algebra, with a signal."""
    made = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(made, "Алгебра", 2, 2, 2)
    give_result(made, "Алгебра", "2")
    judged(made)
    return made


@pytest.fixture
def monthly(teacher: User, seventh: SchoolClass) -> Partner:
    return Partner(InterviewKind.MONTHLY, staff=teacher.staff, school_class=seventh, month=NOVEMBER)


@pytest.fixture
def talk(deputy: User, year: AcademicYear, monthly: Partner) -> Interview:
    interviews_plan(by=deputy, year=year, partners=[monthly], on=LATER)
    return Interview.objects.get()


def with_pupil(deputy: User, pupil: Pupil) -> Interview:
    partner = Partner(InterviewKind.PUPIL, pupil=pupil, period=period_of(pupil.school))
    interviews_plan(by=deputy, year=pupil.school.years.get(), partners=[partner], on=LATER)
    return Interview.objects.get()


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def titles(user: User) -> list[str]:
    fresh = User.objects.select_related("school", "staff").get(pk=user.pk)
    return [item.title.replace("\u00a0", " ") for item in agenda_of(fresh, TODAY)]


def test_many_are_planned_at_once_and_who_has_one_is_left_alone(
    as_deputy: Client, teacher: User, talk: Interview, school: School
) -> None:
    other = make_class(school, "8А", teacher=make_staff(school, "Крутова Валентина", Position.TEACHER))
    sent = {"what": "plan", "month": "2026-11-01", "on": "2026-11-26"}
    picks = [talk.school_class_id, other.pk]
    assert as_deputy.post(PAGE, {**sent, "pick": picks}).status_code == 302
    assert list(Interview.objects.values_list("school_class", "planned_on").order_by("pk")) == [
        (talk.school_class_id, LATER),
        (other.pk, date(2026, 11, 26)),
    ]


def test_the_table_says_held_planned_or_no_record_and_never_not_done(
    as_deputy: Client, talk: Interview, deputy: User, year: AcademicYear, monthly: Partner
) -> None:
    october = Partner(InterviewKind.MONTHLY, monthly.staff, None, monthly.school_class, date(2026, 10, 1))
    interviews_hold(by=deputy, year=year, partners=[october], on=date(2026, 10, 12))
    text = text_of(as_deputy.get(PAGE)).replace("\u00a0", " ")
    assert "нет записи проведено 12 октября запланировано на 25 ноября" in text
    assert "не выполнено" not in text and "не проведено" not in text
    # November has a record: of those without one none is left.
    assert "Без записи никого не осталось" in text_of(as_deputy.get(PAGE + "?left=1"))


def test_held_needs_no_plan_and_no_words(as_deputy: Client, teacher: User, seventh: SchoolClass) -> None:
    sent = {"what": "held", "month": "2026-10-01", "on": "2026-10-12", "pick": seventh.pk}
    assert as_deputy.post(PAGE, sent).status_code == 302
    made = Interview.objects.get()
    assert (made.state, made.held_on, made.month) == (InterviewState.HELD, date(2026, 10, 12), date(2026, 10, 1))
    assert [step.to_state for step in made.steps.all()] == ["planned", "held"]
    assert as_deputy.post(PAGE, sent).status_code == 302
    assert Interview.objects.count() == 1


def test_a_planned_one_is_marked_as_held_by_one_button(as_deputy: Client, talk: Interview) -> None:
    page = as_deputy.get(PAGE + "?show=planned")
    assert reverse("registry:interview_done", args=[talk.pk]) in page.content.decode()
    assert as_deputy.post(reverse("registry:interview_done", args=[talk.pk])).status_code == 302
    talk.refresh_from_db()
    assert (talk.state, talk.held_on) == (InterviewState.HELD, TODAY)


def test_it_tells_what_is_missing_and_takes_no_class_that_is_not_listed(
    as_deputy: Client, teacher: User, seventh: SchoolClass, school: School
) -> None:
    sent = {"what": "plan", "month": "2026-11-01", "on": "2026-11-26"}
    assert "Отметьте в списке" in text_of(as_deputy.post(PAGE, sent))
    assert as_deputy.post(PAGE, {**sent, "month": "2026-07-01", "pick": seventh.pk}).status_code == 422
    assert as_deputy.post(PAGE, {**sent, "on": "2026-11-20", "pick": seventh.pk}).status_code == 422
    without_teacher = make_class(school, "9А")
    assert as_deputy.post(PAGE, {**sent, "pick": without_teacher.pk}).status_code == 404
    assert as_deputy.post(PAGE, {**sent, "pick": "1' or 1=1"}).status_code == 404
    assert as_deputy.post(PAGE + "?show=journal", {**sent, "pick": seventh.pk}).status_code == 404
    assert not Interview.objects.exists()


def test_days_to_come_and_of_other_years_are_refused(deputy: User, year: AcademicYear, monthly: Partner) -> None:
    for day in (date(2026, 11, 22), date(2026, 8, 31)):
        with pytest.raises(Refused):
            interviews_hold(by=deputy, year=year, partners=[monthly], on=day)
    for day in (date(2026, 11, 20), date(2027, 9, 1)):
        with pytest.raises(Refused):
            interviews_plan(by=deputy, year=year, partners=[monthly], on=day)
    assert not Interview.objects.exists()


def test_what_was_written_is_corrected_and_taken_back_with_a_reason(
    deputy: User, talk: Interview, pupil: Pupil
) -> None:
    interview_hold(by=deputy, interview=talk, told=Told(TODAY, "о классе", "консультации", LATER, [pupil]))
    interview_correct(by=deputy, interview=talk, told=Told(date(2026, 11, 20), agreed="консультации по средам"))
    talk.refresh_from_db()
    assert (talk.held_on, talk.about, talk.agreed) == (date(2026, 11, 20), "", "консультации по средам")
    assert not talk.pupils.exists()
    with pytest.raises(Refused, match="причину"):
        interview_reopen(by=deputy, interview=talk)
    interview_reopen(by=deputy, interview=talk, why="не тот класс")
    interview_move(by=deputy, interview=talk, on=date(2026, 11, 27))
    interview_cancel(by=deputy, interview=talk, why="болезнь")
    with pytest.raises(Refused):
        interview_hold(by=deputy, interview=talk, told=Told(TODAY))
    interview_reopen(by=deputy, interview=talk)
    assert [step.words for step in talk.steps.all()] == [
        "запланировано", "проведено", "снова запланировано", "отменено", "снова запланировано",
    ]  # fmt: skip


def test_a_held_talk_with_a_pupil_answers_the_chosen_signal_and_stands_in_the_story_without_the_note(
    as_deputy: Client, deputy: User, pupil: Pupil
) -> None:
    talk, signal = with_pupil(deputy, pupil), Signal.objects.get(pupil=pupil)
    told = {"on": "2026-11-20", "about": "дома плохо спит", "agreed": "дополнительные занятия", "signals": signal.pk}
    assert as_deputy.post(reverse("registry:interview_write", args=[talk.pk]), told).status_code == 302
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED
    story = text_of(as_deputy.get(reverse("desk:pupil", args=[pupil.pk])))
    assert "собеседование с администрацией. дополнительные занятия" in story
    assert "плохо спит" not in story
    interview_correct(by=deputy, interview=talk, told=Told(date(2026, 11, 19), agreed="занятия"))
    assert Deed.objects.get().text == "собеседование с администрацией. занятия"
    interview_reopen(by=deputy, interview=talk, why="не тот ученик")
    signal.refresh_from_db()
    assert (signal.state, Deed.objects.count()) == (SignalState.OPEN, 0)
    interview_hold(by=deputy, interview=talk, told=Told(TODAY), signals=[signal])
    signal.refresh_from_db()
    assert signal.state == SignalState.ACTED


def test_the_other_side_sees_the_own_day_and_what_was_agreed_and_never_the_note(
    client: Client, deputy: User, teacher: User, talk: Interview, pupil: Pupil
) -> None:
    assert titles(teacher).count("Собеседование с администрацией") == 1
    client.force_login(teacher)
    page = reverse("registry:interview", args=[talk.pk])
    assert "запланировано на 25 ноября" in text_of(client.get(page)).replace("\u00a0", " ")
    interview_hold(by=deputy, interview=talk, told=Told(TODAY, "справляется с трудом", "помощь психолога"))
    text = text_of(client.get(page))
    assert "помощь психолога" in text and "Ковтун" in text
    assert "справляется с трудом" not in text and "Вернуть" not in text
    assert "Собеседование с администрацией" not in titles(teacher)


def test_the_deputy_is_told_with_whom_nothing_is_recorded_and_each_number_is_that_of_its_list(
    as_deputy: Client, deputy: User, teacher: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    algebra = make_staff(seventh.school, "Гречко Павел Семёнович", Position.TEACHER)
    subject = make_subject(seventh.school, "Алгебра")
    TeachingAssignment.objects.create(staff=algebra, subject=subject, school_class=seventh)
    fresh = User.objects.select_related("school", "staff").get(pk=deputy.pk)
    items = [item for item in agenda_of(fresh, TODAY) if item.title.startswith("Собеседования")]
    assert [item.title.replace("\u00a0", " ") for item in items] == [
        "Собеседования с классными руководителями за ноябрь: 1 класс",
        "Собеседования с обучающимися за 1-ю четверть: 1 обучающийся",
        "Собеседования с учителями за 1-ю четверть: 1 учитель",
    ]
    for item in items:
        assert as_deputy.get(item.url).content.decode().count('class="o-fold-name"') == 1
    for item, key in zip(items, (seventh.pk, pupil.pk, algebra.pk), strict=True):
        sent = {"what": "held", "pick": key, "on": TODAY.isoformat(), "month": "2026-11-01"}
        assert as_deputy.post(item.url, sent).status_code == 302
    assert not any("Собеседования" in title for title in titles(deputy))


def test_the_prepared_page_holds_the_registry_and_the_signals_of_those_it_is_about(
    as_deputy: Client, deputy: User, talk: Interview, pupil: Pupil, school: School
) -> None:
    elsewhere = make_pupil(make_class(school, "8А"), "Рябов Денис Игоревич")
    give_marks(elsewhere, "Алгебра", 2, 2, 2)
    judged(elsewhere)
    summary = as_deputy.get(reverse("registry:interview", args=[talk.pk])).context["summary"]
    assert [row.entry.pupil for row in summary.entries] == [pupil]
    assert [row.signal.pupil for row in summary.signals] == [pupil]
    assert summary.words.replace("\u00a0", " ") == "1 ученик в реестре, 1 открытый сигнал"
    assert interview_card.card_pdf(deputy, talk).startswith(b"%PDF")


def test_the_page_is_printed_for_the_administration_only(
    as_deputy: Client, deputy: User, teacher: User, talk: Interview
) -> None:
    assert as_deputy.post(reverse("registry:interview_print", args=[talk.pk])).status_code == 302
    params = Job.objects.get().params
    assert interview_card.may_have(deputy, params)
    assert not interview_card.may_have(teacher, params)


def test_of_two_who_write_about_one_talk_the_second_is_told_and_keeps_the_text(
    as_deputy: Client, deputy: User, talk: Interview
) -> None:
    address = reverse("registry:interview_write", args=[talk.pk])
    seen = as_deputy.get(address).context["seen"]
    interview_hold(by=deputy, interview=talk, told=Told(TODAY, agreed="первое"))
    answer = as_deputy.post(address, {"seen": seen, "on": TODAY.isoformat(), "agreed": "второе"})
    assert answer.status_code == 422
    assert "первое" in text_of(answer) and "второе" in answer.content.decode()
    talk.refresh_from_db()
    assert talk.agreed == "первое"


def test_notes_are_no_formulas_and_no_markup(as_deputy: Client, deputy: User, talk: Interview) -> None:
    interview_hold(by=deputy, interview=talk, told=Told(TODAY, "<script>alert(1)</script>", "=1+1"))
    page = as_deputy.get(reverse("registry:interview", args=[talk.pk])).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert as_deputy.get(reverse("registry:interviews_export")).content[:2] == b"PK"


def test_a_school_without_a_year_or_teachers_is_told_what_this_is_for(as_deputy: Client, school: School) -> None:
    assert "Назначьте классных руководителей" in text_of(as_deputy.get(PAGE))
    assert "Говорить не о ком" in text_of(as_deputy.get(PAGE + "?show=pupil"))
    for show in ("planned", "journal", "nonsense"):
        assert as_deputy.get(f"{PAGE}?show={show}&period=x").status_code == 200
    school.years.all().delete()
    assert "Учебного года ещё нет" in text_of(as_deputy.get(PAGE))


def test_it_asks_the_same_few_queries_whatever_the_number_of_pupils(
    as_deputy: Client, seventh: SchoolClass, teacher: User
) -> None:
    shown = [f"{PAGE}?show={show}" for show in ("monthly", "pupil")]
    found = counts_of(partial(seat_slipping, seventh), as_deputy, shown)
    assert all(one == many == most <= MOST for one, many, most in found.values()), found
