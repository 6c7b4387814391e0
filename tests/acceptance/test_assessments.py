"""Assessment procedures: the samples' figures, results by codes and by tasks, headless and printed alike."""

import json
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from pypdf import PdfReader

from documents.registry import ReportQuery
from documents.services.reports import report_render
from tests.factories import make_school

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent.parent / "data" / "school"
EXPECTED: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["assessments"]
COUNTS = ("written", "twos", "lowered", "confirmed", "raised")


def imported(files: Sequence[Path], code: str = "S1") -> dict[str, Any]:
    out = StringIO()
    call_command("import_gradebook", *files, "--school", code, "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def reported(output: Path, period: int = 1) -> list[dict[str, Any]]:
    told = {"school": "S1", "period": period, "format": "json", "output": output, "json": True}
    call_command("report", "assessments", **told, stdout=StringIO())
    procedures: list[dict[str, Any]] = json.loads(output.read_text(encoding="utf-8"))["procedures"]
    return procedures


def by_work(rows: Sequence[dict[str, Any]]) -> dict[tuple[int, str], tuple[int, ...]]:
    return {(row["grade"], row["subject"]): tuple(row[name] for name in COUNTS) for row in rows}


def test_lowered_confirmed_raised_and_twos_of_the_samples_are_as_expected(tmp_path: Path) -> None:
    school = make_school()
    call_command("import_pupils", SAMPLES / "pupils.xlsx", school="S1", json=True, stdout=StringIO())
    imported(sorted(SAMPLES.glob("assessment_*.xlsx")))

    rows = reported(tmp_path / "assessments.json")

    assert by_work(rows) == by_work(EXPECTED)
    assert {row["date"] for row in rows} == {"2026-10-07"}
    assert {row["title"] for row in rows} == {"Региональная диагностическая работа"}
    assert {row["kind"] for row in rows} == {"региональная работа"}
    assert reported(tmp_path / "year.json", period=0) == rows
    assert reported(tmp_path / "second.json", period=2) == []
    made = {form: report_render(kind="assessments", query=ReportQuery(school, 1), format=form) for form in FORMS}
    sheet = openpyxl.load_workbook(BytesIO(made["xlsx"].content)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    whole = {(int(row[4].split()[0]), row[2]): row for row in cells if row[4].endswith("классы")}
    figures = {key: (row[5], row[6], row[14], row[15], row[16]) for key, row in whole.items()}
    assert figures == by_work(EXPECTED)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made["pdf"].content)).pages)
    assert "Региональная диагностическая работа, Алгебра" in " ".join(text.split())


FORMS = ("xlsx", "pdf")
