"""What counts for which indicator, at its edges."""

from datetime import date

import pytest

from teaching.rules.evidence import SEEN_BY_VISITS, Code, practice_counts, training_counts, visit_proves
from teaching.rules.passport import PASSPORT

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("topics", "ends", "since", "why"),
    [
        (["weak"], ON, None, ""),
        (["needs", "other"], ON, ON, ""),
        (["assess", "other"], ON, None, "другая тема"),
        ([], ON, None, "другая тема"),
        (["weak"], None, None, "ещё не завершено"),
        (["weak"], date(2026, 11, 22), None, "ещё не завершено"),
        (["weak"], date(2026, 11, 20), ON, "до начала программы"),
    ],
)
def test_a_training_counts_once_it_is_over_of_the_topic_and_within_the_program(
    topics: list[str], ends: date | None, since: date | None, why: str
) -> None:
    verdict = training_counts(topics, ends, ON, since)
    assert (verdict.counts, verdict.why) == (not why, why)


def test_a_practice_counts_by_its_topic_from_the_day_on_which_it_was_entered() -> None:
    assert practice_counts(["needs"], ON, ON).counts
    assert not practice_counts(["needs"], date(2026, 11, 22), ON).counts
    assert practice_counts(["digital"], ON, ON).why == "другая тема"


@pytest.mark.parametrize(
    ("seen", "weak", "proven"),
    [
        ([], "seen", ""),
        (["levels"], "", "P05"),
        (["emd"], "", "P05 P07"),
        (["resh"], "", ""),
        (["resh"], "no", ""),
        (["resh"], "none", ""),
        (["resh"], "part", "P06"),
        (["sferum", "feedback"], "seen", "P06 P08"),
        (["criteria"], "no", "P08"),
    ],
)
def test_each_tap_of_a_visit_is_evidence_of_its_own_indicators(seen: list[str], weak: str, proven: str) -> None:
    assert " ".join(code for code in SEEN_BY_VISITS if visit_proves(code, seen, weak).counts) == proven


def test_platforms_without_work_with_weak_pupils_say_why_they_do_not_count() -> None:
    assert visit_proves(Code.P06, ["resh"], "").why == "работа со слабоуспевающими: не отмечена"
    assert visit_proves(Code.P06, ["resh"], "no").why == "работа со слабоуспевающими: не видна"


def test_the_plan_that_falls_below_its_beginning_is_told_in_both_readings_and_judged_in_none() -> None:
    told = PASSPORT[Code.P01]
    assert told.needs_decision and told.anomaly == "non_monotonic_plan"
    assert [[part for _, part in reading.plan] for reading in told.readings] == [[25, 25, 100], [75, 100, 100]]
    assert told.readings[0].plan[0][1] < told.baseline
    assert not any(PASSPORT[code].needs_decision for code in Code if code != Code.P01)
