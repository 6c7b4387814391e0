"""The pupil's card as a document: what is in it, and who gets which part."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from desk.card import CARD, build_card, card_request
from desk.selectors.book import pupils_with_school
from documents.models import Job, JobState, StoredFile
from documents.services.running import job_run
from risk_registry.causes import KINDS, CauseMethod, Established
from risk_registry.models import RegistryEntry
from risk_registry.services.causes import causes_add
from risk_registry.services.classification import period_classify
from school.models import (
    Guardian,
    Guardianship,
    Pupil,
    RestrictedRead,
    School,
    StaffPosition,
    TeachingAssignment,
    User,
)
from school.services.social import social_fact_add
from tests.desk.test_pupil_page import NOVEMBER
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject
from tests.risk_registry.making import give_marks, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def pupil(school: School) -> Pupil:
    teacher = make_staff(school, "Власова Надежда Игоревна", "teacher", login="klass")
    pupil = make_pupil(make_class(school, "7А", teacher=teacher), "Ковтун Матвей Андреевич")
    mother = Guardian.objects.create(school=school, last_name="Ковтун", first_name="Ирина", phone="+7 900 111-22-33")
    Guardianship.objects.create(guardian=mother, pupil=pupil, relation="mother")
    social_fact_add(by=None, pupil=pupil, group="large_family", starts=NOVEMBER, ground="удостоверение № 7")
    give_marks(pupil, "Алгебра", 2, 2, 3, 2, on=NOVEMBER)
    period_classify(period=period_of(school, 2))
    return pupil


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", "deputy_director_uvr", login="zavuch")
    return User.objects.get(username="zavuch")


@pytest.fixture
def subject_teacher(school: School, pupil: Pupil) -> User:
    teacher = make_staff(school, "Гречко Павел Семёнович", "teacher", login="predmet")
    TeachingAssignment.objects.create(
        staff=teacher, subject=make_subject(school, "Алгебра"), school_class=pupil.enrolments.get().school_class
    )
    return User.objects.get(username="predmet")


def print_card(user: User, pupil: Pupil, *parts: str, key: str = "once") -> Job:
    job = card_request(by=user, pupil=pupil, period=None, parts=parts, key=key)
    job_run(job.pk)
    job.refresh_from_db()
    return job


def text_of(client: Client, job: Job) -> str:
    assert job.state == JobState.DONE, job.error
    assert job.result is not None
    answer: Any = client.get(reverse("documents:file", args=[job.result.pk]))
    assert answer.status_code == 200
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    return " ".join(" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages)


def test_the_card_tells_what_the_page_tells(client: Client, pupil: Pupil, deputy: User) -> None:
    client.force_login(deputy)
    text = text_of(client, print_card(deputy, pupil))
    for words in ("Школа S1", "Ковтун Матвей Андреевич", "7А класс", "Неуспевающий", "Алгебра", "2, 2, 3, 2", "2,25"):
        assert words in text
    for words in ("три двойки и больше", "Классный руководитель", "Власова Н. И.", "Напечатано: Ермолаева С. В."):
        assert words in text


def test_without_a_tick_nothing_restricted_is_printed(client: Client, pupil: Pupil, deputy: User) -> None:
    client.force_login(deputy)
    text = text_of(client, print_card(deputy, pupil))
    for words in ("удостоверение № 7", "Закрытые сведения", "ограниченного доступа", "+7 900", "Ковтун Ирина"):
        assert words not in text
    assert not RestrictedRead.objects.exists()


def test_with_the_right_and_a_tick_it_is_printed_and_logged(client: Client, pupil: Pupil, deputy: User) -> None:
    client.force_login(deputy)
    text = text_of(client, print_card(deputy, pupil, "social", "contacts"))
    for words in (
        "Многодетная семья",
        "удостоверение № 7",
        "Закрытые сведения",
        "сведения ограниченного доступа",
        "+7 900 111-22-33",
    ):
        assert words in text
    assert RestrictedRead.objects.filter(user=deputy, pupil=pupil).exists()


def test_causes_are_printed_by_right_and_by_tick_and_logged(client: Client, pupil: Pupil, deputy: User) -> None:
    codes = [next(code for code, kind in KINDS.items() if kind.restricted is closed) for closed in (False, True)]
    told = Established(how=CauseMethod.TALK, on=pupil.school.today(), note="со слов бабушки")
    causes_add(by=deputy, entries=[RegistryEntry.objects.get(pupil=pupil)], codes=codes, told=told)
    client.force_login(deputy)
    with_tick, without = print_card(deputy, pupil, "causes", key="a"), print_card(deputy, pupil, key="b")
    text = text_of(client, with_tick)
    assert "Причины неуспешности" in text
    for words in ("беседа", "со слов бабушки", *(KINDS[code].name.capitalize().split()[0] for code in codes)):
        assert words in text
    assert "со слов бабушки" not in text_of(client, without)
    assert RestrictedRead.objects.filter(user=deputy, what="registry_causes").exists()


def test_a_tick_without_the_right_is_refused(client: Client, pupil: Pupil, subject_teacher: User) -> None:
    client.force_login(subject_teacher)
    address = reverse("desk:card", args=[pupil.pk])
    assert "Закрытые сведения" not in client.get(address).content.decode()
    answer = client.post(address, {"parts": ["social"], "once": "x"})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_whoever_lacks_the_right_to_a_part_does_not_get_anothers_card(
    client: Client, pupil: Pupil, deputy: User, subject_teacher: User
) -> None:
    full, plain = print_card(deputy, pupil, "social", key="a"), print_card(deputy, pupil, key="b")
    assert full.result is not None
    assert plain.result is not None
    client.force_login(subject_teacher)
    assert client.get(reverse("documents:file", args=[full.result.pk])).status_code == 404
    assert client.get(reverse("documents:file", args=[plain.result.pk])).status_code == 200
    page = client.get(reverse("desk:pupil", args=[pupil.pk])).content.decode()
    assert reverse("documents:file", args=[plain.result.pk]) in page
    assert reverse("documents:file", args=[full.result.pk]) not in page


def test_a_right_that_ended_ends_the_file_too(client: Client, pupil: Pupil, deputy: User) -> None:
    job = print_card(deputy, pupil, "social")
    assert job.result is not None
    StaffPosition.objects.filter(staff=deputy.staff).update(ends="2026-11-20")
    client.force_login(User.objects.get(pk=deputy.pk))
    assert client.get(reverse("documents:file", args=[job.result.pk])).status_code == 404


def test_the_worker_asks_for_the_right_anew(pupil: Pupil, deputy: User) -> None:
    job = card_request(by=deputy, pupil=pupil, period=None, parts=["social"], key="late")
    StaffPosition.objects.filter(staff=deputy.staff).update(ends="2026-11-20")
    assert job_run(job.pk) == JobState.FAILED
    assert not StoredFile.objects.filter(kind=CARD).exists()


def test_the_page_orders_the_card_of_its_period(client: Client, pupil: Pupil, deputy: User) -> None:
    client.force_login(deputy)
    page = client.get(reverse("desk:pupil", args=[pupil.pk]), {"period": 1}).content.decode()
    address = f"{reverse('desk:card', args=[pupil.pk])}?period=1"
    assert address in page
    answer = client.post(address, {"once": "tok"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("documents:job", args=[job.pk])
    assert job.params == {"pupil": pupil.pk, "school": pupil.school_id, "period": 1, "parts": []}
    card = build_card(deputy, pupils_with_school(deputy).get(pk=pupil.pk), 1, [])
    assert card.page.book.chosen is not None
    assert card.page.book.chosen.number == 1
