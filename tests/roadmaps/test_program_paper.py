"""The passport on paper and on its pages: the same of all of them."""

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from common.errors import Refused
from documents.models import JobState
from documents.registry import ReportQuery
from documents.services.reports import report_job_request, report_render
from documents.services.running import job_run
from roadmaps.agenda_program import program_asked
from roadmaps.indicators import Reading
from roadmaps.models import Program
from roadmaps.reports.program import build_program, program_json, program_pdf
from roadmaps.reports.program_changes import changes_between
from roadmaps.reports.program_docx import program_docx
from roadmaps.reports.program_paper import paper_of, program_paper
from roadmaps.services.program_parts import (
    IndicatorDraft,
    LineDraft,
    indicator_edit,
    indicator_read,
    indicator_remove,
    line_add,
    line_remove,
)
from roadmaps.services.programs import program_approve, program_correct, program_create
from roadmaps.words_program import Section, Template
from school.agendas import agenda_of
from school.models import School, User
from school.roles import Position
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(deputy: User, school: School) -> Program:
    return program_create(by=deputy, school=school, template=Template.LONG, first_year=2026)


def approve(deputy: User, program: Program) -> Program:
    program.refresh_from_db()
    day = date(2026, 9, 3)
    return program_approve(by=deputy, program=program, version=program.version, protocol_number="1", protocol_date=day)


def query(school: School, **extra: Any) -> ReportQuery:
    return ReportQuery(school, 0, 2026, extra=extra)


def test_the_paper_has_blanks_and_both_readings_in_words(program: Program) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(program_pdf(program_paper(program)))).pages]
    text = " ".join(" ".join(pages).split())
    assert "ПРОЕКТ" in pages[0]
    assert "Этапы и сроки не заполнено" in text
    assert "Направления 1. Профессиональное мастерство педагогов" in text
    assert "P35" in text
    assert "прирост за год к предыдущему значению 2026 — 75 %; 2027 — 100 %; 2028 — 100 %" in text.replace(
        "\u00a0", " "
    )


def test_word_holds_every_indicator_with_its_plan(program: Program) -> None:
    document = Document(BytesIO(program_docx(program_paper(program))))
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for table in document.tables for row in table.rows}
    assert rows["P02"][2:] == ["45%", "55%", "65%", "не менее 75%"]
    assert rows["P30"][2:] == ["не заполнено"] * 4
    assert rows["Исполнители"][1] == "не заполнено"
    assert rows["Направления"][1].startswith("1. Профессиональное мастерство педагогов")


def test_the_printed_passport_breaks_no_word_of_a_plan_and_no_line_before_a_dash(deputy: User, school: School) -> None:
    row = program_create(by=deputy, school=school, template=Template.YEAR, first_year=2026)
    lines = [
        line.strip()
        for page in PdfReader(BytesIO(program_pdf(program_paper(row)))).pages
        for line in page.extract_text().splitlines()
    ]
    assert re.search(r"100%\s+обучающихся\b", " ".join(lines))
    assert not [line for line in lines if line.startswith(("–", "—"))]
    assert any("(01.10.2026 – 31.05.2027)" in line for line in lines)


def test_json_gives_figures_as_numbers_and_blanks_as_null(program: Program) -> None:
    told = json.loads(program_json(program_paper(program)))
    indicators = {one["code"]: one for group in told["groups"] for one in group["indicators"]}
    assert told["school"] == program.school.code
    assert told["totals"] == {"indicators": 36, "undecided": 7, "blank_sections": 3}
    assert (indicators["P10"]["targets"][0]["value"], indicators["P10"]["targets"][0]["raw"]) == (75, "75%")
    assert indicators["P30"]["targets"][0]["value"] is None


def test_the_report_is_of_the_approved_version_while_a_correction_goes_on(
    program: Program, deputy: User, school: School
) -> None:
    approve(deputy, program)
    program = program_correct(by=deputy, program=program, version=1, grounds="итоги")
    indicator_remove(by=deputy, indicator=program.indicators.select_related("program").get(code="P08"))
    assert len(build_program(query(school)).indicators) == 36
    assert len(build_program(query(school, program=program.pk, version=0)).indicators) == 35
    with pytest.raises(Refused, match="редакции"):
        build_program(query(school, version=9))
    with pytest.raises(Refused, match="нет периода № 9"):
        build_program(ReportQuery(school, 9, 2026))
    made = report_render(kind="program", query=query(school), format="json")
    assert json.loads(made.content)["state"] == "approved"


def test_it_says_that_a_year_has_no_program(school: School, deputy: User) -> None:
    with pytest.raises(Refused, match="ещё нет"):
        build_program(query(school))


def test_the_worker_makes_the_paper_of_a_version(program: Program, deputy: User, school: School) -> None:
    approve(deputy, program)
    job = report_job_request(
        by=deputy, school=school, kind="program", period=0, year=2026, format="pdf", key="once",
        extra={"program": program.pk, "version": 1},
    )  # fmt: skip
    job_run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result is not None
    assert job.result.name == "Паспорт программы, редакция 1.pdf"


def test_differences_name_what_came_what_went_and_what_changed(program: Program, deputy: User) -> None:
    old = program_paper(program)
    rows = program.indicators.select_related("program")
    direction = program.directions.all()[0]
    plan = {"2026": "60%", "2027": "65%", "2028": "не менее 75%"}
    indicator_edit(by=deputy, indicator=rows.get(code="P02"), draft=IndicatorDraft(direction, "45%", plan))
    indicator_read(by=deputy, indicator=rows.get(code="P32"), reading=Reading.LEVEL, why="доля за год")
    indicator_remove(by=deputy, indicator=rows.get(code="P35"))
    line_add(by=deputy, program=program, section=Section.EXECUTOR, draft=LineDraft("Все педагоги"))
    line_remove(by=deputy, line=program.lines.select_related("program").get(section=Section.TASK, number=8))
    told = {(one.where, one.what): (one.was, one.becomes) for one in changes_between(old, program_paper(program))}
    assert told["Показатель P02", "изменено"] == ("2026: 55%", "2026: 60%")
    assert told["Показатель P32", "изменено"][1] == "План читается: значение к концу года"
    assert told["Исполнители", "добавлено"] == ("", "Все педагоги")
    assert {("Показатель P35", "исключено"), ("Задачи", "исключено")} <= set(told)
    assert len(told) == 5
    assert changes_between(old, old) == []


def test_pages_show_what_stands_and_a_version_what_was_approved(program: Program, deputy: User, client: Client) -> None:
    approve(deputy, program)
    client.force_login(deputy)
    page = client.get("/passport/").content.decode()
    assert page.count("не заполнено") == 3
    assert "Действует с 01.08.2026 по 31.12.2028" in page
    indicators = client.get("/passport/indicators/").content.decode()
    assert "P35" in indicators
    assert "Прирост за год к предыдущему значению" in indicators
    version = client.get(f"/passport/{program.pk}/version/1/").content.decode()
    assert "P35" in version


def test_a_page_asks_few_queries_also_while_it_is_corrected(
    program: Program, deputy: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    program_correct(by=deputy, program=approve(deputy, program), version=1, grounds="итоги")
    client.force_login(deputy)
    client.get("/passport/")
    for address in ("/passport/", "/passport/indicators/"):
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


def test_whoever_keeps_it_is_told_that_the_council_has_not_approved_it(
    program: Program, deputy: User, school: School
) -> None:
    today = school.today()
    titles = [item.title for item in agenda_of(deputy, today)]
    assert "Программа не утверждена педсоветом" in titles
    teacher = make_staff(school, "Петрова Анна Ильинична", Position.TEACHER, login="teacher").user
    assert program_asked(teacher, today).columns == {}
    approve(deputy, program)
    assert not any("рограмм" in item.title for item in agenda_of(deputy, today))
    program_correct(by=deputy, program=program, version=1, grounds="итоги")
    assert "Правки программы ждут педсовета" in [item.title for item in agenda_of(deputy, today)]


def test_a_version_reads_back_as_the_same_paper(program: Program, deputy: User) -> None:
    approve(deputy, program)
    body = program.versions.get().body
    assert paper_of(body) == program_paper(Program.objects.select_related("school").get(pk=program.pk))


def test_of_two_at_one_line_the_second_is_told_and_keeps_the_text(
    program: Program, deputy: User, client: Client
) -> None:
    client.force_login(deputy)
    line = program.lines.get(section=Section.GOAL)
    address = f"/passport/lines/{line.pk}/"
    seen = client.get(address).context["seen"]
    client.post(address, {"text": "Первая", "seen": seen})
    answer = client.post(address, {"text": "Вторая", "seen": seen})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Сейчас записано: Текст — «Первая»" in told
    assert "Вторая" in told
