"""The roadmap on paper: sixty activities with long texts, the table by directions, the axis of the year."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from documents.models import JobState
from documents.services.reports import report_job_request
from documents.services.running import job_run
from roadmaps.models import Activity, Roadmap
from roadmaps.reports.axis import axis_of_days, axis_pictures, rows_on_sheet
from roadmaps.reports.paper import Line, Mark, Part, RoadmapPaper
from roadmaps.reports.roadmap import roadmap_pdf
from roadmaps.words import OccurrenceState
from school.models import User

LONG = (
    "Консультационный семинар о разработке индивидуальных планов ликвидации академической неуспеваемости для "
    "обучающихся с рисками учебной неуспешности, с разбором работ, памятками для учителей-предметников и "
    "договорённостями о том, кто и когда проверяет каждый шаг"
)
STATES = list(OccurrenceState)


def _mark(number: int, month: int) -> Mark:
    state = STATES[number % 4]
    year, of = (2026, month) if month <= 12 else (2027, month - 12)
    ends = date(year, of, 24)
    held = ends if state == OccurrenceState.HELD else None
    late = state == OccurrenceState.PLANNED and month < 11
    return Mark(number, "", date(year, of, 2), ends, ends, state.value, held, "", 0, late)


def _line(number: int) -> Line:
    title = f"{LONG} <{number}>" if number % 3 == 0 else f"Совещание «Итоги периода», {number}"
    standing = number % 10 == 0
    marks = () if standing else tuple(_mark(number, 9 + (number + step * 2) % 9) for step in range(number % 3 + 1))
    return Line(
        number, number, title, "семинар", "Октябрь, декабрь, март, май", standing,
        "Заместитель директора по УВР, Педагог-психолог: Соколова-Микитова И. А.", "", "", "" if number == 14 else
        "Журнал бесед с родителями (законными представителями) обучающихся", ("с участием специалистов",), marks,
    )  # fmt: skip


def sixty() -> RoadmapPaper:
    parts = tuple(
        Part(number, f"{number}. Направление", tuple(_line(one) for one in range(number * 12 - 11, number * 12 + 1)))
        for number in range(1, 6)
    )
    return RoadmapPaper(
        "S1", "МБОУ «Школа № 1»", "Управление образования", "2026/27", 2026, "Дорожная карта", "approved", 1, "112",
        date(2026, 8, 28), "", "Самойлова Н. П.", date(2026, 11, 21), parts,
    )  # fmt: skip


def test_sixty_activities_are_printed_whole_with_the_axis_of_the_year() -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(roadmap_pdf(sixty()))).pages]
    text = " ".join(" ".join(pages).split())

    assert "УТВЕРЖДАЮ" in pages[0] and "№ 112" in text
    assert all(f"<{number}>" in text for number in range(3, 61, 3))
    tables = [page for page in pages if "Ожидаемые результаты" in " ".join(page.split())]
    axis = [page for page in pages if "Ось времени" in page]
    assert len(tables) >= 5 and len(axis) == len(pages) - len(tables) == 4
    assert "Соколова-Микитова" in text


def test_the_axis_says_with_signs_what_colours_say() -> None:
    pictures = axis_pictures(sixty())

    assert len(pictures) == -(-60 // rows_on_sheet(sixty()))
    for sign in ("✓", "!", "→", "×"):
        assert any(f">{sign}</text>" in picture for picture in pictures)
    assert not any("<3>" in picture for picture in pictures)


def test_an_axis_of_nothing_is_no_picture() -> None:
    paper: Any = sixty()
    empty = RoadmapPaper(**{**paper.__dict__, "parts": ()})

    assert axis_pictures(empty) == []
    assert axis_of_days(empty) is None


def test_the_pages_axis_leaves_names_to_the_page() -> None:
    paper = sixty()
    picture = axis_of_days(paper)

    assert picture is not None
    assert all(f">{sign}</text>" in picture for sign in ("✓", "!", "→", "×"))
    assert f">{paper.lines[0].number}</text>" not in picture
    assert f">{paper.lines[0].number}</text>" in axis_pictures(paper)[0]


@pytest.mark.django_db
def test_the_worker_makes_the_paper_of_what_stands(deputy: User, approved: Roadmap) -> None:
    first = approved.activities.get(origin=1)
    Activity.objects.bulk_create(
        Activity(
            roadmap=approved, direction=first.direction, number=20 + number, title=f"{LONG}, {number}",
            term_text="Постоянно", term_kind="continuous",
        )
        for number in range(1, 41)
    )  # fmt: skip
    given: dict[str, Any] = {"by": deputy, "school": approved.school, "kind": "roadmap", "period": 0}
    job = report_job_request(**given, format="pdf", key="paper")

    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert job.result is not None and job.result.name == "Дорожная карта 2026-27 на 21.11.2026.pdf"
    assert job.result.size > 30_000
