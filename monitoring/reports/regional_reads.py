"""What the region's form reads: the nine indicators and those of the program that ask nearly the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from monitoring.catalogue import INDICATORS
from monitoring.computations.base import Scope
from monitoring.models import ManualValue, Measurement
from monitoring.reports.board import words_of
from monitoring.selectors_figures import figure_of
from monitoring.selectors_measures import BASES
from roadmaps.indicators import Counted, Indicator, Source
from school.models import Period

# Which indicators of the program stand beside one of the region, because they ask nearly the same.
BESIDE = {"R02": ("P10", "S2"), "R06": ("P12",)}


@dataclass(frozen=True)
class Told:
    """An indicator of the period; `rests_on` and `by`: of what a person has answered."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    basis: str
    rests_on: str = ""
    by: str = ""

    @property
    def of_schools(self) -> bool:
        """Whether the school answers yes or no, and the share is the municipality's."""
        return self.indicator.counted == Counted.SCHOOLS

    @property
    def words(self) -> str:
        """«28,5 %», «да», «нет данных»."""
        return words_of(self.indicator, self.value, self.numerator)


@dataclass(frozen=True)
class Answers:
    """Every indicator by its code; `frozen_at` is None of what is counted now."""

    of: Mapping[str, Told]
    frozen_at: datetime | None

    @property
    def regional(self) -> list[Told]:
        """The nine of the form, in order."""
        return [one for one in self.of.values() if one.indicator.source == Source.REGIONAL]


def regional_answers(period: Period) -> Answers:
    """Frozen values where the period is frozen, else what a count says now; the same queries whatever the school."""
    wanted = [one for one in INDICATORS.values() if one.source == Source.REGIONAL]
    wanted += [INDICATORS[code] for codes in BESIDE.values() for code in codes]
    spoken = _spoken(period, wanted)
    kept = {row.code: row for row in Measurement.objects.filter(period=period, code__in=[one.code for one in wanted])}
    first = next(iter(kept.values()), None)
    if first is not None:
        found = {one.code: _kept(one, kept.get(one.code), spoken) for one in wanted}
        return Answers(found, first.at)
    scope = Scope.of(period)
    return Answers({one.code: _counted(scope, one, spoken) for one in wanted}, None)


def _kept(one: Indicator, row: Measurement | None, spoken: Mapping[str, ManualValue]) -> Told:
    if row is None:
        return Told(one, None, None, None, "")
    rests_on, by = _ground(one.code, row.numerator, spoken)
    return Told(one, row.numerator, row.denominator, row.value, BASES.get(row.basis, ""), rests_on, by)


def _counted(scope: Scope, one: Indicator, spoken: Mapping[str, ManualValue]) -> Told:
    figure = figure_of(scope, one)
    ground = _ground(one.code, figure.numerator, spoken)
    return Told(one, figure.numerator, figure.denominator, figure.value, BASES.get(figure.basis, ""), *ground)


def _ground(code: str, number: int | None, spoken: Mapping[str, ManualValue]) -> tuple[str, str]:
    """Of an answer that still says the number that stands."""
    row = spoken.get(code)
    return (row.text, row.by.display_name) if row is not None and row.number == number else ("", "")


def _spoken(period: Period, wanted: Iterable[Indicator]) -> dict[str, ManualValue]:
    """The last answers of the year up to the period."""
    rows = ManualValue.objects.standing().filter(
        school=period.year.school,
        period__year=period.year,
        period__starts__lte=period.starts,
        code__in=[one.code for one in wanted],
    )
    return {row.code: row for row in rows.select_related("by__staff").order_by("period__starts", "pk")}
