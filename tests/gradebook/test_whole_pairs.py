"""Pairs of pupil and subject that are settled whole: what is written, counted, remembered; against a plain model."""

from collections import Counter
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.imports.settling import fresh_codes
from gradebook.models import Absence, Coverage, FactKind, Mark
from gradebook.parsed import ParsedFile
from gradebook.services.imports import Imported
from gradebook.services.undo import gradebook_undo
from school.models import School
from tests.gradebook.said import REASONS, absences_of, flat, journal, load, marks_of

NAMES = ("Ковтун Матвей Андреевич", "Белова Ева Артёмовна", "Цой Иван Петрович")
SUBJECTS = ("Алгебра", "Физика")
DAYS = ("09-14", "09-15", "09-16", "09-17", "09-18")
CELLS = ("", "", "4", "4 5", "3-", "Н", "Н 4", "2 2", "Б Н")

Cells = dict[str, dict[str, dict[str, str]]]
State = dict[tuple[str, str, str], list[str]]


def test_nothing_stands_and_all_is_new() -> None:
    assert fresh_codes([9, 10, 17], []) == [9, 10, 17]


def test_all_that_is_stated_stands() -> None:
    assert fresh_codes([9, 10, 17], [9, 10, 17]) == []


def test_days_that_were_unknown_are_new() -> None:
    assert fresh_codes([9, 10, 17, 26], [9, 10]) == [17, 26]


@pytest.mark.parametrize("standing", [[9], [9, 10, 11], [11], [9, 10, 33], [33]])
def test_a_day_that_is_stated_otherwise_or_not_at_all_needs_a_look(standing: list[int]) -> None:
    assert fresh_codes([9, 10, 17], standing) is None


def drawn(random: Random, days: tuple[str, ...]) -> Cells:
    return {name: {subject: {d: random.choice(CELLS) for d in days} for subject in SUBJECTS} for name in NAMES}


def changed(random: Random, cells: Cells) -> Cells:
    """The same with a day more everywhere, and with another cell in a third of the pairs."""
    told = {name: {subject: dict(days) for subject, days in of_pupil.items()} for name, of_pupil in cells.items()}
    for of_pupil in told.values():
        for days in of_pupil.values():
            days[DAYS[-1]] = random.choice(CELLS)
            if random.random() < 1 / 3:
                days[random.choice(list(days))] = random.choice(CELLS)
    return told


def facts(cells: Cells) -> State:
    """What the cells state: {(surname, subject, day): marks and reasons}."""
    told: State = {}
    for name, of_pupil in cells.items():
        for subject, days in of_pupil.items():
            for d, text in days.items():
                found = sorted(REASONS.get(token, token[0]) for token in text.split())
                if found:
                    told[name.split()[0], subject, d] = found
    return told


def stands(school: School) -> State:
    told: State = {key: [str(value) for value in values] for key, values in marks_of(school).items()}
    for key, reasons in absences_of(school).items():
        told[key] = sorted([*told.get(key, []), *reasons])
    return told


def counts(done: Imported) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, removed; marks and absences together."""
    both = [file.counts[kind] for file in done.files for kind in (FactKind.MARKS, FactKind.ABSENCES)]
    return (
        sum(each.created for each in both),
        sum(each.updated for each in both),
        sum(each.unchanged for each in both),
        sum(each.removed for each in both),
    )


def expected(before: State, after: State) -> tuple[int, int, int, int]:
    """The same by a plain count, slot by slot and kind by kind."""
    created = updated = unchanged = removed = 0
    for key in before.keys() | after.keys():
        for marks in (True, False):
            old, new = (Counter(v for v in state.get(key, []) if v.isdigit() is marks) for state in (before, after))
            gone, come = (old - new).total(), (new - old).total()
            unchanged += (old & new).total()
            updated += min(gone, come)
            created += max(0, come - gone)
            removed += max(0, gone - come)
    return created, updated, unchanged, removed


@pytest.mark.parametrize("seed", range(6))
def test_journals_that_go_on_and_are_corrected_end_as_a_plain_model_says(school: School, seed: int) -> None:
    random = Random(seed)
    first = drawn(random, DAYS[:-1])
    second = changed(random, first)
    one = load(school, journal(first, DAYS[:-1]))
    assert stands(school) == facts(first)
    assert counts(one) == expected({}, facts(first))

    two = load(school, journal(second, DAYS))
    assert stands(school) == facts(second)
    assert counts(two) == expected(facts(first), facts(second))

    three = load(school, journal(second, DAYS))
    assert stands(school) == facts(second)
    assert counts(three) == expected(facts(second), facts(second))

    for batch, state in ((three.batch, facts(second)), (two.batch, facts(first)), (one.batch, {})):
        assert batch is not None
        gradebook_undo(by=None, batch=batch)
        assert stands(school) == state


@pytest.mark.parametrize("seed", range(3))
def test_a_flat_list_after_a_journal_confirms_what_it_names(school: School, seed: int) -> None:
    cells = drawn(Random(seed), DAYS)
    one = load(school, journal(cells, DAYS))
    two = load(school, flat(cells))
    assert stands(school) == facts(cells)
    assert counts(two) == expected(facts(cells), facts(cells))
    assert one.batch is not None
    gradebook_undo(by=None, batch=one.batch)
    assert stands(school) == facts(cells)  # the list says the same


def words(school: School) -> list[tuple[str, str, int, int, str, str | None, str]]:
    rows = Mark.objects.filter(school=school).order_by("date", "ordinal")
    columns = rows.values_list("subject__name", "date", "value", "ordinal", "raw", "weight", "work")
    return [(row[0], f"{row[1]:%m-%d}", *row[2:5], None if row[5] is None else str(row[5]), row[6]) for row in columns]


def with_words(name: str) -> ParsedFile:
    """Two fives of one day, the second with a weight and a kind of work; a three with a minus."""
    file = flat({name: {"Алгебра": {"09-14": "5 5 3-"}}})
    file.blocks[0].marks.weight.extend([None, 2.5, None])
    file.blocks[0].marks.work.extend([None, "Контрольная\tработа", None])
    return file


def test_words_beside_marks_are_written_with_their_marks(school: School) -> None:
    load(school, with_words(NAMES[0]))

    assert words(school) == [
        ("Алгебра", "09-14", 3, 0, "3-", None, ""),
        ("Алгебра", "09-14", 5, 1, "", None, ""),
        ("Алгебра", "09-14", 5, 2, "", "2.50", "Контрольная\tработа"),
    ] or words(school) == [
        ("Алгебра", "09-14", 3, 0, "3-", None, ""),
        ("Алгебра", "09-14", 5, 1, "", "2.50", "Контрольная\tработа"),
        ("Алгебра", "09-14", 5, 2, "", None, ""),
    ]


def test_words_that_come_later_are_no_change_of_a_mark(school: School) -> None:
    load(school, flat({NAMES[0]: {"Алгебра": {"09-14": "5 5 3"}}}))
    done = load(school, with_words(NAMES[0]))

    assert counts(done) == (0, 0, 3, 0)
    assert {row[4:] for row in words(school)} == {("", None, ""), ("", "2.50", "Контрольная\tработа"), ("3-", None, "")}


def test_codes_of_absences_stay_as_the_file_has_them(school: School) -> None:
    load(school, journal({NAMES[0]: {"Алгебра": {"09-14": "Н", "09-15": "Б Н"}}}, DAYS))

    assert list(Absence.objects.order_by("date", "raw").values_list("raw", "reason", "ordinal")) == [
        ("Н", "unexcused", 0),
        ("Б", "illness", 1),
        ("Н", "unexcused", 0),
    ]


def test_the_same_again_stages_nothing(school: School) -> None:
    cells = {name: {"Алгебра": {"09-14": "4 5", "09-15": "Н", "09-16": "2"}} for name in NAMES}
    file = journal(cells, DAYS)
    load(school, file)
    with CaptureQueriesContext(connection) as caught:
        load(school, file)

    assert not any("TEMPORARY TABLE" in query["sql"] for query in caught.captured_queries)


def test_what_a_list_speaks_for_is_remembered_by_class_and_subject(school: School) -> None:
    load(school, flat({NAMES[0]: {"Алгебра": {"09-14": "5", "09-15": "Н"}}, NAMES[1]: {"Алгебра": {"09-14": "4"}}}))

    told = Coverage.objects.order_by("form").values_list("form", "school_class__letter", "last_day", "excluded")
    rows = {row[0]: row[1:] for row in told}
    assert set(rows) == {"marks", "absences"}
    assert {f"{row[1]:%m-%d}" for row in rows.values()} == {"09-15"}
    named = Coverage.objects.get(form="marks")
    assert sorted(f"{d:%m-%d}" for d in named.dates) == ["09-14", "09-14", "09-15"]
    assert len(named.pupils) == 3
