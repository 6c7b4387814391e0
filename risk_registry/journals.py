"""Where short records of work and of talks are kept: the journals, which a floor above holds and registers here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from risk_registry.categories import DeedKind
from risk_registry.models import Signal
from school.models import Pupil, Subject, User


@dataclass(frozen=True)
class ShortRecord:
    """What a person wrote in the shortest form, and which open signals it answers."""

    by: User
    pupil: Pupil
    on: date
    text: str
    subject: Subject | None
    signals: Sequence[Signal]


Keep = Callable[[ShortRecord], None]
_journals: dict[DeedKind, Keep] = {}


def journal_register(kind: DeedKind, keep: Keep) -> None:
    """Offer a journal for records of the kind; `keep` writes one and answers its signals, or raises `Refused`."""
    _journals[kind] = keep


def journal_of(kind: DeedKind) -> Keep | None:
    """The journal for records of the kind; None where a short record stands for itself."""
    return _journals.get(kind)
