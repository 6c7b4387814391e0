"""Load of the service: the same figures on the page, on paper, in the workbook and in JSON; each leads to its list."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from consultations.models import Appointment, Referral
from consultations.selectors.load import ServiceLoad, service_load
from consultations.services.booking import appointment_cancel, appointment_hold, appointment_miss
from consultations.words import MeetingKind
from documents.registry import ReportQuery
from documents.services.reports import report_render
from risk_registry.selectors.periods import main_period
from risk_registry.services.judging import period_judge
from tests.consultations.making import Service, make_consent, make_service
from tests.counting import queries
from tests.factories import make_pupil
from tests.risk_registry.making import give_marks

ON = date(2026, 11, 24)


@pytest.fixture
def service(db: None) -> Service:
    """Booked on Saturday 21; on Thursday 26 two meetings of Tuesday were held, one missed, one has no record."""
    made = make_service()
    for number, at in enumerate(("13:00", "13:40", "14:20", "15:00")):
        pupil = made.pupil
        if number:
            pupil = make_pupil(made.seventh, f"Белов{number} Илья Ильич")
            make_consent(pupil)
        made.book(at, f"{int(at[:2]) + (at[3:] != '00'):02d}:{(int(at[3:]) + 40) % 60:02d}", pupil)
    last = made.book("13:00", "13:30", on=date(2026, 12, 1))
    made.school.demo_today = date(2026, 11, 26)
    made.school.save()
    first, second, third, _ = Appointment.objects.filter(on=ON)
    for meeting in (first, second):
        came = list(meeting.pupils.values_list("pupil", flat=True))
        appointment_hold(by=made.user, appointment=meeting, version=meeting.version, came=came)
    appointment_miss(by=made.user, appointment=third, version=third.version)
    appointment_cancel(by=made.user, appointment=last, version=last.version, why="needless")
    return made


def load_of(service: Service) -> ServiceLoad:
    return service_load(None, main_period(service.seventh.year, 2))


def test_it_counts_what_became_of_meetings_and_the_days_that_were_waited(service: Service) -> None:
    line = load_of(service).lines[0]

    assert (line.booked, line.held, line.missed, line.cancelled, line.unrecorded, line.ahead) == (5, 2, 1, 1, 1, 0)
    assert line.minutes == {MeetingKind.INDIVIDUAL: 80}
    assert (load_of(service).waiting.median, load_of(service).waiting.count) == (Decimal(3), 2)
    assert load_of(service).referred.median is None


def test_a_referral_waits_for_the_first_held_meeting_with_who_took_it(service: Service) -> None:
    now = service.school.now()
    sent = now.replace(day=19)
    Referral.objects.create(
        school=service.school, year=service.seventh.year, pupil=service.pupil, to_kind="psychologist", knows="yes",
        text="тревожится", by=service.teacher, at=sent, taken_by=service.psychologist, taken_at=now, state="taken",
    )  # fmt: skip

    assert (load_of(service).referred.median, load_of(service).referred.count) == (Decimal(5), 1)


def test_reach_says_whom_it_counts_as_at_risk(service: Service) -> None:
    assert load_of(service).reach.of == 0
    give_marks(service.pupil, "Алгебра", 2, 2, 2, on=date(2026, 11, 10))
    give_marks(service.without, "Алгебра", 2, 2, 2, on=date(2026, 11, 10))
    period_judge(period=main_period(service.seventh.year, 2))

    reach = load_of(service).reach

    assert (reach.met, reach.of) == (1, 2)
    assert reach.basis == "классификация по отметкам: реестр утверждён не весь"


def test_page_pdf_workbook_and_json_tell_the_same(client: Client, service: Service) -> None:
    query = ReportQuery(service.school, 2, user=service.head)
    told = json.loads(report_render(kind="service_load", query=query, format="json").content)
    pdf = report_render(kind="service_load", query=query, format="pdf").content
    book = load_workbook(BytesIO(report_render(kind="service_load", query=query, format="xlsx").content))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    client.force_login(service.head)
    page = client.get(reverse("load:page")).content.decode()

    line = told["lines"][0]
    row = [cell.value for cell in next(rows for rows in book["Нагрузка"].iter_rows() if rows[0].value == line["name"])]
    assert row[1:7] == [5, 2, 1, 1, 1, 0]
    assert [line[key] for key in ("held", "missed", "cancelled", "unrecorded", "ahead")] == row[2:7]
    assert f"{line['name']} 5 2 1 1 1 0".replace("\xa0", " ") in text.replace("\xa0", " ")
    assert row[7] == 1.3 and "1,3" in text and ">1,3<" in page
    assert "3 дн., медиана по 2" in page and "3 дн., медиана по 2" in text
    assert not any(name in page + text + json.dumps(told) for name in ("Ковтун", "Белов"))


def test_days_are_counted_by_the_school_s_clock_and_not_by_that_of_the_server(service: Service) -> None:
    """Booked on the evening of the 20th in Greenwich: in Vladivostok it was the morning of the 21st."""
    evening = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    Appointment.objects.update(booked_at=evening)

    def waited(zone: str) -> Decimal:
        service.school.timezone = zone
        query = ReportQuery(service.school, 2, user=service.head)
        told = json.loads(report_render(kind="service_load", query=query, format="json").content)
        return Decimal(str(told["waiting"]["median"]))

    assert [waited(zone) for zone in ("Europe/Kaliningrad", "Asia/Vladivostok")] == [4, 3]


@pytest.mark.parametrize(
    ("what", "number"), [("", 5), ("held", 2), ("missed", 1), ("cancelled", 1), ("unrecorded", 1), ("ahead", 0)]
)
def test_every_number_leads_to_as_many_meetings(client: Client, service: Service, what: str, number: int) -> None:
    client.force_login(service.head)

    page = client.get(reverse("load:list"), {"what": what, "staff": str(service.psychologist.pk)})

    assert len(page.context["page"].object_list) == number


def test_a_specialist_sees_the_own_figures_and_the_deputy_no_list_by_kind(client: Client, service: Service) -> None:
    client.force_login(service.more.get("social") or service.other.user)
    assert "Моя нагрузка" in (page := client.get(reverse("load:page")).content.decode())
    assert "Пилипенко" not in page.split('id="main"')[1]
    client.force_login(service.deputy)
    assert "Пилипенко" in (page := client.get(reverse("load:page")).content.decode())
    assert "kind=" not in page
    assert client.get(reverse("load:list"), {"what": "held", "kind": "single"}).status_code == 404


def test_the_page_takes_as_many_queries_for_many_meetings_as_for_one(client: Client, service: Service) -> None:
    client.force_login(service.head)
    few = queries(client, reverse("load:page"))
    for number in range(3):
        pupil = make_pupil(service.seventh, f"Дёмин{number} Пётр")
        make_consent(pupil)
        service.book("13:00", "13:30", pupil, on=date(2026, 12, 3 + 5 * (number % 2) + number // 2 * 7))

    assert queries(client, reverse("load:page")) == few
