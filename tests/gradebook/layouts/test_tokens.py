"""What cells say: every rule at its edge."""

from datetime import date, datetime

import pytest

from common.tabular import Cell
from gradebook.layouts.tokens import Lesson, LessonReader, Outcome, read_mean, read_number, read_result
from gradebook.profiles import USUAL, AbsenceCode, ImportProfile

N, B, U = "unexcused", "illness", "excused"


def lesson(value: Cell, profile: ImportProfile = USUAL) -> Lesson:
    return LessonReader(profile).read(value)


@pytest.mark.parametrize(
    ("value", "marks", "absences"),
    [
        (4.0, [(4, "4")], []),
        (1, [(1, "1")], []),
        ("5", [(5, "5")], []),
        (" 5 ", [(5, "5")], []),
        ("4.0", [(4, "4")], []),
        ("4,0", [(4, "4")], []),
        ("４", [(4, "4")], []),
        ("4 3", [(4, "4"), (3, "3")], []),
        ("4\u00a03", [(4, "4"), (3, "3")], []),
        ("4\u20033", [(4, "4"), (3, "3")], []),
        ("4\n3", [(4, "4"), (3, "3")], []),
        ("3/4", [(3, "3"), (4, "4")], []),
        ("3／4", [(3, "3"), (4, "4")], []),
        ("3 / 4 / 5", [(3, "3"), (4, "4"), (5, "5")], []),
        ("3-", [(3, "3-")], []),
        ("3−", [(3, "3-")], []),
        ("4+", [(4, "4+")], []),
        ("4+/3-", [(4, "4+"), (3, "3-")], []),
        ("Н", [], [(N, "Н")]),
        ("н", [], [(N, "н")]),
        ("H", [], [(N, "H")]),  # Latin
        ("Н Н", [], [(N, "Н"), (N, "Н")]),
        ("Н 4", [(4, "4")], [(N, "Н")]),
        ("4/Н", [(4, "4")], [(N, "Н")]),
        ("У Н", [], [(U, "У"), (N, "Н")]),
        ("y", [], [(U, "y")]),  # Latin
        ("б", [], [(B, "б")]),
        ("НП", [], [(N, "НП")]),
        ("УП", [], [(U, "УП")]),
        ("ОТ", [], [(N, "ОТ")]),
        ("П", [], [(U, "П")]),
        ("О", [], []),
        ("O", [], []),  # Latin
        ("ОП", [], []),
        ("О 2", [(2, "2")], []),
        (".", [], []),
        (". 4", [(4, "4")], []),
        ("", [], []),
        ("  \u00a0", [], []),
        ("\u200b", [], []),
        (None, [], []),
    ],
)
def test_it_reads_marks_and_absences(value: Cell, marks: list[object], absences: list[object]) -> None:
    said = lesson(value)
    assert (list(said.marks), list(said.absences), said.problem) == (marks, absences, "")


SCALE = "отметка вне шкалы 1–5"
WHOLE = "отметка должна быть целым числом от 1 до 5; две отметки разделяют: «4 3» или «4/3»"
WORDS = "не отметка и не код пропуска"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("4 6", SCALE),
        ("6", SCALE),
        (6.0, SCALE),
        (0, SCALE),
        ("0", SCALE),
        ("-3", SCALE),
        ("16", SCALE),
        (100.0, SCALE),
        ("Н 6", SCALE),
        ("5555", "не разделены отметки: нужно «5 5 5 5» или «5/5/5/5»"),
        (45.0, "не разделены отметки: нужно «4 5» или «4/5»"),
        ("Н4", "не разделены отметки: нужно «Н 4» или «Н/4»"),
        (2.5, WHOLE),
        ("2.5", WHOLE),
        ("2,5", WHOLE),
        ("4, 3", "отметки разделены не так: нужно «4 3» или «4/3»"),
        ("отлично", WORDS),
        ("зач", WORDS),
        ("н/а", WORDS),
        ("Х", WORDS),
        ("5*", WORDS),
        ("4++", WORDS),
        ("-", WORDS),
        (True, WORDS),
        ("4 отлично", WORDS),
        (date(2026, 4, 3), "дата вместо отметок: таблица сама превратила «3/4» в дату"),
        (float("nan"), WORDS),
    ],
)
def test_it_rejects_a_cell_whole_with_a_reason(value: Cell, reason: str) -> None:
    assert lesson(value) == Lesson(problem=reason)


def test_a_number_and_a_truth_are_not_confused_though_they_are_equal() -> None:
    reader = LessonReader(USUAL)
    assert [reader.read(value).problem for value in (1, True, 1.0)] == ["", WORDS, ""]


def test_codes_mean_what_the_profile_says() -> None:
    own = ImportProfile(codes={"п": AbsenceCode.UNEXCUSED, "н": AbsenceCode.EXCUSED})
    assert lesson("П", own).absences == ((N, "П"),)
    assert lesson("Н", own).absences == ((U, "Н"),)
    assert lesson("Б", own).problem == WORDS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (4.0, ("4", "4")),
        ("2", ("2", "2")),
        (1, ("1", "1")),
        ("5-", ("5", "5-")),
        ("3.0", ("3", "3")),
        ("н/а", ("н/а", "н/а")),
        ("Н/А", ("н/а", "Н/А")),
        ("H/A", ("н/а", "H/A")),  # Latin
        ("не аттестован", ("н/а", "не аттестован")),
        ("осв", ("осв", "осв")),
        ("Осв.", ("осв", "Осв.")),
        ("зач", ("зач", "зач")),
        ("зачёт", ("зач", "зачёт")),
        ("незач", ("незач", "незач")),
        ("не зачтено", ("незач", "не зачтено")),
        ("усп", ("усп", "усп")),
        ("4 (хорошо)", ("4", "4 (хорошо)")),
        ("неуд", ("2", "неуд")),
        ("", ("", "")),
        ("-", ("", "")),
        ("—", ("", "")),
        (None, ("", "")),
    ],
)
def test_it_reads_results(value: Cell, expected: tuple[str, str]) -> None:
    assert read_result(value) == Outcome(*expected)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (6.0, SCALE),
        (0, SCALE),
        (2.5, WHOLE),
        ("45", "не разделены отметки: нужно «4 5» или «4/5»"),
        ("Н", "не итоговая отметка"),
        ("5 (хорошо)", "не итоговая отметка"),
        (datetime(2026, 4, 3), "не итоговая отметка"),  # noqa: DTZ001
        (False, "не итоговая отметка"),
    ],
)
def test_it_rejects_what_is_no_result(value: Cell, reason: str) -> None:
    assert read_result(value) == Outcome(problem=reason)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3.62, (3.62, "")),
        ("3,62", (3.62, "")),
        ("3.62", (3.62, "")),
        (5, (5.0, "")),
        (0, (None, "")),
        ("0", (None, "")),
        ("0.00", (None, "")),
        ("-", (None, "")),
        (None, (None, "")),
        (0.5, (None, "не средний балл")),
        (5.01, (None, "не средний балл")),
        (95.8, (None, "не средний балл")),
        ("хорошо", (None, "не средний балл")),
    ],
)
def test_a_mean_of_zero_is_no_data(value: Cell, expected: tuple[float | None, str]) -> None:
    assert read_mean(value) == expected


def test_a_number_is_finite() -> None:
    assert [read_number(value) for value in (float("inf"), float("nan"), "1e5", "12,5", True)] == [
        None,
        None,
        None,
        12.5,
        None,
    ]
