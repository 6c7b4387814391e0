"""The schedule of psychological help: approved under a number, printed the same for ever, changed in the open."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from common.errors import Refused
from consultations.models import ServiceSchedule
from consultations.reports.schedule import draft_paper, paper_of, to_pdf
from consultations.rules.schedule import ScheduleRow, changed_from
from consultations.services.schedule import Approval, mark_of, schedule_approve
from documents.registry import ReportQuery
from documents.services.reports import report_render
from school.agendas import agenda_of
from tests.consultations.school_service import Service, make_service
from tests.counting import MOST, queries

TODAY = date(2026, 11, 21)
YEAR = (date(2026, 9, 1), date(2027, 8, 31))
ROW = ScheduleRow(1, "Орлова М. И.", "", 2, "14:00", "16:00", "12", "", 40, date(2026, 9, 1), date(2027, 5, 31))


@pytest.fixture
def service(db: None) -> Service:
    return make_service()


def approve(service: Service, **told: object) -> ServiceSchedule:
    year = service.school_class.year
    seen = mark_of(draft_paper(service.school, year, TODAY))
    approval = replace(Approval(date(2026, 11, 20), "У специалиста.", seen), **told)  # type: ignore[arg-type]
    return schedule_approve(by=service.deputy, year=year, approval=approval)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_same_hours_in_other_spans_are_no_change() -> None:
    first = replace(ROW, ends=date(2026, 12, 31))
    second = replace(ROW, begins=date(2027, 1, 1))

    assert changed_from([ROW], [first, second], *YEAR) is None
    assert changed_from([ROW], [first], *YEAR) == date(2027, 1, 5)
    assert changed_from([ROW], [first, replace(second, room="14")], *YEAR) == date(2027, 1, 5)
    assert changed_from([ROW], [], date(2026, 11, 21), YEAR[1]) == date(2026, 11, 24)


def test_an_approved_schedule_prints_the_same_whatever_the_hours_become(service: Service) -> None:
    hours = service.hours()
    schedule = approve(service)
    before = to_pdf(paper_of(schedule))
    hours.room = "40"
    hours.save()

    assert schedule.number == 1
    assert text_of(to_pdf(paper_of(ServiceSchedule.objects.get()))) == text_of(before)
    assert "УТВЕРЖДАЮ Заместитель директора" in text_of(before)
    assert "20 ноября 2026 г." in text_of(before).replace("\xa0", " ")
    assert "14:00–16:00 каб. 12" in text_of(before).replace("\xa0", " ")


def test_changed_hours_say_since_when_and_ask_for_a_new_approval(client: Client, service: Service) -> None:
    service.hours()
    approve(service)
    client.force_login(service.teacher)
    assert "Изменён с" not in client.get(reverse("schedule:page")).content.decode()
    assert not [item for item in agenda_of(service.director, TODAY) if "График" in item.title]
    service.hours(4, begins_on := "10:00", "11:00")

    page = client.get(reverse("schedule:page")).content.decode()

    assert "Изменён с 26 ноября 2026" in page
    assert f"Орлова Мария Ильинична, четверг {begins_on}–11:00" in page
    assert [item.about for item in agenda_of(service.director, TODAY) if "График" in item.title] == ["с 26.11.2026"]
    assert approve(service, on=TODAY).number == 2
    assert "Изменён с" not in client.get(reverse("schedule:page")).content.decode()


def test_hours_that_changed_before_the_eyes_of_who_approves_are_refused(service: Service) -> None:
    service.hours()
    seen = mark_of(draft_paper(service.school, service.school_class.year, TODAY))
    service.hours(3)

    with pytest.raises(Refused, match="часы приёма изменились"):
        approve(service, seen=seen)
    approve(service)
    with pytest.raises(Refused, match="уже утверждён"):
        approve(service)
    with pytest.raises(Refused, match="не может быть раньше"):
        approve(service, on=date(2026, 11, 1))


def test_page_pdf_workbook_and_json_show_the_same_hours(client: Client, service: Service) -> None:
    service.hours(kind="single")
    service.hours(4, "9:00".zfill(5), "10:00", kind="staff")
    approve(service)
    query = ReportQuery(service.school, 2)
    kind = "consultation_schedule"

    told = json.loads(report_render(kind=kind, query=query, format="json").content)
    book = load_workbook(BytesIO(report_render(kind=kind, query=query, format="xlsx").content))
    text = text_of(report_render(kind=kind, query=query, format="pdf").content)
    sheet = text_of(report_render(kind="consultation_schedule_parents", query=query, format="pdf").content)
    client.force_login(service.teacher)
    page = client.get(reverse("schedule:page")).content.decode()

    assert told["state"] == "approved" and told["number"] == 1
    times = [f"{row['time_from']}–{row['time_to']}" for row in told["rows"]]
    assert times == ["14:00–16:00", "09:00–10:00"]
    assert all(time in text and time in page for time in times)
    cells = {str(cell.value) for row in book["График"].iter_rows() for cell in row}
    assert {"Орлова Мария Ильинична", "вторник", "14:00", "четверг", "С педагогом"} <= cells
    assert "14:00–16:00" in sheet and "09:00–10:00" not in sheet, "hours for colleagues are not the parents'"
    assert "У специалиста." in sheet


def test_without_an_approval_the_paper_is_a_draft(service: Service) -> None:
    service.hours()
    approve(service)

    first = report_render(kind="consultation_schedule", query=ReportQuery(service.school, 1), format="json")
    told = json.loads(first.content)

    assert told["state"] == "draft", "in the first quarter nothing was approved yet"
    assert "проект" in first.name


def test_the_page_takes_as_many_queries_for_many_specialists_as_for_one(client: Client, service: Service) -> None:
    service.hours()
    approve(service)
    client.force_login(service.teacher)
    few = queries(client, reverse("schedule:page"))
    for weekday in (1, 3, 4, 5):
        service.hours(weekday)
        service.hours(weekday, specialist=service.head.staff)

    assert queries(client, reverse("schedule:page")) == few <= MOST
