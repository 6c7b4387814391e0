"""The command `indicators`: every code of the three sets, a share of nobody is no number."""

from datetime import date
from pathlib import Path

import pytest

from tests.contract.calls import done, refused
from tests.contract.small import flat, load, school_with_pupils

pytestmark = [pytest.mark.django_db, pytest.mark.contract]
CODES = {
    *(f"P{number:02}" for number in range(1, 36)),
    *(f"S{number}" for number in range(1, 8)),
    *(f"R{number:02}" for number in range(1, 10)),
}
KEYS = {"code", "numerator", "denominator", "value", "target", "source", "basis"}


def test_every_code_is_answered_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    told = done("indicators", "--school", school_with_pupils(tmp_path), "--period", 1)["indicators"]

    assert {row["code"] for row in told} >= CODES
    assert len({row["code"] for row in told}) == len(told)
    assert all(set(row) == KEYS for row in told)


def test_a_share_of_nobody_is_no_number_and_one_at_risk_is_counted_from_the_marks(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    asked = ("indicators", "--school", code, "--period", 1)
    before = {row["code"]: row for row in done(*asked)["indicators"]}
    assert (before["P12"]["denominator"], before["P12"]["value"]) == (0, None)

    load(code, flat(tmp_path, [["1", "Ёлкина Алёна", "7А", "Химия", date(2026, 9, 8), 2]]))
    after = {row["code"]: row for row in done(*asked)["indicators"]}
    risk = after["R01"]
    assert (risk["numerator"], risk["basis"]) == (1, "classification")
    assert risk["value"] == round(100 / risk["denominator"], 1)
    assert (after["P12"]["denominator"], after["P12"]["value"]) == (1, 0.0)


def test_a_school_or_a_period_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused("indicators", "--school", "нет", "--period", 1)
    refused("indicators", "--school", school_with_pupils(tmp_path), "--period", 9)
