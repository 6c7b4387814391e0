"""What the school knows before a file is imported, as the pure planning reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from school.seating import Seat

NameParts = tuple[str, str, str]
ClassKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class KnownGuardian:
    """A guardian of a known pupil. `by_hand`: contacts that a person wrote; `also_named`: other full names."""

    pk: int
    name: NameParts
    phone: str
    email: str
    by_hand: tuple[str, ...] = ()
    also_named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A pupil whom the school has, with every seat. `detached`: names of guardians whom a person took away."""

    pk: int
    external_id: str
    name: NameParts
    sex: str
    birth_date: date | None
    special_needs: bool
    non_native_russian: bool
    seats: tuple[Seat, ...]
    guardians: tuple[KnownGuardian, ...]
    detached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contingent:
    """What the school knows before the import. `classes` are those of the year; `titles` name classes of any year."""

    today: date
    year_starts: date
    year_ends: date
    classes: Mapping[ClassKey, int]
    titles: Mapping[int, str]
    pupils: tuple[KnownPupil, ...]


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """A person of the school. `assignments` are those in force: (subject, class), whole classes and subgroups alike."""

    pk: int
    name: NameParts
    email: str
    phone: str
    left: bool
    positions: frozenset[str]
    assignments: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Collective:
    """What the school knows before a staff import. `subjects` are found by folded names and aliases."""

    classes: Mapping[ClassKey, int]
    titles: Mapping[int, str]
    leaders: Mapping[int, int]
    subjects: Mapping[str, int]
    subject_names: Mapping[int, str]
    staff: tuple[KnownStaff, ...]
