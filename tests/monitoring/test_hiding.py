"""What may be told of schools side by side: a table of cases, and linear algebra against what can be taken away."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.small_groups import may_be_told
from monitoring.rules.hiding import PUPILS, SPLITS, Shown, shown_splits
from monitoring.rules.municipal import sides_of

Numbers = dict[str, int]
_ABOVE = {split.code: split.above for split in SPLITS}


def school(pupils: int, **numbers: int) -> Numbers:
    """Of 40 pupils 10 at risk, 5 of them failing; all of them with a route and an extra lesson; 10 in reserve."""
    return {"failing": 5, "reserve": 10, "unrated": 0, "R01": 10, "R02": 10, "R03": 0, "R04": 0, "R06": 5,
            PUPILS: pupils} | numbers  # fmt: skip


def shown(*schools: Numbers) -> Shown:
    return shown_splits(sides_of({key: _figures(numbers) for key, numbers in enumerate(schools)}))


def _figures(numbers: Numbers) -> dict[str, list[int | None]]:
    return {code: [number, None] for code, number in numbers.items()}


def hidden(told: Shown, number: int) -> set[str]:
    """«0:R03» of a school, «:R03» of the sum."""
    cells = {f"{key}:{code}" for key in range(number) for code in _ABOVE if (key, code) not in told.cells}
    return cells | {f":{code}" for code in _ABOVE if code not in told.totals}


LARGE = school(40)
CASES = [
    ("nothing small, nothing hidden", [LARGE, LARGE], ""),
    ("nobody is nobody's secret", [school(40, R02=0), LARGE], ""),
    ("a small part hides a neighbour too", [school(40, R03=3), school(40, R03=9), school(60, R03=9)], "0:R03 1:R03"),
    ("so does a small rest", [school(40, R02=8), school(40, R02=5), school(60, R02=5)], "0:R02 1:R02"),
    ("two small ones hide each other", [school(40, R03=3), school(40, R03=4), school(60, R03=9)], "0:R03 1:R03"),
    ("two very small ones need a third", [school(40, R03=1), school(40, R03=2), school(60, R03=9)],
     "0:R03 1:R03 2:R03"),
    ("a school alone has no sum either", [school(40, R03=3)], "0:R03 :R03"),
    ("a small sum is hidden, those with nobody are not", [school(40, R03=3), school(40), school(40)], "0:R03 :R03"),
    ("a hidden group hides what is inside it", [school(40, R01=4, failing=4, R02=4, R06=4), LARGE, LARGE],
     "0:R01 0:failing 0:reserve 0:unrated 0:R02 0:R06 1:R01 1:failing 1:reserve 1:unrated 1:R02 1:R06"),
    ("a tiny school is hidden whole, with a neighbour",
     [school(3, R01=0, failing=0, reserve=0, R02=0, R06=0), LARGE, school(60)],
     " ".join(f"{key}:{code}" for key in (0, 1) for code in _ABOVE)),
]  # fmt: skip


@pytest.mark.parametrize(("schools", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_hides(schools: list[Numbers], expected: str) -> None:
    assert hidden(shown(*schools), len(schools)) == set(expected.split())


@st.composite
def some_schools(draw: st.DrawFn) -> list[Numbers]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        pupils = draw(st.sampled_from([0, 2, 6, 12, 30]))
        risk = draw(st.integers(0, pupils))
        failing = draw(st.integers(0, risk))
        reserve = draw(st.integers(0, pupils - risk))
        unrated = draw(st.integers(0, pupils - risk - reserve))
        inside = {"R02": draw(st.integers(0, risk)), "R06": draw(st.integers(0, failing))}
        found.append({"R01": risk, "failing": failing, "reserve": reserve, "unrated": unrated, **inside,
                      "R03": draw(st.integers(0, pupils)), "R04": 0, PUPILS: pupils})  # fmt: skip
    return found


# A kind of pupil: the category, and whether each of the facts is so. Of R04 all is as of R03.
KINDS = [
    (category, routed, lessons, needs)
    for category in ("failing", "weak", "reserve", "unrated", "rest")
    for routed, lessons, needs in product((False, True), repeat=3)
    if (category in ("failing", "weak") or not routed) and (category == "failing" or not lessons)
]
Kind = tuple[str, bool, bool, bool]


def _inside(code: str, kind: Kind) -> tuple[bool, bool]:
    """Whether pupils of a kind belong to what a split splits, and to its part."""
    category, routed, lessons, needs = kind
    risk = category in ("failing", "weak")
    return {
        PUPILS: (True, True),
        "R01": (True, risk),
        "failing": (risk, category == "failing"),
        "reserve": (not risk, category == "reserve"),
        "unrated": (not risk and category != "reserve", category == "unrated"),
        "R02": (risk, routed),
        "R06": (category == "failing", lessons),
        "R03": (True, needs),
    }[code]


@settings(max_examples=80)
@given(some_schools())
def test_nothing_small_follows_from_what_is_shown(schools: list[Numbers]) -> None:
    """With no idea of splits: each small group, also over several schools, against the span of all shown numbers."""
    told = shown(*schools)
    sides = sides_of({key: _figures(numbers) for key, numbers in enumerate(schools)})
    everywhere = range(len(schools))
    groups = [(code, side) for code in _ABOVE if code != "R04" for side in (0, 1)]
    known: list[tuple[str, int, tuple[int, ...]]] = [
        (code, side, (key,)) for code, side in groups for key in everywhere if (key, code) in told.cells
    ]
    known += [(code, side, tuple(everywhere)) for code, side in groups if code in told.totals]
    empty = {place for one in known if not _size(sides, *one) for place in _places(*one)}
    basis = _Basis(sorted(_places(*one) - empty) for one in known)
    for code, side in groups:
        for some in _some(len(schools)):
            size = _size(sides, code, side, some)
            if not may_be_told(size):
                group = sorted(_places(code, side, some) - empty)
                assert not basis.tells(group), f"{size} of {code}, side {side}, schools {some}"


def _some(number: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, number + 1):
        yield from combinations(range(number), size)


def _size(sides: Mapping[str, Mapping[int, tuple[int, int]]], code: str, side: int, schools: tuple[int, ...]) -> int:
    return sum(sides[code][key][side] for key in schools)


def _places(code: str, side: int, schools: tuple[int, ...]) -> set[int]:
    """Kinds of pupils of these schools, each a dimension of its own."""
    kinds = [_inside(code, kind) for kind in KINDS]
    mine = [number for number, (whole, part) in enumerate(kinds) if whole and part is (side == 0)]
    return {key * len(KINDS) + number for key in schools for number in mine}


class _Basis:
    """Rows in echelon form over a large prime; each a group of places as ones."""

    PRIME = 1_000_003

    def __init__(self, groups: Iterator[list[int]]) -> None:
        self.rows: dict[int, dict[int, int]] = {}
        for group in groups:
            left = self._rest(group)
            if left:
                lead = min(left)
                by = pow(left[lead], -1, self.PRIME)
                self.rows[lead] = {place: value * by % self.PRIME for place, value in left.items()}

    def tells(self, group: list[int]) -> bool:
        """Whether the size of a group follows from the sizes of the groups that were given."""
        return not self._rest(group)

    def _rest(self, group: list[int]) -> dict[int, int]:
        left, done = dict.fromkeys(group, 1), -1
        while waiting := [place for place in left if place > done and place in self.rows]:
            done = min(waiting)
            factor = left[done]
            for place, value in self.rows[done].items():
                left[place] = (left.get(place, 0) - factor * value) % self.PRIME
                if not left[place]:
                    del left[place]
        return left
