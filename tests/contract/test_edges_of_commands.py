"""What the commands say when they are given what they cannot use."""

import json
from datetime import date
from pathlib import Path

import pytest

from manage import Commands
from school.models import School
from tests.contract.calls import done, refused
from tests.contract.small import PUPIL_HEADS, flat, journal, load, school_with_pupils, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


@pytest.mark.parametrize(
    ("code", "name", "year"),
    [("", "Школа", 2026), ("S" * 33, "Школа", 2026), ("S1", " ", 2026), ("S1", "Ш" * 201, 2026), ("S1", "Школа", 26)],
)
def test_a_school_without_a_usable_code_name_or_year_is_refused(code: str, name: str, year: int) -> None:
    refused("create_school", "--code", code, "--name", name, "--year", year, "--periods", "quarters")
    assert not School.objects.exists()


@pytest.mark.parametrize("command", ["import_pupils", "import_staff", "import_gradebook"])
def test_a_missing_file_and_a_folder_are_named_in_russian(command: str, tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    assert refused(command, tmp_path / "нет.xlsx", "--school", code)["files"] == [
        {"file": "нет.xlsx", "error": "Файла «нет.xlsx» нет."}
    ]
    assert refused(command, tmp_path, "--school", code)["files"] == [
        {"file": tmp_path.name, "error": f"«{tmp_path.name}» — не файл."}
    ]


def test_a_report_into_a_missing_folder_is_refused_in_russian(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    done("classify", "--school", code, "--period", 1)
    target = tmp_path / "нет" / "report.json"
    told = refused("report", "quarterly", "--school", code, "--period", 1, "--format", "json", "--output", target)
    assert told["error"].endswith("такой папки или файла нет.")


def test_every_count_of_an_undone_contingent_is_present(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    batch = done(
        "import_pupils", workbook(tmp_path, [PUPIL_HEADS, ["9", "Юн", "Ян", "", None, "7А"]]), "--school", code
    )
    counts = {"pupils": 1, "enrolments": 1, "classes": 0, "guardians": 0, "guardianships": 0, "social_records": 0}
    assert done("undo_import", batch["batch"]) == {"batch": batch["batch"], "undone": counts}


def test_a_refused_undo_of_a_contingent_lists_whose_facts_stand_in_the_way(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    batch = done(
        "import_pupils", workbook(tmp_path, [PUPIL_HEADS, ["9", "Юн", "Ян", "", None, "7А"]]), "--school", code
    )
    load(code, journal(tmp_path, [["Юн Ян", 4]], days=(1,), right=()))
    [row] = refused("undo_import", batch["batch"])["changed"]
    assert {"kind", "external_id", "subject", "date"} <= set(row)
    assert row["external_id"] == "9"


@pytest.mark.parametrize("year", [2021, 2025, 2030])
def test_a_school_of_any_year_is_judged_and_reported_whatever_the_day(year: int, tmp_path: Path) -> None:
    done("create_school", "--code", "Г", "--name", "Школа", "--year", year, "--periods", "quarters")
    pupils = workbook(tmp_path, [PUPIL_HEADS, ["3", "Ёлкина", "Алёна", "Ильинична", None, "7А"]])
    done("import_pupils", pupils, "--school", "Г")
    flat_rows = [["3", "Ёлкина Алёна Ильинична", "7А", "Химия", date(year, 9, 8), 2]]
    assert load("Г", flat(tmp_path, flat_rows))["marks"]["created"] == 1
    asked = ("--school", "Г", "--period", 1)
    assert done("classify", *asked)["counts"]["weak"] == 1
    path = tmp_path / "report.json"
    done("report", "quarterly", *asked, "--format", "json", "--output", path)
    assert json.loads(path.read_text(encoding="utf-8"))["totals"]["weak"] == 1


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        Commands(["manage.py", "classify_all", "--json"]).execute()
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
