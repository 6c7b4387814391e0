"""Small groups of pupils stay hidden on the page of a municipality, also by taking away what is shown. No database.

Every number of pupils there is one side of a *split*: the pupils of a school are split into those at risk and the
rest, those at risk into failing and weak, and so on; the sides of a split may be split further. The page shows for a
school whole splits or nothing of them, and over all schools the sums. Whoever adds and takes away learns, beside what
is shown, one thing more of each split: the sum over the schools of which it is hidden. So the rule is one sentence: on
both sides of every split that is shown, and of every such sum, nobody stands or at least five people.

A split is shown where the one above it is; so what is hidden grows from above to below, and sums of a lower split never
tell an upper one (docs/decisions/0046-municipal-page.md). `parents.rules.hiding` asks the same of groups in one tree;
here each column has its own tree over the same schools.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common.small_groups import may_be_told

School = int
Sides = tuple[int, int]  # the part, the rest


@dataclass(frozen=True)
class Split:
    """`code` names it and its part; `above` is the split one of whose sides it splits, "" of none."""

    code: str
    above: str = ""


PUPILS, FAILING, RESERVE, UNRATED = "pupils", "failing", "reserve", "unrated"
# Each after the one above it. Reserve is a part of those not at risk, the unrated of those who are in no category.
SPLITS = (
    Split(PUPILS),
    Split("R01", PUPILS),
    Split(FAILING, "R01"),
    Split(RESERVE, "R01"),
    Split(UNRATED, RESERVE),
    Split("R02", "R01"),
    Split("R06", FAILING),
    Split("R03", PUPILS),
    Split("R04", PUPILS),
)


@dataclass(frozen=True)
class Shown:
    """What may be shown: pairs of a school and a split, and splits whose sums over all schools may."""

    cells: frozenset[tuple[School, str]]
    totals: frozenset[str]


def shown_splits(sides: Mapping[str, Mapping[School, Sides]], splits: Sequence[Split] = SPLITS) -> Shown:
    """`sides`: of each split, both sides in each school; the same schools in all.

    Where the sum over hidden schools would be small, further schools are hidden, as few as can be. Where nothing helps,
    the sum of all is hidden instead.
    """
    cells: dict[str, frozenset[School]] = {}
    totals: set[str] = set()
    for split in splits:
        own = sides[split.code]
        here = frozenset(own) if not split.above else cells[split.above]
        here = frozenset(school for school in here if _told(own[school]))
        fewer = _beside_total(own, here) if not split.above or split.above in totals else None
        if fewer is not None:
            totals.add(split.code)
        cells[split.code] = here if fewer is None else fewer
    return Shown(frozenset((school, code) for code, found in cells.items() for school in found), frozenset(totals))


def _told(sides: Sides) -> bool:
    return all(map(may_be_told, sides))


def _beside_total(own: Mapping[School, Sides], shown: frozenset[School]) -> frozenset[School] | None:
    """Those that may stand beside the sum of all; None where it may not be told whatever is hidden."""
    left = set(shown)
    while not _told(_sum(own, left)):
        some = [school for school in left if any(own[school])]
        if not some:
            return None
        left.discard(min(some, key=lambda school: (not _helps(own, left, school), sum(own[school]), school)))
    return frozenset(left)


def _helps(own: Mapping[School, Sides], shown: set[School], school: School) -> bool:
    return _told(_sum(own, shown - {school}))


def _sum(own: Mapping[School, Sides], shown: set[School]) -> Sides:
    """Both sides over the schools that are not shown."""
    hidden = [sides for school, sides in own.items() if school not in shown]
    return sum(part for part, _ in hidden), sum(rest for _, rest in hidden)
