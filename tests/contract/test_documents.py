"""The command `report` for the documents of a period, without a browser or a worker."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.contract.calls import done, refused
from tests.contract.small import flat, load, school_with_pupils

pytestmark = [pytest.mark.django_db, pytest.mark.contract]
MAGIC = {"pdf": b"%PDF", "xlsx": b"PK", "docx": b"PK", "json": b"{"}


@pytest.fixture
def code(tmp_path: Path) -> str:
    """A school where one pupil of 7А is weak in chemistry."""
    code = school_with_pupils(tmp_path)
    load(code, flat(tmp_path, [["3", "Ёлкина Алёна", "7А", "Химия", date(2026, 9, 8), 2]]))
    return code


def written(tmp_path: Path, code: str, kind: str, format: str) -> bytes:
    """The file, after the command has said what it wrote."""
    target = tmp_path / f"{kind}.{format}"
    told = done("report", kind, "--school", code, "--period", 1, "--format", format, "--output", target)
    content = target.read_bytes()
    assert told == {"report": kind, "format": format, "output": str(target), "size": len(content)}
    return content


@pytest.mark.parametrize("kind", ["annual", "class_teacher"])
@pytest.mark.parametrize("format", list(MAGIC))
def test_a_document_is_written_in_every_format(tmp_path: Path, code: str, kind: str, format: str) -> None:
    assert written(tmp_path, code, kind, format).startswith(MAGIC[format])


def test_the_class_teachers_report_is_of_every_class_and_names_who_is_weak(tmp_path: Path, code: str) -> None:
    told: dict[str, Any] = json.loads(written(tmp_path, code, "class_teacher", "json"))
    papers = told.get("papers", [told])
    assert "7А" in {paper["about"] for paper in papers}
    assert "Ёлкина Алёна" in json.dumps(papers, ensure_ascii=False)


@pytest.mark.parametrize("kind", ["roadmap", "program"])
def test_without_a_program_there_is_none_to_print(tmp_path: Path, code: str, kind: str) -> None:
    refused("report", kind, "--school", code, "--period", 1, "--format", "pdf", "--output", tmp_path / "none.pdf")
    assert not (tmp_path / "none.pdf").exists()


def test_a_period_that_the_year_does_not_have_is_refused(tmp_path: Path, code: str) -> None:
    for kind in ("annual", "class_teacher", "quarterly"):
        refused("report", kind, "--school", code, "--period", 9, "--format", "json", "--output", tmp_path / "x.json")
