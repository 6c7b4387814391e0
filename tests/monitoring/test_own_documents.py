"""Documents about a class and a teacher: who has which, who writes conclusions and decides about sentences."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.errors import Refused
from documents.models import JobState
from documents.papers.printed import DROPPED, EDITED, TAKEN
from documents.registry import JobRun
from documents.services.running import job_run
from monitoring.jobs import print_request, run_make_all
from monitoring.models import Report, ReportState
from monitoring.reports.kinds import Of, Wanted, document_kind
from monitoring.reports.looks import paper_printed
from monitoring.selectors import document_lines, document_wanted
from monitoring.services import (
    document_make,
    mark_of_text,
    report_approve,
    report_conclude,
    report_say,
    report_say_all,
)
from school.models import Period, School, SchoolClass, User
from tests.monitoring.own_school import make_own_school
from tests.monitoring.papers import wanted_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> School:
    return make_own_school()


@pytest.fixture
def period(own: School) -> Period:
    return wanted_of(own).period


def login(name: str) -> User:
    return User.objects.get(username=name)


def draft_of(by: User, period: Period, kind: str = "class_teacher") -> Report:
    """Of the first that the person may have."""
    line = next(line for line in document_lines(by, period) if line.kind.code == kind)
    return document_make(by=by, kind=line.kind, wanted=line.wanted)


def about(user: User, period: Period) -> set[tuple[str, str]]:
    lines = document_lines(user, period)
    return {(line.kind.code, line.about.replace("\u00a0", " ")) for line in lines if line.kind.of != Of.SCHOOL}


def test_a_teacher_is_offered_the_own_documents_and_the_deputy_all(own: School, period: Period) -> None:
    assert about(login("led"), period) == {("class_teacher", "7А")}
    assert about(login("taught"), period) == {("subject_teacher", "Гречко П. С.")}
    assert about(login("else"), period) == {("class_teacher", "7Б"), ("subject_teacher", "Иной И. И.")}
    assert about(login("zavuch"), period) == {
        ("class_teacher", "7А"),
        ("class_teacher", "7Б"),
        ("subject_teacher", "Гречко П. С."),
        ("subject_teacher", "Иной И. И."),
    }
    other = SchoolClass.objects.get(school=own, name="7Б")
    assert document_wanted(login("led"), period, "class_teacher", other.pk) is None


def test_a_line_shows_what_there_is_of_it_the_approved_one_before_the_draft(own: School, period: Period) -> None:
    deputy = login("zavuch")
    draft = draft_of(deputy, period)
    approved = report_approve(by=deputy, report=draft, day=date(2026, 11, 20))
    draft_of(deputy, period)
    reports = {line.about: line.report for line in document_lines(deputy, period) if line.kind.of == Of.CLASS}
    assert reports == {"7А": approved, "7Б": None}


def test_the_class_teacher_compiles_and_concludes_and_does_not_approve(own: School, period: Period) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    report_conclude(by=teacher, report=report, text="Продолжить занятия.")
    report.refresh_from_db()
    assert report.conclusions == "Продолжить занятия."
    with pytest.raises(Refused):
        report_approve(by=teacher, report=report, day=date(2026, 11, 20))
    assert report_approve(by=login("zavuch"), report=report, day=date(2026, 11, 20)).state == ReportState.APPROVED


def test_nobody_writes_into_a_document_about_another(own: School, period: Period) -> None:
    report = draft_of(login("led"), period)
    for stranger in (login("else"), login("taught")):
        with pytest.raises(Refused):
            report_conclude(by=stranger, report=report, text="Иначе")
        with pytest.raises(Refused):
            report_say_all(by=stranger, report=report)
        with pytest.raises(Refused):
            document_make(by=stranger, kind=document_kind("class_teacher"), wanted=_of(report))


def _of(report: Report) -> Wanted:
    return next(
        line.wanted
        for line in document_lines(login("zavuch"), report.period)
        if line.kind.code == report.kind and line.report is not None
    )


def test_a_sentence_is_taken_edited_dropped_and_put_back(own: School, period: Period) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    assert said(report) == []
    report_say(by=teacher, report=report, code="results", state=TAKEN)
    report_say(by=teacher, report=report, code="failing", state=EDITED, text="Не успевает один обучающийся.")
    report_say(by=teacher, report=report, code="risk", state=DROPPED)
    assert [text.replace("\u00a0", " ") for text in said(report)] == [
        "Успеваемость 75,0 %; качество 50,0 %.",
        "Не успевает один обучающийся.",
    ]
    report_say(by=teacher, report=report, code="failing", state="")
    assert len(said(report)) == 1
    with pytest.raises(Refused, match="Напишите фразу"):
        report_say(by=teacher, report=report, code="failing", state=EDITED, text=" ")
    with pytest.raises(Refused, match="Такой фразы"):
        report_say(by=teacher, report=report, code="unknown", state=TAKEN)


@pytest.mark.parametrize("text", ["я\x00", "я" * 2001])
def test_words_that_cannot_be_kept_are_answered_and_change_nothing(
    client: Client, own: School, period: Period, text: str
) -> None:
    report = draft_of(login("led"), period)
    client.force_login(login("led"))
    told = {"code": "failing", "deed": "edited", "text": text}
    page = client.post(reverse("monitoring:say", args=[report.pk]), told, follow=True)
    assert page.status_code == 200
    assert [str(one.level_tag) for one in page.context["messages"]] == ["error"]
    report.refresh_from_db()
    assert report.sentences == {}


def test_the_file_of_a_class_goes_with_the_class(client: Client, own: School, period: Period) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    job, later = (print_request(by=teacher, report=report, format=each) for each in ("xlsx", "docx"))
    job_run(job.pk)
    job.refresh_from_db()
    assert job.result is not None, job.error
    client.force_login(teacher)
    assert client.get(reverse("documents:file", args=[job.result.pk])).status_code == 200

    assert report.school_class is not None
    SchoolClass.objects.filter(pk=report.school_class.pk).update(class_teacher=login("else").staff)
    assert client.get(reverse("documents:file", args=[job.result.pk])).status_code == 404
    assert client.get(reverse("monitoring:detail", args=[report.pk])).status_code in (403, 404)
    assert job_run(later.pk) == JobState.FAILED
    client.force_login(login("else"))
    assert client.get(reverse("documents:file", args=[job.result.pk])).status_code == 200


def test_a_long_list_is_read_in_pages_with_the_same_queries(client: Client, own: School, period: Period) -> None:
    deputy, counts = login("zavuch"), []
    draft = draft_of(deputy, period)
    client.force_login(deputy)
    gone = {"school": own, "kind": draft.kind, "period": period, "school_class": draft.school_class, "digest": "",
            "state": ReportState.WITHDRAWN, "approved_on": date(2026, 11, 20), "grounds": "ошибка", "data": draft.data,
            "made_at": own.now(), "made_by": deputy}  # fmt: skip
    for number in (10, 60):
        Report.objects.bulk_create([Report(number=number * 100 + each, **gone) for each in range(number)])
        with CaptureQueriesContext(connection) as caught:
            page = client.get(reverse("monitoring:list")).content.decode()
        counts.append(len(caught))
    assert page.count("№ ") == 50
    assert "?page=2" in page
    assert counts[0] == counts[1]


def said(report: Report) -> list[str]:
    """All sentences that would be printed."""
    printed = paper_printed(Report.objects.get(pk=report.pk))
    return [text for section in printed.paper.sections for text in printed.said(section)]


def test_taking_all_leaves_what_was_decided(own: School, period: Period) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    report_say(by=teacher, report=report, code="risk", state=DROPPED)
    offered = len(paper_printed(report).paper.suggestions)
    assert report_say_all(by=teacher, report=report) == offered - 1
    assert report_say_all(by=teacher, report=report) == 0
    assert len(said(report)) == offered - 1


def test_sentences_and_conclusions_stay_when_it_is_compiled_again_and_when_approved(
    own: School, period: Period
) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    report_say(by=teacher, report=report, code="results", state=TAKEN)
    report_conclude(by=teacher, report=report, text="Продолжить.")
    again = draft_of(teacher, period)
    assert again.pk == report.pk
    assert len(said(again)) == 1
    approved = report_approve(by=login("zavuch"), report=again, day=date(2026, 11, 20))
    assert approved.conclusions == "Продолжить."
    with pytest.raises(Refused):
        report_say(by=teacher, report=approved, code="results", state=DROPPED)


def test_the_second_of_two_people_is_told(own: School, period: Period) -> None:
    teacher, deputy = login("led"), login("zavuch")
    report = draft_of(teacher, period)
    seen = mark_of_text(report.conclusions)
    report_conclude(by=teacher, report=report, text="Одно.", seen=seen)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        report_conclude(by=deputy, report=report, text="Другое.", seen=seen)


def test_the_deputy_has_all_classes_compiled_at_once(own: School, period: Period) -> None:
    params = {"period": period.pk, "kind": "class_teacher", "school": own.pk}
    outcome = run_make_all(JobRun(login("zavuch"), own, params, lambda *_: None))
    assert outcome.message.replace("\u00a0", " ") == "Составлено: 2 документа."
    assert {report.about for report in Report.objects.filter(kind="class_teacher")} == {"7А", "7Б"}


def test_a_class_teacher_goes_from_the_navigation_to_the_conclusions(
    client: Client, own: School, period: Period
) -> None:
    teacher = login("led")
    report = draft_of(teacher, period)
    client.force_login(teacher)
    assert reverse("monitoring:list") in client.get(reverse("desk:home")).content.decode()
    listed = client.get(reverse("monitoring:list")).content.decode()
    assert reverse("monitoring:period", args=[period.pk]) in listed
    offered = client.get(reverse("monitoring:period", args=[period.pk])).content.decode()
    assert reverse("monitoring:detail", args=[report.pk]) in offered
    assert "7Б" not in offered
    page = client.get(reverse("monitoring:detail", args=[report.pk])).content.decode()
    assert "Предлагаем написать:" in page
    assert reverse("monitoring:conclude", args=[report.pk]) in page
    assert reverse("monitoring:approve", args=[report.pk]) not in page
