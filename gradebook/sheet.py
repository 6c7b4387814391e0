"""The sheet of a class's results as rules: what may be typed, and what becomes of a typed cell. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gradebook.layouts.tokens import read_result

RESULT_VALUES = ("1", "2", "3", "4", "5", "н/а", "незач", "зач", "осв", "усп")
# One key a value; the Latin letter is the same key of the keyboard in the other layout.
KEYS: Mapping[str, str] = {
    **{digit: digit for digit in "12345"},
    **dict.fromkeys("нy", "н/а"),
    **dict.fromkeys("зp", "зач"),
    **dict.fromkeys("х[", "незач"),
    **dict.fromkeys("оj", "осв"),
    **dict.fromkeys("уe", "усп"),
}
LEGEND = (("1–5", "отметка"), ("н", "н/а"), ("з", "зач"), ("х", "незач"), ("о", "осв"), ("у", "усп"))
NOT_A_RESULT = "такого итога нет: нужны 1–5, н/а, зач, незач, осв или усп"


@dataclass(frozen=True, slots=True)
class CellSent:
    """What a person typed into a cell, and what stood there when they did; "" is an empty cell."""

    pupil: int
    subject: int
    value: str
    was: str


class CellState(StrEnum):
    """What became of a cell that was sent."""

    SAVED = "saved"
    CLASH = "clash"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """`value` is what stands now. `told`: why the typed one was refused, or whose value stands against it."""

    pupil: int
    subject: int
    state: CellState
    value: str
    told: str = ""


class Verdict(StrEnum):
    """What is to be done about a cell. SAME: it stands already, whoever wrote it."""

    SAME = "same"
    CLASH = "clash"
    WRITE = "write"


def typed_value(text: str) -> str | None:
    """The result that a typed or pasted text means, "" for an empty cell, None for what is no result."""
    tidy = text.strip()
    if tidy.lower() in KEYS:
        return KEYS[tidy.lower()]
    said = read_result(tidy)
    return None if said.problem else said.value


def verdict_of(*, now: str, was: str, value: str) -> Verdict:
    """A cell that another person has changed meanwhile is not written over; the same cell sent twice is one deed."""
    if now == value:
        return Verdict.SAME
    return Verdict.WRITE if now == was else Verdict.CLASH
