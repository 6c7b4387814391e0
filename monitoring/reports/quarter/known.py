"""Everything that the sections of the quarter's report are written from, read once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from iom.selectors.effect import By, Line, effect_facts, effect_lines
from monitoring.computations.base import Scope
from monitoring.reports.board import Board, frozen_board
from monitoring.reports.quarter.counts import (
    DecisionLine,
    DirectionLine,
    Moves,
    Whole,
    categories_by_period,
    decision_lines,
    moves_of,
    roadmap_lines,
    whole_counts,
)
from monitoring.reports.quarter.facts import OF_WORK, Asked, Fact, PupilFacts, pupil_facts
from monitoring.reports.quarter.reads import ClassRef, Entry, Judged, Names
from monitoring.reports.quarter.shapes import QuarterReport
from risk_registry.categories import AT_RISK, EntryState
from school.models import Period


@dataclass(frozen=True)
class Core:
    """What the report has read for its tables of categories; `was` is None where there was no period before."""

    period: Period
    periods: Sequence[Period]
    judged: Sequence[Judged]
    previous: Period | None
    was: Sequence[Judged] | None
    classes: Mapping[int, ClassRef]
    registry: Mapping[int, Entry]
    names: Names


@dataclass(frozen=True)
class Known(Core):
    """`report`: the tables; `facts`, `counts` and the rest: what stands beside them. `day`: the last one told of."""

    report: QuarterReport
    day: date
    facts: PupilFacts
    counts: Mapping[Whole, int]
    moves: Moves
    by_period: Mapping[int, Mapping[str, int]]
    effect: Sequence[Line]
    board: Board | None
    roadmap: Sequence[DirectionLine]
    decisions: Sequence[DecisionLine]
    seats: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def by_registry(self) -> bool:
        """Whether the registry of the period is approved and speaks of pupils at risk (as `Scope.by_registry`)."""
        found = {entry.state for entry in self.registry.values()} - {EntryState.WITHDRAWN}
        return bool(found) and found <= {EntryState.APPROVED, EntryState.REMOVED}

    @cached_property
    def at_risk(self) -> frozenset[int]:
        """Failing and weak pupils of the contingent, by the approved registry, else by the marks."""
        if self.by_registry:
            named = (pupil for pupil, entry in self.registry.items() if entry.stands and entry.category in AT_RISK)
        else:
            named = (row.pupil for row in self.judged if row.category in AT_RISK)
        return frozenset(pupil for pupil in named if pupil in self.seats)

    @cached_property
    def recorded(self) -> frozenset[int]:
        """Pupils at risk with whom work is recorded."""
        return frozenset(pupil for pupil in self.at_risk if any(self.facts[fact][pupil] for fact in OF_WORK))

    @cached_property
    def risk_classes(self) -> list[int]:
        """Keys of the classes with pupils at risk, in order."""
        with_risk = {self.seats[pupil] for pupil in self.at_risk}
        return [key for key in self.classes if key in with_risk]

    @property
    def basis(self) -> str:
        """A note: who is at risk."""
        by = "по утверждённому реестру" if self.by_registry else "по категориям из отметок"
        return f"Под риском — неуспевающие и слабоуспевающие {by}."

    def total(self, fact: Fact) -> int:
        """Of all pupils."""
        return sum(self.facts[fact].values())

    def pupils(self, fact: Fact) -> int:
        """How many pupils have some."""
        return sum(1 for number in self.facts[fact].values() if number)

    def by_class(self, fact: Fact, among: Iterable[int] | None = None) -> Counter[int]:
        """How many by the key of the pupil's class; of all pupils of the contingent, or among these."""
        chosen = self.seats if among is None else among
        found: Counter[int] = Counter()
        for pupil in chosen:
            found[self.seats[pupil]] += self.facts[fact][pupil]
        return found

    def count_by_class(self, pupils: Iterable[int]) -> Counter[int]:
        """How many of these pupils sit in each class."""
        return Counter(self.seats[pupil] for pupil in pupils)


def read_known(core: Core, report: QuarterReport) -> Known:
    """All that the sections need; a constant number of queries."""
    period = core.period
    scope = Scope.of(period)
    asked = Asked(scope.school, period.year, period.starts, scope.day)
    today = scope.school.today()
    return Known(
        period=period,
        periods=core.periods,
        judged=core.judged,
        previous=core.previous,
        was=core.was,
        classes=core.classes,
        registry=core.registry,
        names=core.names,
        report=report,
        day=scope.day,
        facts=pupil_facts(asked),
        counts=whole_counts(scope, asked),
        moves=moves_of(period),
        by_period=categories_by_period(period),
        effect=effect_lines(effect_facts(period.year, today), By.FORM),
        board=frozen_board(period),
        roadmap=roadmap_lines(asked, today),
        decisions=decision_lines(asked, today),
        seats={row.pupil: row.school_class for row in core.judged},
    )
