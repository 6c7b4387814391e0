"""Involved parents and events for them: the indicators P23 and P27 without a database.

Паспорт программы, показатель 23: родители, у которых в периоде есть участие в мероприятии, беседа или согласование ИОМ,
от всех родителей школы. Показатель 27: проведённые мероприятия, всего и по уровням образования.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from common.russian import percent

WHOLE = ""  # in place of a level: all of the school


@dataclass(frozen=True)
class ParentFacts:
    """A parent of somebody who learns here: at which levels, and what stands of them in the period."""

    key: int
    levels: tuple[str, ...]
    came: bool = False
    talked: bool = False
    agreed: bool = False

    @property
    def involved(self) -> bool:
        """Came to an event, was talked with, or agreed to a route."""
        return self.came or self.talked or self.agreed


@dataclass(frozen=True)
class ParentShare:
    """How many of the parents are involved; `level` empty for the whole school."""

    level: str
    part: int
    of: int

    @property
    def words(self) -> str:
        """«50,0 %»; «—» of nobody."""
        return percent(self.part, self.of)

    @property
    def value(self) -> float | None:
        """In percent, one decimal, half up; None of nobody."""
        return (self.part * 2000 + self.of) // (2 * self.of) / 10 if self.of else None


def parent_shares(parents: Collection[ParentFacts], levels: Sequence[str]) -> tuple[ParentShare, ...]:
    """Of the whole school first, then of each level. Who has children at two levels counts at both and once in all."""
    once = {one.key: one for one in parents}.values()
    return tuple(_share(level, [one for one in once if level in (WHOLE, *one.levels)]) for level in (WHOLE, *levels))


def _share(level: str, parents: Collection[ParentFacts]) -> ParentShare:
    return ParentShare(level, sum(one.involved for one in parents), len(parents))


@dataclass(frozen=True)
class EventCount:
    """How many events were held; `level` empty for all."""

    level: str
    number: int


def event_counts(audiences: Collection[Collection[str]], levels: Sequence[str]) -> tuple[EventCount, ...]:
    """`audiences`: the levels that each held event invited. One for two levels counts at both and once in all."""
    return (
        EventCount(WHOLE, len(audiences)),
        *(EventCount(level, sum(level in one for one in audiences)) for level in levels),
    )
