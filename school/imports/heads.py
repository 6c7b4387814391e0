"""The heading of a contingent or staff table: found by its words in the first rows, one row or two. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field

from common.tabular.grid import Grid
from school.imports.words import (
    NUMBERED,
    OF_PARENT,
    OTHER_OF_PARENT,
    PUPILS,
    STAFF,
    Fields,
    contact_of,
    field_of,
    relation_of,
)

LAST_HEADING = 40


@dataclass(slots=True)
class ParentColumns:
    """Columns of one parent: which relation, and where the name, telephone and e-mail stand."""

    relation: str
    number: str
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Head:
    """The last row of the heading, the columns of each field, the parents."""

    bottom: int
    columns: dict[str, list[int]] = field(default_factory=dict)
    parents: list[ParentColumns] = field(default_factory=list)

    def has(self, *names: str) -> bool:
        return any(name in self.columns for name in names)

    @property
    def names_people(self) -> bool:
        return self.has("name") or ("last_name" in self.columns and "first_name" in self.columns)


def pupils_head(grid: Grid) -> Head | None:
    """The heading of a contingent: names and at least one of class, identifier, birth date, sex."""
    return _find(grid, PUPILS, lambda head: head.has("class_name", "external_id", "birth_date", "sex"))


def staff_head(grid: Grid) -> Head | None:
    """The heading of a staff file: names and a position, a subject or the leading of a class."""
    return _find(grid, STAFF, lambda head: head.has("positions", "subjects", "leads"))


def _find(grid: Grid, fields: Fields, is_ours: Callable[[Head], bool]) -> Head | None:
    for row in range(min(len(grid), LAST_HEADING)):
        for bottom in (row + 1, row):
            if bottom < len(grid) and (bottom == row or _is_second_row(grid, bottom, fields)):
                head = _read(grid, row, bottom, fields)
                if head.names_people and is_ours(head):
                    return head
    return None


def _is_second_row(grid: Grid, bottom: int, fields: Fields) -> bool:
    """Whether the row below only refines the headings: texts, and at least two of them known headings."""
    words = [grid.key(bottom, column) for column in grid.filled(bottom)]
    known = [text for text in words if field_of(text, fields) or contact_of(text) != "name"]
    return all(words) and len(known) >= 2


def _read(grid: Grid, top: int, bottom: int, fields: Fields) -> Head:
    head = Head(bottom)
    group = ""
    for column in range(grid.width):
        upper, lower = grid.key(top, column), grid.key(bottom, column) if bottom != top else ""
        group = upper or group if bottom != top else ""
        words = " ".join(dict.fromkeys(filter(None, (upper or (group if lower else ""), lower))))
        if fields is PUPILS and OF_PARENT.fullmatch(words):
            _add_parent(head, words, column)
        elif name := field_of(lower, fields) or field_of(upper, fields):
            head.columns.setdefault(name, []).append(column)
        elif fields is PUPILS and head.parents and words and contact_of(words) != "name":
            head.parents[-1].columns.setdefault(contact_of(words), column)
    return head


def _add_parent(head: Head, words: str, column: int) -> None:
    if OTHER_OF_PARENT.fullmatch(words):
        return
    relation, part = relation_of(words), contact_of(words)
    number = found[1] if (found := NUMBERED.search(words)) else ""
    for parent in head.parents:
        if (parent.relation, parent.number) == (relation, number) and part not in parent.columns:
            parent.columns[part] = column
            return
    head.parents.append(ParentColumns(relation, number, {part: column}))
