"""What contingent and staff files state, before the database is asked who and what is meant. Pure.

Names, classes and subjects are as written in the file (only spaces are tidied). `cells` name where the row's values
stand, by the field's name, so that whatever is refused later can be shown with its address: `{"class_name": "H12"}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class RejectedCell:
    """A cell, or a whole row by its first cell, that was not understood."""

    sheet: str
    cell: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class GuardianRef:
    """A parent as a row names them: full name in the order surname, first name, patronymic."""

    name: str
    phone: str = ""
    email: str = ""
    relation: str = ""  # mother, father, guardian, or "" where the heading does not say


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil. Empty strings and None mean that the file says nothing; nothing is removed by them."""

    sheet: str
    row: int  # counted from 0
    last_name: str
    first_name: str
    middle_name: str = ""
    external_id: str = ""
    sex: str = ""  # m, f
    birth_date: date | None = None
    class_name: str = ""
    special_needs: bool | None = None
    non_native_russian: bool | None = None
    guardians: tuple[GuardianRef, ...] = ()
    moved_on: date | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One row of a staff file; a person may have several, one a subject."""

    sheet: str
    row: int  # counted from 0
    last_name: str
    first_name: str
    middle_name: str = ""
    positions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedPupils:
    """A contingent file that was understood; rows that could not be read at all are in `rejected`."""

    rows: tuple[PupilRow, ...]
    rejected: tuple[RejectedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedStaff:
    """A staff file that was understood."""

    rows: tuple[StaffRow, ...]
    rejected: tuple[RejectedCell, ...] = ()


def rejected_cell(row: PupilRow | StaffRow, where: str, value: str, reason: str) -> RejectedCell:
    """The cell of the row's field `where`, else the one of its name, else the row's first."""
    cell = row.cells.get(where) or row.cells.get("last_name") or f"A{row.row + 1}"
    return RejectedCell(row.sheet, cell, value, reason)
