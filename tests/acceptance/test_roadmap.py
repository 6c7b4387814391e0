"""The roadmap, sentence by sentence: what is undertaken, by whom, by when, what shows it."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader

from documents.models import Job, JobState
from documents.registry import may_fetch
from documents.services.running import job_run
from roadmaps.models import Activity, Evidence, Occurrence, Roadmap
from roadmaps.reports.paper import roadmap_paper
from roadmaps.reports.roadmap import roadmap_pdf
from roadmaps.services.roadmaps import roadmap_approve, roadmap_create
from school.models import Holiday, School, Staff, User
from school.roles import Position
from tests.factories import TODAY, make_school, make_staff
from tests.roadmaps.test_roadmap import PNG

pytestmark = pytest.mark.django_db
QUARTERS = ["2026-10-23", "2026-12-31", "2027-03-31", "2027-05-31"]


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def psychologist(school: School) -> Staff:
    return make_staff(school, "Соколова Инна Андреевна", Position.PSYCHOLOGIST, login="psy")


@pytest.fixture
def draft(deputy: User, school: School) -> Roadmap:
    Holiday.objects.create(year=school.years.get(), name="Осень", starts=date(2026, 10, 26), ends=date(2026, 11, 3))
    return roadmap_create(by=deputy, year=school.years.get(), catalogue=True)


@pytest.fixture
def running(deputy: User, draft: Roadmap) -> Roadmap:
    return roadmap_approve(by=deputy, roadmap=draft, version=0, order_number="112", order_date=date(2026, 8, 28))


@pytest.fixture
def desk(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


def deed_of(roadmap: Roadmap, origin: int) -> Occurrence:
    return Occurrence.objects.get(activity__roadmap=roadmap, activity__origin=origin)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_all_twenty_rows_of_the_sources_load_in_five_directions_with_their_terms(draft: Roadmap) -> None:
    kinds = [row.term_kind for row in draft.activities.order_by("origin")]

    assert kinds == [
        "month", "recurring", "by_schedule", "months", "month", "month", "all_year", "month", "month", "range",
        "month", "month", "all_year", "by_schedule", "month", "continuous", "as_needed", "continuous", "as_needed",
        "month",
    ]  # fmt: skip
    assert [part.activities.count() for part in draft.directions.all()] == [2, 4, 8, 3, 3]
    assert draft.activities.get(origin=14).result == ""  # the source leaves it blank


@pytest.mark.parametrize(
    ("told", "words", "structure", "ends"),
    [
        ({"term_kind": "date", "day": "2026-12-15"}, "15 декабря 2026 г.", {"day": "2026-12-15"}, ["2026-12-15"]),
        ({"term_kind": "month", "months": ["10"]}, "Октябрь 2026", {"months": [10]}, ["2026-10-23"]),
        ({"term_kind": "period"}, "Каждый учебный период", {}, QUARTERS),
        ({"term_kind": "recurring", "every": "month"}, "Каждый месяц", {"every": "month"}, None),
        ({"term_kind": "all_year"}, "В течение года", {}, ["2027-05-31"]),
        ({"term_kind": "as_needed"}, "По мере необходимости", {}, []),
        (
            {"term_kind": "by_schedule", "schedule": "events_schedule", "term_text": "по плану округа"},
            "по плану округа", {"schedule": "events_schedule"}, [],
        ),
    ],
)  # fmt: skip
def test_an_activity_has_all_that_the_school_undertakes_and_its_term_is_kept_as_words_and_as_structure(
    desk: Client, draft: Roadmap, psychologist: Staff, told: dict[str, Any], words: str, structure: Any, ends: Any
) -> None:
    sent = {
        "direction": draft.directions.get(number=3).pk, "title": "Семинар о дробях", "form": "семинар",
        "contingent": "учителя математики", "venue": "кабинет 12", "duties": ["psychologist"],
        "people": [psychologist.pk], "result": "Протокол семинара", "expected": "protocol", "with_specialists": "on",
    }  # fmt: skip
    assert desk.post(reverse("roadmap:activity_new", args=[draft.pk]), sent | told).status_code == 302
    row = Activity.objects.get(title="Семинар о дробях")

    assert (" ".join(row.term_text.split()), row.term) == (words, structure)
    found = [f"{one.ends}" for one in row.occurrences.all()]
    assert len(found) == 9 if ends is None else found == ends
    page = text_of(desk.get(reverse("roadmap:activity", args=[row.pk])))
    for part in ("семинар", "учителя математики", "кабинет 12", "Педагог-психолог: Соколова", "Протокол семинара"):
        assert part in page.replace("\xa0", " ")


def test_deeds_are_made_from_the_calendar_and_follow_its_holidays(desk: Client, draft: Roadmap) -> None:
    assert deed_of(draft, 8).ends == date(2026, 10, 23)  # the last working day before the holidays
    assert Occurrence.objects.filter(activity__origin=2).count() == 9
    year = draft.year
    sent = {"name": "Зима", "starts": "2026-12-28", "ends": "2027-01-10"}
    assert desk.post(reverse("school:holiday_new", args=[year.pk]), sent).status_code == 302

    assert deed_of(draft, 20).ends == date(2026, 12, 25)


def test_each_state_has_its_grounds(desk: Client, running: Roadmap) -> None:
    deed = deed_of(running, 8)
    at = {what: reverse("roadmap:occurrence", args=[deed.pk, what]) for what in ("cancel", "hold", "return", "move")}
    for what, told in (("cancel", {}), ("hold", {}), ("move", {"to": "2027-01-20"})):
        assert desk.post(at[what], told).status_code == 422, what
    desk.post(at["hold"], {"on": "2026-10-20", "note": "двенадцать учителей"})
    assert desk.post(at["return"], {}).status_code == 422
    desk.post(at["return"], {"why": "не тот день"})
    desk.post(at["cancel"], {"why": "проводит округ"})
    deed.refresh_from_db()

    assert (deed.state, deed.note) == ("cancelled", "проводит округ")
    page = text_of(desk.get(reverse("roadmap:activity", args=[deed.activity_id])))
    for words in ("двенадцать учителей", "не тот день", "проводит округ"):
        assert words in page


def test_moving_a_term_asks_why_and_both_terms_stay_to_be_seen(desk: Client, running: Roadmap) -> None:
    deed = deed_of(running, 20)
    at = reverse("roadmap:occurrence", args=[deed.pk, "move"])
    assert desk.post(at, {"to": "2027-01-20", "why": " "}).status_code == 422
    desk.post(at, {"to": "2027-01-20", "why": "карантин"})
    page = text_of(desk.get(reverse("roadmap:activity", args=[deed.activity_id])))

    assert "до 20.01.2027 (было 31.12.2026)" in page and "с 31.12.2026 на 20.01.2027 — карантин" in page
    assert "перенесено на 20.01.2027" in text_of(desk.get(reverse("roadmap:list")))


def test_evidence_is_a_protocol_a_list_a_photograph_or_a_link_and_is_handed_out_to_whose_deed_it_is(
    desk: Client, running: Roadmap, psychologist: Staff
) -> None:
    at = reverse("roadmap:evidence", args=[deed_of(running, 8).pk])
    for kind in ("protocol", "list", "photo"):
        file = SimpleUploadedFile("x.png", PNG)
        assert desk.post(at, {"kind": kind, "title": f"Бумага {kind}", "file": file}).status_code == 302
    assert desk.post(at, {"kind": "link", "title": "Новость", "url": "https://school.example/1"}).status_code == 302

    assert [one.kind for one in Evidence.objects.all()] == ["protocol", "list", "photo", "link"]
    page = desk.get(reverse("roadmap:activity", args=[deed_of(running, 8).activity_id])).content.decode()
    assert page.count("/documents/files/") == 3 and 'rel="noopener noreferrer nofollow"' in page
    stranger = make_staff(running.school, "Кравец Анна Борисовна", Position.SPEECH_THERAPIST, login="log").user
    kept = Evidence.objects.filter(kind="list").get().file
    assert kept is not None
    assert may_fetch(psychologist.user, kept.kind, kept.params) and not may_fetch(stranger, kept.kind, kept.params)


def test_list_board_and_axis_show_the_same_deeds_and_signs_beside_colours(desk: Client, running: Roadmap) -> None:
    desk.post(reverse("roadmap:occurrence", args=[deed_of(running, 8).pk, "hold"]), {"on": "2026-10-20"})
    pages = [text_of(desk.get(reverse(f"roadmap:{name}"))) for name in ("list", "board", "axis")]

    for page in pages:
        assert "Родительское собрание" in page and "Проведено 1" in page
    axis = desk.get(reverse("roadmap:axis")).content.decode()
    assert "<svg" in axis and all(f">{sign}</text>" in axis for sign in ("✓", "!"))


def test_what_is_late_and_a_month_without_anything_are_seen_at_once(desk: Client, running: Roadmap) -> None:
    page = text_of(desk.get(reverse("roadmap:list")))
    assert "Просрочено 6" in page and "В этом месяце 4" in page
    late = desk.get(reverse("roadmap:list"), {"show": "late"}).context["parts"]
    assert [line.number for part in late for line in part.lines] == [1, 2, 4, 8, 9]
    Occurrence.objects.filter(ends__year=2026, ends__month=11).delete()

    for name in ("list", "board", "axis"):
        assert "В этом месяце ничего не запланировано" in text_of(desk.get(reverse(f"roadmap:{name}")))
    assert "ничего" in text_of(desk.get(reverse("roadmap:axis"))).split("Ось времени")[-1]


def test_a_roadmap_is_brought_from_a_workbook_looked_at_written_and_taken_back(desk: Client, draft: Roadmap) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        ["№", "Мероприятия", "Сроки", "Ответственные", "Ожидаемые результаты"], ["Работа с родителями"],
        [1, "Вечер для отцов", "Февраль", "Социальный педагог", "Справка"],
        [2, "Клуб чтения", "каждую среду", "Библиотекарь", "Фотоотчёт"],
    ):  # fmt: skip
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("карта.xlsx", out.getvalue())
    at = desk.post(reverse("roadmap:bring", args=[draft.pk]), {"file": file})["Location"]
    page = text_of(desk.get(at))
    assert "записан словами: по дням не отслеживается" in page and "не узнаны" in page
    assert draft.activities.count() == 20  # looking writes nothing
    desk.post(at, {"what": "write"})

    evening = Activity.objects.get(title="Вечер для отцов")
    assert evening.direction == draft.directions.get(number=5)  # by its name, without the words in brackets
    assert (evening.term, evening.duties, evening.occurrences.get().ends) == (
        {"months": [14]}, ["social_pedagogue"], date(2027, 2, 26),
    )  # fmt: skip
    club = Activity.objects.get(title="Клуб чтения")
    assert (club.term_text, club.others) == ("каждую среду", "Библиотекарь")
    desk.post(at, {"what": "undo"})
    assert draft.activities.count() == 20


def test_the_worker_makes_the_pdf_and_a_docx_whose_table_can_be_edited_on(desk: Client, running: Roadmap) -> None:
    made = {}
    for format in ("pdf", "docx"):
        desk.post(reverse("roadmap:print", args=[running.pk]), {"format": format, "once": format})
        job = Job.objects.latest("created_at")
        assert job_run(job.pk) == JobState.DONE
        job.refresh_from_db()
        assert job.result is not None
        answer = desk.get(reverse("documents:file", args=[job.result.pk]))
        made[format] = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    (table,) = Document(BytesIO(made["docx"])).tables

    assert [row.cells[0].text for row in table.rows if row.cells[0].text.isdigit()] == [str(n) for n in range(1, 21)]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made["pdf"])).pages)
    assert "УТВЕРЖДАЮ" in text and "Ось времени" in text and "Родительское собрание" in text


def test_the_axis_stands_in_the_pdf_as_a_picture_of_lines(running: Roadmap) -> None:
    pages = PdfReader(BytesIO(roadmap_pdf(roadmap_paper(running, day=TODAY)))).pages
    axis = [page for page in pages if "Ось времени" in page.extract_text()]

    assert axis and all(word in axis[0].extract_text() for word in ("август", "май", "просрочено"))
    assert not axis[0].images  # drawn, not pasted


def test_shares_with_specialists_and_with_the_centre_follow_from_marks_on_what_was_held(
    desk: Client, running: Roadmap
) -> None:
    Activity.objects.filter(origin=20).update(with_point=True)
    for origin in (8, 9, 20, 5):
        told = {"on": "2026-11-05"}
        desk.post(reverse("roadmap:occurrence", args=[deed_of(running, origin).pk, "hold"]), told)
    page = desk.get(reverse("roadmap:shares"))

    assert [(one.code, f"{one.value}") for one in page.context["shares"]] == [("P32", "50.0"), ("P30", "25.0")]
    assert "2 из 4" in text_of(page)


def test_the_roadmap_is_told_without_a_browser(running: Roadmap, tmp_path: Path) -> None:
    file = tmp_path / "roadmap.json"
    call_command("report", "roadmap", school=running.school.code, period=1, format="json", output=file)
    told = json.loads(file.read_text())

    assert told["school"] == running.school.code
    assert {"activities", "occurrences", "held", "late"} == told["totals"].keys()
