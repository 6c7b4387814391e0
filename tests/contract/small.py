"""A small school, and files of a few rows for it."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl

from common.tabular import Cell
from tests.contract.calls import done

PUPILS: tuple[tuple[Any, ...], ...] = (
    ("1", "Иванов", "Пётр", "Львович", date(2013, 1, 1), "7А"),
    ("2", "Иванов", "Пётр", "Львович", date(2013, 2, 2), "7А"),
    ("3", "Ёлкина", "Алёна", "Ильинична", date(2013, 3, 3), "7А"),
    ("4", "Гусев", "Лев", "", date(2013, 4, 4), "7А"),
    ("5", "Цой", "Ли", "Ильич", date(2013, 5, 5), "7Б"),
    ("6", "Цой", "Ли", "Петрович", date(2013, 6, 6), "7Б"),
    ("7", "Малышев", "Том", "Ильич", date(2019, 7, 7), "1А"),
)
ALYONA = "Ёлкина Алёна Ильинична"
PUPIL_HEADS = ("Ид.", "Фамилия", "Имя", "Отчество", "Дата рождения", "Класс")
FLAT_HEADS = ("Ид. ученика", "ФИО", "Класс", "Предмет", "Дата", "Отметка")
NONE = {"created": 0, "updated": 0, "unchanged": 0, "removed": 0}
_numbers = count(1)


def workbook(folder: Path, rows: Sequence[Sequence[Any]], sheet: str = "Лист1") -> Path:
    """One sheet as XLSX, under a name of its own."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    path = folder / f"file{next(_numbers)}.xlsx"
    book.save(path)
    return path


def school_with_pupils(folder: Path, pupils: Sequence[Sequence[Any]] = PUPILS, **options: str) -> str:
    """Create a school and import its contingent; returns the school's code."""
    code = f"К{next(_numbers)}"
    chosen = {"periods": "quarters", "upper": "halfyears", **options}
    done("create_school", "--code", code, "--name", "Школа", "--year", 2026, *_options(chosen))
    told = done("import_pupils", workbook(folder, [PUPIL_HEADS, *pupils]), "--school", code)
    assert told["created"] == len(pupils)
    return code


def _options(chosen: dict[str, Any]) -> list[object]:
    return [part for name, value in chosen.items() for part in (f"--{name}", value)]


def heading(subject: str = "Химия", class_name: str = "7А", period: str = "1 четверть") -> list[Cell]:
    parts = [f"Класс: {class_name}", f"Предмет: {subject}", "Учебный год: 2026/2027", f"Период: {period}"]
    return [". ".join(part for part in parts if not part.endswith(": "))]


def journal(
    folder: Path,
    rows: Sequence[Sequence[Any]],
    days: Sequence[int] = (1, 2, 3, 3, 8),
    *,
    right: Sequence[Any] = ("Ср.", "1 четв."),
    foot: Sequence[Sequence[Any]] = (),
    **about: str,
) -> Path:
    """A page of September: each row a name, a cell a day, a mean and a result."""
    heads: list[Cell] = ["№", "ФИО", "Сентябрь", *[None] * (len(days) - 1), *right]
    numbered = [[number, *row] for number, row in enumerate(rows, 1)]
    page: list[Any] = [heading(**about), heads, [None, None, *days], *numbered, *foot]
    return workbook(folder, page)


def summary(
    folder: Path,
    subjects: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    class_name: str = "7А",
    period: str = "1 четверть",
    foot: Sequence[Sequence[Any]] = (),
) -> Path:
    """Results of a class: each row a name and its results."""
    top: list[Any] = [
        ["Сводная ведомость учёта успеваемости"],
        heading("", class_name, period),
        ["№", "ФИО", *subjects],
    ]
    return workbook(folder, [*top, *([number, *row] for number, row in enumerate(rows, 1)), *foot])


def flat(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    return workbook(folder, [FLAT_HEADS, *rows])


def load(code: str, *files: Path, **options: object) -> dict[str, Any]:
    """Import gradebook files; returns the answer of the only file, or of the call when there are several."""
    named = [f"--{name.replace('_', '-')}" for name, value in options.items() if value is True]
    valued = [x for name, value in options.items() if value is not True for x in (f"--{name}", value)]
    told = done("import_gradebook", *files, "--school", code, *named, *valued)
    file: dict[str, Any] = told["files"][0]
    return {**file, "batch": told["batch"]} if len(files) == 1 else told


def judged(code: str, pupil: str, period: int = 1) -> dict[str, Any]:
    """What `classify` says of one pupil."""
    told = done("classify", "--school", code, "--period", period)
    found: dict[str, Any] = next(each for each in told["pupils"] if each["external_id"] == pupil)
    return found
