"""What pages hand to the components of `templates/components/`: small frozen records without markup."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MarkChip:
    """One mark in a row of marks. `low` is a 1 or 2; `was` is the value before a correction."""

    text: str
    low: bool = False
    result: bool = False
    was: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Tab:
    """One tab: a link of its own, with a count when the list has one."""

    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Chip:
    """A choice shown as a pill. `removes` says that the link takes a filter away."""

    title: str
    url: str
    current: bool = False
    removes: bool = False


@dataclass(frozen=True)
class Change:
    """A difference to something before. `good_when` is "up", "down" or "" when neither is better."""

    by: float
    against: str
    good_when: str = "down"


@dataclass(frozen=True)
class Figure:
    """A number that matters: what it counts, where its names are, what it is compared with."""

    label: str
    number: str
    url: str
    of: str = ""
    change: Change | None = None
