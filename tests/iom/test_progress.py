"""The sheet of progress: every pupil has one, it compares the pupil with themself, and it is printed by right."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.models import JobState
from documents.registry import ReportQuery
from documents.services.reports import report_render
from documents.services.running import job_run
from gradebook.models import Mark, PeriodResult
from iom.models import MetaResult
from iom.programs import MetaArea, MetaLevel, Place, Reach
from iom.progress_jobs import progress_request
from iom.rules.progress import change_in_words, change_of, mean_of
from iom.services.pupil_facts import Meta, Won, achievements_add, meta_add
from iom.services.removing import fact_remove
from school.models import Enrolment, Pupil, School, SchoolClass, TeachingAssignment, User
from school.roles import Position
from school.services.calendar import year_open
from tests.counting import MOST, queries, seat
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

PAGE = "/progress/"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    return make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="deputy").user


@pytest.fixture
def seventh(school: School) -> SchoolClass:
    return make_class(school, "7А")


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    made = make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="p1")
    school, year = seventh.school, seventh.year
    algebra = make_subject(school, "Алгебра")
    marks = [(date(2026, 9, day), value) for day, value in ((8, 2), (15, 3), (22, 3))]
    marks += [(date(2026, 11, day), value) for day, value in ((10, 4), (17, 4))]
    for day, value in marks:
        Mark.objects.create(school=school, year=year, pupil=made, subject=algebra, date=day, value=value, raw="")
    period = year.periods.get(number=1, system="quarters")
    PeriodResult.objects.create(
        school=school, year=year, pupil=made, subject=algebra, period=period, value="3", raw="3"
    )
    return made


def test_a_pupil_is_compared_with_the_own_last_period() -> None:
    assert mean_of([2, 3, 3]) == Decimal("2.67") and mean_of([]) is None
    assert change_of([Decimal("2.67"), None, Decimal("4.00")]) == Decimal("1.33")
    assert change_of([None, Decimal(4)]) is None
    words = [change_in_words(value) for value in (Decimal("0.2"), Decimal("0.19"), Decimal("-0.5"), None)]
    assert words == ["выше", "ровно", "ниже", ""]


@pytest.mark.django_db
def test_the_page_tells_the_dynamics_and_what_is_empty(client: Client, deputy: User, pupil: Pupil) -> None:
    client.force_login(deputy)
    page = client.get(reverse("progress:pupil", args=[pupil.pk]))
    sheet = page.context["sheet"]
    line = sheet.subjects[0]
    assert [cell.mean for cell in line.cells] == [Decimal("2.67"), Decimal("4.00")]
    assert (line.cells[0].result, line.change, sheet.running) == ("3", "выше", "2-я четверть")
    assert sheet.empty == ["конкурсов", "курсов", "метапредметных результатов"]
    text = page.content.decode()
    assert "<svg" in text and "2,67" in text and "4,00" in text


@pytest.mark.django_db
def test_every_pupil_has_a_sheet_and_each_figure_leads_to_those_that_lack_something(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Зотова Алина")
    make_pupil(make_class(pupil.school, "1А"), "Малышев Ян")
    achievements_add(by=deputy, pupils=[pupil], won=Won("Кенгуру", Reach.NATIONAL, Place.PART, date(2026, 11, 12)))
    client.force_login(deputy)
    figures = client.get(PAGE).context["figures"]
    assert [figure.number for figure in figures] == ["3", "2", "2", "3", "3"]
    for figure in figures:
        assert client.get(f"{PAGE}{figure.url}").context["page"].paginator.count == int(figure.number)


@pytest.mark.django_db
def test_metasubject_results_are_written_for_several_and_taken_back_with_a_reason(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    other = make_pupil(seventh, "Зотова Алина")
    client.force_login(deputy)
    sent = {"area": "cognit", "level": "3", "on": "2026-11-20", "pupils": [pupil.pk, other.pk]}
    assert client.post(f"{PAGE}meta/new/?cls={seventh.pk}", sent | {"level": "9"}).status_code == 422
    assert client.post(f"{PAGE}meta/new/?cls={seventh.pk}", sent).status_code == 302
    row = MetaResult.objects.get(pupil=pupil)
    fact_remove(by=deputy, row=row, why="не тот ученик")
    sheet = client.get(reverse("progress:pupil", args=[pupil.pk])).context["sheet"]
    assert sheet.meta == ()
    assert client.get(reverse("progress:meta_edit", args=[row.pk])).status_code == 404


@pytest.mark.django_db
def test_a_class_and_the_school_are_printed_as_one_file(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    make_pupil(seventh, "Зотова Алина")
    make_pupil(make_class(pupil.school, "8Б"), "Рябов Игорь")
    job = progress_request(by=deputy, school=pupil.school, key="a", school_class=seventh)
    whole = progress_request(by=deputy, school=pupil.school, key="b")
    client.force_login(deputy)
    contents = []
    for one in (job, whole):
        assert job_run(one.pk) == JobState.DONE
        one.refresh_from_db()
        assert one.result is not None
        answer: Any = client.get(reverse("documents:file", args=[one.result.pk]))
        contents.append(b"".join(answer.streaming_content))
    pages = [page.extract_text() for page in PdfReader(BytesIO(contents[0])).pages]
    assert "Ковтун" in "".join(pages) and "Зотова" in "".join(pages)
    assert not [page for page in pages if "Ковтун" in page and "Зотова" in page]
    names = ZipFile(BytesIO(contents[1])).namelist()
    assert names == ["Листы продвижения 7А.pdf", "Листы продвижения 8Б.pdf"]
    teacher = make_staff(pupil.school, "Власова Надежда", Position.TEACHER, login="teacher")
    subject = make_subject(pupil.school, "Алгебра")
    TeachingAssignment.objects.create(staff=teacher, subject=subject, school_class=seventh)
    client.force_login(teacher.user)
    assert job.result is not None
    assert client.get(reverse("documents:file", args=[job.result.pk])).status_code == 404
    assert client.post(f"{PAGE}print/").status_code == 403


@pytest.mark.django_db
def test_the_report_of_the_command_line_names_the_pupil_by_the_journals_identifier(deputy: User, pupil: Pupil) -> None:
    meta_add(by=deputy, pupils=[pupil], meta=Meta(MetaArea.REGULATIVE, MetaLevel.HIGH, date(2026, 11, 3)))
    made = report_render(kind="progress", query=ReportQuery(pupil.school, 0, None, "p1"), format="json")
    told = json.loads(made.content)
    assert told["pupil"] == "p1" and told["overall"] == [2.67, 4.0]
    assert told["subjects"][0]["results"] == ["3", ""]
    assert [one["title"] for one in told["metasubject"]] == ["Регулятивные"]


@pytest.mark.django_db
def test_a_larger_school_costs_the_list_and_a_class_no_more_queries(
    client: Client, deputy: User, pupil: Pupil, seventh: SchoolClass
) -> None:
    client.force_login(deputy)
    one = queries(client, PAGE)
    seat(seventh, 60)
    assert queries(client, PAGE) == one <= MOST


@pytest.mark.django_db
def test_the_sheet_of_an_earlier_year_is_shown_and_printed(
    client: Client, deputy: User, pupil: Pupil, school: School, seventh: SchoolClass
) -> None:
    last = year_open(by=None, school=school, start=2025, main="quarters", upper="quarters")
    sixth = SchoolClass.objects.create(school=school, year=last, grade=6, letter="А")
    Enrolment.objects.create(pupil=pupil, school_class=sixth, starts=last.starts, ends=last.ends)
    history = make_subject(school, "История")
    Mark.objects.create(school=school, year=last, pupil=pupil, subject=history, date=date(2025, 9, 9), value=5, raw="")
    client.force_login(deputy)
    page = f"{PAGE}{pupil.pk}/"
    assert [tab.title for tab in client.get(page).context["tabs"]] == ["2026/27", "2025/26"]
    sheet = client.get(f"{page}?year=2025").context["sheet"]
    assert (sheet.seat, [line.name for line in sheet.subjects]) == ("6А", ["История"])
    assert client.get(f"{page}?year=1999").context["sheet"].seat == "7А"

    query = ReportQuery(school, 0, 2025, pupil.external_id)
    told = json.loads(report_render(kind="progress", query=query, format="json").content)
    assert told["class"] == "6А"
    job = progress_request(by=deputy, school=school, key="last", pupil=pupil, year=2025)
    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert job.result is not None and job.result.name == "Лист продвижения Ковтун М. А. 2025-2026.pdf"
