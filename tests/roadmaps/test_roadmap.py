"""The roadmap from its catalogue to the next year's: approved, corrected, marked, shown, read back from a table."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from common.errors import Refused
from documents.registry import ReportQuery, may_fetch
from documents.services.reports import report_render
from roadmaps.models import Activity, Direction, Evidence, Occurrence, Roadmap, RoadmapTable
from roadmaps.permissions import can_mark
from roadmaps.rules.terms import Term
from roadmaps.selectors.activities import late_of, own_waiting
from roadmaps.selectors.shares import activity_shares
from roadmaps.services.activities import ActivityDraft, activity_edit, activity_remove
from roadmaps.services.occurrences import (
    EVIDENCE,
    evidence_add,
    evidence_withdraw,
    occurrence_cancel,
    occurrence_hold,
    occurrence_move,
    occurrence_record,
    occurrence_return,
)
from roadmaps.services.roadmaps import roadmap_approve, roadmap_copy, roadmap_correct, roadmap_create
from roadmaps.words import TermKind
from school.models import AcademicYear, Holiday, School, User
from school.roles import Position
from school.services.calendar import holiday_save, year_open
from tests.factories import TODAY, make_staff

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def row_of(roadmap: Roadmap, number: int) -> Activity:
    return roadmap.activities.get(origin=number)


def occurrence_of(roadmap: Roadmap, number: int) -> Occurrence:
    return row_of(roadmap, number).occurrences.get()


def test_all_twenty_rows_load_with_their_terms(roadmap: Roadmap) -> None:
    deeds = {row.origin: row.occurrences.count() for row in roadmap.activities.all()}

    assert deeds == {
        1: 1, 2: 9, 3: 0, 4: 4, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1, 14: 0, 15: 1, 16: 0,
        17: 0, 18: 0, 19: 0, 20: 1,
    }  # fmt: skip
    assert row_of(roadmap, 14).result == ""
    assert row_of(roadmap, 4).term_text == "Октябрь, декабрь, март, май"
    assert occurrence_of(roadmap, 1).ends == date(2026, 8, 31)


def test_a_year_has_one_roadmap(deputy: User, roadmap: Roadmap) -> None:
    with pytest.raises(Refused, match="уже есть"):
        roadmap_create(by=deputy, year=roadmap.year)


def test_an_approved_roadmap_changes_only_when_it_is_corrected_with_grounds(deputy: User, approved: Roadmap) -> None:
    activity = row_of(approved, 11)
    with pytest.raises(Refused, match="утверждена"):
        activity_remove(by=deputy, activity=activity, why="лишнее")
    with pytest.raises(Refused, match="причину"):
        roadmap_correct(by=deputy, roadmap=approved, version=approved.version, grounds=" ")
    corrected = roadmap_correct(by=deputy, roadmap=approved, version=approved.version, grounds="решение педсовета")
    activity_remove(by=deputy, activity=activity, why="объединено с другим")
    again = roadmap_approve(
        by=deputy, roadmap=corrected, version=corrected.version, order_number="140", order_date=date(2026, 11, 2)
    )

    first, second = again.versions.order_by("number")
    titles = [line["title"] for part in first.body["parts"] for line in part["lines"]]
    assert activity.title in titles and len(titles) == 20
    assert sum(len(part["lines"]) for part in second.body["parts"]) == 19
    assert (second.number, second.grounds) == (2, "решение педсовета")


def test_an_approved_version_prints_what_was_approved(deputy: User, approved: Roadmap) -> None:
    query = ReportQuery(approved.school, 0, extra={"version": 1})
    before = report_render(kind="roadmap", query=query, format="json").content
    row = roadmap_correct(by=deputy, roadmap=approved, version=approved.version, grounds="уточнение")
    activity = row_of(row, 20)
    draft = ActivityDraft(activity.direction, "Другое собрание", Term(TermKind.MONTH, months=(13,)))
    activity_edit(by=deputy, activity=activity, draft=draft)
    occurrence = occurrence_of(approved, 8)
    occurrence_hold(by=deputy, occurrence=occurrence, version=0, on=date(2026, 10, 20))

    assert report_render(kind="roadmap", query=query, format="json").content == before


def test_somebody_who_was_quicker_is_told(deputy: User, roadmap: Roadmap) -> None:
    roadmap_approve(by=deputy, roadmap=roadmap, version=0, order_number="1", order_date=TODAY)

    with pytest.raises(Refused, match="обновите"):
        roadmap_approve(by=deputy, roadmap=roadmap, version=0, order_number="2", order_date=TODAY)


def test_nothing_is_marked_before_the_roadmap_is_approved(deputy: User, roadmap: Roadmap) -> None:
    with pytest.raises(Refused, match="не утверждена"):
        occurrence_hold(by=deputy, occurrence=occurrence_of(roadmap, 8), version=0, on=TODAY)


def test_moving_asks_why_and_keeps_the_first_term(deputy: User, approved: Roadmap) -> None:
    meeting = occurrence_of(approved, 20)
    with pytest.raises(Refused, match="причину"):
        occurrence_move(by=deputy, occurrence=meeting, version=0, to=date(2027, 1, 20), why="")
    moved = occurrence_move(by=deputy, occurrence=meeting, version=0, to=date(2027, 1, 20), why="карантин")

    assert (moved.state, moved.ends, moved.first_ends) == ("moved", date(2027, 1, 20), date(2026, 12, 31))
    step = moved.steps.get()
    assert (step.was, step.becomes, step.comment) == (date(2026, 12, 31), date(2027, 1, 20), "карантин")
    cancelled = occurrence_cancel(by=deputy, occurrence=moved, version=1, why="объединено")
    back = occurrence_return(by=deputy, occurrence=cancelled, version=2, why="ошибка")
    assert back.state == "moved"


def test_what_was_held_cannot_be_of_tomorrow_and_is_marked_once(deputy: User, approved: Roadmap) -> None:
    seminar = occurrence_of(approved, 8)
    with pytest.raises(Refused, match="не наступил"):
        occurrence_hold(by=deputy, occurrence=seminar, version=0, on=date(2026, 11, 22))
    occurrence_hold(by=deputy, occurrence=seminar, version=0, on=TODAY)
    with pytest.raises(Refused, match="обновите"):
        occurrence_hold(by=deputy, occurrence=seminar, version=0, on=TODAY)


def test_a_standing_line_is_written_down_when_it_is_held(deputy: User, approved: Roadmap) -> None:
    occurrence_record(by=deputy, activity=row_of(approved, 17), on=date(2026, 11, 10), note="двое из 7А")

    assert row_of(approved, 17).occurrences.get().state == "held"
    with pytest.raises(Refused, match="есть сроки"):
        occurrence_record(by=deputy, activity=row_of(approved, 8), on=TODAY, note="")


def test_terms_follow_the_calendar_and_marked_ones_stay(deputy: User, approved: Roadmap) -> None:
    held = row_of(approved, 4).occurrences.get(key="month-10")
    occurrence_hold(by=deputy, occurrence=held, version=0, on=date(2026, 10, 20))
    Holiday.objects.create(year=approved.year, name="Каникулы", starts=date(2026, 12, 25), ends=date(2026, 12, 31))
    holiday_save(
        by=deputy,
        year=approved.year,
        holiday=None,
        name="Осень",
        starts=date(2026, 10, 26),
        ends=date(2026, 10, 31),
        first_grade_only=False,
    )

    assert row_of(approved, 4).occurrences.get(key="month-12").ends == date(2026, 12, 24)
    assert row_of(approved, 4).occurrences.get(key="month-10").ends == date(2026, 10, 30)
    assert occurrence_of(approved, 8).ends == date(2026, 10, 23)


def test_people_answer_when_they_are_named_else_whom_the_words_mean(
    school: School, deputy: User, approved: Roadmap
) -> None:
    psychologist = make_staff(school, "Соколова Инна Андреевна", Position.PSYCHOLOGIST, login="psy").user
    head = make_staff(school, "Ильина Марина Фёдоровна", Position.METHODICAL_HEAD, login="head").user
    seminar, advice = row_of(approved, 8), row_of(approved, 10)

    assert can_mark(psychologist, seminar) and not can_mark(psychologist, advice)
    assert head.staff is not None
    seminar.people.add(head.staff)
    assert can_mark(head, seminar) and not can_mark(psychologist, seminar)
    assert can_mark(deputy, seminar)
    assert {one.activity for one in own_waiting(head, TODAY)} == {seminar, advice}


def test_late_deeds_are_those_of_the_approved_roadmap(deputy: User, approved: Roadmap) -> None:
    late = {one.activity.origin for one in late_of(deputy, TODAY).select_related("activity")}

    assert late == {1, 2, 4, 8, 9}
    Roadmap.objects.update(state="draft", number=0)
    assert not late_of(deputy, TODAY)


def test_evidence_is_decided_by_its_content_and_opened_by_those_whose_deed_it_is(
    school: School, deputy: User, approved: Roadmap
) -> None:
    psychologist = make_staff(school, "Соколова Инна Андреевна", Position.PSYCHOLOGIST, login="psy").user
    logoped = make_staff(school, "Кравец Анна Борисовна", Position.SPEECH_THERAPIST, login="log").user
    seminar = occurrence_of(approved, 8)
    given: dict[str, Any] = {"by": psychologist, "occurrence": seminar, "kind": "photo", "title": "Семинар"}
    with pytest.raises(Refused, match="PDF, JPEG или PNG"):
        evidence_add(**given, content=b"<script>alert(1)</script>")
    row = evidence_add(**given, content=PNG)

    assert row.file is not None and row.file.name == "Семинар.png" and row.file.kind == EVIDENCE
    assert may_fetch(deputy, EVIDENCE, row.file.params) and may_fetch(psychologist, EVIDENCE, row.file.params)
    assert not may_fetch(logoped, EVIDENCE, row.file.params)
    client = Client()
    client.force_login(deputy)
    answer = client.get(reverse("documents:file", args=[row.file.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    evidence_withdraw(by=psychologist, evidence=row, why="не тот снимок")
    assert not may_fetch(User.objects.get(pk=deputy.pk), EVIDENCE, row.file.params)


def test_a_link_is_an_address_and_anything_else_a_file(deputy: User, approved: Roadmap) -> None:
    seminar = occurrence_of(approved, 8)
    client = Client()
    client.force_login(deputy)
    at = reverse("roadmap:evidence", args=[seminar.pk])

    assert client.post(at, {"kind": "link", "url": "javascript:alert(1)"}).status_code == 422
    assert client.post(at, {"kind": "link", "url": "ftp://school.example/a"}).status_code == 422
    assert client.post(at, {"kind": "protocol"}).status_code == 422
    bad = SimpleUploadedFile("protocol.pdf", b"MZ not a paper")
    assert client.post(at, {"kind": "protocol", "file": bad}).status_code == 422
    assert not Evidence.objects.exists()
    assert client.post(at, {"kind": "link", "url": "https://school.example/news"}).status_code == 302
    assert Evidence.objects.get().url == "https://school.example/news"


def test_shares_follow_from_marks_on_held_activities(deputy: User, approved: Roadmap) -> None:
    for number in (8, 9, 20, 5):
        occurrence_hold(by=deputy, occurrence=occurrence_of(approved, number), version=0, on=date(2026, 11, 5))
    Activity.objects.filter(origin=20).update(with_point=True)

    specialists, point = activity_shares(school=approved.school, year=approved.year)

    assert [(one.code, len(one.counted), len(one.of)) for one in (specialists, point)] == [("P32", 2, 4), ("P30", 1, 4)]
    assert str(specialists.value) == "50.0"
    none = activity_shares(school=approved.school, year=approved.year, ends=date(2026, 11, 4))
    assert none[0].value is None


def test_last_years_roadmap_is_copied_without_its_marks(deputy: User, approved: Roadmap) -> None:
    left = make_staff(approved.school, "Иванова Анна Петровна", Position.TEACHER)
    left.left_on = date(2026, 10, 1)
    left.save()
    assert deputy.staff is not None
    row_of(approved, 8).people.add(left, deputy.staff)
    direction = approved.directions.first()
    assert direction is not None
    Activity.objects.create(
        roadmap=approved, direction=direction, number=30, title="День открытых дверей", term_text="29.02.2028",
        term_kind="date", term={"day": "2027-03-05"},
    )  # fmt: skip
    year = year_open(by=deputy, school=approved.school, start=2027, main="quarters", upper="halfyears")
    copy = roadmap_copy(by=deputy, source=approved, year=year)

    assert (copy.state, copy.activities.count(), copy.directions.count()) == ("draft", 21, 5)
    assert occurrence_of(copy, 20).ends == date(2027, 12, 31)
    assert list(row_of(copy, 8).people.all()) == [deputy.staff]
    assert copy.activities.get(number=30).term_text == "05.03.2028"
    assert approved.activities.count() == 21


def test_the_docx_opens_and_keeps_the_table(approved: Roadmap) -> None:
    made = report_render(kind="roadmap", query=ReportQuery(approved.school, 0), format="docx")

    document = Document(BytesIO(made.content))
    (table,) = document.tables
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[0] == ["№", "Мероприятия", "Сроки", "Ответственные", "Ожидаемые результаты"]
    rows = [row for row in texts[1:] if row[0].isdigit()]
    assert [row[0] for row in rows] == [str(number) for number in range(1, 21)]
    assert rows[3][2] == "Октябрь, декабрь, март, май" and rows[13][4] == ""
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert any("приказ от" in paragraph.text for paragraph in document.paragraphs)


def test_the_json_tells_the_plan_and_what_became_of_it(deputy: User, approved: Roadmap) -> None:
    occurrence_hold(by=deputy, occurrence=occurrence_of(approved, 8), version=0, on=date(2026, 10, 20))

    told = json.loads(report_render(kind="roadmap", query=ReportQuery(approved.school, 0), format="json").content)
    second = json.loads(report_render(kind="roadmap", query=ReportQuery(approved.school, 2), format="json").content)

    assert told["totals"] == {"activities": 20, "occurrences": 25, "held": 1, "late": 5}
    assert told["school"] == approved.school.code
    numbers = {line["number"] for part in second["parts"] for line in part["lines"]}
    assert 20 in numbers and 8 not in numbers


def test_a_school_without_a_roadmap_is_told_where_to_begin(school: School) -> None:
    with pytest.raises(Refused, match="ещё нет"):
        report_render(kind="roadmap", query=ReportQuery(school, 0), format="json")


def test_the_workbook_it_makes_is_read_back_as_the_same_roadmap(
    deputy: User, approved: Roadmap, year: AcademicYear
) -> None:
    content = report_render(kind="roadmap", query=ReportQuery(approved.school, 0), format="xlsx").content
    made = {row.origin or 0: row for row in approved.activities.all()}
    Occurrence.objects.all().delete()
    Activity.objects.all().delete()
    Roadmap.objects.update(state="draft", number=0, order_number="", order_date=None)
    client = Client()
    client.force_login(deputy)
    file = SimpleUploadedFile("карта.xlsx", content)
    answer = client.post(reverse("roadmap:bring", args=[approved.pk]), {"file": file})
    at = answer["Location"]
    assert client.get(at).status_code == 200
    client.post(at, {"what": "write"})

    table = RoadmapTable.objects.get()
    read = list(Activity.objects.order_by("number"))
    assert len(read) == len(table.written) == 20 and Direction.objects.count() == 5
    for row, origin in zip(read, sorted(made), strict=True):
        told = made[origin]
        assert (row.title, row.term_kind, row.term, row.result) == (
            told.title, told.term_kind, told.term, told.result,
        )  # fmt: skip
        assert row.duties == told.duties
        assert row.with_specialists == told.with_specialists
    client.post(at, {"what": "undo"})
    assert not Activity.objects.exists()
