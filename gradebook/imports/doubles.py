"""The same lessons of a pupil twice in one file: a copied sheet, a block that is continued with an overlap."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.parsed import Absences, Coverage, Marks

Slot = tuple[int, int, int]


class Row(NamedTuple):
    """A row of a staging table. `day` is an ordinal; `raw` is empty where it says no more than the value."""

    pupil: int
    subject: int
    day: int
    value: int
    raw: str = ""
    weight: float | None = None
    work: str = ""


@dataclass(slots=True)
class Doubles:
    """Slots that several blocks state under one heading; of each value the largest number is meant, not the sum.

    Different headings that a person mapped to one subject are added up.
    """

    slots: set[Slot] = field(default_factory=set)
    _told: "Counter[tuple[int, int, int, int]]" = field(default_factory=Counter)

    def once(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of one block without those that earlier blocks have told."""
        return self._filter(rows) if self.slots else rows

    def _filter(self, rows: Iterator[Row]) -> Iterator[Row]:
        running: Counter[tuple[int, int, int, int]] = Counter()
        for row in rows:
            if (row.pupil, row.subject, row.day) in self.slots:
                key = (row.pupil, row.subject, row.day, row.value)
                running[key] += 1
                if running[key] <= self._told[key]:
                    continue
                self._told[key] = running[key]
            yield row


def doubles_of(bound: BoundFile, facts: Callable[[BoundBlock], Marks | Absences]) -> Doubles:
    """Those of one file; usually none."""
    if len(bound.blocks) < 2:
        return Doubles()
    seen: dict[tuple[int, str], set[int]] = {}
    found: set[Slot] = set()
    for part in bound.blocks:
        for (pupil, heading, subject), days in _days_by_pair(part, facts(part)).items():
            known = seen.get((pupil, heading))
            if known is not None:
                found |= {(pupil, subject, day) for day in known & days}
            seen[pupil, heading] = days if known is None else known | days
    return Doubles(found)


def _days_by_pair(part: BoundBlock, facts: Marks | Absences) -> dict[tuple[int, str, int], set[int]]:
    headings = part.block.subjects
    if part.block.coverage is Coverage.LESSON_DAYS:
        days = {day.toordinal() for day in part.block.covered_days}
        pairs = ((pupil, n) for pupil in part.pupils if pupil for n in range(len(headings)))
        return {(pupil, headings[n], part.subjects[n]): days for pupil, n in pairs}
    found: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    for who, what, day in zip(facts.pupil, facts.subject, facts.day, strict=True):
        if part.pupils[who]:
            found[part.pupils[who], headings[what], part.subjects[what]].add(day)
    return found
