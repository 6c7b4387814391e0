"""Lists with a mark a row."""

from datetime import date

from common.tabular import Cell
from gradebook.parsed import Coverage
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
