"""The samples of one synthetic school, against the answers computed from its raw facts."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from common.tabular import SourceFile, UnreadableFile
from gradebook.layouts import read_gradebook
from gradebook.parsed import ParsedBlock, ParsedFile

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "school"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
NAMES = {(pupil["class"], pupil["name"]): pupil for pupil in EXPECTED["pupils"]}


@cache
def read(pattern: str) -> list[ParsedFile]:
    files = [SourceFile(path.name, path) for path in sorted(SAMPLES.glob(pattern))]
    answers = list(read_gradebook(files))
    refused = [answer for answer in answers if isinstance(answer, UnreadableFile)]
    assert files and not refused
    return [answer for answer in answers if isinstance(answer, ParsedFile)]


def blocks(pattern: str) -> Iterator[ParsedBlock]:
    for file in read(pattern):
        assert file.rejected == ()
        yield from file.blocks


def marks(pattern: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            block.pupils[mark.pupil].class_name,
            block.pupils[mark.pupil].name,
            block.subjects[mark.subject],
            mark.day,
            mark.value,
        )
        for block in blocks(pattern)
        for mark in block.marks
    )


def absences(pattern: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (block.class_name, block.pupils[gone.pupil].name, block.subjects[gone.subject], gone.day, gone.reason)
        for block in blocks(pattern)
        for gone in block.absences
    )


def test_journals_hold_every_mark_and_absence_of_the_school() -> None:
    assert marks("journal_*").total() == EXPECTED["totals"]["marks"]
    assert absences("journal_*").total() == EXPECTED["totals"]["absences"]


def test_journals_and_progress_reports_state_the_same_marks_and_absences() -> None:
    assert marks("journal_*") == marks("progress_*")
    assert absences("journal_*") == absences("progress_*")


def test_each_pupil_has_as_many_marks_and_absences_as_the_raw_facts() -> None:
    by_pupil = Counter(dict.fromkeys(NAMES, 0))
    gone = Counter(dict.fromkeys(NAMES, 0))
    for (class_name, name, *_), count in marks("journal_*").items():
        by_pupil[str(class_name), str(name)] += count
    for (class_name, name, *_), count in absences("journal_*").items():
        gone[str(class_name), str(name)] += count
    assert by_pupil == Counter({key: pupil["marks"] for key, pupil in NAMES.items()})
    assert gone == Counter({key: pupil["absences"] for key, pupil in NAMES.items()})


def results(pattern: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (block.class_name, block.pupils[result.pupil].name, block.subjects[result.subject], result.value)
        for block in blocks(pattern)
        for result in block.results
    )


def test_all_four_layouts_with_results_state_the_same_ones() -> None:
    stated = results("journal_*")
    assert stated == results("progress_*") == results("report_card_*") == results("summary_?*.xlsx")
    assert set(results("summary_html_*")) == set(stated)


def test_results_of_failing_and_reserve_pupils_are_the_expected_ones() -> None:
    stated = {(class_name, name, subject): value for class_name, name, subject, value in results("summary_?*.xlsx")}
    expected = {
        (pupil["class"], pupil["name"], subject): value
        for pupil in EXPECTED["pupils"]
        for subject, value in pupil["results"].items()
    }
    assert expected and {key: stated[key] for key in expected} == expected


def test_a_heading_tells_class_year_period_and_the_subject_that_the_sheet_name_cuts() -> None:
    block = next(block for block in blocks("journal_7А.xlsx") if block.sheet.startswith("Иностранный"))
    assert (block.class_name, block.year_start, block.subjects) == ("7А", 2026, ("Иностранный язык (английский)",))
    assert block.period and (block.period.kind, block.period.number) == ("quarter", 1)


def test_a_progress_report_covers_its_lesson_days_and_explains_its_codes() -> None:
    block = next(blocks("progress_7А.xlsx"))
    assert block.covered_days[0].isoformat() == "2026-09-01" and len(block.covered_days) == 39
    assert [(entry.code, entry.reason) for entry in block.legend] == [
        ("Н", "unexcused"),
        ("О", "late"),
        ("Б", "illness"),
        ("У", "excused"),
    ]
