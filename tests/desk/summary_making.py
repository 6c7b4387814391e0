"""What tests of the summary read: the page, the value, the paper."""

from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desk.reports.shapes import Summary
from desk.summary_paper import summary_of, summary_request
from documents.models import Job
from documents.services.running import job_run
from school.models import School, User
from tests.desk.desk_of import text_of


def shown(client: Client) -> str:
    return text_of(client.get(reverse("desk:summary")))


def of(user: User) -> Summary:
    fresh = User.objects.select_related("school", "staff").get(pk=user.pk)
    assert fresh.school is not None
    return summary_of(fresh, School.objects.select_related("settings").get(pk=fresh.school.pk))


def paper(user: User, key: str = "once") -> Job:
    assert user.school is not None
    job = summary_request(by=user, school=user.school, key=key)
    job_run(job.pk)
    job.refresh_from_db()
    assert job.result is not None, job.error
    return job


def text_of_paper(client: Client, job: Job) -> str:
    assert job.result is not None
    answer: Any = client.get(reverse("documents:file", args=[job.result.pk]))
    assert answer.status_code == 200
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    return " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages)
