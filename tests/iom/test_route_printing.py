"""Routes on paper: the form, what came of it, the page for parents, many in one file, the headless report."""

import json
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from common.errors import Refused
from documents.models import Job, JobState, StoredFile
from documents.registry import ReportQuery, may_fetch
from documents.services.running import job_run
from documents.storage import blob_open
from iom.models import Route
from iom.reports.route_print import Forms, route_html, route_pdf, to_json, to_xlsx
from iom.reports.route_sheet import build_for_query, sheets_of, version_sheet
from iom.services.deciding import route_change
from iom.services.planning import GapPlan, gap_change
from iom.services.progress import control_add
from school.models import Pupil, RestrictedRead, School, SchoolClass, User
from tests.factories import make_pupil
from tests.iom.making import (
    DUE,
    TODAY,
    active_route,
    add_gap,
    agree_all,
    approve,
    make_route,
    parents,
    part_of,
    teach,
)

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def sheet_of(route: Route, *, course: bool = False) -> str:
    (sheet,) = sheets_of(Route.objects.filter(pk=route.pk), as_of=TODAY, course=course)
    return " ".join(route_html(sheet, Forms()).split())


def test_the_first_version_prints_the_same_after_the_second(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    first = route.versions.get(number=1)
    before = text_of(route_pdf(version_sheet(first), Forms()))
    route_change(by=deputy, route=route, version=route.version, why="добавили уравнения")
    gap = part_of(route, "Алгебра").gaps.get()
    gap_change(by=deputy, gap=gap, version=gap.version, plan=GapPlan("Уравнения", Decimal(4), DUE))
    agree_all(deputy, route)
    parents(deputy, route)
    approve(deputy, route, "13")
    assert text_of(route_pdf(version_sheet(route.versions.get(number=1)), Forms())) == before
    second = text_of(route_pdf(version_sheet(route.versions.get(number=2)), Forms()))
    assert "Уравнения" in second and "добавили уравнения" in second and "приказ № 13" in second
    assert "Дроби" in before and "приказ № 12" in before


def test_a_route_that_nobody_approved_is_called_a_draft(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = make_route(deputy, pupil, "Алгебра")
    assert "ПРОЕКТ" in sheet_of(route)
    add_gap(deputy, part_of(route, "Алгебра"))
    agree_all(deputy, route)
    parents(deputy, route)
    approve(deputy, route)
    assert "ПРОЕКТ" not in sheet_of(route) and "УТВЕРЖДЕНО" in sheet_of(route)


def test_the_course_tells_controls_and_deeds_and_says_where_there_is_no_record(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    gap = part_of(route, "Алгебра").gaps.get()
    assert "нет записи" in sheet_of(route, course=True)
    assert "нет записи" not in sheet_of(route)
    control_add(by=deputy, gap=gap, on=TODAY, result=Decimal(3))
    told = sheet_of(route, course=True)
    assert "21.11.2026: 3" in told and "закрыт" in told


def test_parents_get_a_page_in_plain_words(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра", "Романова Ольга Юрьевна")
    route = active_route(deputy, pupil, "Алгебра")
    (sheet,) = sheets_of(Route.objects.filter(pk=route.pk), as_of=TODAY, course=False)
    told = text_of(route_pdf(sheet, Forms(route=False, parents=True)))
    assert "листок для родителей" in told and "Романова Ольга Юрьевна" in told and "20 декабря 2026" in told
    assert "дефицит" not in told.lower() and "еуспева" not in told


def test_any_number_of_routes_takes_as_many_queries(deputy: User, seventh: SchoolClass) -> None:
    pupils = [make_pupil(seventh, f"Ученик{number} Иван") for number in range(3)]
    teach(pupils[0], "Алгебра")
    routes = [active_route(deputy, pupil, "Алгебра").pk for pupil in pupils]
    counts = []
    for number in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            sheets_of(Route.objects.filter(pk__in=routes[:number]), as_of=TODAY, course=True)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def ordered(user: User, **told: object) -> Job:
    client = Client()
    client.force_login(user)
    answer = client.post("/routes/print/", told)
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.get()


@pytest.mark.parametrize(("pack", "kind"), [("pdf", "pdf"), ("zip", "zip")])
@pytest.mark.django_db(transaction=True)
def test_a_class_is_printed_as_one_file_with_bookmarks_or_a_file_each(
    deputy: User, seventh: SchoolClass, pack: str, kind: str
) -> None:
    for name in ("Цой Иван Петрович", "Белова Ева Артёмовна"):
        made = make_pupil(seventh, name)
        if name.startswith("Цой"):
            teach(made, "Алгебра")
        active_route(deputy, made, "Алгебра")
    job = ordered(deputy, cls=seventh.pk, sheets=["route", "parents"], pack=pack)
    assert job_run(job.pk) == JobState.DONE
    file = StoredFile.objects.get()
    with blob_open(file.path) as stored:
        content = stored.read()
    assert file.name == f"ИОМ 7А, 2 маршрута.{kind}"
    if kind == "zip":
        names = ["7А. Белова Ева Артёмовна.pdf", "7А. Цой Иван Петрович.pdf"]
        assert ZipFile(BytesIO(content)).namelist() == names
    else:
        titles = [one.title for one in PdfReader(BytesIO(content)).outline]  # type: ignore[union-attr]
        assert titles == ["7А. Белова Ева Артёмовна", "7А. Цой Иван Петрович"]
    assert may_fetch(deputy, file.kind, file.params)


def test_a_file_is_nobodys_but_its_askers_and_only_while_they_see_all_that_is_in_it(
    deputy: User, leader: User, pupil: Pupil
) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    params = {"school": pupil.school_id, "routes": [route.pk], "asked_by": leader.pk}
    assert may_fetch(leader, "iom.routes_file", params)
    assert not may_fetch(deputy, "iom.routes_file", params)
    SchoolClass.objects.update(class_teacher=None)
    assert not may_fetch(User.objects.get(pk=leader.pk), "iom.routes_file", params)


@pytest.mark.django_db(transaction=True)
def test_a_route_for_special_needs_on_paper_is_a_reading_in_the_log(deputy: User, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    active_route(deputy, pupil, "Алгебра", kind="needs")
    job = ordered(deputy, cls="all", sheets=["route"], pack="pdf")
    assert job_run(job.pk) == JobState.DONE
    assert RestrictedRead.objects.filter(what="needs_route", pupil=pupil).exists()


def test_where_there_is_nothing_to_print_that_is_said(deputy: User) -> None:
    client = Client()
    client.force_login(deputy)
    answer = client.post("/routes/print/", {"cls": "all", "sheets": ["route"], "pack": "pdf"})
    assert answer.status_code == 422
    assert "Печатать нечего" in answer.content.decode()


def test_the_report_holds_the_routes_of_a_pupil_or_of_the_school(deputy: User, school: School, pupil: Pupil) -> None:
    teach(pupil, "Алгебра")
    route = active_route(deputy, pupil, "Алгебра")
    control_add(by=deputy, gap=part_of(route, "Алгебра").gaps.get(), on=TODAY, result=Decimal(3))
    Pupil.objects.filter(pk=pupil.pk).update(external_id="101")
    (told,) = json.loads(to_json(build_for_query(ReportQuery(school, 2, pupil="101"))))["routes"]
    assert (told["external_id"], told["of"], told["school_class"], told["number"]) == (
        "101",
        "Ковтун Матвей Андреевич",
        "7А",
        1,
    )
    (gap,) = [gap for part in told["parts"] for gap in part["gaps"]]
    assert (gap["topic"], gap["target"], gap["due"], gap["state"]) == ("Дроби", "3.00", "2026-12-20", "Закрыт")
    assert gap["controls"] == [{"on": "2026-11-21", "result": "3.00", "reached": True}]
    assert to_xlsx(build_for_query(ReportQuery(school, 0)))[:2] == b"PK"
    with pytest.raises(Refused, match="идентификатором «404»"):
        build_for_query(ReportQuery(school, 2, pupil="404"))
