"""When external works are alarming, and how their marks stand beside the school's own. Without a database.

Source: ФИОКО («по двум и более оценочным процедурам было выявлено не менее 20 % двоек»); what counts as one procedure
the source leaves open: here it is one work of one grade in one subject on its day, as the school's files name it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class AlarmNumbers:
    """From which share of twos (per cent) a work is alarming, and how many such works of one year raise the alarm."""

    percent: int = 20
    procedures: int = 2


@dataclass(frozen=True, slots=True)
class Shares:
    """How a work was written: participants by mark, and how their marks stand to the school's own.

    `twos` holds ones, too. `lowered`: the work is lower than the journal by the threshold or more; `compared`: for how
    many there is a mark of the journal at all.
    """

    participants: int = 0
    twos: int = 0
    threes: int = 0
    fours: int = 0
    fives: int = 0
    compared: int = 0
    lowered: int = 0
    raised: int = 0

    def __add__(self, other: "Shares") -> "Shares":
        """Both together."""
        return Shares(
            self.participants + other.participants,
            self.twos + other.twos,
            self.threes + other.threes,
            self.fours + other.fours,
            self.fives + other.fives,
            self.compared + other.compared,
            self.lowered + other.lowered,
            self.raised + other.raised,
        )

    @property
    def confirmed(self) -> int:
        """Neither lowered nor raised."""
        return self.compared - self.lowered - self.raised

    @property
    def good(self) -> int:
        """Fours and fives: «качество»."""
        return self.fours + self.fives

    @property
    def passed(self) -> int:
        """Three and better: «успеваемость»."""
        return self.participants - self.twos

    @property
    def twos_percent(self) -> Decimal | None:
        """The share of twos, exact; None without participants."""
        return Decimal(self.twos * _WHOLE) / self.participants if self.participants else None


def is_alarming(shares: Shares, numbers: AlarmNumbers) -> bool:
    """Whether so many of the participants have a two; a work that nobody wrote is not."""
    return shares.participants > 0 and shares.twos * _WHOLE >= numbers.percent * shares.participants


def alarming(works: Iterable[tuple[int, Shares]], numbers: AlarmNumbers) -> tuple[int, ...]:
    """Keys of the alarming works of one year, when there are enough of them to raise the alarm; else nothing."""
    found = tuple(key for key, shares in works if is_alarming(shares, numbers))
    return found if len(found) >= numbers.procedures else ()


def is_reviewed(found: Sequence[int], reviewed: Iterable[int]) -> bool:
    """Whether somebody has looked into all of these works; one more alarming work asks again."""
    return set(found) <= set(reviewed)
