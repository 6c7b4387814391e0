"""Sheets that are no e-journal."""

import pytest

from common.tabular import Cell
from common.tabular.errors import Problem
from tests.gradebook.layouts.sheets import read


def test_a_sheet_of_no_known_layout_is_refused_unless_nobody_can_see_it() -> None:
    notes: list[list[Cell]] = [["Заметки учителя"], ["позвонить родителям", 5]]
    with pytest.raises(Problem, match="лист «Заметки» не похож ни на одну известную выгрузку"):
        read(notes, name="Заметки")
    assert read(notes, hidden=True).blocks == []


def test_a_contingent_is_no_gradebook() -> None:
    heads: list[Cell] = [
        "№",
        "Ид.",
        "Фамилия",
        "Имя",
        "Отчество",
        "Пол",
        "Дата рождения",
        "Класс",
        "Русский язык неродной",
    ]
    with pytest.raises(Problem, match="не похож"):
        read([heads, [1, "0150", "Ковтун", "Матвей", "Андреевич", "М", "08.05.2015", "7А", "да"]])
