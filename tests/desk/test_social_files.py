"""Workbooks of the social passport and of consents, and the blank to be signed."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from desk.consent_form import form_html, form_request
from documents.models import JobState
from documents.services.running import job_run
from school.models import Consent, Guardian, Pupil, RestrictedRead, School, User
from school.purposes import TERMS, Purpose
from school.services.social import social_fact_add
from tests.factories import make_class, make_pupil, make_school, make_staff

pytestmark = pytest.mark.django_db
SINCE = date(2026, 9, 1)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    return make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич", birth=date(2013, 3, 5))


@pytest.fixture
def pedagogue(client: Client, school: School) -> User:
    user = make_staff(school, "Фомина Лидия Петровна", "social_pedagogue", login="socped").user
    client.force_login(user)
    return user


def enter(pupil: Pupil, group: str = "kdn") -> None:
    social_fact_add(by=None, pupil=pupil, group=group, starts=SINCE, ground="постановление № 4")


def sheets(client: Client, name: str, **asked: str) -> dict[str, list[tuple[Any, ...]]]:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_has_counts_and_names_and_each_name_is_logged(
    client: Client, pedagogue: User, pupil: Pupil, school: School
) -> None:
    other = make_pupil(make_class(school, "10А"), "Мороз Пётр Ильич")
    enter(pupil)
    enter(other)
    book = sheets(client, "desk:social_export")

    head = next(row for row in book["Сводка"] if row[0] == "Раздел")
    assert head[2:] == ("Всего", "7А", "10А")
    assert ("Учёт и профилактика", "учёт в комиссии по делам несовершеннолетних (КДН)", 2, 1, 1) in book["Сводка"]
    assert [row[1] for row in book["Список"] if row[0] in ("7А", "10А")] == [pupil.full_name, other.full_name]
    assert set(RestrictedRead.objects.values_list("pupil", "what")) == {
        (pupil.pk, "social_file"),
        (other.pk, "social_file"),
    }


def test_the_workbook_of_a_class_names_that_class_only(
    client: Client, pedagogue: User, pupil: Pupil, school: School
) -> None:
    other = make_pupil(make_class(school, "10А"), "Мороз Пётр Ильич")
    enter(pupil)
    enter(other)
    key = other.enrolments.get().school_class_id
    told = str(sheets(client, "desk:social_export", **{"class": str(key)}))

    assert "Мороз" in told
    assert "Ковтун" not in told
    assert set(RestrictedRead.objects.values_list("pupil", flat=True)) == {other.pk}


def test_the_list_of_consents_leaves_as_it_is_filtered(
    client: Client, pedagogue: User, pupil: Pupil, school: School
) -> None:
    make_pupil(make_class(school, "10А"), "Мороз Пётр Ильич")
    Consent.objects.create(pupil=pupil, purpose="health", given_on=SINCE, document="бланк № 1")
    told = sheets(client, "desk:consents_export", missing="health")["Согласия"]

    assert [row[:2] for row in told[1:]] == [("10А", "Мороз Пётр Ильич")]


@pytest.mark.parametrize("purpose", Purpose)
def test_the_blank_of_each_purpose_names_the_school_the_child_and_the_law(
    client: Client, pedagogue: User, pupil: Pupil, purpose: Purpose
) -> None:
    job = form_request(by=pedagogue, pupil=pupil, purpose=purpose, key="once")
    job_run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert job.result is not None
    answer: Any = client.get(reverse("documents:file", args=[job.result.pk]))
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    text = " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages)

    assert len(pages) == 1
    fact = TERMS[purpose].facts[-1].split("-")[0]
    for words in ("Школа S1", "Ковтун Матвей Андреевич", "7А", TERMS[purpose].subject, fact):
        assert words in text
    assert ("273-ФЗ" if purpose == Purpose.PSYCHOLOGICAL_HELP else "152-ФЗ") in text


def test_an_adult_pupil_signs_a_blank_of_their_own(pupil: Pupil) -> None:
    assert "законный представитель" in form_html(pupil, Purpose.HEALTH)
    pupil.birth_date = date(2008, 1, 1)
    assert "действуя от своего имени" in form_html(pupil, Purpose.HEALTH)


def test_a_blank_for_no_known_purpose_does_not_exist(client: Client, pedagogue: User, pupil: Pupil) -> None:
    address = reverse("desk:consent_form", args=[pupil.pk, "photo"])
    assert client.post(address, {"once": "x"}).status_code == 404


def test_the_blank_is_not_for_whoever_does_not_keep_consents(pupil: Pupil, school: School) -> None:
    Guardian.objects.create(school=school, last_name="Ковтун", first_name="Анна")
    teacher = make_staff(school, "Гречко Павел", "teacher", login="predmet").user
    client = Client()
    client.force_login(teacher)
    assert client.post(reverse("desk:consent_form", args=[pupil.pk, "health"]), {"once": "x"}).status_code == 403
