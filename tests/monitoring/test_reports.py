"""A report's life: draft, conclusions, approval under a number, withdrawal."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import transaction
from pypdf import PdfReader

from common.errors import Refused
from common.russian import decimal
from demo.services import Plan, school_load
from gradebook.models import Mark
from monitoring.models import Report, ReportState
from monitoring.reports.quarter.printing import RENDERERS, Printed, printed_of
from monitoring.reports.quarter.words import summary
from monitoring.services import quarterly_build, quarterly_make, report_approve, report_conclude, report_withdraw
from risk_registry.services.classification import period_classify
from school.models import Period, School, User

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def _period(school: School, number: int = 1) -> Period:
    return Period.objects.select_related("year__school").get(year__school=school, system="quarters", number=number)


@pytest.fixture
def draft(school: School, deputy: User) -> Report:
    return quarterly_make(by=deputy, school=school, period=_period(school))


def _printed(report: Report) -> Printed:
    return printed_of(Report.objects.get(pk=report.pk))


def _pdf_text(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_making_it_again_keeps_one_draft_and_its_conclusions(school: School, deputy: User, draft: Report) -> None:
    report_conclude(by=deputy, report=draft, text="Усилить работу с 7А.")
    again = quarterly_make(by=deputy, school=school, period=_period(school))
    assert again.pk == draft.pk
    assert again.conclusions == "Усилить работу с 7А."


def test_there_is_no_report_before_a_classification(db: None) -> None:
    fresh = school_load(Plan(pupils=60), 1)
    with pytest.raises(Refused, match="ещё нет ни одной категории"):
        quarterly_build(school=fresh, period=_period(fresh))


def test_a_teacher_makes_no_report(school: School, draft: Report) -> None:
    with pytest.raises(Refused, match="директор, его заместитель"):
        quarterly_make(by=User.objects.get(username="klass"), school=school, period=_period(school))


def test_an_approved_report_stands_still_while_the_marks_change(school: School, deputy: User, draft: Report) -> None:
    approved = report_approve(by=deputy, report=draft, day=DAY)
    before = {name: render(_printed(approved)) for name, render in RENDERERS.items()}
    Mark.objects.filter(school=school, value=2).update(value=5)
    period_classify(period=_period(school))
    newer = quarterly_make(by=deputy, school=school, period=_period(school))
    assert newer.pk != approved.pk
    assert newer.digest != approved.digest
    assert {name: render(_printed(approved)) for name, render in RENDERERS.items()} == before


def test_approving_gives_the_next_number_and_twice_is_once(deputy: User, draft: Report) -> None:
    first = report_approve(by=deputy, report=draft, day=DAY)
    assert (first.number, first.approved_on, first.state) == (1, DAY, ReportState.APPROVED)
    assert report_approve(by=deputy, report=draft, day=DAY).number == 1


def test_two_reports_of_a_period_are_not_approved_at_once(school: School, deputy: User, draft: Report) -> None:
    approved = report_approve(by=deputy, report=draft, day=DAY)
    second = quarterly_make(by=deputy, school=school, period=_period(school))
    with pytest.raises(Refused, match="сначала отзовите"):
        report_approve(by=deputy, report=second, day=DAY)
    report_withdraw(by=deputy, report=approved, grounds="ошибка в данных 7Б")
    assert report_approve(by=deputy, report=second, day=DAY).number == 2


def test_a_withdrawn_report_is_not_approved_again_and_keeps_its_number(
    school: School, deputy: User, draft: Report
) -> None:
    approved = report_approve(by=deputy, report=draft, day=DAY)
    report_withdraw(by=deputy, report=approved, grounds="ошибка в данных 7Б")
    with pytest.raises(Refused, match="отозвано"):
        report_approve(by=deputy, report=draft, day=DAY)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (ReportState.WITHDRAWN, 1)


def test_the_digest_is_of_the_day_too(deputy: User, draft: Report) -> None:
    found = set()
    for day in (DAY, DAY - timedelta(days=1)):
        with transaction.atomic():
            found.add(report_approve(by=deputy, report=draft, day=day).digest)
            transaction.set_rollback(True)
    assert len(found) == 2


def test_a_withdrawal_says_why(deputy: User, draft: Report) -> None:
    approved = report_approve(by=deputy, report=draft, day=DAY)
    with pytest.raises(Refused, match="почему"):
        report_withdraw(by=deputy, report=approved, grounds="  ")
    report_withdraw(by=deputy, report=approved, grounds="ошибка в данных 7Б")
    assert "Утверждение отозвано: ошибка в данных 7Б" in _pdf_text(RENDERERS["pdf"](_printed(approved)))


@pytest.mark.parametrize("day", [date(2026, 10, 22), date(2026, 11, 22)])
def test_the_approval_is_neither_before_the_period_ends_nor_in_the_future(
    deputy: User, draft: Report, day: date
) -> None:
    with pytest.raises(Refused):
        report_approve(by=deputy, report=draft, day=day)


def test_a_report_of_a_period_that_goes_on_says_nothing_of_its_end(draft: Report) -> None:
    report = _printed(draft).report
    assert summary(report)[0].startswith("На 31\u00a0октября 2026")
    early = replace(report, made_at=report.made_at.replace(month=10, day=5))
    assert summary(early)[0].startswith("На 5\u00a0октября 2026")


def test_conclusions_of_an_approved_report_stay(deputy: User, draft: Report) -> None:
    report_approve(by=deputy, report=draft, day=DAY)
    with pytest.raises(Refused, match="уже утверждён"):
        report_conclude(by=deputy, report=draft, text="Иначе")


def test_the_pdf_shows_the_same_figures_and_names_everybody_at_risk(draft: Report) -> None:
    printed = _printed(draft)
    text = _pdf_text(RENDERERS["pdf"](printed))
    for line in printed.report.classes:
        assert f"{line.name} {line.pupils} {line.failing} {line.weak} {line.reserve} {line.none}" in text
    for subject in printed.report.subjects:
        mean = "—" if subject.mean is None else decimal(subject.mean, 2)
        figures = f"{subject.results} {subject.unsatisfactory_results} {subject.not_attested} {mean}"
        assert f"{subject.subject} {figures}" in text
    for pupil in (*printed.report.in_category("failing"), *printed.report.in_category("weak")):
        assert pupil.name in text


def test_the_workbook_shows_the_same_figures(draft: Report) -> None:
    printed = _printed(draft)
    book = openpyxl.load_workbook(BytesIO(RENDERERS["xlsx"](printed)))
    rows = {row[0]: row for row in book["Категории"].iter_rows(values_only=True)}
    for line in (*printed.report.classes, printed.report.totals):
        assert rows[line.name][1:6] == (line.pupils, line.failing, line.weak, line.reserve, line.none)
    subjects = {row[0]: row for row in book["Предметы"].iter_rows(values_only=True)}
    for subject in printed.report.subjects:
        assert subjects[subject.subject][2:5] == (subject.unsatisfactory_results, subject.not_attested, subject.mean)
    names = {row[1] for row in book["Реестр"].iter_rows(values_only=True)}
    assert {line.name for line in printed.report.pupils} <= names
