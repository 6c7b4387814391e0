"""How long the lists become for each choice of where «weak» begins."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import transaction

from common.russian import percent
from risk_registry.facts import ask, read_facts, thresholds_of
from risk_registry.rules.categories import PupilFacts, Thresholds, weak_lists
from school.models import Period, SchoolClass

# Доля слабоуспевающих и неуспевающих в крае, %: мониторинг показателей (письмо ИРО от 03.02.2023 № 01-20/518), № 1.
REGIONAL_SHARE = Decimal("8.7")
MIN_MARKS = (1, 2, 3, 4, 5)
MAX_RESULTS = (3, 4, 5)


@dataclass(frozen=True)
class Choice:
    """One cell: failing and weak together, by these thresholds; `share` is of the pupils, in percent."""

    min_marks: int
    max_result: int
    listed: int
    pupils: int
    current: bool

    @property
    def share(self) -> str:
        """«12,5 %» of the pupils."""
        return percent(self.listed, self.pupils)


@dataclass(frozen=True)
class GridRow:
    """A class, or the whole school: its pupils and a choice for every pair, results outside, marks inside."""

    title: str
    pupils: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Grid:
    """The whole school and its classes."""

    school: GridRow
    classes: tuple[GridRow, ...]


@transaction.atomic
def calibration_grid(period: Period) -> Grid:
    """Count failing and weak pupils of the period for each of the choices; classes in their order."""
    asked = ask(period.pk)
    by_class: dict[int, list[PupilFacts]] = defaultdict(list)
    for pupil in read_facts(asked):
        by_class[pupil.school_class].append(pupil.facts)
    now = thresholds_of(asked.settings)
    counted = {key: _counts(facts, now) for key, facts in by_class.items()}
    rows = tuple(
        _row(str(school_class), len(by_class[school_class.pk]), counted[school_class.pk], now)
        for school_class in SchoolClass.objects.filter(pk__in=counted)
    )
    total = [sum(column) for column in zip(*counted.values(), strict=True)] or [0] * len(_grid(now))
    return Grid(_row("Школа", sum(map(len, by_class.values())), total, now), rows)


def _grid(now: Thresholds) -> list[Thresholds]:
    pairs = [(least, top) for top in MAX_RESULTS for least in MIN_MARKS]
    return [replace(now, weak_min_marks=least, weak_max_result=top) for least, top in pairs]


def _counts(facts: Iterable[PupilFacts], now: Thresholds) -> list[int]:
    return weak_lists(facts, _grid(now))


def _row(title: str, pupils: int, counts: Iterable[int], now: Thresholds) -> GridRow:
    choices = (
        Choice(
            min_marks=each.weak_min_marks,
            max_result=each.weak_max_result,
            listed=listed,
            pupils=pupils,
            current=each == now,
        )
        for each, listed in zip(_grid(now), counts, strict=True)
    )
    return GridRow(title, pupils, tuple(choices))
