"""The quarter's report: its figures are those counted apart, the same in all four forms."""

import json
import re
from collections import Counter
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from monitoring.reports.freezing import thaw
from monitoring.reports.quarter.printing import RENDERERS, printed_of
from school.models import School, User
from tests.acceptance.raw_figures import seats_on
from tests.acceptance.report_forms import check_against_raw_rows, check_json, check_page, check_pdf, check_xlsx, made
from tests.factories import make_school
from tests.risk_registry.making import period_of

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data" / "school"
COUNTED = ("pupils", "failing", "weak", "reserve", "none")


def test_its_figures_are_those_of_the_raw_rows_and_the_same_on_page_pdf_xlsx_and_json(
    client: Client, tmp_path: Path, demo_school: School
) -> None:
    deputy = User.objects.get(username="zavuch")
    record = made(demo_school, deputy, 2)
    report = thaw(record.data)

    check_against_raw_rows(report, seats_on(period_of(demo_school, 2)), seats_on(period_of(demo_school, 1)))

    client.force_login(deputy)
    check_page(report, client.get(reverse("monitoring:detail", args=[record.pk])).content.decode())
    check_pdf(report, RENDERERS["pdf"](printed_of(record)))
    check_xlsx(report, RENDERERS["xlsx"](printed_of(record)))
    out = tmp_path / "report.json"
    arguments = ("--school", demo_school.code, "--period", "2", "--format", "json", "--output", str(out), "--json")
    call_command("report", "quarterly", *arguments, stdout=StringIO())
    check_json(report, json.loads(out.read_text()))


def reported(tmp_path: Path, format: str) -> bytes:
    """The report of the sample school's first quarter, as the command writes it."""
    out = tmp_path / f"report.{format}"
    arguments = ("--school", "S1", "--period", "1", "--format", format, "--output", str(out), "--json")
    call_command("report", "quarterly", *arguments, stdout=StringIO())
    return out.read_bytes()


def test_of_the_sample_school_it_says_what_its_raw_facts_say(tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected.json").read_text())
    make_school()
    call_command("import_pupils", str(DATA / "pupils.xlsx"), "--school", "S1", "--json", stdout=StringIO())
    files = [str(path) for name in ("journal_*", "summary_?[АБ].xlsx") for path in sorted(DATA.glob(name))]
    call_command("import_gradebook", *files, "--school", "S1", "--json", stdout=StringIO())

    told = json.loads(reported(tmp_path, "json"))

    assert {part: told["totals"][part] for part in COUNTED} == {part: expected["totals"][part] for part in COUNTED}
    classes = {line["class"]: {part: line[part] for part in COUNTED} for line in told["classes"]}
    assert classes == {name: {part: line[part] for part in COUNTED} for name, line in expected["classes"].items()}
    missed = {line["class"]: (line["unexcused"] + line["illness"] + line["excused"], line["unexcused"])
              for line in told["absences"]}  # fmt: skip
    for name, figures in missed.items():
        own = [pupil for pupil in expected["pupils"] if pupil["class"] == name]
        assert figures == (sum(p["absences"] for p in own), sum(p["unexcused_lessons"] for p in own))
    three = Counter((line["name"], line["subject"]) for line in told["three_unsatisfactory"])
    assert three == Counter((p["name"], subject) for p in expected["pupils"] for subject in p["three_unsatisfactory"])

    lines = "\n".join(page.extract_text() for page in PdfReader(BytesIO(reported(tmp_path, "pdf"))).pages)
    rows = openpyxl.load_workbook(BytesIO(reported(tmp_path, "xlsx")))["Категории"].iter_rows(values_only=True)
    sheet = {row[0]: row[1:6] for row in rows}
    for name, line in expected["classes"].items():
        figures = tuple(line[part] for part in COUNTED)
        assert re.search(rf"(?m)^{name} {' '.join(map(str, figures))} ", lines)
        assert sheet[name] == figures
    for pupil in expected["pupils"]:
        if pupil["category"] in ("failing", "weak"):
            assert pupil["name"] in lines
