"""What the summary of the heads is made of: groups of lines, each the address of what it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from common.look import Figure
from common.russian import counted, date_short
from risk_registry.selectors.registry import UNDER_RISK

SHOWN = 3  # lines of one group
LISTED = 8  # lines of a list that has no groups


@dataclass(frozen=True)
class Line:
    """One thing. `whose`: who answers for it; `due`: by when it was or is to be done; `late`: days since then."""

    title: str
    url: str
    about: str = ""
    whose: str = ""
    due: date | None = None
    late: int = 0

    @property
    def when(self) -> str:
        """«52 дня» since the term, «до 25.11.2026», empty of what has none."""
        if self.due is None:
            return ""
        return counted(self.late, "день", "дня", "дней") if self.late else f"до {date_short(self.due)}"

    @property
    def told(self) -> str:
        """What stands under the title: who answers, by when it was to be done, what it is about."""
        term = f"срок был {date_short(self.due)}" if self.due is not None and self.late else ""
        return "; ".join(part for part in (self.whose, term, self.about) if part)


@dataclass(frozen=True)
class Group:
    """Things of one kind, the most urgent first: `number` of all, `url` of all. A `fact` is said without a number."""

    title: str
    url: str
    number: int
    lines: tuple[Line, ...] = ()
    fact: bool = False

    @property
    def more(self) -> int:
        """How many are not named here."""
        return self.number - len(self.lines) if self.lines else 0


@dataclass(frozen=True)
class OffLine:
    """An indicator below its plan: where it stands; its plan under each reading, with the pace of one alone."""

    code: str
    name: str
    value: str
    plans: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class PlanPart:
    """Indicators against the plan. `program` is empty without an approved one: then nothing is below it.

    `counts`: standings in words with a number. `goal`: the program's own, in words.
    """

    period: str
    url: str
    frozen: bool
    program: str
    stage: str
    counts: tuple[tuple[str, int], ...]
    goal: OffLine | None
    off: tuple[OffLine, ...]
    off_number: int

    @property
    def planned(self) -> int:
        """How many indicators have a plan."""
        return sum(number for _, number in self.counts)

    @property
    def off_words(self) -> str:
        """How many are below; nothing is said of that without a plan."""
        return str(self.off_number) if self.counts else ""

    @property
    def standings(self) -> str:
        """«План достигнут — 12, ниже плана — 17»."""
        words = ", ".join(f"{words} — {number}" for words, number in self.counts if number)
        return words[:1].upper() + words[1:]

    @property
    def more(self) -> int:
        """How many below their plan are not named here."""
        return self.off_number - len(self.off)


@dataclass(frozen=True)
class ChangedPart:
    """What is other than before: categories beside the period before, the week by numbers, the last report."""

    period: str
    figures: tuple[Figure, ...]
    week: tuple[Line, ...]
    report: Line | None


@dataclass(frozen=True)
class Summary:
    """The whole page. It names no pupil."""

    school: str
    founder: str
    day: date
    reader: str
    plan: PlanPart | None
    late: tuple[Group, ...]
    sign: tuple[Line, ...]
    sign_number: int
    changed: ChangedPart
    lacks: tuple[Group, ...]

    @property
    def late_number(self) -> int:
        """Of all groups."""
        return sum(group.number for group in self.late)

    @property
    def lacks_number(self) -> int:
        """Of all groups."""
        return sum(group.number for group in self.lacks)

    @property
    def more_sign(self) -> int:
        """How many decisions are not named here."""
        return self.sign_number - len(self.sign)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The first line: five numbers, each the address of what it counts."""
        off = Figure("Ниже плана", "—", reverse("passport:page"), "нет утверждённой программы")
        if self.plan is not None and self.plan.counts:
            off = Figure("Ниже плана", str(self.plan.off_number), self.plan.url, f"из {self.plan.planned}")
        return (
            off,
            Figure("Просрочено", str(self.late_number), "#late"),
            Figure("Ждёт вашего решения", str(self.sign_number), "#sign"),
            Figure("Нет в плане", str(self.lacks_number), "#lacks"),
            *(one for one in self.changed.figures if one.url.endswith(UNDER_RISK)),
        )


def group_of(title: str, url: str, lines: Iterable[Line]) -> Group:
    """Of lines in their order."""
    found: Sequence[Line] = list(lines)
    return Group(title, url, len(found), tuple(found[:SHOWN]))


def days_late(due: date | None, today: date) -> int:
    """Whole days since the last day; 0 while it is not over, and of what has none."""
    return 0 if due is None else max((today - due).days, 0)
