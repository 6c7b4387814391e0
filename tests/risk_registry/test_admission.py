"""Grades 9 and 11 and the papers of May, as the administration uses them."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from common.errors import Refused
from documents.registry import ReportQuery, report_kind
from documents.services.reports import report_render
from risk_registry.models import FinalTrial
from risk_registry.reports.resits import build_resits
from risk_registry.reports.transfer import build_transfer
from risk_registry.services.admission import trials_set
from school.models import Pupil, School, SchoolClass, User
from school.roles import Position
from tests.counting import MOST, counts, seat
from tests.factories import make_class, make_pupil, make_staff
from tests.risk_registry.debt_making import owe, plan
from tests.risk_registry.test_debt_proposals import give

pytestmark = pytest.mark.django_db
FEBRUARY, MAY = date(2027, 2, 10), date(2027, 5, 25)


@pytest.fixture
def ninth(school: School) -> SchoolClass:
    return make_class(school, "9А")


@pytest.fixture
def pupil(ninth: SchoolClass) -> Pupil:
    return make_pupil(ninth, "Ковтун Матвей Андреевич")


def on(school: School, day: date) -> None:
    school.demo_today = day
    school.save()


def page(client: Client, name: str, **query: str) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_names_who_is_in_danger_and_links_to_the_evidence(
    as_deputy: Client, deputy: User, pupil: Pupil, ninth: SchoolClass
) -> None:
    make_pupil(ninth, "Ильина Анна Олеговна")
    result = give(deputy, pupil, "2", number=1)
    debt = owe(deputy, pupil, "Физика")
    shown = page(as_deputy, "debts:admission")
    assert "Алгебра: прогноз годовой 2 (2)" in shown
    assert reverse("desk:subject", args=[pupil.pk, result.subject_id]) in shown
    assert reverse("debts:debt", args=[debt.pk]) in shown
    assert "Ильина" not in shown
    assert "Ильина" in page(as_deputy, "debts:admission", show="all")
    assert "Выпускников здесь нет" in page(as_deputy, "debts:admission", grade="11")
    assert as_deputy.get(reverse("debts:admission_export")).status_code == 200


def test_the_interview_of_a_class_is_entered_at_once_and_corrected(
    as_deputy: Client, school: School, pupil: Pupil, ninth: SchoolClass
) -> None:
    other = make_pupil(ninth, "Ильина Анна Олеговна")
    on(school, FEBRUARY)
    address = f"{reverse('debts:trials', args=[ninth.pk])}?on=2027-02-09"
    shown = as_deputy.get(address).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    sent = {f"p{pupil.pk}": "0", f"p{other.pk}": "1", "seen": seen}
    assert as_deputy.post(address, sent).status_code == 302
    assert dict(FinalTrial.objects.values_list("pupil", "passed")) == {pupil.pk: False, other.pk: True}
    assert set(FinalTrial.objects.values_list("on", flat=True)) == {date(2027, 2, 9)}
    assert "итоговое собеседование: незачёт" in page(as_deputy, "debts:admission")
    assert as_deputy.post(address, {**sent, f"p{other.pk}": ""}).status_code == 422  # another was quicker
    assert FinalTrial.objects.count() == 2


def test_a_sitting_to_come_or_of_another_grade_is_refused(deputy: User, ninth: SchoolClass, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="не наступил"):
        trials_set(by=deputy, school_class=ninth, on=FEBRUARY, passed={pupil.pk: True})
    seventh = make_class(ninth.school, "7А")
    with pytest.raises(Refused, match="9 классах"):
        trials_set(by=deputy, school_class=seventh, on=date(2026, 11, 2), passed={})
    stranger = make_pupil(seventh, "Чужой Иван")
    with pytest.raises(Refused, match="Состав"):
        trials_set(by=deputy, school_class=ninth, on=date(2026, 11, 2), passed={stranger.pk: True})


@pytest.fixture
def may(school: School, deputy: User, pupil: Pupil) -> School:
    """A pupil of each decision."""
    seventh, fourth = make_class(school, "7А"), make_class(school, "4А")
    names = ("Белова Мария Ильинична", "Голубев Артём Олегович", "Тарасенко Денис Ильич")
    moved, conditional, held = (make_pupil(c, n) for c, n in zip((seventh, seventh, fourth), names, strict=True))
    on(school, MAY)
    for one, value in ((moved, "3"), (conditional, "2"), (held, "2"), (pupil, "4")):
        give(deputy, one, value)
    owe(deputy, conditional, "Физика")
    return school


def text_of(content: bytes) -> str:
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xad", "").split())


def test_the_protocol_of_transfer_says_the_same_on_the_page_in_pdf_and_in_xlsx(
    as_deputy: Client, deputy: User, may: School
) -> None:
    report = build_transfer(school=may, year=may.years.get())
    told = {one.name.split()[0]: one.decision.label for line in report.classes for one in line.pupils}
    assert told == {
        "Белова": "Переведён",
        "Голубев": "Переведён условно",
        "Тарасенко": "Не переведён на следующий уровень",
        "Ковтун": "Решения нет: зачёт не записан",
    }
    assert [one.why for one in report.of(report.counts[1][0])] == [
        "Алгебра: годовая 2; Физика: задолженность, срок 02.09.2027"
    ]
    query = ReportQuery(may, 1)
    pdf = text_of(report_render(kind="transfer", query=query, format="pdf").content)
    sheet = load_workbook(BytesIO(report_render(kind="transfer", query=query, format="xlsx").content)).worksheets[0]
    rows = [tuple(map(str, row)) for row in sheet.iter_rows(values_only=True)]
    shown = page(as_deputy, "debts:transfer")
    for name, decision in told.items():
        assert name in pdf
        assert name in shown
        assert any(name in row[1] and row[2] == decision for row in rows)
    assert "Физика: задолженность, срок 02.09.2027" in pdf
    assert "внести зачёты" in shown


def test_the_timetable_holds_what_is_appointed_from_today_on(as_deputy: Client, deputy: User, may: School) -> None:
    debtor = Pupil.objects.get(last_name="Голубев")
    plan(deputy, debtor.debts.get(subject__name="Физика"), date(2027, 8, 27), "Лаптев И. И.")
    (line,) = build_resits(school=may).lines
    assert (line.on, line.school_class, line.subject, line.members) == (
        date(2027, 8, 27),
        "7А",
        "Физика",
        ("Лаптев И. И.",),
    )
    pdf = text_of(report_render(kind="resits", query=ReportQuery(may, 1), format="pdf").content)
    assert "Голубев Артём Олегович" in pdf
    assert "27.08.2027" in pdf
    assert "Голубев" in page(as_deputy, "debts:resits")


def test_the_papers_are_ordered_by_the_administration_alone(as_deputy: Client, school: School, may: School) -> None:
    assert as_deputy.post(reverse("debts:print", args=["transfer", "pdf"]), {"key": "1"}).status_code == 302
    assert as_deputy.post(reverse("debts:print", args=["other", "pdf"])).status_code == 404
    teacher = make_staff(school, "Лаптев Игорь", Position.TEACHER, login="teacher").user
    offered: Any = report_kind("transfer")
    assert not offered.may_fetch(teacher, {"school": school.pk})


def test_the_page_takes_the_same_number_of_queries_at_any_size(as_deputy: Client, ninth: SchoolClass) -> None:
    found = list(counts(lambda number: seat(ninth, number), as_deputy, f"{reverse('debts:admission')}?show=all"))
    assert len(set(found[1:])) == 1
    assert found[-1] <= MOST
