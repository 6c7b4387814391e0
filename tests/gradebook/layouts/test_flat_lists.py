"""Lists with a mark a row."""

from datetime import date

from common.tabular import Cell, Sheet
from gradebook.layouts.collecting import Context
from gradebook.layouts.parsing import blocks_of
from gradebook.layouts.tokens import LessonReader
from gradebook.parsed import Coverage, FoundCode
from gradebook.profiles import USUAL
from tests.gradebook.layouts.sheets import read

FLAT: list[Cell] = ["Дата", "Оценка", "Вес", "Вид работы", "Предмет", "Класс", "ФИО"]


def test_a_flat_list_gives_weights_and_kinds_of_work_and_speaks_only_for_its_rows() -> None:
    got = read([FLAT, ["01.09.2026", "5/4", "1,5", "Контрольная работа", "Алгебра", "7А", "Ковтун Матвей"]])
    assert [(mark.value, mark.weight, mark.work) for mark in got.block.marks] == [
        (5, 1.5, "Контрольная работа"),
        (4, 1.5, "Контрольная работа"),
    ]
    assert got.block.coverage is Coverage.NAMED and got.block.covered_days == ()


def test_a_flat_list_may_state_absences_in_the_mark_or_beside_it() -> None:
    got = read(
        [
            ["ФИО", "Класс", "Предмет", "Дата", "Отметка", "Посещаемость"],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 1), "Н", None],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 2), 4, "б"],
            ["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 3), 4, None],
        ]
    )
    assert [reason for *_, reason in got.absences()] == ["unexcused", "illness"] and len(got.marks()) == 2


def test_rows_of_a_flat_list_that_lack_something_are_rejected_where_it_is_missing() -> None:
    whole: list[Cell] = ["01.09.2026", 5, None, None, "Алгебра", "7А", "Ковтун Матвей"]
    rows = [list(whole) for _ in range(6)]
    rows[1][0], rows[2][4], rows[3][6], rows[4][1], rows[5][1] = "завтра", None, None, None, "6"
    got = read([FLAT, *rows, ["Итого", 5]])
    assert got.reasons() == [
        ("A3", "завтра", "не дата: нужно «08.05.2027»"),
        ("E4", "", "не указан предмет"),
        ("G5", "", "не указан ученик"),
        ("B7", "6", "отметка вне шкалы 1–5"),
    ]
    assert len(got.marks()) == 1
    assert got.block.unsure == {(0, 0, date(2026, 9, 1).toordinal())}


def test_every_row_of_a_flat_list_can_be_named_for_an_unmatched_pupil() -> None:
    rows: list[list[Cell]] = [
        ["01.09.2026", 5, None, None, "Алгебра", "7А", name] for name in ("Ли Ян", "Ю Ян", "Ли Ян")
    ]
    block = read([FLAT, *rows]).block
    assert [list(block.places_of(pupil)) for pupil in range(2)] == [["G2", "G4"], ["G3"]]


def test_a_flat_list_whose_weights_are_words_keeps_the_marks() -> None:
    got = read([FLAT, ["01.09.2026", 5, "много", None, "Алгебра", "7А", "Ли Ян"]])
    assert got.reasons() == [("C2", "много", "не вес отметки")] and len(got.marks()) == 1


PLAIN: list[Cell] = ["ФИО", "Класс", "Предмет", "Дата", "Отметка"]


def rows_of_marks(*marks: Cell) -> list[list[Cell]]:
    """A list without anything beside the marks, all of one pupil, subject and day."""
    return [PLAIN, *(["Ковтун Матвей", "7А", "Алгебра", date(2026, 9, 1), mark] for mark in marks)]


def test_what_equals_a_mark_in_a_plain_list_and_is_none_stays_none() -> None:
    marks: list[Cell] = [1, 1, True, 1.0, "1"]
    for stated in (marks, marks[::-1]):
        got = read(rows_of_marks(*stated))
        assert [value for _, value, _ in got.reasons()] == ["ИСТИНА"]
        assert [mark.value for mark in got.block.marks] == [1] * 4


def test_marks_of_a_plain_list_keep_their_rows_and_words_when_some_are_met_again() -> None:
    got = read(rows_of_marks(4, "3-", None, "5/4", 4.0, "Н", "3-", "6", "4"))
    told = [(mark.raw, mark.row, mark.column) for mark in got.block.marks]
    assert told == [("4", 1, 4), ("3-", 2, 4), ("5", 4, 4), ("4", 4, 4), ("4", 5, 4), ("3-", 7, 4), ("4", 9, 4)]
    assert [gone.row for gone in got.block.absences] == [6]
    assert list(got.block.places_of(0)) == ["A2", "A3", "A5", "A6", "A7", "A8", "A9", "A10"]


def test_codes_beside_marks_of_a_plain_list_are_counted_in_every_row() -> None:
    context = Context(LessonReader(USUAL), None)
    blocks_of(Sheet("Лист1", rows_of_marks("4 О", 4, "4 О", "4 О")), context)
    assert context.found_codes() == (FoundCode("lesson", "О", 3, "late"),)
