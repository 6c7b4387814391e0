"""A specialist's days as a grid: columns are days, lines are half hours, each meeting stands where it begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from consultations.rules.free_times import USUAL as LENGTH
from consultations.rules.free_times import Day, Piece, Span, clock, gaps

USUAL = Span(8 * 60, 17 * 60)  # so much is shown of an empty week
_FINE, _COARSE = 20, 30  # minutes of a line


@dataclass(frozen=True)
class Item:
    """A meeting in the grid. `who` names only whom the reader sees, `pupil` is the key of one whose page opens,
    `more` tells of the others; `moves`: the reader may put it elsewhere.
    """

    pk: int
    on: date
    span: Span
    who: str
    what: str
    state: str
    room: str = ""
    version: int = 0
    planned: bool = True
    moves: bool = False
    pupil: int | None = None
    more: str = ""

    @property
    def times(self) -> str:
        """«14:00–14:40»."""
        return f"{clock(self.span.starts)}–{clock(self.span.ends)}"

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.span.ends - self.span.starts


@dataclass(frozen=True)
class Cell:
    """A day's part of a line. `open`: within hours, wholly or not; `goes_on`: a meeting that began earlier lasts.

    `bookable`: the time has not passed and the reader may book it, within hours or, for the own week, outside.
    """

    on: date
    starts: int
    open: bool
    items: tuple[Item, ...] = ()
    free: tuple[Piece, ...] = ()
    goes_on: Item | None = None
    bookable: bool = False

    @property
    def at(self) -> str:
        """«14:30»: where a meeting that is dropped here begins: at the first free time, else with the line."""
        return clock(self.free[0].span.starts if self.free and not self.items else self.starts)

    @property
    def code(self) -> str:
        """«2026-11-24 14:30 15:10»: a meeting of the usual length from here, for the form of booking."""
        return f"{self.on:%Y-%m-%d} {clock(self.starts)} {clock(self.starts + LENGTH)}"

    @property
    def empty(self) -> bool:
        """Nothing in it and nothing lasting."""
        return not self.items and not self.free and self.goes_on is None


@dataclass(frozen=True)
class Column:
    """A day: what is known of it, its meetings, its free times. `closed`: why nobody receives, in words."""

    day: Day
    items: tuple[Item, ...] = ()
    free: tuple[Piece, ...] = ()
    closed: str = ""
    bookable_from: int = 24 * 60
    outside: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the grid."""

    starts: int
    cells: tuple[Cell, ...]

    @property
    def label(self) -> str:
        """«14:30»."""
        return clock(self.starts)


def lines(columns: Sequence[Column]) -> list[Line]:
    """The grid from the first to the last thing of any day, at least `USUAL`; finer lines where meetings are short."""
    spans = list(_spans(columns))
    step = _FINE if any(span.ends - span.starts < _COARSE for span in _pieces(columns)) else _COARSE
    first = min((span.starts for span in spans), default=USUAL.starts) // step * step
    last = max((span.ends for span in spans), default=USUAL.ends)
    first, last = min(first, USUAL.starts), max(last, USUAL.ends)
    return [Line(at, tuple(_cell(column, at, step) for column in columns)) for at in range(first, last, step)]


def _pieces(columns: Iterable[Column]) -> Iterable[Span]:
    for column in columns:
        yield from (item.span for item in column.items)
        yield from (piece.span for piece in column.free)


def _spans(columns: Iterable[Column]) -> Iterable[Span]:
    yield from _pieces(columns)
    for column in columns:
        yield from (stretch.span for stretch in column.day.open)


def _cell(column: Column, at: int, step: int) -> Cell:
    here = Span(at, at + step)
    shut = sum(gap.ends - gap.starts for gap in gaps(here, [one.span for one in column.day.open]))
    lasting = (item for item in column.items if item.planned and item.span.starts < at < item.span.ends)
    opened = shut < step
    return Cell(
        on=column.day.on,
        starts=at,
        open=opened,
        items=tuple(item for item in column.items if at <= item.span.starts < at + step),
        free=tuple(piece for piece in column.free if at <= piece.span.starts < at + step),
        goes_on=next(lasting, None),
        bookable=at >= column.bookable_from and (opened or column.outside),
    )
