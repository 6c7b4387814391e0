"""The week of extra lessons as a file: the page's own groups, and no pupil's name."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from common.errors import Refused
from documents.registry import ReportQuery
from documents.services.reports import report_render
from iom.registration_extra import TIMETABLE
from iom.services.extra import extra_group_create
from tests.iom.extra_making import Day, make_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Day:
    made = make_day()
    draft = made.draft("13:30", "14:10")
    extra_group_create(by=made.user, year=made.school_class.year, draft=draft, pupils=[made.walker, made.rider])
    return made


def test_the_paper_and_the_workbook_tell_the_group_and_name_no_pupil(day: Day) -> None:
    by_class = ReportQuery(day.school, 2, user=day.deputy)

    pdf = report_render(kind=TIMETABLE, query=by_class, format="pdf")
    book = load_workbook(BytesIO(report_render(kind=TIMETABLE, query=by_class, format="xlsx").content))

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split())
    cells = [str(cell.value) for row in book["Занятия"].iter_rows() for cell in row if cell.value is not None]
    assert pdf.name == "Расписание дополнительных занятий на 21.11.2026.pdf"
    assert "13:30–14:10 Алгебра, 7А" in text
    assert {"вторник", "13:30", "14:10", "Алгебра, 7А", "7А", "12", "2"} <= set(cells)
    assert not any(name in text + " ".join(cells) for name in ("Ковтун", "Рябов"))


def test_an_unknown_way_of_printing_is_refused(day: Day) -> None:
    with pytest.raises(Refused, match="по учителям"):
        report_render(kind=TIMETABLE, query=ReportQuery(day.school, 4), format="pdf")
