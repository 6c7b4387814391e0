"""Grades 9 and 11, the council's protocol in May, the timetable of autumn's resits: as the deputy goes through them."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Job, JobState, StoredFile
from documents.registry import ReportQuery
from documents.services.reports import report_render
from documents.services.running import job_run
from risk_registry.attempt_protocol import protocol_pdf
from risk_registry.models import AcademicDebt
from risk_registry.rules.admission import Decision
from risk_registry.services.admission import trials_set
from school.models import Pupil, School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.debt_making import owe, plan
from tests.risk_registry.test_debt_proposals import give

pytestmark = pytest.mark.django_db
MAY = date(2027, 5, 25)


@pytest.fixture
def deputy() -> User:
    return make_staff(make_school(), "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def as_deputy(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def on(school: School, day: date) -> None:
    school.demo_today = day
    school.save()


def shown(client: Client, name: str, **query: str) -> str:
    return client.get(reverse(name), query).content.decode().replace("\u00a0", " ")


def printed(school: School, kind: str) -> str:
    return text_of(report_render(kind=kind, query=ReportQuery(school, 1), format="pdf").content)


def text_of(content: bytes) -> str:
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xad", "").split())


def test_admission_is_in_danger_by_forecast_debt_and_a_failed_interview_or_essay(
    as_deputy: Client, deputy: User
) -> None:
    school = deputy.school
    assert school is not None
    ninth, eleventh = make_class(school, "9А"), make_class(school, "11А")
    names = ("Ковтун Матвей", "Белова Ева", "Ильин Олег", "Цой Анна")
    low, owes, failed, fine = (make_pupil(ninth, name) for name in names)
    essay = make_pupil(eleventh, "Жуков Илья")
    give(deputy, low, "2", number=1)
    give(deputy, fine, "3", number=1)
    owe(deputy, owes, "Физика")
    on(school, date(2027, 2, 11))
    trials_set(by=deputy, school_class=ninth, on=date(2027, 2, 10), passed={failed.pk: False, fine.pk: True})
    trials_set(by=deputy, school_class=eleventh, on=date(2027, 2, 10), passed={essay.pk: False})

    ninths, elevenths = shown(as_deputy, "debts:admission"), shown(as_deputy, "debts:admission", grade="11")
    assert "Алгебра: прогноз годовой 2 (2)" in ninths
    assert "Физика: задолженность, срок 02.09.2027" in ninths
    assert "итоговое собеседование: незачёт" in ninths
    assert "Под угрозой 3 из 4 учеников" in ninths and "Цой" not in ninths
    assert "итоговое сочинение (изложение): незачёт" in elevenths and "Жуков" in elevenths


def test_in_may_the_protocol_transfers_conditionally_and_autumn_has_its_timetable(
    as_deputy: Client, deputy: User
) -> None:
    school = deputy.school
    assert school is not None
    ninth = make_class(school, "9А")
    moved, conditional = (make_pupil(make_class(school, name), who) for name, who in _LOWER)
    admitted, untried, low = (make_pupil(ninth, who) for who in ("Ильин Олег", "Цой Анна", "Жуков Илья"))
    on(school, MAY)
    for pupil, value in ((moved, "3"), (conditional, "2"), (admitted, "4"), (untried, "4"), (low, "2")):
        give(deputy, pupil, value)
    trials_set(by=deputy, school_class=ninth, on=MAY, passed={admitted.pk: True, low.pk: True})
    debt = owe(deputy, conditional, "Физика")

    told = printed(school, "transfer")
    page = shown(as_deputy, "debts:transfer")
    for decision in _DECISIONS:
        assert decision.label in told and decision.label in page, decision
    assert "Алгебра: годовая 2; Физика: задолженность, срок 02.09.2027" in told
    assert "внести зачёты" in page
    kept = {"number": "9", "on": MAY.isoformat(), "once": "k"}
    assert as_deputy.post(reverse("debts:transfer_keep"), {**kept, "on": "2027-05-26"}).status_code == 422
    assert as_deputy.post(reverse("debts:transfer_keep"), kept).status_code == 302
    assert job_run(Job.objects.latest("created_at").pk) == JobState.DONE
    file = StoredFile.objects.get(name="Протокол о переводе № 9 от 25.05.2027.pdf")
    assert file.expires_at is None and file.name in shown(as_deputy, "debts:transfer")
    content = b"".join(as_deputy.get(reverse("documents:file", args=[file.pk])).streaming_content)  # type: ignore[attr-defined]
    assert "Протокол № 9" in text_of(content)

    plan(deputy, debt, date(2027, 8, 27), "Лаптев И. И.")
    timetable = printed(school, "resits")
    assert "27.08.2027" in timetable and "Белова" in timetable and "Лаптев И. И." in timetable


_LOWER = (("7А", "Ковтун Матвей"), ("8А", "Белова Ева"))
_DECISIONS = (Decision.MOVED, Decision.CONDITIONAL, Decision.ADMITTED, Decision.NOT_ADMITTED, Decision.UNTRIED)


def test_the_protocol_of_an_attempt_is_printed_with_its_commission(as_deputy: Client, deputy: User) -> None:
    school = deputy.school
    assert school is not None
    pupil: Pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    debt: AcademicDebt = owe(deputy, pupil)
    attempt = plan(deputy, debt, date(2026, 12, 1), "Ермолаева С. В., председатель", "Лаптев И. И.")
    text = text_of(protocol_pdf(attempt))
    assert "ликвидации академической задолженности" in text
    for word in ("Ковтун Матвей Андреевич", "Алгебра", "1 декабря 2026", "Лаптев"):
        assert word in text.replace("\u00a0", " "), word
    answer = as_deputy.post(reverse("debts:attempt_print", args=[attempt.pk]), {"once": "k"})
    assert answer.status_code == 302
