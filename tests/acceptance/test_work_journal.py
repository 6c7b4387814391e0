"""The journals print as the paper journals do, by teacher, class, pupil and period; a browser counts the taps of an
entry in tests/browser/test_work_entry.py."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from documents.registry import ReportQuery
from documents.services.reports import report_render
from iom.services.talks import Talk, talk_record
from iom.services.work import Work, WorkedWith, work_record
from school.models import Pupil, School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupils() -> list[Pupil]:
    """Of 7А: an entry with both, a talk with the first."""
    school = make_school("S7")
    deputy = make_staff(school, "Ермолаева Светлана Викторовна", Position.DEPUTY, login="zavuch").user
    assert deputy is not None
    seventh = make_class(school, "7А")
    names = ("Ковтун Матвей Андреевич", "Рябов Денис Олегович")
    made = [make_pupil(seventh, name, external_id=f"p{number}") for number, name in enumerate(names, 1)]
    on = school.today()
    work = Work(on, "Линейные уравнения", "разбор ошибок", make_subject(school, "Алгебра"), "consult", 25)
    told = [WorkedWith(made[0], outcome="done", mark="4"), WorkedWith(made[1], outcome="partly")]
    work_record(by=deputy, school=school, work=work, pupils=told)
    agreed = Talk(on, "двойки по алгебре", ["CT02"], "приходит по четвергам", on + timedelta(days=7))
    talk_record(by=deputy, pupil=made[0], talk=agreed)
    return made


def report(kind: str, format: str, output: Path, *more: str) -> bytes:
    call_command(
        "report", kind, "--school=S7", "--period=0", f"--format={format}", f"--output={output}", "--json", *more,
        stdout=StringIO(),
    )  # fmt: skip
    return output.read_bytes()


def test_the_journal_of_work_has_the_columns_of_the_paper_one(pupils: list[Pupil], tmp_path: Path) -> None:
    told = json.loads(report("work_journal", "json", tmp_path / "j"))
    line = told["lines"][0]
    assert [one["name"] for one in line["pupils"]] == [one.full_name for one in pupils]
    assert (line["subject"], line["topic"], line["form"], line["minutes"]) == (
        "Алгебра", "Линейные уравнения", "Консультация", 25,
    )  # fmt: skip
    assert line["pupils"][0] | {"external_id": ""} == {
        "external_id": "", "name": pupils[0].full_name, "school_class": "7А", "result": "справился", "mark": "4",
    }  # fmt: skip

    report("work_journal", "xlsx", tmp_path / "w.xlsx")
    sheet = load_workbook(tmp_path / "w.xlsx").worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"Дата", "ФИО", "Отметка повторного контроля", "Рябов Денис Олегович", "частично"} <= set(cells)


def test_both_journals_print_their_rows(pupils: list[Pupil], tmp_path: Path) -> None:
    report("work_journal", "pdf", tmp_path / "w.pdf")
    report("talks_journal", "pdf", tmp_path / "t.pdf")
    work, talks = (
        " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / name).pages).split())
        for name in ("w.pdf", "t.pdf")
    )
    assert "Ковтун" in work and "Рябов" in work and "разбор ошибок" in work and "Подпись" in work
    assert "приходит по четвергам" in talks and "мало готовится дома" in talks


def test_a_journal_of_one_pupil_one_teacher_or_another_period_holds_no_others(
    pupils: list[Pupil], tmp_path: Path
) -> None:
    assert json.loads(report("talks_journal", "json", tmp_path / "t", "--pupil=p2"))["lines"] == []
    assert len(json.loads(report("work_journal", "json", tmp_path / "w", "--pupil=p2"))["lines"]) == 1
    school = School.objects.get()
    other = make_staff(school, "Соколова Ирина Андреевна", login="sokolova").user
    assert isinstance(other, User)
    for query in (ReportQuery(school, 0, extra={"teacher": other.pk}), ReportQuery(school, 4)):
        assert school.today() < date(2027, 4, 1)
        assert json.loads(report_render(kind="work_journal", query=query, format="json").content)["lines"] == []
