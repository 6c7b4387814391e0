"""Small groups stay hidden, also by subtraction.

Groups of answers stand in a tree: the whole, levels, classes. Whoever is shown some of them can add and take away what
is shown, and nothing else; what comes of it are unions of *rests*: each shown group without the shown groups inside it.
So the rule is one sentence: no rest holds from one to four answers. What has to be hidden besides the small groups
themselves (complementary suppression) is chosen as the smallest neighbour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from common.small_groups import LEAST_GROUP, may_be_told


@dataclass(frozen=True)
class Node:
    """A group of answers: `size` is the number of people in it, those of `parts` included."""

    key: str
    size: int
    parts: Sequence["Node"] = field(default_factory=tuple)


def shown_groups(tree: Node, least: int = LEAST_GROUP) -> frozenset[str]:
    """Keys of the groups whose answers may be shown; nothing at all when the whole is smaller than `least`."""
    sizes, above = _laid(tree)
    shown = {key for key, size in sizes.items() if size >= least}
    if tree.key not in shown:
        return frozenset()
    while small := [key for key, rest in rests(tree, frozenset(shown)).items() if not may_be_told(rest, least)]:
        inside = [key for key in shown if _nearest(key, above, shown) == small[0]]
        shown.discard(min(inside, key=lambda key: (sizes[key], key)))
    return frozenset(shown)


def rests(tree: Node, shown: frozenset[str]) -> Mapping[str, int]:
    """Of each shown group, how many people are in it and in no shown group inside it."""
    sizes, above = _laid(tree)
    left = {key: sizes[key] for key in shown}
    for key in shown:
        outer = _nearest(key, above, shown)
        if outer is not None:
            left[outer] -= sizes[key]
    return left


def _nearest(key: str, above: Mapping[str, str], shown: set[str] | frozenset[str]) -> str | None:
    """The smallest shown group that holds this one."""
    outer = above.get(key)
    while outer is not None and outer not in shown:
        outer = above.get(outer)
    return outer


def _laid(tree: Node) -> tuple[dict[str, int], dict[str, str]]:
    sizes, above, waiting = {tree.key: tree.size}, {}, [tree]
    while waiting:
        node = waiting.pop()
        for part in node.parts:
            sizes[part.key], above[part.key] = part.size, node.key
            waiting.append(part)
    return sizes, above


@dataclass(frozen=True)
class ClassSize:
    """A class that is asked: how many families or pupils it has."""

    key: int
    name: str
    level: str
    size: int


def joined_classes(classes: Sequence[ClassSize], least: int = LEAST_GROUP) -> list[tuple[ClassSize, ...]]:
    """Classes as groups that answers are counted by: a class under `least` is counted together with others.

    Of its own level where there are enough, else across levels. A single group under `least` remains only where the
    whole survey is that small: the service refuses it.
    """
    groups: list[tuple[ClassSize, ...]] = []
    for level in dict.fromkeys(one.level for one in classes):
        groups += _joined([(one,) for one in classes if one.level == level], least)
    return _joined(groups, least)


def _joined(groups: list[tuple[ClassSize, ...]], least: int) -> list[tuple[ClassSize, ...]]:
    left = list(groups)
    while len(left) > 1:
        smallest = min(left, key=_size)
        if _size(smallest) >= least:
            break
        left.remove(smallest)
        other = min(left, key=_size)
        left[left.index(other)] = (*other, *smallest)
    return left


def _size(group: tuple[ClassSize, ...]) -> int:
    return sum(one.size for one in group)
