"""What is printed leaves the room: no report names a restricted cause, whoever makes it."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from risk_registry.causes import KINDS, RESTRICTED, CauseMethod, Established
from risk_registry.services.causes import causes_add
from school.models import School, User
from school.roles import Position
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import entry_of, give_result, judged

pytestmark = pytest.mark.django_db
NOTE = "отец в длительной командировке"


@pytest.fixture
def school_with_causes() -> School:
    """One failing pupil with every cause of the catalogue."""
    school = make_school()
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    deputy = User.objects.get(staff=make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch"))
    told = Established(CauseMethod.PSYCHOLOGIST, school.today(), NOTE)
    causes_add(by=deputy, entries=[entry_of(pupil)], codes=list(KINDS), told=told)
    return school


def printed(kind: str, folder: Path) -> str:
    """All words of the report in one of its forms."""
    target = folder / f"report.{kind}"
    call_command("report", "quarterly", "--school", "S1", "--period", "1", "--format", kind, "--output", str(target))
    content = target.read_bytes()
    if kind == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if kind == "xlsx":
        sheets = load_workbook(BytesIO(content)).worksheets
        return " ".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return json.dumps(json.loads(content), ensure_ascii=False)


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "json"])
def test_no_report_of_a_period_names_a_restricted_cause_or_a_note(
    school_with_causes: School, tmp_path: Path, kind: str
) -> None:
    words = " ".join(printed(kind, tmp_path).lower().split()).replace("по болезни", "")  # a reason of absence
    assert "ковтун" in words
    assert not [KINDS[code].name for code in RESTRICTED if KINDS[code].name in words]
    assert NOTE not in words
