"""A school's own timetable of works, as tables write it."""

from datetime import date

import pytest

from gradebook.layouts.timetable import WorkColumn, classes_named, guess_work_columns, work_rows

KNOWN = frozenset({(5, "А"), (5, "Б"), (6, "А"), (7, "А"), (7, "Б"), (9, "-1")})


@pytest.mark.parametrize(
    ("text", "keys", "unknown"),
    [
        ("7А", [(7, "А")], []),
        ("5А, Б", [(5, "А"), (5, "Б")], []),
        ("5 «а»; 6а и 7Б", [(5, "А"), (6, "А"), (7, "Б")], []),
        ("7 классы", [(7, "")], []),
        ("5-е классы", [(5, "")], []),
        ("5–7 кл.", [(5, ""), (6, ""), (7, "")], []),
        ("9-1", [(9, "-1")], []),
        ("7А, 8А", [(7, "А")], ["8А"]),
        ("все", [], ["все"]),
        ("", [], []),
    ],
)
def test_a_cell_names_classes_and_whole_grades(text: str, keys: list[tuple[int, str]], unknown: list[str]) -> None:
    assert classes_named(text, KNOWN) == (keys, unknown)


def test_columns_are_guessed_by_their_headings() -> None:
    head = ["№ п/п", "Класс", "Дата проведения работы", "Вид оценочной процедуры", "Учебный предмет", "№ урока", "Тема"]
    told = [WorkColumn.PLACE, WorkColumn.DAY, WorkColumn.KIND, WorkColumn.SUBJECT, WorkColumn.LESSON, WorkColumn.TITLE]
    assert list(guess_work_columns(head).items()) == list(enumerate(told, start=1))


def test_a_day_without_a_year_falls_into_the_school_year_and_rows_without_works_are_passed_over() -> None:
    columns = {0: WorkColumn.PLACE, 1: WorkColumn.SUBJECT, 2: WorkColumn.DAY}
    table = [("7А", "Алгебра", "14.10"), ("7А", "Физика", "3 февраля"), ("Сентябрь", "", ""), ("7А", "Химия", "скоро")]
    rows = work_rows(table, columns, 5, 2026)
    assert [(row.number, row.day) for row in rows] == [(5, date(2026, 10, 14)), (6, date(2027, 2, 3)), (8, None)]
