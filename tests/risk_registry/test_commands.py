import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import make_class, make_pupil, make_school
from tests.risk_registry.making import give_marks, give_result

pytestmark = pytest.mark.django_db


def run(*arguments: str, status: int = 0) -> dict[str, Any]:
    out = StringIO()
    if status:
        with pytest.raises(SystemExit) as left:
            call_command(*arguments, "--json", stdout=out)
        assert left.value.code == status
    else:
        call_command(*arguments, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


@pytest.mark.parametrize("command", ["classify", "signals"])
@pytest.mark.parametrize(("school", "period"), [("S9", "1"), ("S1", "5")])
def test_it_refuses_what_does_not_exist_in_words(command: str, school: str, period: str) -> None:
    make_school()
    told = run(command, "--school", school, "--period", period, status=1)
    assert told["error"].endswith(".")
    assert told["files"] == []


def test_no_signals_belong_to_the_beginning_of_a_year() -> None:
    make_school()
    told = run("signals", "--school", "S1", "--period", "0", status=1)
    assert "нет периода № 0" in told["error"]


def test_classify_answers_in_the_contract_s_shape() -> None:
    seventh = make_class(make_school(), "7А")
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич", external_id="017")
    give_marks(pupil, "Алгебра", 2)
    give_result(pupil, "Алгебра", "н/а")
    assert run("classify", "--school", "S1", "--period", "1") == {
        "school": "S1",
        "period": 1,
        "provisional": False,
        "counts": {"failing": 1, "weak": 0, "reserve": 0, "none": 0},
        "pupils": [
            {
                "external_id": "017",
                "name": "Ковтун Матвей Андреевич",
                "class": "7А",
                "category": "failing",
                "subjects": ["Алгебра"],
                "evidence": [
                    {
                        "subject": "Алгебра",
                        "unsatisfactory": ["2026-09-01"],
                        "result": "н/а",
                        "not_attested": True,
                    }
                ],
                "provisional": False,
                "unrated": False,
            }
        ],
    }


def test_pupils_come_by_class_and_then_by_the_russian_alphabet() -> None:
    school = make_school()
    for name in ("10А", "7Б", "7А"):
        school_class = make_class(school, name)
        for last in ("Жуков", "Ёлкин", "Егоров"):
            make_pupil(school_class, f"{last} Илья")
    told = run("classify", "--school", "S1", "--period", "1")
    assert [pupil["class"] for pupil in told["pupils"]] == ["7А"] * 3 + ["7Б"] * 3 + ["10А"] * 3
    assert [pupil["name"].split()[0] for pupil in told["pupils"][:3]] == ["Егоров", "Ёлкин", "Жуков"]
    assert told["provisional"]


def test_the_year_of_the_school_s_day_is_asked_by_default_and_another_by_name() -> None:
    make_school()
    assert run("classify", "--school", "S1", "--period", "1", "--year", "2026")["period"] == 1
    assert "error" in run("classify", "--school", "S1", "--period", "1", "--year", "2020", status=1)


def test_signals_say_whose_and_which_marks() -> None:
    pupil = make_pupil(make_class(make_school(), "7А"), "Ковтун Матвей Андреевич", external_id="017")
    give_marks(pupil, "Алгебра", 2, 2, 1)
    assert run("signals", "--school", "S1", "--period", "1") == {
        "signals": [
            {
                "rule": "three_unsatisfactory",
                "external_id": "017",
                "subject": "Алгебра",
                "evidence": ["2026-09-01"] * 3,
                "state": "open",
            }
        ]
    }
