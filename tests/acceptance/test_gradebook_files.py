"""`import_gradebook`: the sample school's files in every layout lead to the answers computed apart."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from gradebook.models import Absence, AssessmentResult, Mark, PeriodResult
from school.models import ImportBatch, Pupil
from tests.factories import make_school

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

SAMPLES = Path(__file__).parent.parent / "data" / "school"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
NONE = {"created": 0, "updated": 0, "unchanged": 0, "removed": 0}
KINDS = ("marks", "absences", "period_results", "assessment_results")


@pytest.fixture
def contingent() -> None:
    make_school()
    call_command("import_pupils", SAMPLES / "pupils.xlsx", school="S1", json=True, stdout=StringIO())


def run(command: str, *arguments: object) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *map(str, arguments), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def imported(files: Sequence[Path], *options: object) -> dict[str, Any]:
    return run("import_gradebook", *files, "--school", "S1", *options)


def samples(*patterns: str) -> list[Path]:
    return [file for pattern in patterns for file in sorted(SAMPLES.glob(pattern))]


def total(answer: dict[str, Any], kind: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for file in answer["files"]:
        counted.update(file[kind])
    return counted


def standing() -> dict[str, tuple[int, int, int]]:
    """Of each pupil: marks, absences, absences without good reason."""
    pupils = Pupil.objects.annotate(
        marks_number=Count("marks", distinct=True),
        absences_number=Count("absences", distinct=True),
        unexcused=Count("absences", filter=Q(absences__reason="unexcused"), distinct=True),
    )
    rows = pupils.values_list("external_id", "marks_number", "absences_number", "unexcused")
    return {row[0]: row[1:] for row in rows}


def expected_standing(*, absences: bool = True) -> dict[str, Any]:
    return {
        pupil["external_id"]: (
            pupil["marks"],
            pupil["absences"] if absences else 0,
            pupil["unexcused_lessons"] if absences else 0,
        )
        for pupil in EXPECTED["pupils"]
    }


def judged() -> dict[str, tuple[str, list[str], dict[str, list[str]]]]:
    told = run("classify", "--school", "S1", "--period", 1)
    return {
        pupil["external_id"]: (
            pupil["category"],
            pupil["subjects"],
            {entry["subject"]: entry["unsatisfactory"] for entry in pupil["evidence"]},
        )
        for pupil in told["pupils"]
    }


EXPECTED_JUDGED = {
    pupil["external_id"]: (pupil["category"], pupil["subjects"], pupil["evidence"]) for pupil in EXPECTED["pupils"]
}


@pytest.mark.usefixtures("contingent")
def test_all_files_of_the_school_in_one_call_in_any_order_are_one_statement() -> None:
    files = samples("journal_*", "progress_*", "summary_*", "report_card_*", "flat_*", "assessment_*")
    random.Random(7).shuffle(files)
    answer = imported(files)

    assert standing() == expected_standing()
    assert judged() == EXPECTED_JUDGED
    assert total(answer, "marks")["created"] == EXPECTED["totals"]["marks"]
    assert total(answer, "marks")["unchanged"] == 2 * EXPECTED["totals"]["marks"]
    assert total(answer, "absences") == Counter(NONE) + Counter(created=2206, unchanged=2206)
    written = {(work["grade"], work["subject"]): work["written"] for work in EXPECTED["assessments"]}
    rows = AssessmentResult.objects.values_list("procedure__grade", "procedure__subject__name")
    assert Counter(rows) == written
    assert [file["file"] for file in answer["files"]] == [file.name for file in files]
    assert not any(file["rejected"] or file["unmatched"] for file in answer["files"])
    assert {file["layout"] for file in answer["files"]} == {
        "journal",
        "progress",
        "summary",
        "report_card",
        "flat",
        "assessment",
    }


@pytest.mark.usefixtures("contingent")
def test_the_same_marks_from_journals_progress_and_the_flat_list_are_never_doubled() -> None:
    for number, patterns in enumerate((("progress_*",), ("flat_*",), ("journal_*",))):
        answer = imported(samples(*patterns))
        kept = total(answer, "marks")
        assert kept == Counter({"created" if number == 0 else "unchanged": EXPECTED["totals"]["marks"]})
        assert standing() == expected_standing()
    assert judged() == EXPECTED_JUDGED


@pytest.mark.usefixtures("contingent")
def test_the_flat_list_with_summaries_leads_to_the_same_categories() -> None:
    imported(samples("flat_*", "summary_html_*"))
    assert standing() == expected_standing(absences=False)
    assert judged() == EXPECTED_JUDGED


@pytest.mark.usefixtures("contingent")
def test_a_second_import_of_the_same_files_changes_nothing_and_says_so() -> None:
    files = samples("journal_7А*", "report_card_7А*", "assessment_7*")
    first = imported(files)
    facts = [list(model.objects.values_list("pk", "batch")) for model in (Mark, Absence, PeriodResult)]
    again = imported(files)
    assert again["batch"] == first["batch"] + 1
    for kind in KINDS:
        assert set(+total(again, kind)) <= {"unchanged"}
    assert facts == [list(model.objects.values_list("pk", "batch")) for model in (Mark, Absence, PeriodResult)]


@pytest.mark.usefixtures("contingent")
def test_the_answer_has_the_shape_of_the_contract() -> None:
    answer = imported(samples("journal_7А*"), "--year", 2026)
    batch = ImportBatch.objects.get(kind="gradebook")
    assert answer == {
        "batch": batch.pk,
        "dry_run": False,
        "files": [
            {
                "file": "journal_7А.xlsx",
                "layout": "journal",
                "sheets": 11,
                "marks": NONE | {"created": 2758},
                "absences": NONE | {"created": 318},
                "period_results": NONE | {"created": 264},
                "assessment_results": NONE,
                "rejected": [],
                "unmatched": [],
            }
        ],
    }
    assert (batch.state, batch.files.get().name) == ("applied", "journal_7А.xlsx")


@pytest.mark.usefixtures("contingent")
def test_a_dry_run_counts_the_same_and_writes_nothing() -> None:
    answer = imported(samples("summary_8*"), "--dry-run")
    assert (answer["batch"], answer["dry_run"]) == (None, True)
    assert total(answer, "period_results") == Counter(created=576)
    assert not PeriodResult.objects.exists()
    assert not ImportBatch.objects.filter(kind="gradebook").exists()


def refused(*arguments: object) -> dict[str, Any]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_gradebook", *map(str, arguments), "--school", "S1", "--json", stdout=out)
    assert ended.value.code == 1
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.mark.usefixtures("contingent")
def test_an_unreadable_file_refuses_the_whole_call(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    answer = refused(*samples("journal_7А*"), broken)
    assert [file["file"] for file in answer["files"]] == ["broken.xlsx"]
    assert answer["error"]
    assert not Mark.objects.exists()


@pytest.mark.usefixtures("contingent")
def test_a_missing_file_an_unknown_school_and_an_unknown_period_are_refused() -> None:
    assert refused("нет.xlsx")["files"] == [{"file": "нет.xlsx", "error": "Файла «нет.xlsx» нет."}]
    assert "нет периода" in refused(*samples("summary_7А*"), "--period", 9)["error"]
    assert "учебного года" in refused(*samples("summary_7А*"), "--year", 2031)["error"]
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("import_gradebook", str(samples("summary_7А*")[0]), "--school", "X", "--json", stdout=out)
    assert "«X» нет" in json.loads(out.getvalue())["error"]


@pytest.mark.usefixtures("contingent")
def test_undo_takes_a_batch_back_and_counts_what_it_took() -> None:
    batch = imported(samples("journal_7А*", "assessment_7*"))["batch"]
    assert run("undo_import", batch) == {
        "batch": batch,
        "undone": {"marks": 2758, "absences": 318, "period_results": 264, "assessment_results": 48},
    }
    facts = (Mark, Absence, PeriodResult, AssessmentResult)
    assert not any(model._default_manager.exists() for model in facts)


@pytest.mark.usefixtures("contingent")
def test_a_fact_stands_while_a_batch_that_stated_or_confirmed_it_is_not_undone() -> None:
    first = imported(samples("journal_7А*"))["batch"]
    second = imported(samples("progress_7А*"))["batch"]
    assert run("undo_import", first)["undone"]["marks"] == 0
    assert Mark.objects.count() == 2758
    assert run("undo_import", second)["undone"]["marks"] == 2758
    assert not Mark.objects.exists()


@pytest.mark.usefixtures("contingent")
def test_undo_of_pupils_goes_the_same_way() -> None:
    batch = ImportBatch.objects.get(kind="pupils")
    assert run("undo_import", batch.pk)["batch"] == batch.pk
    assert not Pupil.objects.exists()


def test_undo_of_an_unknown_batch_is_refused() -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("undo_import", "77", "--json", stdout=out)
    assert (ended.value.code, json.loads(out.getvalue())["error"]) == (1, "Пачки № 77 нет.")
