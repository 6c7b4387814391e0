"""Protocols of assessment works."""

from datetime import date

import pytest

from common.tabular import Cell
from common.tabular.errors import Problem
from tests.gradebook.layouts.sheets import read

PROTOCOL: list[Cell] = ["Код участника", "ФИО", "Класс", "Вариант", "Балл", "Отметка за работу", "Отметка по журналу"]


def test_a_protocol_leaves_out_who_did_not_write_and_rejects_impossible_marks() -> None:
    got = read(
        [
            ["МБОУ СОШ № 1"],
            ["ВПР, 7 класс, Русский язык"],
            ["Дата проведения: 07.10.2026"],
            PROTOCOL,
            [10001, "Ковтун Матвей", "7А", 1, 20, 4, 5],
            [10002, "Ли Ян", "7А", 2, None, "не писал", 4],
            [10003, "Ю Ян", "7А", 2, 30, 7, 4],
            [10004, "Ко Ян", "7А", 2, "12,5", "3", "н/а"],
        ]
    )
    assert got.reasons() == [("F7", "7", "отметка вне шкалы 1–5")]
    assert [(one.code, one.variant, one.score, one.mark, one.journal_mark) for one in got.block.assessed] == [
        ("10001", "1", 20.0, 4, 5),
        ("10004", "2", 12.5, 3, None),
    ]
    work = got.block.work
    assert work and (work.title, work.grade, work.subject, work.day) == ("ВПР", 7, "Русский язык", date(2026, 10, 7))
    assert len(got.block.marks) == 0 and got.block.results == ()


def test_a_protocol_that_names_no_subject_is_refused() -> None:
    with pytest.raises(Problem, match="не указан предмет работы"):
        read([["ВПР. 7 класс"], PROTOCOL, [10001, "Ковтун Матвей", "7А", 1, 20, 4, 5]])
