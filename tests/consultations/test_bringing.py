"""A pupil's meetings are brought to the parents and the class teacher: who was told, how, what they answered."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from common.errors import Refused
from consultations.models import Appointment, LessonVisit, MeetingNotice, NoticeAnswer
from consultations.services.booking import appointment_move
from consultations.services.bringing import Told, answer_record, notice_make
from documents.registry import ReportQuery
from documents.services.reports import report_render
from school.agendas import agenda_of
from school.models import User
from tests.consultations.making import TUESDAY, Service, make_consent, make_service
from tests.counting import MOST, queries
from tests.factories import make_pupil

SATURDAY = date(2026, 11, 21)
LATER = date(2026, 11, 26)


@pytest.fixture
def service(db: None) -> Service:
    return make_service()


@pytest.fixture
def meeting(service: Service) -> Appointment:
    return service.book()


def brought(service: Service) -> MeetingNotice:
    return notice_make(by=service.user, pupil=service.pupil, begins=SATURDAY, ends=date(2027, 1, 20))


def titles(user: User, day: date = SATURDAY) -> list[str]:
    return [item.title for item in agenda_of(User.objects.get(pk=user.pk), day) if "график" in item.title]


def page_of(client: Client, service: Service) -> str:
    return client.get(reverse("bringing:page", args=[service.pupil.pk])).content.decode()


def test_the_sheet_names_everybody_who_is_to_know_and_not_what_the_meeting_is_for(
    service: Service, meeting: Appointment
) -> None:
    notice = brought(service)

    assert {row.guardian_id or row.staff_id for row in notice.answers.all()} == {
        service.pupil.guardians.get().pk,
        service.teacher.staff_id,
    }
    sheet = report_render(
        kind="meeting_sheet", query=ReportQuery(service.school, 0, extra={"notice": notice.pk}), format="pdf"
    )
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(sheet.content)).pages).split())
    assert "24.11.2026, вторник 14:00–14:40" in text
    assert "Ковтуна Матвея Андреевича" in text.replace("\xa0", " ") and "ознакомлен(а)" in text
    assert "ндивидуальн" not in text


def test_the_class_teacher_answers_by_one_click_and_the_agenda_is_quiet_again(
    client: Client, service: Service, meeting: Appointment
) -> None:
    own = brought(service).answers.get(staff__isnull=False)
    assert titles(service.teacher) == ["Прочитать график встреч ученика со специалистами"]
    client.force_login(service.teacher)
    assert "Ознакомлен(а)" in page_of(client, service)

    client.post(reverse("bringing:known", args=[own.pk]))

    own.refresh_from_db()
    assert (own.answer, own.way, own.told_on, own.by) == ("known", "person", SATURDAY, service.teacher)
    assert titles(service.teacher) == []
    client.force_login(service.head)
    assert client.post(reverse("bringing:known", args=[own.pk])).status_code == 403


def test_meetings_that_nobody_was_told_of_and_sheets_without_an_answer_come_back(
    service: Service, meeting: Appointment
) -> None:
    bring, silent = (
        "Довести графики встреч до родителей и классных руководителей",
        "Нет ответа об ознакомлении с графиками встреч",
    )
    assert titles(service.user) == [bring]
    notice = brought(service)
    assert titles(service.user) == [] and titles(service.user, date(2026, 11, 24)) == []
    service.school.demo_today = LATER
    service.school.save()
    later = service.book("13:00", "13:40", on=date(2026, 12, 1))
    MeetingNotice.objects.filter(pk=notice.pk).update(content=brought(service).content)
    MeetingNotice.objects.exclude(pk=notice.pk).delete()

    assert titles(service.user, LATER) == [silent]
    told = Told("phone", LATER, "declined", "мать против")
    for row in notice.answers.all():
        answer_record(by=service.user, answer=row, told=told)
    assert titles(service.user, LATER) == []

    appointment_move(
        by=service.user,
        appointment=later,
        version=0,
        on=date(2026, 12, 3),
        time_from=later.time_from,
        time_to=later.time_to,
    )
    assert titles(service.user, LATER) == [bring], "the meeting is at another time than they were told"


def test_an_older_sheet_a_day_to_come_and_an_empty_sheet_are_refused(service: Service, meeting: Appointment) -> None:
    old = brought(service).answers.first()
    assert old is not None
    newest = brought(service).answers.first()
    assert newest is not None

    with pytest.raises(Refused, match="новый график"):
        answer_record(by=service.user, answer=old, told=Told("paper", SATURDAY, "known"))
    with pytest.raises(Refused, match="ещё не наступил"):
        answer_record(by=service.user, answer=newest, told=Told("paper", TUESDAY, "known"))
    with pytest.raises(Refused, match="не запланировано"):
        notice_make(by=service.user, pupil=service.without, begins=SATURDAY, ends=TUESDAY)
    assert not NoticeAnswer.objects.exclude(told_on=None).exists()


def test_a_parents_visit_to_a_lesson_is_noted_by_the_class_teacher(client: Client, service: Service) -> None:
    client.force_login(service.teacher)
    mother = service.pupil.guardians.get()
    told = {"guardian": mother.pk, "on": "2026-11-20", "lesson": "алгебра, 3-й урок", "remark": "слышно плохо"}

    answer = client.post(reverse("bringing:visit", args=[service.pupil.pk]), told)

    assert answer.status_code == 302
    assert LessonVisit.objects.get().guardian == mother
    assert "алгебра, 3-й урок" in page_of(client, service)


def test_the_list_takes_as_many_queries_for_many_pupils_as_for_one(client: Client, service: Service) -> None:
    service.book()
    brought(service)
    client.force_login(service.user)
    few = queries(client, reverse("bringing:list"))
    for at, to in (("13:00", "13:20"), ("13:20", "13:40"), ("13:40", "14:00")):
        pupil = make_pupil(service.seventh, f"Белов{at[:2]}{at[3:]} Илья")
        make_consent(pupil)
        service.book(at, to, pupil)

    assert queries(client, reverse("bringing:list")) == few <= MOST
