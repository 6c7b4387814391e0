"""The signed paper of a consent: attached, opened past the log, replaced, taken back; lists say where it is missing."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Job, JobState, StoredFile
from documents.services.running import job_run
from parents.models import ConsentScan
from school.models import Consent, Guardian, Pupil, RestrictedRead, SchoolClass, TeachingAssignment, User
from tests.factories import make_pupil, make_staff, make_subject

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def consent(pupil: Pupil, mother: Guardian) -> Consent:
    return Consent.objects.create(
        pupil=pupil, guardian=mother, purpose="health", given_on=date(2026, 9, 2), document="лист 12"
    )


def attach(client: Client, consent: Consent, content: bytes = PDF) -> int:
    file = SimpleUploadedFile("Ковтун справка.pdf", content)
    return client.post(reverse("consents:scan", args=[consent.pk]), {"file": file}).status_code


def page(client: Client, consent: Consent) -> str:
    return client.get(reverse("school:pupil_consents", args=[consent.pupil_id])).content.decode()


def test_a_scan_is_attached_opened_past_the_log_and_only_by_those_who_keep_consents(
    as_leader: Client, pupil: Pupil, seventh: SchoolClass, consent: Consent
) -> None:
    assert attach(as_leader, consent) == 302
    file = StoredFile.objects.get()
    url = reverse("documents:file", args=[file.pk])
    assert "Ковтун" not in file.name
    assert url in page(as_leader, consent)
    assert not RestrictedRead.objects.exists()

    answer = as_leader.get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert RestrictedRead.objects.get().what == "consent_scan"

    teacher = make_staff(pupil.school, "Лоза Ирина Петровна", "teacher", login="loza")
    subject = make_subject(pupil.school, "Физика")
    TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=seventh)
    stranger = Client()
    stranger.force_login(teacher.user)
    assert stranger.get(url).status_code == 404
    SchoolClass.objects.update(class_teacher=None)
    assert as_leader.get(url).status_code == 404  # a right taken away


def test_what_is_no_paper_is_refused(as_leader: Client, consent: Consent) -> None:
    assert attach(as_leader, consent, b"<html>") == 422
    assert attach(as_leader, consent, b"") == 422
    assert not ConsentScan.objects.exists()


def test_a_scan_is_replaced_and_taken_back_with_its_file(as_leader: Client, consent: Consent) -> None:
    attach(as_leader, consent)
    attach(as_leader, consent, PDF + b"\n")
    assert [scan.file is None for scan in ConsentScan.objects.all()] == [True, False]
    assert StoredFile.objects.count() == 1

    delete = reverse("school:consent_delete", args=[consent.pk])
    assert "сначала уберите" in as_leader.post(delete, follow=True).content.decode()
    as_leader.post(reverse("consents:scan_remove", args=[consent.pk]))
    assert not StoredFile.objects.exists()
    assert "не приложен" in page(as_leader, consent)
    as_leader.post(delete)
    assert not Consent.objects.exists()


def test_the_list_of_a_class_says_who_gave_what_where_the_scan_is_missing_and_who_lacks_it(
    as_leader: Client, consent: Consent, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Абрамова Вера Ильинична", external_id="p2")
    url = reverse("school:consents")
    assert "есть с 02.09.2026, без скана" in as_leader.get(url).content.decode()
    attach(as_leader, consent)
    told = as_leader.get(url).content.decode()
    assert "есть с 02.09.2026" in told
    assert "без скана" not in told

    lacking = as_leader.get(url, {"missing": "health"})
    assert [row.pupil.last_name for row in lacking.context["rows"]] == ["Абрамова"]
    assert "Бланки этим ученикам" in lacking.content.decode()


def test_blanks_are_printed_for_all_of_a_class_who_lack_the_consent(
    as_leader: Client, consent: Consent, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Абрамова Вера Ильинична", external_id="p2")
    make_pupil(seventh, "Ёлкин Павел Викторович", external_id="p3")
    as_leader.post(reverse("desk:consent_forms", args=["health"]), {"once": "one"})
    job = Job.objects.get()
    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()

    assert job.result is not None
    content = b"".join(as_leader.get(reverse("documents:file", args=[job.result.pk])))
    told = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(content)).pages]
    assert [name for name in ("Абрамова", "Ёлкин", "Ковтун") if any(name in text for text in told)] == [
        "Абрамова",
        "Ёлкин",
    ]
