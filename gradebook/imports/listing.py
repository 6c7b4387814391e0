"""Cells of the files behind statements that were not taken."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from common.tabular import address
from gradebook.imports.binding import BoundBlock, BoundFile
from gradebook.imports.comparing import Comparison, SlotKey, Worked
from gradebook.imports.singles import Singles, Values, work_words
from gradebook.imports.slots import SlotKind
from gradebook.imports.statements import REASON_NUMBERS, reject_cell
from gradebook.imports.told import Rejected
from gradebook.models import AbsenceReason, FactKind
from gradebook.parsed import Marks
from gradebook.rules import Standing

_REASONS = {number: AbsenceReason(reason).label for reason, number in REASON_NUMBERS.items()}


class Place(NamedTuple):
    """A fact in its cell."""

    sheet: str
    cell: str
    text: str
    value: int


def _columns(part: BoundBlock, kind: SlotKind) -> Iterator[tuple[int, int, int, int, str, int, int]]:
    facts = part.block.marks if kind.kind is FactKind.MARKS else part.block.absences
    if isinstance(facts, Marks):
        values: Iterable[int] = facts.value
    else:
        values = (REASON_NUMBERS[AbsenceReason(reason)] for reason in facts.reason)
    return zip(facts.pupil, facts.subject, facts.day, values, facts.raw, facts.row, facts.column, strict=True)


def _places(bound: BoundFile, kind: SlotKind, wanted: Iterable[SlotKey]) -> dict[SlotKey, list[Place]]:
    """The cells of one file that state the slots."""
    keys = {(pupil, subject, day.toordinal()): (pupil, subject, day) for pupil, subject, day in wanted}
    found: dict[SlotKey, list[Place]] = defaultdict(list)
    for part in bound.blocks:
        for who, what, day, value, raw, row, column in _columns(part, kind):
            key = keys.get((part.pupils[who], part.subjects[what], day))
            if key is not None:
                found[key].append(Place(part.block.sheet, address(row, column), raw, value))
    return found


def list_conflicts(files: Mapping[int, BoundFile], kind: SlotKind, comparison: Comparison) -> None:
    """A later file of the call states the day otherwise: the earlier file's cells are listed as rejected."""
    wanted: dict[int, dict[SlotKey, int]] = defaultdict(dict)
    for conflict in comparison.conflicts:
        wanted[conflict.source][conflict.key] = conflict.taken
    for source, taken in wanted.items():
        bound = files[source]
        for key, places in _places(bound, kind, taken).items():
            for place in places:
                _reject(bound, place, f"файл {files[taken[key]].told.name} указывает за этот день другое, взято оттуда")


def list_overruled(files: Mapping[int, BoundFile], kind: SlotKind, comparison: Comparison) -> None:
    """A person's word stands against the file: its cells are listed as rejected."""
    overruled: dict[int, list[Worked]] = defaultdict(list)
    for item in comparison.worked:
        if item.outcome.overruled:
            overruled[item.source].append(item)
    for source, items in overruled.items():
        bound = files[source]
        places = _places(bound, kind, [item.key for item in items])
        for item in items:
            for fact, stated in item.outcome.overruled:
                place = _row_of(bound, item.key) if stated is None else _take(places[item.key], stated.value)
                if place is not None:
                    _reject(bound, place, _why(kind, fact))


def _take(places: list[Place], value: int) -> Place | None:
    number = next((n for n, place in enumerate(places) if place.value == value), None)
    return None if number is None else places.pop(number)


def _why(kind: SlotKind, fact: Standing | None) -> str:
    if fact is None:
        return "убрано вручную, не возвращается"
    kept = fact.value if kind.kind is FactKind.MARKS else _REASONS[fact.value]
    return f"исправлено вручную, оставлено «{kept}»"


def _row_of(bound: BoundFile, key: SlotKey) -> Place | None:
    """The pupil's name, where the file has nothing for the day."""
    for part in bound.blocks:
        if key[0] in part.pupils and key[1] in part.subjects:
            ref = part.block.pupils[part.pupils.index(key[0])]
            return Place(ref.sheet, ref.cell, "", 0)
    return None


def _reject(bound: BoundFile, place: Place, reason: str) -> None:
    reject_cell(bound.told.rejected, Rejected(place.sheet, place.cell, place.text, reason))


def list_overruled_singles(files: Mapping[int, BoundFile], kind: FactKind, found: Singles) -> None:
    """The same for results."""
    for fact, statement in found.overruled:
        kept = work_words(fact.values) if kind is FactKind.ASSESSMENTS else _first(fact.values)
        reason = f"исправлено вручную, оставлено «{kept}»"
        files[statement.source].told.rejected.append(Rejected(statement.sheet, statement.cell, statement.raw, reason))
    for statement in found.taken_out:
        cell = Rejected(statement.sheet, statement.cell, statement.raw, "убрано вручную, не возвращается")
        files[statement.source].told.rejected.append(cell)


def _first(values: Values) -> str:
    return next((str(value) for value in values if value is not None), "")
