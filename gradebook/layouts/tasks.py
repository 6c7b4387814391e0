"""Columns of a protocol that hold the points of single tasks: «1», «2.1 (2б)», «Задание 3», «К1»."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from common.tabular.grid import Grid
from common.tabular.text import key, shown
from gradebook.layouts.tokens import plain, read_number

_TASK = re.compile(
    r"(?:задани\w*|зад\.?|з\.?|№)?\s*№?\s*(?P<name>\d{1,2}(?:[.,]\d{1,2})?[а-д]?|к\d{1,2})\.?"
    r"\s*(?:\(\s*(?:макс\w*\.?\s*)?(?P<most>\d{1,3}(?:[.,]\d)?)\s*(?:б\w*\.?)?\s*\))?",
    re.IGNORECASE,
)
_MAXIMA = re.compile(r"(?:макс\w*|наибольш\w*|максимальный)(?: (?:балл\w*|кол\w* баллов))?(?: за \w+)?")
_NOT_TRIED = re.compile(r"|-+|x|х|н|n")
_FEWEST = 2
_MOST_POINTS = 999


@dataclass(frozen=True, slots=True)
class Tasks:
    """Names of tasks, the columns of their points, the most points of each (None where the file does not say)."""

    names: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    maxima: tuple[float | None, ...] = ()


def find_tasks(grid: Grid, heading: int) -> Tasks:
    """The task columns under the heading's last row; none unless there are two at least, each named once."""
    found = [(match, column) for column in range(grid.width) if (match := _TASK.fullmatch(grid.text(heading, column)))]
    names = tuple(match["name"].replace(",", ".").upper() for match, _ in found)
    if len(found) < _FEWEST or len(set(names)) < len(names):
        return Tasks()
    most = tuple(_number(match["most"]) for match, _ in found)
    return Tasks(names, tuple(column for _, column in found), most)


def is_maxima_row(grid: Grid, row: int) -> bool:
    """Whether the row says the most points of each task: «Максимальный балл»."""
    return any(_MAXIMA.fullmatch(grid.key(row, column)) for column in grid.filled(row)[:2])


def maxima_of(grid: Grid, row: int, tasks: Tasks) -> Tasks:
    """The same tasks with the most points that the row says."""
    said = (read_number(grid.at(row, column)) for column in tasks.columns)
    told = tuple(new if new is not None else old for new, old in zip(said, tasks.maxima, strict=True))
    return Tasks(tasks.names, tasks.columns, told)


def points_of(
    grid: Grid, row: int, tasks: Tasks, reject: Callable[[int, int, str], None]
) -> tuple[float | None, ...] | None:
    """The points of a row by task, None for a task that was not tried; None when a cell is rejected."""
    found: list[float | None] = []
    for column, name, most in zip(tasks.columns, tasks.names, tasks.maxima, strict=True):
        value = grid.at(row, column)
        number = read_number(value)
        if number is None and not _NOT_TRIED.fullmatch(key(plain(shown(value)))):
            reject(row, column, "балл за задание должен быть числом")
            return None
        if number is not None and not 0 <= number <= (_MOST_POINTS if most is None else most):
            limit = "" if most is None else f" (наибольший {most:g})"
            reject(row, column, f"такого балла за задание {name} не бывает{limit}".replace(".", ","))
            return None
        found.append(number)
    return tuple(found)


def _number(text: str | None) -> float | None:
    return float(text.replace(",", ".")) if text else None
