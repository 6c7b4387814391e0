"""What the columns and words of a school's own registry probably mean: a guess that a person sees and corrects."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from common.names import name_key
from risk_registry.brought import Column, heading_of, texts_of
from risk_registry.categories import IN_REGISTRY, Category
from school.naming import class_parts

_CATEGORIES = (
    (Category.WEAK, re.compile(r"слаб")),
    (Category.FAILING, re.compile(r"не ?успев|не ?успеш|двоечн|отстающ|задолж")),
    (Category.RESERVE, re.compile(r"резерв")),
)
_BETWEEN = re.compile(r"[,;/\n]+|(?<=[а-яё)]) и (?=[а-яё])", re.IGNORECASE)
_MOSTLY = 0.6
# What stands under a list instead of a pupil: sums, and who signs.
_FOOT = re.compile(r"^(всего|итого|из них|количество|директор|зам|заместитель|исп|составила?|председатель)\b|_{3}")


def guess_columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[int, Column]:
    """By the headings; classes and categories also by what stands below."""
    found: dict[int, Column] = {}
    for place, text in enumerate(head):
        _take(found, place, heading_of(text))
    for place in range(len(head)):
        if place not in found:
            _take(found, place, _by_content([row[place] for row in rows if place < len(row) and row[place]]))
    return found


def _take(found: dict[int, Column], place: int, column: Column | None) -> None:
    """Notes and subjects may stand in several columns, the rest in one."""
    if column is not None and (column in (Column.NOTE, Column.SUBJECTS) or column not in found.values()):
        found[place] = column


def _by_content(cells: Sequence[str]) -> Column | None:
    if cells and _share(map(_is_class, cells)) >= _MOSTLY:
        return Column.CLASS
    if cells and _share(guess_category(cell) is not None for cell in cells) >= _MOSTLY:
        return Column.CATEGORY
    return None


def _is_class(text: str) -> bool:
    """A bare number is none: it may be a number of the row."""
    parts = class_parts(text)
    return parts is not None and (bool(parts[1]) or "класс" in text.lower())


def _share(told: Iterable[bool]) -> float:
    answers = list(told)
    return sum(answers) / len(answers)


def guess_category(words: str) -> Category | None:
    """The category that a word names; None when it is none that is known."""
    key = name_key(words)
    return next((category for category, known in _CATEGORIES if known.search(key)), None)


@dataclass(frozen=True, slots=True)
class BroughtRow:
    """A row with a pupil. `number` as a person counts it; `category` and `subjects` are words of the file."""

    number: int
    name: str
    class_name: str
    birth: str
    category: str
    subjects: tuple[str, ...]
    note: str


def rows_of(rows: Sequence[Sequence[str]], columns: Mapping[int, Column], first: int) -> list[BroughtRow]:
    """Rows that name somebody. A row with a class alone heads those below it."""
    found, above, chosen = [], "", dict(columns)
    for number, cells in enumerate(rows, first):
        row = list(cells)
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and _is_class(filled[0]):
            above = filled[0]
            continue
        name = _name(row, chosen)
        if name and not name.isdigit() and not _FOOT.search(name.lower()):
            told = {what: "; ".join(texts_of(row, chosen, what)) for what in Column}
            class_name = told[Column.CLASS] or above
            subjects = tuple(part for text in texts_of(row, chosen, Column.SUBJECTS) for part in split_subjects(text))
            found.append(
                BroughtRow(
                    number, name, class_name, told[Column.BIRTH], told[Column.CATEGORY], subjects, told[Column.NOTE]
                )
            )
    return found


def _name(row: list[str], columns: dict[int, Column]) -> str:
    parts = (Column.NAME, Column.LAST, Column.FIRST, Column.MIDDLE)
    return " ".join(text for what in parts for text in texts_of(row, columns, what))


def split_subjects(text: str) -> list[str]:
    """«Алгебра, геометрия и физика» → three."""
    return [part.strip(" .") for part in _BETWEEN.split(text) if part.strip(" .")]


def gravest(categories: Iterable[Category]) -> Category:
    """Of several rows about one pupil."""
    named = set(categories)
    return next(category for category in IN_REGISTRY if category in named)
