"""Which mean a forecast takes: the weighted one of a file as long as it speaks of the marks that stand."""

from pathlib import Path
from typing import Any

import pytest

from common.tabular import Cell
from tests.contract.small import ALYONA, journal, judged, load, school_with_pupils, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


def card(folder: Path, mean: Cell, weighted: Cell) -> Path:
    head: list[Any] = [
        ["Табель успеваемости учащегося"],
        [f"Ученик: {ALYONA}", None, "Класс: 7А", None, "Учебный год: 2026/2027"],
        ["№ п/п", "Предмет", "Учебные периоды", None, None],
        [None, None, "1 Четверть", None, None],
        [None, None, "Средний балл", "Ср. взв. балл", "Итог"],
    ]
    return workbook(folder, [*head, [1, "Химия", mean, weighted, None]])


def category(code: str) -> str:
    found = judged(code, "3")
    assert found["provisional"]
    return str(found["category"])


@pytest.mark.parametrize("card_first", [True, False])
def test_the_weighted_mean_decides_in_whichever_order_the_files_came(tmp_path: Path, card_first: bool) -> None:
    code = school_with_pupils(tmp_path)
    files = [card(tmp_path, 3.67, 2.4), journal(tmp_path, [[ALYONA, 4, 4, 3]], right=())]
    for file in files if card_first else reversed(files):
        load(code, file)
    assert category(code) == "failing"


def test_a_weighted_mean_of_other_marks_is_stale(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3]], right=()), card(tmp_path, 3.33, 2.4))
    assert category(code) == "failing"
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3, 5, 5]], right=()))
    assert category(code) == "none"


def test_a_journal_with_other_marks_and_their_mean_leaves_no_weighted_mean_behind(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3]], right=()), card(tmp_path, 3.33, 2.4))
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3, 5, 5, 4.0]], right=("Ср.",)))
    assert category(code) == "none"


@pytest.mark.parametrize("mean", [None, 4.5])
def test_a_weighted_mean_that_a_later_file_repeats_is_of_the_marks_that_stand(tmp_path: Path, mean: Cell) -> None:
    code = school_with_pupils(tmp_path)
    load(code, card(tmp_path, mean, 2.4))
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3]], right=()))
    load(code, card(tmp_path, mean, 2.4))
    assert category(code) == "failing"
    load(code, journal(tmp_path, [[ALYONA, 3, 4, 3, 5, 5]], right=()))
    assert category(code) == "none"


@pytest.mark.parametrize(
    ("weighted", "expected"), [(2.49, "failing"), (2.5, "reserve"), (3.49, "reserve"), (3.5, "none")]
)
def test_a_weighted_mean_is_rounded_half_up(tmp_path: Path, weighted: float, expected: str) -> None:
    code = school_with_pupils(tmp_path)
    load(code, journal(tmp_path, [[ALYONA, 4, 4, 4]], right=()), card(tmp_path, 4, weighted))
    assert category(code) == expected


def test_a_mean_of_zero_is_no_data(tmp_path: Path) -> None:
    code = school_with_pupils(tmp_path)
    load(code, journal(tmp_path, [[ALYONA, 4, 4, 4]], right=()), card(tmp_path, 0, 0))
    assert category(code) == "none"


@pytest.mark.parametrize(
    ("marks", "expected"), [((2, 2), "weak"), ((2, 2, 2), "failing"), ((3, 3), "none"), ((3, 3, 3), "reserve")]
)
def test_under_three_marks_there_is_no_forecast(tmp_path: Path, marks: tuple[int, ...], expected: str) -> None:
    code = school_with_pupils(tmp_path)
    load(code, journal(tmp_path, [[ALYONA, *marks]], right=()))
    assert category(code) == expected
