"""All papers of a period in one archive."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from documents.registry import JobRun
from documents.storage import blob_open
from monitoring.jobs_pack import run_pack
from monitoring.reports.kinds import Of
from monitoring.reports.pack import FOLDERS, Packed, pack_period
from monitoring.reports.quarter.printing import RENDERERS, printed_of
from monitoring.services import quarterly_make, report_approve
from school.models import Period, School, User
from tests.monitoring.own_school import make_own_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_own_school()


@pytest.fixture
def deputy(school: School) -> User:
    return User.objects.get(username="zavuch")


@pytest.fixture
def period(school: School) -> Period:
    return Period.objects.select_related("year__school").get(year__school=school, system="quarters", number=1)


def test_an_approved_paper_is_packed_as_it_was_approved_and_others_say_what_they_are(
    school: School, deputy: User, period: Period
) -> None:
    draft = quarterly_make(by=deputy, school=school, period=period)
    approved = report_approve(by=deputy, report=draft, day=date(2026, 11, 20))
    heard: list[int] = []

    content, found = pack_period(user=deputy, period=period, told=lambda percent, label: heard.append(percent))

    archive = ZipFile(BytesIO(content))
    packed = {one.path: one for one in found if one.content is not None}
    assert {*packed, "Опись.xlsx"} == set(archive.namelist())
    quarterly = next(one for one in found if one.title == "Отчёт за период")
    assert quarterly.folder == FOLDERS[Of.SCHOOL]
    assert quarterly.state == f"утверждён, № {approved.number} от 20.11.2026"
    assert archive.read(quarterly.path) == RENDERERS["pdf"](printed_of(approved))
    sheet = load_workbook(BytesIO(archive.read("Опись.xlsx"))).worksheets[0]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[2] for row in listed if row[2] in {one.name for one in packed.values()}] == [
        one.name for one in packed.values()
    ]
    assert heard == sorted(heard)
    assert max(heard) < 100


def test_the_worker_packs_with_the_rights_of_who_asked(school: School, period: Period) -> None:
    teacher = User.objects.get(username="led")
    outcome = run_pack(JobRun(teacher, school, {"period": period.pk, "school": school.pk}, lambda *_: None))
    assert outcome.file is not None
    with blob_open(outcome.file.path) as kept:
        names = ZipFile(kept).namelist()
    assert not [name for name in names if name.startswith((FOLDERS[Of.SCHOOL], "Приложения/Показатели"))]


def test_no_name_leads_out_of_its_folder() -> None:
    for sign in "/\\":
        assert Packed("Учителя", "", f"..{sign}..{sign}Отчёт.pdf", "").path == "Учителя/..-..-Отчёт.pdf"
