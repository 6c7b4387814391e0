"""Decisions about facts, without a database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

# A load that changes or removes more than this many facts, and more than this share of those that stand in what its
# files cover, is unusual and needs a person's word (the headless contract, `--accept-changes`).
UNUSUAL_COUNT = 20
UNUSUAL_SHARE = 10

PayloadT = TypeVar("PayloadT")


def unusual(changed: int, standing: int) -> bool:
    """Whether a batch changes or removes more than a tenth, and more than 20, of what stands in its coverage."""
    return changed > UNUSUAL_COUNT and changed * UNUSUAL_SHARE > standing


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact that stands in a slot. `original` is the value that the files gave before a person corrected it."""

    id: int
    value: int
    ordinal: int
    by_hand: bool = False
    original: int | None = None


@dataclass(frozen=True, slots=True)
class Stated(Generic[PayloadT]):
    """A fact that the files state for the slot, with whatever describes it beside its value."""

    value: int
    payload: PayloadT


@dataclass(slots=True)
class Outcome(Generic[PayloadT]):
    """What becomes of a slot. `overruled`: statements, or missing ones, against which a person's word stands."""

    unchanged: int = 0
    updated: list[tuple[Standing, Stated[PayloadT]]] = field(default_factory=list)
    created: list[tuple[int, Stated[PayloadT]]] = field(default_factory=list)
    removed: list[Standing] = field(default_factory=list)
    overruled: list[tuple[Standing | None, Stated[PayloadT] | None]] = field(default_factory=list)


def reconcile(
    standing: Sequence[Standing],
    stated: Sequence[Stated[PayloadT]],
    *,
    taken_out: Iterable[int] = (),
    keep: bool = False,
) -> Outcome[PayloadT]:
    """Compare two multisets: a pupil's facts of one kind in one subject on one day.

    Equal values are unchanged; what is left on both sides is paired as updates; the rest is created or removed. A fact
    corrected by hand answers for the value that it had in the files, and stays. `taken_out` are values
    that a person removed: they do not come back. With `keep` (a cell of the slot was rejected) nothing old changes.
    """
    outcome: Outcome[PayloadT] = Outcome()
    new = _ByValue(stated)
    by_hand = [fact for fact in standing if fact.by_hand]
    open_hands = _settle_hands(by_hand, new, outcome)
    for value in taken_out:
        if value in new:
            outcome.overruled.append((None, new.take(value)))
    left = _match_equal([fact for fact in standing if not fact.by_hand], new, outcome)
    if not keep:
        _overrule(open_hands, new, outcome)
    _pair(left, new, outcome, keep=keep, taken={fact.ordinal for fact in standing})
    return outcome


class _ByValue(Generic[PayloadT]):
    """Statements, to be taken by value."""

    def __init__(self, stated: Iterable[Stated[PayloadT]]) -> None:
        self._left: dict[int, list[Stated[PayloadT]]] = defaultdict(list)
        for item in stated:
            self._left[item.value].append(item)

    def __contains__(self, value: int) -> bool:
        return bool(self._left.get(value))

    def take(self, value: int) -> Stated[PayloadT]:
        return self._left[value].pop(0)

    def rest(self) -> list[Stated[PayloadT]]:
        return [item for value in sorted(self._left) for item in self._left[value]]


def _settle_hands(by_hand: Sequence[Standing], new: _ByValue[PayloadT], outcome: Outcome[PayloadT]) -> list[Standing]:
    """A file that still says what it said before is overruled; one that says what the person says agrees."""
    waiting = []
    for fact in by_hand:
        if fact.original is None or fact.original not in new:
            waiting.append(fact)
        elif fact.original == fact.value:
            new.take(fact.value)
            outcome.unchanged += 1
        else:
            outcome.overruled.append((fact, new.take(fact.original)))
    still = []
    for fact in waiting:
        if fact.value in new:
            new.take(fact.value)
            outcome.unchanged += 1
        elif fact.original is not None:
            still.append(fact)
    return still


def _match_equal(old: Sequence[Standing], new: _ByValue[PayloadT], outcome: Outcome[PayloadT]) -> list[Standing]:
    left = []
    for fact in old:
        if fact.value in new:
            new.take(fact.value)
            outcome.unchanged += 1
        else:
            left.append(fact)
    return left


def _overrule(by_hand: Sequence[Standing], new: _ByValue[PayloadT], outcome: Outcome[PayloadT]) -> None:
    """A corrected fact stays against whatever else the file has in its place, even nothing."""
    for fact in by_hand:
        rest = new.rest()
        outcome.overruled.append((fact, new.take(rest[0].value) if rest else None))


def _pair(
    old: Sequence[Standing], new: _ByValue[PayloadT], outcome: Outcome[PayloadT], *, keep: bool, taken: set[int]
) -> None:
    rest = new.rest()
    pairs = 0 if keep else min(len(old), len(rest))
    left = sorted(old, key=lambda fact: (fact.value, fact.ordinal))
    outcome.updated += list(zip(left[:pairs], rest[:pairs], strict=True))
    if not keep:
        outcome.removed += left[pairs:]
    free = (ordinal for ordinal in range(len(taken) + len(rest)) if ordinal not in taken)
    outcome.created += list(zip(free, rest[pairs:], strict=False))
