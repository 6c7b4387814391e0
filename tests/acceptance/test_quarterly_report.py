"""The quarter's report as the school works with it: what it names, how it is approved, frozen and printed."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from gradebook.models import Mark
from monitoring.models import Report, ReportState
from monitoring.reports.freezing import thaw
from monitoring.reports.quarter.printing import RENDERERS, printed_of
from monitoring.services import draft_mark, report_approve, report_withdraw
from risk_registry.categories import Category
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entry_include
from school.models import Pupil, School, User
from school.roles import Position
from tests.acceptance.report_forms import made
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    make_staff(school, "Самойлова Нина Павловна", Position.DIRECTOR)
    return User.objects.get(username="deputy")


def kovtun_with_twos(school: School, on: date = date(2026, 10, 19)) -> Pupil:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 4, 3, on=on)
    give_result(pupil, "Алгебра", "3")
    period_classify(period=period_of(school, 1))
    return pupil


def test_the_data_of_a_period_that_is_over_are_told_as_of_its_end(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    give_marks(pupil, "Алгебра", 5, on=date(2026, 11, 19))
    period_classify(period=period_of(school, 2))

    first, second = (thaw(made(school, deputy, number).data) for number in (1, 2))

    assert [line.data_as_of for line in first.classes] == [date(2026, 10, 19)]
    assert [line.data_as_of for line in second.classes] == [date(2026, 11, 19)]


def test_a_class_whose_data_end_early_is_named(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school, on=date(2026, 9, 14))
    make_pupil(make_class(school, "1А"), "Белова Ева Артёмовна")
    period_classify(period=period_of(school, 1))
    assert thaw(made(school, deputy, 1).data).stale == ("7А",)

    give_marks(pupil, "Алгебра", 4, on=date(2026, 10, 24))
    assert thaw(made(school, deputy, 1).data).stale == ()


def test_it_says_what_changed_since_the_last_report(school: School, deputy: User, client: Client) -> None:
    pupil = kovtun_with_twos(school)
    first = report_approve(by=deputy, report=made(school, deputy, 1), day=school.today())
    Mark.objects.filter(pupil=pupil, value=2).update(value=5)
    period_classify(period=period_of(school, 1))
    report_withdraw(by=deputy, report=first, grounds="исправлены отметки")

    record = made(school, deputy, 1)
    changes = thaw(record.data).changes

    assert changes is not None
    assert changes.since == "отчёта № 1 за 1-ю четверть 2026/27 от 21.11.2026 (отозван)"
    assert [(line.name, line.was, line.now) for line in changes.lines] == [
        ("Ковтун Матвей Андреевич", Category.WEAK, Category.RESERVE)
    ]
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[record.pk])).content.decode()
    told = page.split('id="part5"')[1]
    assert f"/pupils/{pupil.pk}/" in told.split("Ковтун")[0]


def test_whom_the_school_put_into_the_registry_by_its_decision_is_named_too(
    school: School, deputy: User, client: Client
) -> None:
    kovtun_with_twos(school)
    first = make_class(school, "1А")
    belova = make_pupil(first, "Белова Ева Артёмовна")
    period_classify(period=period_of(school, 1))
    entry_include(
        by=deputy,
        period=period_of(school, 1),
        pupil=belova,
        school_class=first,
        category=Category.WEAK,
        subjects=[],
        grounds="не усваивает программу",
    )

    record = made(school, deputy, 1)
    report = thaw(record.data)

    assert report.totals.weak == 1  # the figures are those of the marks
    assert [(line.name, line.school_class, line.remark) for line in report.included] == [
        ("Белова Ева Артёмовна", "1А", "включён решением школы")
    ]
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[record.pk])).content.decode()
    text = " ".join(p.extract_text() for p in PdfReader(BytesIO(RENDERERS["pdf"](printed_of(record)))).pages)
    assert "В реестре не по отметкам: 1" in page.replace("\u00a0", " ")
    assert "Белова Ева Артёмовна" in page
    assert "Белова Ева Артёмовна" in text


def test_an_approved_one_has_number_and_date_and_prints_the_same_again(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    approved = report_approve(by=deputy, report=made(school, deputy, 1), day=school.today())
    before = {name: render(printed_of(approved)) for name, render in RENDERERS.items()}

    Mark.objects.filter(pupil=pupil).update(value=5)
    period_classify(period=period_of(school, 1))

    again = Report.objects.get(pk=approved.pk)
    assert (again.number, again.approved_on) == (1, school.today())
    assert {name: render(printed_of(again)) for name, render in RENDERERS.items()} == before


def test_figures_are_not_approved_unseen(client: Client, school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    record = made(school, deputy, 1)
    client.force_login(deputy)
    sent = {"day": "2026-11-21", "seen_draft": draft_mark(record)}
    Mark.objects.filter(pupil=pupil, value=2).update(value=5)
    period_classify(period=period_of(school, 1))
    assert made(school, deputy, 1).pk == record.pk

    told = client.post(reverse("monitoring:approve", args=[record.pk]), sent, follow=True).content.decode()

    record.refresh_from_db()
    assert "Черновик с тех пор изменился" in told
    assert record.state == ReportState.DRAFT


def test_conclusions_written_at_once_by_two_people_are_not_lost(client: Client, school: School, deputy: User) -> None:
    kovtun_with_twos(school)
    record = made(school, deputy, 1)
    client.force_login(deputy)
    address = reverse("monitoring:conclude", args=[record.pk])
    seen = client.get(reverse("monitoring:detail", args=[record.pk])).context["seen"]
    assert client.post(address, {"conclusions": "Усилить работу с 7А.", "seen": seen}).status_code == 302

    second = client.post(address, {"conclusions": "Провести совещание.", "seen": seen})

    record.refresh_from_db()
    assert (second.status_code, record.conclusions) == (422, "Усилить работу с 7А.")
    assert "Провести совещание." in second.content.decode()
    assert client.post(address, {"conclusions": "Оба решения.", "seen": second.context["seen"]}).status_code == 302


def test_the_pdf_looks_like_a_schools_document(school: School, deputy: User) -> None:
    seven_a = make_class(school, "7А")
    for number in range(60):
        pupil = make_pupil(seven_a, f"Римский-Корсаков{'абвгдежзик'[number % 10]} Константин Александрович")
        give_marks(pupil, "Вероятность и статистика", 2, on=date(2026, 10, 19))
    period_classify(period=period_of(school, 1))

    pdf = PdfReader(BytesIO(RENDERERS["pdf"](printed_of(made(school, deputy, 1)))))

    texts = [page.extract_text() for page in pdf.pages]
    whole = " ".join(" ".join(texts).split())
    assert all([round(float(side)) for side in page.mediabox[2:]] == [595, 842] for page in pdf.pages)  # A4
    assert "УТВЕРЖДАЮ" in texts[0]
    assert "Н. П. Самойлова" in texts[0].replace("\u00a0", " ")
    assert "Аналитический отчёт" in texts[0]
    assert [str(number) in text.split() for number, text in enumerate(texts[1:], 2)] == [True] * (len(texts) - 1)
    with_names = [text for text in texts if "Римский-Корсаков" in text]
    assert len(with_names) > 1
    assert all("Фамилия, имя, отчество" in text for text in with_names)
    surnames = re.findall(r"Римский-Корсаков[а-я]\s+Константин", "\n".join(texts).replace("\u00a0", " "))
    assert len(surnames) == 120  # by category, then in the appendix of the class
    assert "Рисунок 1" in whole
    assert "Заместитель директора по УВР" in texts[-1]
    assert "С. В. Ермолаева" in texts[-1].replace("\u00a0", " ")
