"""What the yearly note is told from: counts of periods, classes, subjects, works; plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from common.russian import percent, whole
from common.small_groups import LEAST_GROUP, may_be_told

HIDDEN = f"меньше\u00a0{LEAST_GROUP}"


@dataclass(frozen=True)
class Counts:
    """Pupils of a school or a class by category; `unrated`: those of whom nothing is known."""

    pupils: int = 0
    failing: int = 0
    weak: int = 0
    reserve: int = 0
    unrated: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.pupils + other.pupils,
            self.failing + other.failing,
            self.weak + other.weak,
            self.reserve + other.reserve,
            self.unrated + other.unrated,
        )

    @property
    def at_risk(self) -> int:
        """Failing and weak; the reserve is not in it."""
        return self.failing + self.weak

    @property
    def share_words(self) -> str:
        """«12,5 %» of pupils at risk."""
        return percent(self.at_risk, self.pupils)


@dataclass(frozen=True)
class PeriodState:
    """A classified period: `title` with its year where it is not of the asked one; `classes` by the class's name."""

    key: int
    title: str
    genitive: str
    totals: Counts
    classes: Mapping[str, Counts]
    keys: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkSum:
    """External works in one subject: how many works, who wrote them, twos, those under the school's own marks."""

    subject: str
    works: int
    written: int
    twos: int
    compared: int
    lowered: int


@dataclass(frozen=True)
class AbsenceSum:
    """Missed lessons of a period; `pupils`: of how many."""

    title: str
    illness: int
    excused: int
    unexcused: int
    pupils: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.illness + self.excused + self.unexcused


@dataclass(frozen=True)
class CauseSum:
    """An open cause and how many pupils it stands for."""

    code: str
    name: str
    pupils: int


@dataclass(frozen=True)
class Causes:
    """Open causes; `established`: pupils with any cause, restricted ones too, of `registry` pupils."""

    lines: tuple[CauseSum, ...]
    established: int
    registry: int

    @property
    def most(self) -> list[str]:
        """Names of the most frequent: several where they are named for as many pupils."""
        return [line.name for line in self.lines if line.pupils == self.lines[0].pupils]


@dataclass(frozen=True)
class GroupSum:
    """A group of the social passport: how many of all pupils, how many of those at risk."""

    name: str
    pupils: int
    at_risk: int


@dataclass(frozen=True)
class Outcome:
    """Of `of` pupils who were at risk as the year began, `left` are so no more."""

    of: int
    left: int

    @property
    def told(self) -> bool:
        """Whether the group is big enough to speak of."""
        return self.of >= LEAST_GROUP and may_be_told(self.left) and may_be_told(self.of - self.left)

    @property
    def words(self) -> str:
        """«9 из 24 (37,5 %)»; a few are not told."""
        if self.of < LEAST_GROUP:
            return HIDDEN if self.of else "—"
        if not may_be_told(self.left):
            return f"{HIDDEN} из {whole(self.of)}"
        if not may_be_told(self.of - self.left):
            return f"все, кроме {HIDDEN}, из {whole(self.of)}"
        return f"{whole(self.left)} из {whole(self.of)} ({percent(self.left, self.of)})"


@dataclass(frozen=True)
class Compared:
    """Pupils at risk in `since`, with records of individual work and without any."""

    since: str
    worked: Outcome
    without: Outcome


@dataclass(frozen=True)
class Routes:
    """Routes of the year without those of special needs: approved, finished, finished with all gaps closed."""

    approved: int
    finished: int
    reached: int
    gaps_closed: int
    gaps_open: int


@dataclass(frozen=True)
class Measure:
    """Something that was done: what, a word about it, its days, what came of it, where it is seen."""

    title: str
    about: str
    days: tuple[date, ...]
    note: str = ""
    link: str = ""
    number: int = 1
