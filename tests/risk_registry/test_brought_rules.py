import pytest

from risk_registry.brought import Column
from risk_registry.categories import Category
from risk_registry.rules.brought import guess_category, guess_columns, rows_of, split_subjects


def test_it_guesses_columns_by_their_headings_whatever_their_order() -> None:
    head = [
        "№",
        "Класс",
        "Ф.И.О. обучающегося",
        "Кл. руководитель",
        "Категория",
        "Предметы",
        "Причины",
        "Проведённая работа",
    ]

    assert guess_columns(head, []) == {
        1: Column.CLASS,
        2: Column.NAME,
        4: Column.CATEGORY,
        5: Column.SUBJECTS,
        6: Column.NOTE,
        7: Column.NOTE,
    }


def test_it_guesses_class_and_category_by_what_stands_below() -> None:
    rows = [["Ковтун М.", "7А", "слабоуспевающий"], ["Белова Е.", "8 б", "неуспевающая"], ["Цой И.", "9В", "?"]]

    assert guess_columns(["Фамилия, имя", "Где учится", "Кто"], rows) == {
        0: Column.NAME,
        1: Column.CLASS,
        2: Column.CATEGORY,
    }


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Неуспевающий", Category.FAILING),
        ("не успевает", Category.FAILING),
        ("Слабоуспевающие (II гр.)", Category.WEAK),
        ("группа резерва", Category.RESERVE),
        ("СОП", None),
        ("", None),
    ],
)
def test_it_knows_the_usual_words_and_asks_about_others(words: str, category: Category | None) -> None:
    assert guess_category(words) == category


def test_a_row_with_a_class_alone_heads_those_below_it_and_names_may_stand_apart() -> None:
    rows = [["7А класс", "", ""], ["1", "Ковтун", "Матвей"], ["", "", ""], ["8Б", "", ""], ["2", "Белова", "Ева"]]
    found = rows_of(rows, {1: Column.LAST, 2: Column.FIRST}, 3)

    assert [(row.number, row.name, row.class_name) for row in found] == [
        (4, "Ковтун Матвей", "7А класс"),
        (7, "Белова Ева", "8Б"),
    ]


def test_subjects_come_apart_at_commas_and_at_and() -> None:
    assert split_subjects("Алгебра, геометрия и физика; рус. язык") == ["Алгебра", "геометрия", "физика", "рус. язык"]
