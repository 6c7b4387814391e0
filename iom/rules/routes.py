"""What decides about a route: whether a control closes a gap, when one looks back, how far a route is. No database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from iom.words import Every, RouteKind, RouteState, StepKind, Unit
from risk_registry.categories import Category, Word

# Kinds by what the registry says of a pupil.
KIND_OF = {
    Category.FAILING: RouteKind.FAILING,
    Category.WEAK: RouteKind.WEAK,
    Category.RESERVE: RouteKind.RESERVE,
}
_PASS, _GOOD = Decimal(3), Decimal(4)
_MOST_TASKS = 3


class Cover(Word):
    """How a pupil of the registry is provided with a route."""

    NONE = "none", "Нет маршрута"
    UNAPPROVED = "draft", "Не согласован"
    STALE = "stale", "Устарел"
    FINE = "fine", "Действует"

    @property
    def short(self) -> str:
        """A column's heading."""
        return {"none": "Нет", "draft": "Не согл.", "stale": "Устарел", "fine": "Есть"}[self.value]


def has_reached(result: Decimal, target: Decimal) -> bool:
    """More is better in every unit: the target itself is enough."""
    return result >= target


def review_day(period_ends: Iterable[date], after: date, ends: date) -> date:
    """When a route is looked back at: where the first period ends on the day or later, its own end at most."""
    coming = [day for day in period_ends if day >= after]
    return min([*coming, ends])


def cover_of(*, number: int, next_review: date | None, ends: date, today: date) -> Cover:
    """Where a route that goes on stands: `number` of the version in force, 0 before the first approval.

    Stale: its term is over, or nobody looked back by the day that was set.
    """
    if number == 0:
        return Cover.UNAPPROVED
    if ends < today or (next_review is not None and next_review < today):
        return Cover.STALE
    return Cover.FINE


def best_cover(found: Iterable[Cover]) -> Cover:
    """Of a pupil with several routes, the best provided one speaks."""
    order = [Cover.FINE, Cover.STALE, Cover.UNAPPROVED]
    return min(found, key=order.index, default=Cover.NONE)


@dataclass(frozen=True)
class FailedTask:
    """A task of a work for which the pupil got nothing; `maximum` points when known."""

    work: str
    name: str
    on: date | None
    maximum: Decimal | None
    external: bool


@dataclass(frozen=True)
class GapIdea:
    """A gap that the data suggest; a person keeps it, words it better or drops it."""

    topic: str
    found: str
    found_on: date | None
    source: str
    baseline: Decimal | None
    target: Decimal
    unit: str


@dataclass(frozen=True)
class StepIdea:
    """A step that a template or the last route suggests."""

    kind: str
    text: str
    every: str = Every.WEEK
    expected: str = ""


def gaps_of_subject(*, kind: str, days: Sequence[date], tasks: Sequence[FailedTask]) -> list[GapIdea]:
    """What to begin with in one subject: failed tasks of its works, else lessons with an unsatisfactory mark.

    Of a pupil of the reserve: the result to be raised from three to four.
    """
    if kind == RouteKind.RESERVE:
        return [GapIdea("Повысить итог с «3» до «4»", "lesson", None, "", _PASS, _GOOD, Unit.MARK)]
    if tasks:
        return [_of_task(task) for task in tasks[:_MOST_TASKS]]
    if not days:
        return []
    told = ", ".join(f"{day:%d.%m}" for day in sorted(set(days)))
    return [GapIdea(f"Темы уроков {told}", "lesson", max(days), f"отметка «2»: {told}", Decimal(2), _PASS, Unit.MARK)]


def _of_task(task: FailedTask) -> GapIdea:
    found = "task" if task.external else "control"
    target = task.maximum if task.maximum else Decimal(1)
    return GapIdea(f"Задание {task.name}: {task.work}", found, task.on, task.work, Decimal(0), target, Unit.POINTS)


def needs_psychologist(kind: str, steps: Collection[str]) -> bool:
    """Whether the plan involves the psychological service: a route for special needs, or a specialist's help."""
    return kind == RouteKind.NEEDS or StepKind.SPECIALIST in steps


def is_open(state: str) -> bool:
    """Whether the plan may be edited now."""
    return state == RouteState.DRAFT
