"""Sheets written by hand in tests, read as the child reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.tabular import Cell, Merge, Sheet
from gradebook.layouts.collecting import Context
from gradebook.layouts.parsing import blocks_of
from gradebook.layouts.tokens import LessonReader
from gradebook.parsed import ParsedBlock, RejectedCell
from gradebook.profiles import USUAL, ImportProfile

TITLE: list[Cell] = ["Журнал. Класс: 7А. Предмет: Алгебра. Учебный год: 2026/2027. Период: 1 четверть"]


@dataclass(frozen=True)
class Read:
    """What came of a sheet."""

    blocks: list[ParsedBlock]
    rejected: list[RejectedCell]

    @property
    def block(self) -> ParsedBlock:
        (only,) = self.blocks
        return only

    def marks(self) -> list[tuple[str, str, str, str]]:
        """(surname, subject, ISO date, mark as written), sorted."""
        return sorted(
            (block.pupils[mark.pupil].name.split()[0], block.subjects[mark.subject], mark.day.isoformat(), mark.raw)
            for block in self.blocks
            for mark in block.marks
        )

    def absences(self) -> list[tuple[str, str, str, str]]:
        """(surname, subject, ISO date, reason), sorted."""
        return sorted(
            (block.pupils[gone.pupil].name.split()[0], block.subjects[gone.subject], gone.day.isoformat(), gone.reason)
            for block in self.blocks
            for gone in block.absences
        )

    def results(self) -> list[tuple[str, str, str]]:
        """(surname, subject, period and value), in the file's order."""
        return [
            (
                block.pupils[result.pupil].name.split()[0],
                block.subjects[result.subject],
                f"{named(result.period)} {result.value}",
            )
            for block in self.blocks
            for result in block.results
        ]

    def reasons(self) -> list[tuple[str, str, str]]:
        return [(cell.cell, cell.value, cell.reason) for cell in self.rejected]


def named(period: object) -> str:
    kind, number, first = (getattr(period, name, None) for name in ("kind", "number", "first"))
    return " ".join(str(part) for part in (kind, number, first) if part) or "-"


def read(
    rows: Sequence[Sequence[Cell]],
    *,
    name: str = "Лист1",
    merges: Sequence[Merge] = (),
    year: int | None = None,
    profile: ImportProfile = USUAL,
    titled: bool = True,
    hidden: bool = False,
) -> Read:
    width = max(map(len, rows))
    context = Context(LessonReader(profile), year)
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    blocks = blocks_of(Sheet(name, full, tuple(merges), titled, hidden), context)
    return Read(blocks, context.rejected)
