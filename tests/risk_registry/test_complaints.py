"""Complaints about too much homework: recorded by class teachers, checked by the norm, answered by the deputy."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from risk_registry.interviews import Channel, CheckMethod, Complainant, ComplaintState, Finding
from risk_registry.models import HomeworkComplaint
from risk_registry.services.complaints import (
    Checked,
    ComplaintDraft,
    complaint_answer,
    complaint_check,
    complaint_correct,
    complaint_record,
    complaint_reopen,
    complaint_withdraw,
)
from school.agendas import agenda_of
from school.models import School, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, queries
from tests.factories import TODAY, make_class, make_staff, make_subject

pytestmark = pytest.mark.django_db
PAGE = "/registry/complaints/"
CAME = date(2026, 11, 16)


@pytest.fixture
def draft(seventh: SchoolClass) -> ComplaintDraft:
    subjects = [make_subject(seventh.school, "Алгебра")]
    return ComplaintDraft(seventh, CAME, Complainant.PARENT, Channel.TALK, "три часа в день", "Ковтун А.", subjects)


@pytest.fixture
def complaint(deputy: User, draft: ComplaintDraft) -> HomeworkComplaint:
    return complaint_record(by=deputy, draft=draft)


@pytest.fixture
def teacher(seventh: SchoolClass) -> User:
    staff = make_staff(seventh.school, "Власова Надежда Игоревна", Position.TEACHER, login="klass")
    seventh.class_teacher = staff
    seventh.save()
    return User.objects.get(staff=staff)


def found(on: date = TODAY) -> Checked:
    return Checked(on, CheckMethod.MEASURED, Finding.CONFIRMED, 180, "дни контрольных согласованы")


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def waiting(user: User) -> list[tuple[str, date | None]]:
    fresh = User.objects.select_related("school", "staff").get(pk=user.pk)
    items = agenda_of(fresh, TODAY)
    return [(item.title.replace("\u00a0", " "), item.due) for item in items if "домашних" in item.title]


def test_without_a_signature_no_name_is_kept_and_the_check_ends_it(
    as_deputy: Client, deputy: User, draft: ComplaintDraft
) -> None:
    unsigned = ComplaintDraft(
        draft.school_class, CAME, Complainant.UNKNOWN, Channel.LETTER, "задают на каникулы", "Иванова"
    )
    made = complaint_record(by=deputy, draft=unsigned)
    assert made.name == ""
    assert waiting(deputy) != []
    complaint_check(by=deputy, complaint=made, checked=found())
    assert waiting(deputy) == []
    assert "отвечать некому" in text_of(as_deputy.get(reverse("registry:complaint", args=[made.pk])))
    assert "Ничего не нашлось" in text_of(as_deputy.get(f"{PAGE}?kind=waits"))


def test_the_term_is_the_schools_and_a_late_answer_is_said(
    as_deputy: Client, deputy: User, draft: ComplaintDraft, school: School
) -> None:
    school.settings.homework_answer_days = 3
    school.settings.save()
    made = complaint_record(by=deputy, draft=draft)
    assert made.due == date(2026, 11, 19)
    assert "ответить было до 19.11" in text_of(as_deputy.get(PAGE))


def test_mistakes_are_corrected_and_each_step_goes_back_with_a_reason(
    deputy: User, complaint: HomeworkComplaint, draft: ComplaintDraft
) -> None:
    complaint_check(by=deputy, complaint=complaint, checked=found())
    complaint_check(by=deputy, complaint=complaint, checked=Checked(TODAY, CheckMethod.JOURNAL, Finding.UNFOUNDED))
    complaint_answer(by=deputy, complaint=complaint, on=TODAY, channel=Channel.TALK, to="")
    with pytest.raises(Refused, match="причину"):
        complaint_reopen(by=deputy, complaint=complaint, why=" ")
    complaint_reopen(by=deputy, complaint=complaint, why="ответ другой")
    complaint_reopen(by=deputy, complaint=complaint, why="проверка другая")
    complaint_withdraw(by=deputy, complaint=complaint, why="записана дважды")
    with pytest.raises(Refused, match="отозвана"):
        complaint_correct(by=deputy, complaint=complaint, draft=draft)
    complaint_reopen(by=deputy, complaint=complaint, why="не дважды")
    complaint.refresh_from_db()
    assert (complaint.state, complaint.finding, complaint.checked_on) == (ComplaintState.RECORDED, "", None)
    assert [step.words for step in complaint.steps.all()] == [
        "записана", "проверена", "дан ответ", "снова проверена", "снова записана", "отозвана", "снова записана",
    ]  # fmt: skip


def test_days_out_of_order_are_refused(deputy: User, complaint: HomeworkComplaint, draft: ComplaintDraft) -> None:
    for day in (date(2026, 11, 15), date(2026, 11, 22)):
        with pytest.raises(Refused):
            complaint_check(by=deputy, complaint=complaint, checked=found(day))
    with pytest.raises(Refused, match="Сначала запишите"):
        complaint_answer(by=deputy, complaint=complaint, on=TODAY, channel=Channel.TALK, to="")
    complaint_check(by=deputy, complaint=complaint, checked=found(date(2026, 11, 20)))
    with pytest.raises(Refused, match="раньше проверки"):
        complaint_answer(by=deputy, complaint=complaint, on=date(2026, 11, 19), channel=Channel.TALK, to="")
    later = ComplaintDraft(draft.school_class, TODAY, draft.who, draft.channel, draft.text)
    with pytest.raises(Refused, match="раньше самой жалобы"):
        complaint_correct(by=deputy, complaint=complaint, draft=later)


def test_a_class_teacher_records_and_sees_those_of_the_own_class(
    client: Client, deputy: User, teacher: User, complaint: HomeworkComplaint, school: School
) -> None:
    other = make_class(school, "8А")
    told = ComplaintDraft(other, CAME, Complainant.PUPIL, Channel.TALK, "в восьмом много задают")
    elsewhere = complaint_record(by=deputy, draft=told)
    client.force_login(teacher)
    text = text_of(client.get(PAGE))
    assert "три часа в день" in text and "в восьмом" not in text
    assert client.get(reverse("registry:complaint", args=[elsewhere.pk])).status_code == 404
    sent = {"cls": other.pk, "came_on": "2026-11-20", "who": "unknown", "channel": "talk", "text": "много"}
    assert client.post(f"{PAGE}new/", sent).status_code == 422
    assert client.post(f"{PAGE}new/", {**sent, "cls": complaint.school_class_id}).status_code == 302
    own = HomeworkComplaint.objects.get(text="много")
    assert client.get(reverse("registry:complaint_edit", args=[own.pk])).status_code == 200
    complaint_check(by=deputy, complaint=own, checked=found())
    assert client.get(reverse("registry:complaint_edit", args=[own.pk])).status_code == 403


def test_of_two_who_correct_one_complaint_the_second_is_told_and_keeps_the_text(
    as_deputy: Client, deputy: User, complaint: HomeworkComplaint, draft: ComplaintDraft
) -> None:
    address = reverse("registry:complaint_edit", args=[complaint.pk])
    seen = as_deputy.get(address).context["seen"]
    changed = ComplaintDraft(draft.school_class, CAME, Complainant.PARENT, Channel.TALK, "четыре часа")
    complaint_correct(by=deputy, complaint=complaint, draft=changed)
    sent = {"cls": complaint.school_class_id, "came_on": "2026-11-16", "who": "parent", "channel": "talk"}
    answer = as_deputy.post(address, {**sent, "seen": seen, "text": "пять часов"})
    assert answer.status_code == 422
    assert "четыре часа" in text_of(answer) and "пять часов" in answer.content.decode()
    complaint.refresh_from_db()
    assert complaint.text == "четыре часа"


def test_hostile_words_stay_words(as_deputy: Client, deputy: User, draft: ComplaintDraft) -> None:
    told = ComplaintDraft(draft.school_class, CAME, Complainant.PARENT, Channel.TALK, "=cmd <b>x</b>")
    made = complaint_record(by=deputy, draft=told)
    page = as_deputy.get(reverse("registry:complaint", args=[made.pk])).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page and "<b>x</b>" not in page
    assert as_deputy.get(f"{PAGE}export/?cls=abc").content[:2] == b"PK"
    bad = {"cls": "7; drop", "came_on": "x", "who": "boss", "channel": "owl", "text": "\0"}
    assert as_deputy.post(f"{PAGE}new/", bad).status_code == 422


def test_many_complaints_cost_no_more_queries_than_one(
    as_deputy: Client, deputy: User, complaint: HomeworkComplaint, draft: ComplaintDraft
) -> None:
    one = queries(as_deputy, PAGE)
    for _ in range(30):
        complaint_record(by=deputy, draft=draft)
    assert queries(as_deputy, PAGE) == one <= MOST


def test_an_empty_list_says_what_it_is_for(as_deputy: Client, school: School) -> None:
    assert "подпись не обязательна" in text_of(as_deputy.get(PAGE))
    school.years.all().delete()
    assert "Учебного года ещё нет" in text_of(as_deputy.get(PAGE))
