import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.risk_registry.samples import DATA, load_samples


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return told


def run(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.mark.django_db
def test_the_categories_and_signals_of_the_sample_school_are_those_expected(expected: dict[str, Any]) -> None:
    load_samples()
    told = run("classify", "--school", "S1", "--period", "1")

    assert {key: told[key] for key in ("school", "period", "provisional")} == {
        "school": "S1",
        "period": 1,
        "provisional": False,
    }
    assert told["counts"] == {key: expected["totals"][key] for key in ("failing", "weak", "reserve", "none")}
    assert {pupil["external_id"]: _plain(pupil) for pupil in told["pupils"]} == {
        pupil["external_id"]: _expected(pupil) for pupil in expected["pupils"]
    }
    assert [pupil["class"] for pupil in told["pupils"]] == sorted(pupil["class"] for pupil in told["pupils"])

    signals = run("signals", "--school", "S1", "--period", "1")["signals"]
    assert {(signal["external_id"], signal["subject"]) for signal in signals} == {
        (pupil["external_id"], subject) for pupil in expected["pupils"] for subject in pupil["three_unsatisfactory"]
    }
    assert len(signals) == expected["totals"]["three_unsatisfactory_pairs"]
    assert all(len(signal["evidence"]) >= 3 and signal["state"] == "open" for signal in signals)


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
