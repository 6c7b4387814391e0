"""Duties by role, as those who have them go through the pages of the demo school."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Job, JobState
from documents.services.running import job_run
from iom.services.talks import Talk, talk_record, talk_withdraw
from risk_registry.categories import Category, Grounds
from risk_registry.interviews import InterviewKind
from risk_registry.models import Interview
from risk_registry.selectors.periods import start_of
from risk_registry.services.interviews import Partner, interview_reopen, interviews_hold
from risk_registry.services.registry import entries_decide, entry_include
from risk_registry.workflow import Deed
from roadmaps.duty_catalogue import DUTIES
from roadmaps.selectors.duty_deeds import COMPUTED
from school.agendas import agenda_of
from school.models import Pupil, School, SchoolClass, User

pytestmark = pytest.mark.django_db
TALKS = r"Беседы с обучающимися: (\d+)"


@pytest.fixture
def school(demo_school: School) -> School:
    return demo_school


def as_login(client: Client, login: str) -> User:
    user = User.objects.select_related("school", "staff").get(username=login)
    client.force_login(user)
    return user


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(page.content.decode())))


def number(client: Client, pattern: str, page: str = "/duties/") -> int:
    found = re.search(pattern, text_of(client.get(page)))
    return int(found.group(1)) if found else 0


def test_every_duty_is_there_with_its_term_and_mapped_to_a_computation_or_to_by_hand(
    client: Client, school: School
) -> None:
    as_login(client, "director")
    roles = {duty.role for duty in DUTIES.values()}
    shown = "".join(text_of(client.get(f"/duties/roles/?role={role.value}&period=year")) for role in roles)

    missing = [duty.code for duty in DUTIES.values() if duty.code != "C6" and duty.text not in shown]
    assert missing == []
    assert all(duty.when in shown for duty in DUTIES.values())
    assert all((duty.code in COMPUTED) == (duty.handling == "computed") for duty in DUTIES.values())


def test_the_list_made_by_15_september_is_a_mark_by_itself_and_returning_it_removes_it(
    client: Client, school: School
) -> None:
    deputy = as_login(client, "zavuch")
    seventh = SchoolClass.objects.select_related("year").get(school=school, name="7А", year__start=2026)
    pattern = r"Утверждённые записи списка начала года: (\d+)"
    before = number(client, pattern, "/duties/?period=1")
    entry = entry_include(
        by=deputy,
        period=start_of(seventh.year),
        pupil=Pupil.objects.exclude(registry_entries__period=start_of(seventh.year))
        .filter(enrolments__school_class=seventh)
        .first(),  # type: ignore[arg-type]
        school_class=seventh,
        category=Category.WEAK,
        subjects=[],
        grounds="переведён с задолженностью",
    )
    (approved,) = entries_decide(by=deputy, versions={entry.pk: entry.version}, what=Deed.APPROVE)
    page = text_of(client.get("/duties/?period=1"))
    assert "Составить список обучающихся группы риска. начало учебного года (до 15.09)" in page
    assert number(client, pattern, "/duties/?period=1") == before + 1
    entries_decide(
        by=deputy, versions={entry.pk: approved.version}, what=Deed.REMOVE, comment="ошибка", grounds=Grounds.MISTAKE
    )
    assert number(client, pattern, "/duties/?period=1") == before


def test_an_interview_that_is_held_adds_the_mark_and_taking_it_back_removes_it(client: Client, school: School) -> None:
    deputy = as_login(client, "zavuch")
    seventh = SchoolClass.objects.select_related("class_teacher", "year").get(
        school=school, name="7А", year__start=2026
    )
    pattern = r"Собеседования с классными руководителями: (\d+)"
    before = number(client, pattern)
    Interview.objects.filter(kind=InterviewKind.MONTHLY, school_class=seventh, month=date(2026, 11, 1)).delete()
    without = number(client, pattern)
    partner = Partner(InterviewKind.MONTHLY, seventh.class_teacher, school_class=seventh, month=date(2026, 11, 1))
    interviews_hold(by=deputy, year=seventh.year, partners=[partner], on=date(2026, 11, 20))
    assert number(client, pattern) == without + 1 >= before
    row = Interview.objects.get(kind=InterviewKind.MONTHLY, school_class=seventh, month=date(2026, 11, 1))
    interview_reopen(by=deputy, interview=row, why="не тот класс")
    assert number(client, pattern) == without


def test_a_talk_that_is_logged_adds_the_mark_and_withdrawing_it_removes_it(client: Client, school: School) -> None:
    teacher = as_login(client, "klass")
    pupil = SchoolClass.objects.get(school=school, name="7А", year__start=2026).enrolments.first().pupil  # type: ignore[union-attr]
    before = number(client, TALKS)
    row = talk_record(by=teacher, pupil=pupil, talk=Talk(school.today(), "двойка по истории"))
    assert number(client, TALKS) == before + 1
    talk_withdraw(by=teacher, talk=row, why="не тот ученик")
    assert number(client, TALKS) == before


def test_a_mark_leads_to_its_deeds_and_each_deed_to_its_page(client: Client, school: School) -> None:
    as_login(client, "klass")
    page = client.get("/duties/").content.decode()
    behind = re.search(r'href="(/duties/deeds/C1/talk/[^"]+)"', page)
    assert behind is not None
    deeds = client.get(unescape(behind.group(1))).content.decode()
    first = re.search(r'href="(/journals/talks/\d+/)"', deeds)
    assert first is not None
    assert client.get(first.group(1)).status_code == 200


def test_what_the_system_does_not_see_is_marked_by_hand_with_a_note(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    assert client.post("/duties/mark/A3/", {"on": "2026-11-20", "note": "черновик справки"}).status_code == 302
    assert "черновик справки" in text_of(client.get("/duties/?period=year"))


def test_nothing_recorded_reads_as_no_record_and_nobody_is_ranked(client: Client, school: School) -> None:
    as_login(client, "klass")
    own = text_of(client.get("/duties/?period=4"))
    assert "нет записи" in own
    as_login(client, "zavuch")
    role = text_of(client.get("/duties/roles/?role=subject&period=year"))
    for page in (own, role):
        assert "не выполнен" not in page.lower()
        assert "%" not in page


def test_a_role_shows_its_duties_and_who_holds_it_to_the_administration_alone(client: Client, school: School) -> None:
    as_login(client, "zavuch")
    page = client.get("/duties/roles/?role=class")
    assert "Власова Надежда Игоревна" in text_of(page)
    leads = re.search(r'href="(/duties/people/\d+/[^"]*)"[^>]*>Власова', page.content.decode())
    assert leads is not None
    assert "Беседы с обучающимися" in text_of(client.get(unescape(leads.group(1))))
    as_login(client, "klass")
    assert client.get("/duties/roles/").status_code == 403
    assert client.get(unescape(leads.group(1))).status_code == 302, "one's own opens as «Мои обязанности»"


def test_the_school_fills_what_the_sources_leave_blank_and_switches_off_what_it_does_not_use(
    client: Client, school: School
) -> None:
    as_login(client, "zavuch")
    told = {"text": "Открытый урок", "cycle": "need", "due": "2026-11-25"}
    assert client.post("/duties/roles/method/new/", told).status_code == 302
    client.post("/duties/off/T1/", {"why": "диагностику ведёт район"})
    assert "диагностику ведёт район" in text_of(client.get("/duties/roles/?role=subject"))
    head = as_login(client, "shmo")
    assert "Открытый урок" in text_of(client.get("/duties/"))
    assert "Открытый урок" in [item.about for item in agenda_of(head, school.today())]
    as_login(client, "predmet")
    assert DUTIES["T1"].text not in text_of(client.get("/duties/?period=1"))


def test_the_card_is_printed_as_a_job_with_the_marks_of_the_period(client: Client, school: School) -> None:
    user = as_login(client, "klass")
    assert client.post("/duties/print/pdf/", {"staff": user.staff_id, "period": "2"}).status_code == 302
    job = Job.objects.latest("created_at")
    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert job.result is not None
    answer: Any = client.get(reverse("documents:file", args=[job.result.pk]))
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Технологическая карта" in text
    assert "Власова" in text
    assert "Беседы с обучающимися" in text
