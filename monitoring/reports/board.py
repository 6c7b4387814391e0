"""All indicators of a period beside their targets: one value for the page, the PDF and the workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from common.russian import date_short, decimal
from monitoring.computations.base import Scope
from monitoring.models import Measurement
from monitoring.pictures import Trend, trend_of
from monitoring.rules.standing import Against, Standing, against, keeps_pace
from monitoring.rules.values import target_words, value_words
from monitoring.selectors_figures import figures_of
from monitoring.selectors_measures import BASES, measurements_by_code
from monitoring.selectors_targets import indicators_of, undertakings_of
from roadmaps.indicators import Counted, Indicator, Operator, Part, Source, Unit
from roadmaps.rules.targets import Undertaking
from school.models import Period

GOAL = "Цель программы"


@dataclass(frozen=True)
class Value:
    """An indicator of one period, counted now or frozen."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None
    basis: str = ""
    why: str = ""


@dataclass(frozen=True)
class Aim:
    """One reading of the target in words: «не менее 75 %», to which day, where the value stands, how the pace is."""

    reading: str
    plan: str
    due: date
    needed: str
    standing: Standing
    pace: str

    @property
    def words(self) -> str:
        """«не менее 75 % к 31.12.2026»; the source's own words where they say no number, in a sentence's middle."""
        raw = self.plan[:1].lower() + self.plan[1:] if self.plan.startswith("На ") else self.plan
        return f"{self.needed or raw or 'не заполнено'} к {date_short(self.due)}"


@dataclass(frozen=True)
class BoardLine:
    """An indicator with everything that is said of it. `path`: titles of periods with values, in time."""

    code: str
    title: str
    words: str
    of: str
    basis: str
    why: str
    aims: tuple[Aim, ...]
    regional: str
    trend: Trend
    path: tuple[tuple[str, Decimal | None], ...]
    path_words: str
    unit: Unit
    needed: Decimal | None

    @property
    def standing(self) -> Standing | None:
        """Under the only reading, or where all readings agree; None while it depends on the reading."""
        found = {aim.standing for aim in self.aims} or {Standing.NO_TARGET}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class BoardPart:
    """A direction of the program, or a set."""

    title: str
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True)
class Board:
    """The whole page. `frozen_at` is None of what is counted now; `frozen_by` empty: the calendar froze it."""

    school: str
    founder: str
    year: str
    period: str
    period_accusative: str
    day: date
    programs: tuple[str, ...]
    parts: tuple[BoardPart, ...]
    frozen_at: datetime | None
    frozen_by: str

    @property
    def lines(self) -> list[BoardLine]:
        """Of all parts."""
        return [line for part in self.parts for line in part.lines]

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """How many stand so, of those that have a plan."""
        found = [line.standing for line in self.lines]
        return [(one, found.count(one)) for one in Standing if one != Standing.NO_TARGET]

    @property
    def undecided(self) -> int:
        """Of how many it depends on the reading that the school has not chosen."""
        return sum(line.standing is None for line in self.lines)


def build_board(period: Period) -> Board:
    """Frozen values where the period is frozen, else what a count says now; the same queries whatever the school."""
    school, scope = period.year.school, Scope.of(period)
    undertaken = undertakings_of(school, scope.day)
    before = measurements_by_code(school, period)
    frozen = _of_period(before, period)
    values = _frozen(frozen) if frozen else _counted(scope, indicators_of(undertaken))
    return _board(scope, undertaken, before, values, frozen)


def frozen_board(period: Period) -> Board | None:
    """Of the period, or of the last one before it that is frozen; None where there is none. Three queries."""
    school = period.year.school
    before = measurements_by_code(school, period)
    known = (row.period for rows in before.values() for row in rows)
    last = max(known, key=lambda one: (one.starts, one.ends), default=None)
    if last is None:
        return None
    last.year.school = school  # the same one, read already
    scope = Scope.of(last)
    frozen = _of_period(before, last)
    return _board(scope, undertakings_of(school, scope.day), before, _frozen(frozen), frozen)


def _of_period(before: Mapping[str, Sequence[Measurement]], period: Period) -> dict[str, Measurement]:
    return {code: row for code, rows in before.items() for row in rows if row.period_id == period.pk}


def _board(
    scope: Scope,
    undertaken: Mapping[str, Undertaking],
    before: Mapping[str, Sequence[Measurement]],
    values: Mapping[str, Value],
    frozen: Mapping[str, Measurement],
) -> Board:
    school, period, indicators = scope.school, scope.period, indicators_of(undertaken)
    lines = [
        board_line(one, values.get(code, Value(None, None, None)), undertaken.get(code), before.get(code, ()), scope)
        for code, one in indicators.items()
    ]
    first = next(iter(frozen.values()), None)
    return Board(
        school=school.official_name,
        founder=school.founder,
        year=period.year.title,
        period=period.title,
        period_accusative=period.title_accusative,
        day=scope.day,
        programs=tuple(dict.fromkeys(one.program for one in undertaken.values())),
        parts=tuple(_parts(indicators, lines)),
        frozen_at=first.at if first is not None else None,
        frozen_by=first.by.display_name if first is not None and first.by is not None else "",
    )


def _frozen(rows: Mapping[str, Measurement]) -> dict[str, Value]:
    return {code: Value(row.numerator, row.denominator, row.value, row.basis) for code, row in rows.items()}


def _counted(scope: Scope, indicators: Mapping[str, Indicator]) -> dict[str, Value]:
    return {
        code: Value(one.numerator, one.denominator, one.value, one.basis, one.why)
        for code, one in figures_of(scope, indicators).items()
    }


def board_line(
    one: Indicator, told: Value, undertaken: Undertaking | None, before: Sequence[Measurement], scope: Scope
) -> BoardLine:
    """One indicator; `before`: its frozen values up to the period, in time."""
    found = against(undertaken, told.value, scope.day)
    path = [(f"{row.period.title} {row.period.year.title}", row.value) for row in before if row.period != scope.period]
    path.append((f"{scope.period.title} {scope.year.title}", told.value))
    needed = found[0].needed if len(found) == 1 else None
    return BoardLine(
        code=one.code,
        title=one.title,
        words=words_of(one, told.value, told.numerator),
        of="" if told.denominator is None or one.counted == Counted.SCHOOLS else of_words(told),
        basis=BASES.get(told.basis, ""),
        why="" if told.value else told.why,
        aims=tuple(_aim(one.unit, each, told.value) for each in found),
        regional="" if one.regional is None else f"{decimal(one.regional)}\u00a0%",
        trend=trend_of([value for _, value in path], needed),
        path=tuple(path),
        path_words="; ".join(f"{title} — {value_words(one.unit, value)}" for title, value in path),
        unit=one.unit,
        needed=needed,
    )


def of_words(told: Value) -> str:
    """«41 из 144»; «из 0» of nobody."""
    return f"{told.numerator} из {told.denominator}"


def words_of(one: Indicator, value: Decimal | None, numerator: int | None) -> str:
    """The value; of what the region counts by schools, the school's yes or no."""
    if one.counted == Counted.SCHOOLS and value is not None:
        return "да" if numerator else "нет"
    return value_words(one.unit, value)


def _aim(unit: Unit, told: Against, value: Decimal | None) -> Aim:
    needed = "" if told.needed is None else target_words(unit, told.needed)
    if needed and told.falls:
        needed = f"не больше {needed}"
    elif needed and told.target.operator == Operator.AT_LEAST:
        needed = f"не менее {needed}"
    return Aim(told.reading, told.target.raw, told.target.due, needed, told.standing, _pace(unit, told, value))


def _pace(unit: Unit, told: Against, value: Decimal | None) -> str:
    keeps = keeps_pace(value, told)
    if keeps is None or told.expected is None:
        return ""
    return f"{'по темпу' if keeps else 'отстаём'}: к этому дню нужно {target_words(unit, told.expected)}"


_TITLES = {
    Source.YEARLY: "Программа на год",
    Source.REGIONAL: "Региональный мониторинг",
    Source.OWN: "Показатели школы",
}


def _parts(indicators: Mapping[str, Indicator], lines: Iterable[BoardLine]) -> Iterable[BoardPart]:
    found: dict[str, list[BoardLine]] = {}
    for line in lines:
        found.setdefault(_title(indicators[line.code]), []).append(line)
    order = [GOAL, *(part.label for part in Part), *_TITLES.values()]
    for title in sorted(found, key=order.index):
        yield BoardPart(title, tuple(found[title]))


def _title(one: Indicator) -> str:
    if one.part is not None:
        return one.part.label
    return _TITLES.get(one.source, GOAL)


def board_value(line: BoardLine) -> Decimal | None:
    """The value of the period asked about."""
    return line.path[-1][1]
