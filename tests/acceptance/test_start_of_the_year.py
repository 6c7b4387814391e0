"""The start of the year, through the commands that an acceptance check uses."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from school.models import AcademicYear, Pupil

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "school"


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.fixture
def pupils() -> list[Pupil]:
    """The sample school of 2026/27; those of 7А in alphabetical order."""
    run("create_school", "--code", "S1", "--name", "Школа", "--year", "2026", "--periods", "quarters")
    run("import_pupils", str(SAMPLES / "pupils.xlsx"), "--school", "S1")
    return list(Pupil.objects.filter(enrolments__school_class__name="7А").order_by("sort_key"))


def last_year(folder: Path, pupils: list[Pupil], results: list[str], heading: str) -> str:
    """A summary of last year's 6А: the annual results in algebra, physics 4 for everybody."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"Сводная ведомость учёта успеваемости. Класс: 6А. {heading}"])
    sheet.append(["№", "ФИО", "Алгебра", "Физика"])
    for number, (pupil, result) in enumerate(zip(pupils, results, strict=True), 1):
        sheet.append([number, pupil.full_name, result, "4"])
    path = folder / "6А.xlsx"
    book.save(path)
    return str(path)


@pytest.mark.parametrize("heading", ["Учебный год: 2025/2026. Период: год", "Период: год"])
def test_the_list_by_15_september_comes_from_a_file_of_last_year(
    tmp_path: Path, pupils: list[Pupil], heading: str
) -> None:
    file = last_year(tmp_path, pupils[:4], ["2", "3", "5", "н/а"], heading)
    named = () if "2025" in heading else ("--year", "2025")
    told = run("import_gradebook", file, "--school", "S1", *named, "--dry-run")
    assert told["years"][0]["classes"] == ["6А"]
    assert not AcademicYear.objects.filter(start=2025).exists()

    told = run("import_gradebook", file, "--school", "S1", *named)
    assert told["files"][0]["unmatched"] == []
    answer = run("classify", "--school", "S1", "--period", "0")
    rows = {row["name"]: row for row in answer["pupils"]}
    found = [rows[pupil.full_name] for pupil in pupils[:5]]
    assert [row["category"] for row in found] == ["failing", "reserve", "none", "failing", "none"]
    assert [row["unrated"] for row in found] == [False, False, False, False, True]
    assert found[3]["evidence"][0]["not_attested"]
    assert {row["class"] for row in found} == {"7А"}
    assert sum(answer["counts"].values()) == len(answer["pupils"]) == Pupil.objects.count()
    assert set(found[0]) == {
        "external_id", "name", "class", "category", "subjects", "evidence", "provisional", "unrated",
    }  # fmt: skip

    run("undo_import", str(told["batch"]))
    assert not AcademicYear.objects.filter(start=2025).exists()
    assert run("classify", "--school", "S1", "--period", "0")["counts"]["failing"] == 0
