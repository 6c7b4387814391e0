"""Workflows as a table: which deed leads from which state to which, and what it asks of the person."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.errors import Refused


@dataclass(frozen=True)
class Transition:
    """`deed` leads from `source` to `target`; `needs_comment` when a reason must be written."""

    deed: str
    source: str
    target: str
    needs_comment: bool = False


class Workflow:
    """A set of transitions, unique by deed and source."""

    def __init__(self, transitions: Iterable[Transition]) -> None:
        self._table: dict[tuple[str, str], Transition] = {}
        for transition in transitions:
            key = (transition.deed, transition.source)
            if key in self._table:
                raise ValueError(f"two transitions for {key}")
            self._table[key] = transition

    def deeds(self, state: str) -> list[str]:
        """What can be done in this state, in the table's order."""
        return [deed for deed, source in self._table if source == state]

    def sources(self, deed: str) -> list[str]:
        """The states in which the deed is possible."""
        return [source for known, source in self._table if known == deed]

    def step(self, deed: str, state: str, comment: str = "") -> Transition:
        """The transition of a deed. Raises `Refused` when it is not possible here or lacks its reason."""
        transition = self._table.get((deed, state))
        if transition is None:
            raise Refused("Состояние уже изменилось: обновите страницу и решите ещё раз.")
        if transition.needs_comment and not comment.strip():
            raise Refused("Напишите причину: её увидит тот, кому это вернётся.")
        return transition
