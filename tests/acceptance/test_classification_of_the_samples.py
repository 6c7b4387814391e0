import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from risk_registry.models import PupilCategory, RegistryEntry
from tests.factories import make_school

DATA = Path(__file__).parent.parent / "data" / "school"


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return told


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def load(*patterns: str) -> None:
    """The sample school with its pupils, and gradebook files that match."""
    make_school("S1")
    run("import_pupils", str(DATA / "pupils.xlsx"), "--school", "S1")
    files = [str(path) for pattern in patterns for path in sorted(DATA.glob(pattern))]
    run("import_gradebook", *files, "--school", "S1", "--period", "1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "patterns",
    [
        ("journal_*",),
        ("progress_*", "report_card_*"),
        ("flat_marks.xlsx", "summary_html_*"),
        ("summary_?А.xlsx", "summary_?Б.xlsx", "journal_*", "progress_*", "flat_marks.xlsx", "assessment_*"),
    ],
    ids=" ".join,
)
def test_the_categories_and_signals_of_the_sample_school_are_those_expected(
    expected: dict[str, Any], patterns: tuple[str, ...]
) -> None:
    load(*patterns)
    counted = {
        key: PupilCategory.objects.filter(category=key).count() for key in ("failing", "weak", "reserve", "none")
    }
    assert counted == {key: expected["totals"][key] for key in counted}, "the import itself keeps the categories"

    told = run("classify", "--school", "S1", "--period", "1")
    assert (told["school"], told["period"], told["provisional"]) == ("S1", 1, False)
    assert told["counts"] == counted
    assert {pupil["external_id"]: _plain(pupil) for pupil in told["pupils"]} == {
        pupil["external_id"]: _expected(pupil) for pupil in expected["pupils"]
    }
    assert [pupil["class"] for pupil in told["pupils"]] == sorted(pupil["class"] for pupil in told["pupils"])

    told = run("signals", "--school", "S1", "--period", "1")["signals"]
    signals = [signal for signal in told if signal["rule"] == "three_unsatisfactory"]
    assert {(signal["external_id"], signal["subject"]) for signal in signals} == {
        (pupil["external_id"], subject) for pupil in expected["pupils"] for subject in pupil["three_unsatisfactory"]
    }
    assert len(signals) == expected["totals"]["three_unsatisfactory_pairs"]
    assert all(len(signal["evidence"]) >= 3 and signal["state"] == "open" for signal in signals)
    assert RegistryEntry.objects.filter(state="proposed").count() == 144 - counted["none"]


def _plain(pupil: dict[str, Any]) -> dict[str, Any]:
    assert [told["subject"] for told in pupil["evidence"]] == pupil["subjects"]
    assert all(told["not_attested"] == (told["result"] == "н/а") for told in pupil["evidence"])
    return {
        "name": pupil["name"],
        "class": pupil["class"],
        "category": pupil["category"],
        "subjects": pupil["subjects"],
        "evidence": {told["subject"]: told["unsatisfactory"] for told in pupil["evidence"]},
        "results": {told["subject"]: told["result"] for told in pupil["evidence"]},
        "state": (pupil["provisional"], pupil["unrated"]),
    }


def _expected(pupil: dict[str, Any]) -> dict[str, Any]:
    kept = ("name", "class", "category", "subjects", "evidence", "results")
    return {key: pupil[key] for key in kept} | {"state": (False, False)}
