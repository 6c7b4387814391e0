"""What a call says file by file: counts, rejected cells, rows of unknown pupils. The shape of the contract's answer."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gradebook.models import FactKind

COUNTED = (FactKind.MARKS, FactKind.ABSENCES, FactKind.RESULTS, FactKind.ASSESSMENTS)


@dataclass(slots=True)
class Counts:
    """Single facts, not cells."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    def as_json(self) -> dict[str, int]:
        """All four keys, always."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "removed": self.removed,
        }

    def add(self, other: "Counts") -> None:
        """Sum up."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.removed += other.removed


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that is not written, whole."""

    sheet: str
    cell: str
    value: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """As the contract says."""
        return {"sheet": self.sheet, "cell": self.cell, "value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row or block of a pupil who was not recognised. `facts` would have been written for it.

    `year` is the first of the academic year's two; `grade` is told of a row that holds a participant's code alone.
    """

    sheet: str
    cell: str
    value: str
    reason: str
    candidates: tuple[int, ...]
    class_name: str
    birth_date: date | None
    year: int
    facts: int
    grade: int | None = None

    def as_json(self, names: dict[int, str]) -> dict[str, Any]:
        """As the contract says: candidates by their full names."""
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "reason": self.reason,
            "candidates": [names[pupil] for pupil in self.candidates],
        }


@dataclass(slots=True)
class FileTold:
    """What became of one file."""

    name: str
    layout: str
    sheets: int
    counts: dict[FactKind, Counts] = field(default_factory=lambda: {kind: Counts() for kind in FactKind})
    rejected: list[Rejected] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)

    def as_json(self, names: dict[int, str]) -> dict[str, Any]:
        """One of the contract's `files`."""
        return {
            "file": self.name,
            "layout": self.layout,
            "sheets": self.sheets,
            **{kind.value: self.counts[kind].as_json() for kind in COUNTED},
            "rejected": [cell.as_json() for cell in self.rejected],
            "unmatched": [row.as_json(names) for row in self.unmatched],
        }

    def as_stored(self, names: dict[int, str]) -> dict[str, Any]:
        """The same with what is needed to settle rows later."""
        stored = self.as_json(names)
        for entry, row in zip(stored["unmatched"], self.unmatched, strict=True):
            entry["candidate_ids"] = list(row.candidates)
            entry["class_name"] = row.class_name
            entry["birth_date"] = row.birth_date.isoformat() if row.birth_date is not None else None
            entry["year"] = row.year
            entry["facts"] = row.facts
            entry["grade"] = row.grade
        return stored
