import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from common.errors import Refused
from documents.models import JobState
from documents.registry import ReportQuery, register_report
from documents.services import file_open_for, report_job_request
from documents.services.files import FileGone
from documents.services.running import job_run
from school.models import School, User
from tests.documents.conftest import anybody, nobody

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Probe:
    """A report of nothing."""

    school: str
    period: int
    by: str


def build(query: ReportQuery) -> Probe:
    if query.period > 4:
        raise Refused("Такого периода нет: в году 4 четверти.")
    return Probe(query.school.code, query.period, query.user.username if query.user else "")


def to_json(report: Probe) -> bytes:
    return json.dumps(vars(report)).encode()


@pytest.fixture(autouse=True)
def probe() -> None:
    register_report("probe", "Проба", build, {"json": to_json}, anybody, lambda report: f"Проба {report.period}")


def command(*arguments: str) -> None:
    call_command("report", *arguments)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    with pytest.raises(SystemExit) as left:
        command(*arguments)
    assert left.value.code == 1
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_command_writes_the_file_and_answers_with_json(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "отчёт.json"
    command("probe", "--school", "S1", "--period", "2", "--format", "json", "--output", str(output))
    assert json.loads(output.read_text()) == {"school": "S1", "period": 2, "by": ""}
    assert json.loads(capsys.readouterr().out)["size"] == output.stat().st_size
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize(
    ("school_code", "period", "format", "words"),
    [("S9", "1", "json", "Школы с кодом"), ("S1", "7", "json", "4 четверти"), ("S1", "1", "pdf", "Есть: json")],
)
def test_the_command_refuses_in_words(
    school: School,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    school_code: str,
    period: str,
    format: str,
    words: str,
) -> None:
    output = tmp_path / "x"
    asked = ["--school", school_code, "--period", period, "--format", format, "--output", str(output)]
    assert words in refusal(capsys, "probe", *asked)["error"]
    assert not output.exists()


def test_a_place_that_cannot_be_written_is_named(
    school: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--school", "S1", "--period", "1", "--format", "json", "--output", str(tmp_path / "no" / "x")]
    assert "Не удалось записать" in refusal(capsys, "probe", *asked)["error"]


def test_an_unknown_report_is_wrong_usage(school: School, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        command("unknown", "--school", "S1", "--period", "1", "--format", "json", "--output", str(tmp_path / "x"))


def test_ordered_by_a_person_it_becomes_a_file_of_theirs(school: School, user: User, stranger: User) -> None:
    job = report_job_request(by=user, school=school, kind="probe", period=2, format="json", key="k")
    assert job_run(job.pk) == JobState.DONE
    job.refresh_from_db()
    assert job.result is not None
    assert job.result.name == "Проба 2.json"
    with file_open_for(user, job.result).content as content:
        assert json.loads(content.read())["by"] == "ermolaeva"
    with pytest.raises(FileGone):
        file_open_for(stranger, job.result)


def test_what_a_report_refuses_is_the_jobs_error(school: School, user: User) -> None:
    job = report_job_request(by=user, school=school, kind="probe", period=9, format="json", key="k")
    assert job_run(job.pk) == JobState.FAILED
    job.refresh_from_db()
    assert job.error == "Такого периода нет: в году 4 четверти."


def test_a_person_without_the_right_orders_nothing_and_loses_what_was_made(school: School, user: User) -> None:
    job = report_job_request(by=user, school=school, kind="probe", period=1, format="json", key="k")
    job_run(job.pk)
    job.refresh_from_db()
    register_report("probe", "Проба", build, {"json": to_json}, nobody)
    assert job.result is not None
    with pytest.raises(FileGone):
        file_open_for(user, job.result)
    with pytest.raises(Refused):
        report_job_request(by=user, school=school, kind="probe", period=1, format="json", key="other")
