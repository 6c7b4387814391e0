"""Interviews of the administration, and complaints about homework, as those who use them go through the pages."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from risk_registry.models import HomeworkComplaint, Interview
from school.agendas import agenda_of
from school.models import Pupil, SchoolClass, TeachingAssignment, User
from school.roles import Position
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, give_result, judged

pytestmark = pytest.mark.django_db
PAGE = "/registry/interviews/"


@pytest.fixture
def seventh() -> SchoolClass:
    school = make_school()
    made = make_class(school, "7А", teacher=make_staff(school, "Власова Надежда Игоревна", Position.TEACHER))
    algebra = make_staff(school, "Гречко Павел Семёнович", Position.TEACHER)
    TeachingAssignment.objects.create(staff=algebra, subject=make_subject(school, "Алгебра"), school_class=made)
    make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy")
    return made


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    made = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(made, "Алгебра", 2, 2, 2)
    give_result(made, "Алгебра", "2")
    judged(made)
    return made


@pytest.fixture
def as_deputy(client: Client, seventh: SchoolClass) -> Client:
    client.force_login(User.objects.get(username="deputy"))
    return client


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def waiting() -> list[tuple[str, date | None]]:
    items = agenda_of(User.objects.select_related("school", "staff").get(username="deputy"), TODAY)
    return [(item.title.replace("\u00a0", " "), item.due) for item in items if "домашних" in item.title]


def test_talks_with_class_teachers_teachers_and_pupils_and_closing_ones_are_planned_done_and_noted(
    as_deputy: Client, seventh: SchoolClass, pupil: Pupil
) -> None:
    teacher = TeachingAssignment.objects.get().staff_id
    for show, key in (("monthly", seventh.pk), ("closing", teacher), ("pupil", pupil.pk)):
        sent = {"what": "plan", "pick": key, "month": "2026-11-01", "on": TODAY.isoformat()}
        assert as_deputy.post(f"{PAGE}?show={show}", sent).status_code == 302
    running = {"what": "plan", "pick": teacher, "on": TODAY.isoformat()}
    give_marks(pupil, "Алгебра", 2, on=date(2026, 11, 10))
    judged(pupil, 2)
    assert as_deputy.post(f"{PAGE}?show=subject", running).status_code == 302
    for talk in Interview.objects.all():
        assert as_deputy.post(reverse("registry:interview_done", args=[talk.pk])).status_code == 302
        noted = {"on": TODAY.isoformat(), "agreed": f"договорились {talk.kind}"}
        assert as_deputy.post(reverse("registry:interview_write", args=[talk.pk]), noted).status_code == 302
    journal = load_workbook(BytesIO(as_deputy.get(reverse("registry:interviews_export")).content)).worksheets[0]
    rows = {tuple(str(cell) for cell in (row[0], row[1], row[3], row[7])) for row in journal.values if row[3]}
    assert rows >= {
        (
            "Власова Н. И., 7А".replace(" И", "\u00a0И").replace(" Н", "\u00a0Н"),
            "С классным руководителем",
            "проведено",
            "договорились monthly",
        ),
        ("Гречко\u00a0П.\u00a0С.", "С учителем-предметником", "проведено", "договорились subject"),
        ("Гречко\u00a0П.\u00a0С.", "По итогам периода", "проведено", "договорились closing"),
        ("Ковтун Матвей", "С обучающимся", "проведено", "договорились pupil"),
    }


def test_a_talk_with_somebody_whom_no_list_names_is_planned_too(as_deputy: Client, seventh: SchoolClass) -> None:
    calm = make_pupil(seventh, "Белова Ева Артёмовна")
    teacher = make_staff(seventh.school, "Жуков Илья Олегович", Position.TEACHER)
    assert "Белова" not in text_of(as_deputy.get(f"{PAGE}?show=pupil"))
    for show, find, key in (("pupil", "белов", calm.pk), ("closing", "жуко", teacher.pk)):
        address = f"{PAGE}?show={show}&find={find}"
        assert f'value="{key}"' in as_deputy.get(address).content.decode()
        sent = {"what": "plan", "pick": key, "on": TODAY.isoformat()}
        assert as_deputy.post(address, sent).status_code == 302
    assert set(Interview.objects.values_list("pupil", "staff")) == {(calm.pk, None), (None, teacher.pk)}
    assert as_deputy.post(f"{PAGE}?show=pupil", {"what": "plan", "pick": calm.pk, "on": TODAY}).status_code == 404


def test_a_complaint_about_too_much_homework_is_recorded_checked_and_answered(
    as_deputy: Client, seventh: SchoolClass
) -> None:
    sent = {"cls": seventh.pk, "came_on": "2026-11-16", "who": "parent", "channel": "talk", "text": "три часа в день"}
    assert as_deputy.post("/registry/complaints/new/", sent).status_code == 302
    made = HomeworkComplaint.objects.get()
    assert (made.due, waiting()) == (
        date(2026, 12, 16),
        [("Объём домашних заданий: 1 жалоба", date(2026, 12, 16))],
    )
    page = reverse("registry:complaint", args=[made.pk])
    assert "не больше 150 минут в день по всем предметам (СанПиН 1.2.3685-21, табл. 6.6)" in text_of(
        as_deputy.get(page)
    )
    check = {"on": "2026-11-20", "method": "measured", "minutes": "180", "finding": "confirmed", "measure": "меньше"}
    assert as_deputy.post(f"{page}check/", check).status_code == 302
    assert as_deputy.post(f"{page}answer/", {"on": "2026-11-21", "channel": "phone", "to": "мать"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.minutes, made.answered_on, made.answer_to) == ("answered", 180, TODAY, "мать")
    assert waiting() == []
    assert "подтвердилась, 180 мин. в день" in text_of(as_deputy.get("/registry/complaints/"))
