"""Schools of a municipality side by side: one value for the page, the PDF and the workbook. Nobody is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from common.russian import counted, date_words, decimal, plural, whole
from monitoring.reports.municipal.words import BY, CHANGED, HEADS, HIDDEN, NO_DATA, Column, columns
from monitoring.rules.hiding import Shown, shown_splits
from monitoring.rules.municipal import (
    BY_SCHOOL,
    CODES,
    COUNTS,
    SHARES,
    SHOWN_WITH,
    Figures,
    Span,
    Sum,
    figure,
    first_shown,
    main_spans,
    sides_of,
    summed,
)
from monitoring.rules.values import value_of
from monitoring.selectors_municipal import Kept, SchoolFigures, schools_kept, spans_kept, years_kept
from roadmaps.indicators import CATALOGUE, Unit
from school.models import AcademicYear, Period, User

NOTHING = Shown(frozenset(), frozenset())


@dataclass(frozen=True)
class Cell:
    """One number in words; `value` is the number itself, None where nothing is told. `why` is said under it."""

    code: str
    words: str
    of: str = ""
    change: str = ""
    why: str = ""
    value: Decimal | None = None

    @property
    def head(self) -> str:
        """Beside the cell, where the table is folded."""
        return HEADS[self.code]


@dataclass(frozen=True)
class Line:
    """A school, or the sum over all. `day`: of which the figures are; `states`: what is to be said of them."""

    name: str
    cells: Mapping[str, Cell]
    period: str = ""
    day: date | None = None
    states: tuple[str, ...] = ()

    @property
    def changed(self) -> str:
        """That marks have changed since, where they have."""
        return CHANGED if CHANGED in self.states else ""

    @property
    def counts(self) -> list[Cell]:
        """How many pupils are in each category."""
        return [self.cells[code] for code in COUNTS]

    @property
    def shares(self) -> list[Cell]:
        """The indicators of the region."""
        return [self.cells[code] for code in SHARES]


@dataclass(frozen=True)
class Municipal:
    """The whole page. `number` is that of the period in the system that most schools keep; None: nothing is kept yet.

    `years` and `spans` are what may be asked for. `region`: the region's values beside the sums.
    """

    name: str
    schools: int
    years: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    start: int = 0
    number: int | None = None
    period: str = ""
    period_accusative: str = ""
    lines: tuple[Line, ...] = ()
    total: Line | None = None
    region: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[Column, ...] = field(default_factory=columns)

    @property
    def year(self) -> str:
        """«2026/27»."""
        return year_title(self.start)


def year_title(start: int) -> str:
    """«2026/27»."""
    return AcademicYear(start=start).title


def build_municipal(user: User, start: int | None = None, number: int | None = None) -> Municipal:
    """Of the person's municipality; by default the newest year, and in it the last period that is over.

    Three statements and a row a school, whatever the number of pupils. What nobody keeps leaves the default.
    """
    years = years_kept(user)
    name = str(user.municipality or "")
    if not years:
        schools = user.municipality.school_set.count() if user.municipality is not None else 0
        return Municipal(name, schools)
    shown_year = start if start in years else years[0]
    spans = main_spans(spans_kept(user, shown_year))
    span = next((one for one in spans if one.number == number), None) or first_shown(spans)
    assert span is not None  # a year is offered where something is kept
    before = next((one for one in spans if one.number == span.number - 1), None)
    schools_told = schools_kept(user, shown_year, span, before)
    period = Period(system=span.system, number=span.number)
    told = _Told(schools_told, span, before)
    return Municipal(
        name=name,
        schools=len(schools_told),
        years=tuple(years),
        spans=tuple(spans),
        start=shown_year,
        number=span.number,
        period=period.title,
        period_accusative=period.title_accusative,
        lines=tuple(told.line(one) for one in schools_told),
        total=told.total(),
        region=tuple(told.region()),
        notes=tuple(told.notes()),
    )


class _Told:
    """What may be told of schools in a period, and of the one before it, each by its own sums."""

    def __init__(self, schools: Sequence[SchoolFigures], span: Span, before: Span | None) -> None:
        self.schools, self.span, self.before = schools, span, before
        self.now = {one.key: one.now.figures for one in schools if one.now is not None}
        self.then = {one.key: one.before.figures for one in schools if one.before is not None}
        self.may, self.might = _shown(self.now), _shown(self.then)
        # A long trimester stands beside two quarters: it has not changed since itself.
        self.moved = {one.key for one in schools if one.before and one.now and not _same(one.before, one.now)}

    def line(self, one: SchoolFigures) -> Line:
        """A school with its cells."""
        if one.now is None:
            return Line(one.name, {code: Cell(code, NO_DATA) for code in CODES}, states=("данных за период нет",))
        cells = {code: self._cell(one.key, code) for code in CODES}
        period = Period(system=one.now.system, number=one.now.number).title
        return Line(one.name, cells, period, one.now.day, _states(one.now))

    def _cell(self, key: int, code: str) -> Cell:
        told = figure(self.now[key], code)
        if told is None:
            return Cell(code, NO_DATA)
        if code in BY_SCHOOL:
            return Cell(code, "да" if told[0] else "нет", value=Decimal(told[0]))
        if not _may(self.may, key, code):
            return Cell(code, HIDDEN)
        cell = cell_of(code, *told)
        then = figure(self.then[key], code) if key in self.moved and _may(self.might, key, code) else None
        return _with_change(cell, cell_of(code, *then) if then is not None else None)

    def total(self) -> Line:
        """Sums over the schools that have figures."""
        cells = {code: self._sum(code) for code in CODES}
        return Line("Всего по муниципалитету", cells)

    def _sum(self, code: str) -> Cell:
        told = summed(code, self.now.values())
        if told is None:
            return Cell(code, NO_DATA)
        if code in BY_SCHOOL:
            return replace(cell_of(code, told.numerator, told.denominator), why=_who_answered(told, len(self.schools)))
        if SHOWN_WITH.get(code, code) not in self.may.totals:
            return Cell(code, HIDDEN)
        cell = cell_of(code, told.numerator, told.denominator)
        then = summed(code, self.then.values())
        comparable = set(self.then) == set(self.now) == self.moved and SHOWN_WITH.get(code, code) in self.might.totals
        return _with_change(cell, cell_of(code, then.numerator, then.denominator) if then and comparable else None)

    def region(self) -> list[Cell]:
        """The region's values, and how far the municipality is from them."""
        ours = self.total().cells
        return [_regional(code, ours[code]) for code in SHARES]

    def notes(self) -> list[str]:
        """What has to be known to read the page."""
        found = [_who_counts(self.schools)]
        if any(one.now is not None and one.now.system != self.span.system for one in self.schools):
            found.append(
                f"Школы с другими периодами показаны за тот период, в который попадает {date_words(self.span.ends)}."
            )
        if self.before is not None:
            before = Period(system=self.before.system, number=self.before.number)
            found.append(f"Изменение, в процентных пунктах (п. п.), — к {before.title_dative}.")
        if len(self.may.cells) < sum(map(len, sides_of(self.now).values())):
            found.append(
                "Скрыто то, по чему можно узнать о группе меньше пяти человек, в том числе вычитанием из итога."
            )
        return found


def _same(one: Kept, other: Kept) -> bool:
    return (one.system, one.number) == (other.system, other.number)


def _shown(schools: Mapping[int, Figures]) -> Shown:
    return shown_splits(sides_of(schools)) if schools else NOTHING


def _may(shown: Shown, key: int, code: str) -> bool:
    return (key, SHOWN_WITH.get(code, code)) in shown.cells


def _states(kept: Kept) -> tuple[str, ...]:
    sure = "зафиксировано" if kept.frozen else "предварительно" if kept.provisional else ""
    return tuple(word for word in (BY.get(kept.basis, ""), sure, CHANGED if kept.changed else "") if word)


def cell_of(code: str, numerator: int, denominator: int | None) -> Cell:
    """A count of people, or a share with what it is of."""
    if code in COUNTS:
        return Cell(code, whole(numerator), value=Decimal(numerator))
    value = value_of(Unit.PERCENT, numerator, denominator)
    if value is None:
        return Cell(code, NO_DATA)
    return Cell(code, f"{decimal(value)}\u00a0%", f"{whole(numerator)} из {whole(denominator or 0)}", value=value)


def _with_change(cell: Cell, before: Cell | None) -> Cell:
    if before is None or before.value is None or cell.value is None or cell.code in COUNTS:
        return cell
    return replace(cell, change=points(cell.value - before.value))


def _who_answered(told: Sum, of: int) -> str:
    word = plural(told.schools, "ответила", "ответили", "ответили")
    return f"{word} {counted(told.schools, 'школа', 'школы', 'школ')} из {of}"


def points(by: Decimal) -> str:
    """«+1,2 п. п.», «−0,5 п. п.», «без изменений»."""
    return f"{'+' if by > 0 else ''}{decimal(by)}\u00a0п.\u00a0п." if by else "без изменений"


def _regional(code: str, ours: Cell) -> Cell:
    regional = CATALOGUE[code].regional
    if regional is None:
        return Cell(code, NO_DATA)
    cell = Cell(code, f"{decimal(regional)}\u00a0%", value=regional)
    if ours.value is None:
        return cell
    apart = ours.value - regional
    return replace(cell, why=f"здесь {points(apart)}" if apart else "здесь столько же")


def _who_counts(schools: Sequence[SchoolFigures]) -> str:
    lacking = [one.name for one in schools if one.now is None]
    told = len(schools) - len(lacking)
    there = f"Данные есть у {counted(told, 'школы', 'школ', 'школ')} из {len(schools)}"
    return f"{there}; нет данных: {', '.join(lacking)}." if lacking else f"{there}."


def sorted_lines(lines: Sequence[Line], by: str) -> list[Line]:
    """By name, or by a column («R01», «-R01») when somebody asks; where no number is told, at the end, by name."""
    code = by.removeprefix("-")
    if code not in CODES:
        return list(lines)[::-1] if by == "-name" else list(lines)
    known = [line for line in lines if line.cells[code].value is not None]
    known.sort(key=lambda line: line.cells[code].value or Decimal(0), reverse=by.startswith("-"))
    return known + [line for line in lines if line.cells[code].value is None]
