"""The sentences about background work, files, numbers, letters, documents and Russian words."""

import time
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from common.names import Case, declined, initials
from common.russian import counted, date_long
from documents.models import Job, JobState, MailState, OutboxMail, StoredFile
from documents.registry import ReportQuery
from documents.rendering.charts import Bar, stacked_bars
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Sheet, render_xlsx
from documents.services import files_purge, mail_put, number_next, report_job_request
from documents.services.reports import report_render
from risk_registry.services.classification import period_classify
from school.models import User
from tests.factories import make_school
from tests.permissions.world import World, make_world
from tests.risk_registry.making import give_marks, period_of


def _world() -> World:
    """One of each role, and a pupil at risk."""
    world = make_world()
    give_marks(world.pupil, "Алгебра", 2, 2, 3)
    period_classify(period=period_of(world.school))
    return world


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _wait_for_the_end(job: Job) -> None:
    end = time.monotonic() + 120
    while not job.is_finished:
        assert time.monotonic() < end, "the worker did not end the job"
        time.sleep(0.2)
        job.refresh_from_db()


def test_a_report_made_by_the_worker_is_shown_downloaded_by_its_asker_alone_and_expires(celery_worker: None) -> None:
    world = _world()
    school, deputy = world.school, world.users["dep"]
    job = report_job_request(by=deputy, school=school, kind="quarterly", period=1, format="pdf", key="order")
    again = report_job_request(by=deputy, school=school, kind="quarterly", period=1, format="pdf", key="order")
    assert again == job

    _wait_for_the_end(job)

    assert (job.state, job.progress, job.error) == (JobState.DONE, 100, "")
    assert job.result is not None
    address = reverse("documents:file", args=[job.result.pk])
    page = _client(deputy)
    assert address in page.get(reverse("documents:job", args=[job.pk])).content.decode()
    downloaded = page.get(address)
    content = b"".join(downloaded.streaming_content)  # type: ignore[attr-defined]
    assert "Аналитический отчёт" in PdfReader(BytesIO(content)).pages[0].extract_text()

    for user in User.objects.exclude(pk=deputy.pk):
        assert _client(user).get(address).status_code == 404
    StoredFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert page.get(address).status_code == 404
    files_purge()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_numbers_of_documents_have_no_gaps() -> None:
    school = make_school()
    assert [number_next(school=school, kind="report", year=2026) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_letters_are_put_with_the_deed_and_sent_afterwards() -> None:
    mail_put(school=None, to="ermolaeva@example.org", subject="Новое в Опоре", body="Откройте рабочий стол.")
    assert OutboxMail.objects.get().state == MailState.QUEUED


def test_a_chart_is_the_same_on_the_page_and_in_the_pdf() -> None:
    chart = stacked_bars([Bar("7А", (3, 4, 2)), Bar("7Б", (1, 0, 5))])
    page = engines["django"].from_string("<figure>{{ chart }}</figure>").render({"chart": chart})
    assert str(chart) in page
    text = PdfReader(BytesIO(render_pdf(page))).pages[0].extract_text()
    assert {"7А", "7Б", "неуспевающие"} <= set(text.split())


@pytest.mark.django_db
def test_page_pdf_and_workbook_come_of_one_report() -> None:
    query = ReportQuery(_world().school, 1)
    made = {kind: report_render(kind="quarterly", query=query, format=kind) for kind in ("pdf", "xlsx", "json")}
    assert made["pdf"].content.startswith(b"%PDF")
    assert openpyxl.load_workbook(BytesIO(made["xlsx"].content)).sheetnames
    assert made["json"].content.startswith(b"{")


def test_a_workbook_holds_no_formulas_from_text() -> None:
    made = render_xlsx([Sheet("Реестр", ("Имя",), [["=HYPERLINK(1)"]])])
    assert openpyxl.load_workbook(BytesIO(made)).worksheets[0]["A2"].data_type == "s"


def test_words_around_numbers_days_and_names_are_russian() -> None:
    assert counted(5, "ученик", "ученика", "учеников") == "5\u00a0учеников"
    assert date_long(date(2026, 11, 21)) == "21\u00a0ноября 2026\u00a0г."
    assert initials("Ковтун", "Матвей", "Андреевич") == "Ковтун\u00a0М.\u00a0А."
    assert declined(Case.DATIVE, "Ковтун", "Матвей", "Андреевич") == "Ковтуну Матвею Андреевичу"
