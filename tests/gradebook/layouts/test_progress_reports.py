"""One pupil's report on all subjects."""

import pytest

from common.tabular import Cell
from common.tabular.errors import Problem
from tests.gradebook.layouts.sheets import read

PROGRESS: list[list[Cell]] = [
    ["Учебный год: 2026/2027"],
    ["Класс: 7А"],
    ["Период: с 01.09.26 по 24.10.26"],
    ["Ученик", "Ковтун Матвей Андреевич"],
    ["Предмет", "Сентябрь", None, "Средняя оценка", "Средневзвешенный балл", "Итоговая оценка за период"],
    [None, 1, 2],
    ["Труд (Технология) мальчики", "3/4", "Н", 3.5, 0, "4"],
    ["Химия", None, None, 0, 0, None],
    ["МБОУ СОШ № 1"],
    ["Н - Неуважительная, О - Опоздание, Х - Неизвестно"],
]


def test_a_progress_report_keeps_subgroups_covers_empty_subjects_and_drops_titles() -> None:
    got = read(PROGRESS)
    assert got.block.subjects == ("Труд (Технология) мальчики", "Химия")
    assert [(mean.mean, mean.weighted) for mean in got.block.means] == [(3.5, None)]
    assert [(entry.code, entry.reason) for entry in got.block.legend] == [
        ("Н", "unexcused"),
        ("О", "late"),
        ("Х", None),
    ]
    (pupil,) = got.block.pupils
    assert (pupil.name, pupil.class_name, pupil.cell) == ("Ковтун Матвей Андреевич", "7А", "B4")
    assert got.block.results[0].period == got.block.period and got.block.period and got.block.period.last


def test_a_progress_report_without_a_pupil_is_refused() -> None:
    with pytest.raises(Problem, match="не указан ученик"):
        read([*PROGRESS[:3], *PROGRESS[4:]])
