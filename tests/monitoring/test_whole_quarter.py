"""The quarter told whole: what stands beside categories and marks, in all forms; sentences that people decide on."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.papers.parts import NONE, Section, Table
from iom.models import Route, WorkEntry, WorkEntryPupil
from iom.words import RouteKind, RouteState
from monitoring.models import Report
from monitoring.reports.freezing import digest, freeze, thaw
from monitoring.reports.quarter import people
from monitoring.reports.quarter.printing import RENDERERS, headings_of, printed_of
from monitoring.reports.quarter.shapes import QuarterReport
from monitoring.services import quarterly_build, quarterly_make, report_approve, report_say, report_say_all
from monitoring.services_measures import period_freeze
from parents.models import Conversation
from risk_registry.causes import CauseMethod, Established
from risk_registry.services.causes import causes_add
from school.models import Pupil, School, SocialRecord, User
from school.roles import Position
from tests.acceptance.report_forms import cells_of
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db
IN_PERIOD = date(2026, 10, 6)


@pytest.fixture
def small() -> School:
    """Two classes; two failing, one weak, one without risk; nothing is recorded of anybody."""
    school = make_school()
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    for name, pupil, result in (
        ("7А", "Ковтун Матвей Андреевич", "2"),
        ("7А", "Римская-Корсакова Аполлинария Константиновна", "2"),
        ("7Б", "Белова Ева Артёмовна", "3"),
        ("7Б", "Яшин Егор Романович", "5"),
    ):
        own = make_pupil(school.classes.filter(name=name).first() or make_class(school, name), pupil)
        give_result(own, "Алгебра", result)
    give_marks(pupil_of("Белова"), "Алгебра", 2, on=IN_PERIOD)
    judged(pupil_of("Ковтун"))
    return school


def pupil_of(last_name: str) -> Pupil:
    return Pupil.objects.get(last_name=last_name)


def deputy_of(school: School) -> User:
    return User.objects.get(school=school, username="deputy")


def worked_with(pupil: Pupil, by: User, on: date = IN_PERIOD) -> None:
    year = period_of(pupil.school).year
    entry = WorkEntry.objects.create(school=pupil.school, year=year, on=on, topic="Дроби", by=by, at=pupil.school.now())
    WorkEntryPupil.objects.create(entry=entry, pupil=pupil)


def talked_about(pupil: Pupil, by: User, on: date = IN_PERIOD) -> None:
    told = {"who": "мама", "channel": "phone", "occasion": "двойки", "said": "слова матери", "on": on}
    at = pupil.school.now()
    Conversation.objects.create(
        school=pupil.school, year=period_of(pupil.school).year, pupil=pupil, by=by, at=at, **told
    )


def built(school: School, number: int = 1) -> QuarterReport:
    return quarterly_build(school=school, period=period_of(school, number))


def section(report: QuarterReport, code: str) -> Section:
    return next(one for one in report.more if one.code == code)


def rows_of(report: QuarterReport, code: str, table: str) -> list[list[str]]:
    found = next(part for part in section(report, code).parts if isinstance(part, Table) and part.code == table)
    return [[cell.text for cell in row] for row in (*found.rows, *found.foot)]


def figures_of(report: QuarterReport) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(RENDERERS["json"](printed_of(Report(data=freeze(report)))))["figures"]
    return told


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u00ad]", "", text)


def test_work_and_talks_are_counted_by_class_and_only_within_the_period(small: School) -> None:
    deputy = deputy_of(small)
    worked_with(pupil_of("Ковтун"), deputy)
    worked_with(pupil_of("Ковтун"), deputy)
    worked_with(pupil_of("Римская-Корсакова"), deputy, on=date(2026, 11, 9))
    talked_about(pupil_of("Белова"), deputy)

    report = built(small)

    assert rows_of(report, "work", "work") == [
        ["7А", "2", "1", "1", "2", "0", "0", "0", "0"],
        ["7Б", "1", "0", "1", "0", "0", "0", "0", "0"],
        ["Итого", "3", "1", "2", "2", "0", "0", "0", "0"],
    ]
    assert (figures_of(report)["recorded"], figures_of(report)["unrecorded"], figures_of(report)["entries"]) == (
        1,
        2,
        2,
    )
    assert rows_of(report, "parents", "parents_by_class") == [
        ["7Б", "1", "1", "0", "0", "0"], ["Итого", "1", "1", "0", "0", "0"],
    ]  # fmt: skip
    assert rows_of(report, "routes", "coverage")[-1] == ["Итого", "3", "0", "3", "0,0\u00a0%"]


def test_an_appendix_names_those_of_a_class_and_says_no_record_never_not_done(small: School) -> None:
    worked_with(pupil_of("Ковтун"), deputy_of(small))
    first, *_ = built(small).appendices
    table = first.parts[0]
    assert isinstance(table, Table)
    told = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert told["Ковтун Матвей Андреевич"] == [
        "неуспевающий. Алгебра: итог 2", "предложен; причины не установлены", "инд. работа 1",
    ]  # fmt: skip
    assert told["Римская-Корсакова Аполлинария Константиновна"][-1] == "нет записи"
    assert "не выполнено" not in json.dumps(freeze(built(small)), ensure_ascii=False).lower()


def test_flows_say_from_which_category_into_which(small: School) -> None:
    for name, result in (("Ковтун", "4"), ("Римская-Корсакова", "2"), ("Белова", "2"), ("Яшин", "5")):
        give_result(pupil_of(name), "Алгебра", result, period=period_of(small, 2))
    judged(pupil_of("Ковтун"), 2)
    report = built(small, 2)
    assert rows_of(report, "dynamics", "flows")[0] == ["неуспевающие", "1", "0", "0", "1", "0"]
    assert rows_of(report, "dynamics", "flows")[1] == ["слабоуспевающие", "1", "0", "0", "0", "0"]
    assert (figures_of(report)["better"], figures_of(report)["worse"]) == (1, 1)
    assert [row[:3] for row in rows_of(report, "dynamics", "periods")] == [
        ["1-я четверть", "4", "2"], ["2-я четверть", "4", "2"],
    ]  # fmt: skip


def test_few_restricted_causes_are_not_even_a_number(small: School) -> None:
    told = Established(CauseMethod.TALK, small.today(), "отец в отъезде")
    causes_add(by=deputy_of(small), entries=[entry_of(pupil_of("Ковтун"))], codes=["SOC01", "PED03"], told=told)
    report = built(small)
    assert rows_of(report, "causes", "causes") == [
        ["пробелы в знаниях", "Педагогические", "1", "33,3\u00a0%"],
        ["причины с ограниченным доступом", NONE, "менее 5", NONE],
    ]
    assert rows_of(report, "causes", "caused")[-1] == ["Итого", "3", "1", "2", "33,3\u00a0%"]
    words = json.dumps(freeze(report), ensure_ascii=False)
    assert "неблагополучные" not in words
    assert "отец в отъезде" not in words


def test_few_of_restricted_groups_are_not_told_and_a_route_for_special_needs_of_nobody_by_name(small: School) -> None:
    pupil = pupil_of("Ковтун")
    SocialRecord.objects.create(pupil=pupil, special_needs=True)
    at, year = small.now(), period_of(small).year
    Route.objects.create(
        school=small, year=year, kind=RouteKind.NEEDS, pupil=pupil, state=RouteState.ACTIVE, number=1,
        begins=date(2026, 9, 1), ends=date(2026, 12, 30), created_at=at, changed_at=at,
    )  # fmt: skip
    period_freeze(by=deputy_of(small), period=period_of(small))
    report = built(small)
    assert (figures_of(report)["special"], figures_of(report)["non_native"]) == ("менее 5", 0)
    assert rows_of(report, "routes", "coverage")[-1][2] == "1"
    told = json.dumps(freeze(replace(report, more=())), ensure_ascii=False)
    assert "маршрут утверждён" not in told
    codes = [row[0] for part in section(report, "indicators").parts if isinstance(part, Table) for row in part.rows]
    assert "R02" in [cell.text for cell in codes]
    assert not {"R03", "R04"} & {cell.text for cell in codes}


@pytest.mark.parametrize(
    ("met", "every", "told"),
    [(0, 12, ": 0."), (4, 12, ": менее 5."), (5, 12, ": 5."), (9, 12, ""), (12, 12, ""), (0, 0, "")],
)
def test_who_met_a_specialist_does_not_follow_from_the_names_at_risk(met: int, every: int, told: str) -> None:
    assert people.reach_words(met, every).rstrip().endswith(told)
    assert bool(people.reach_words(met, every)) == bool(told)


def test_of_a_school_without_records_every_section_says_so(small: School) -> None:
    report = built(small)
    assert [one.code for one in report.more] == [
        "contingent", "dynamics", "registry", "causes", "work", "routes", "parents", "service", "indicators",
        "roadmap", "decisions_suggested",
    ]  # fmt: skip
    words = squeezed(pdf_text(RENDERERS["pdf"](printed_of(Report(data=freeze(report))))))
    for told in (
        "Причины пока не установлены.",
        "Показатели ещё не зафиксированы ни за один период.",
        "Решений заседаний за период нет.",
        "сравнить пока не с чем",
    ):
        assert squeezed(told) in words


def test_nothing_of_another_school_is_counted(small: School) -> None:
    other = make_school("S2")
    stranger = make_pupil(make_class(other, "7А"), "Чужой Пётр Ильич")
    make_staff(other, "Орлова Анна Павловна", Position.DEPUTY, login="stranger")
    before = freeze(built(small)) | {"made_at": ""}
    worked_with(stranger, User.objects.get(username="stranger"))
    talked_about(stranger, User.objects.get(username="stranger"))
    assert freeze(built(small)) | {"made_at": ""} == before


def pdf_text(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_page_pdf_workbook_and_json_tell_the_same(client: Client, school: School, deputy: User) -> None:
    record = quarterly_make(by=deputy, school=school, period=period_of(school, 1))
    report, printed = thaw(record.data), printed_of(record)
    client.force_login(deputy)
    page = cells_of(client.get(reverse("monitoring:detail", args=[record.pk])).content.decode())
    shown = {tuple(squeezed(cell) for cell in row) for row in page}
    paper = squeezed(pdf_text(RENDERERS["pdf"](printed)).replace("‐\n", ""))
    book = openpyxl.load_workbook(BytesIO(RENDERERS["xlsx"](printed)))
    sheets = {sheet["A1"].value: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    told = json.loads(RENDERERS["json"](printed))
    tables = {
        (one["code"], code): table
        for one in told["sections"] + told["appendices"]
        for code, table in one["tables"].items()
    }
    assert digest(freeze(thaw(record.data))) == record.digest

    every = [(one, part) for one in (*report.more, *report.appendices) for part in one.parts]
    for one, part in every:
        if not isinstance(part, Table) or not part.rows:
            continue
        rows = (*part.rows, *part.foot)
        assert {tuple(squeezed(cell.text) for cell in row) for row in rows} <= shown, part.code
        assert all(squeezed(cell.text) in paper for row in rows for cell in row), part.code
        numbers = tables[one.code, part.code]
        written = sheets[part.title][2:]
        for row, sheet_row, json_row in zip(rows, written, numbers["rows"] + numbers["totals"], strict=True):
            for cell, in_book, in_json in zip(row, sheet_row, json_row.values(), strict=True):
                wanted = cell.number if cell.number is not None else cell.text
                assert (in_book or "") == wanted or in_book == wanted, (part.code, cell)
                assert in_json == (None if wanted == NONE else wanted), (part.code, cell)


def test_headings_are_numbered_one_after_another_on_page_and_paper(
    school: School, deputy: User, client: Client
) -> None:
    record = quarterly_make(by=deputy, school=school, period=period_of(school, 1))
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[record.pk])).content.decode()
    numbers = [int(found) for found in re.findall(r'<h2 id="[^"]*">(\d+)\. ', page)]
    assert numbers == list(range(1, 17))
    assert all(f'id="{code}"' in page for code in re.findall(r'class="o-chip" href="#([^"]*)"', page))


def test_sentences_stand_in_the_paper_only_when_a_person_has_taken_them(
    client: Client, school: School, deputy: User
) -> None:
    Report.objects.filter(kind="quarterly").update(conclusions="", sentences={})  # the demo's deputy has begun
    record = quarterly_make(by=deputy, school=school, period=period_of(school, 1))
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[record.pk])).content.decode()
    offered = thaw(record.data).suggestions
    assert len(offered) > 3
    assert page.count("Предлагаем написать:") == len(offered)
    assert squeezed("Выводы и решения") not in squeezed(pdf_text(RENDERERS["pdf"](printed_of(record))))

    client.post(reverse("monitoring:say", args=[record.pk]), {"code": "routes", "deed": "edited", "text": "По-своему."})
    report_say(by=deputy, report=record, code="risk", state="dropped")
    report_say_all(by=deputy, report=record)

    approved = report_approve(by=deputy, report=Report.objects.get(pk=record.pk), day=school.today())
    told = json.loads(RENDERERS["json"](printed_of(approved)))["sections"][-1]["said"]
    assert "По-своему." in told
    assert len(told) == len(offered) - 1
    words = squeezed(pdf_text(RENDERERS["pdf"](printed_of(approved))))
    assert all(squeezed(one) in words for one in told)


def test_a_report_frozen_before_prints_as_it_was(school: School, deputy: User) -> None:
    record = quarterly_make(by=deputy, school=school, period=period_of(school, 1))
    del record.data["more"], record.data["appendices"]
    record.conclusions = "Усилить работу с 7А."
    report, printed = thaw(record.data), printed_of(record)
    assert (report.more, report.appendices, report.suggestions) == ((), (), [])
    assert [one.number for one in headings_of(report)] == [1, 2, 3, 4, 5]
    assert "1. Кто под риском и в резерве, поимённо" in pdf_text(RENDERERS["pdf"](printed))
    assert "6. Выводы Усилить работу" in " ".join(pdf_text(RENDERERS["pdf"](printed)).split())
    assert "sections" not in json.loads(RENDERERS["json"](printed))
