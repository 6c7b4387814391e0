"""When a specialist can be met: hours minus exceptions minus what is taken, in pieces. Minutes since midnight.

What the service's own tables hold (meetings, exceptions) makes a time impossible, and so does a talk whose time parents
have chosen. What else the school knows of a person's day (a lesson, an extra lesson, the bus) is said and left to the
person who books: a specialist often takes a child from a lesson, and who decides so should know from which one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from common.russian import date_words
from consultations.words import MeetingKind

STEP = 5  # minutes: times that are offered begin on such a grid
USUAL = 40  # minutes of a meeting where nothing says otherwise
OTHER_DAY = 120  # another day is as far as two hours of the same day
SAID = 60  # a time in a lesson, or after the bus, is as far as an hour
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of a day; the end is outside."""

    starts: int
    ends: int

    def meets(self, other: "Span") -> bool:
        """Whether they overlap; spans that touch do not."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open hours of a day: `minutes` is the length of one meeting, an empty `kind` is for any."""

    span: Span
    minutes: int = USUAL
    room: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A span of a day that `who` (a name, a room) spends on `what`. `room`: only meetings there are in its way."""

    span: Span
    who: str
    what: str
    room: str = ""

    @property
    def words(self) -> str:
        """«Ковтун М. А.: 5-й урок, Алгебра, 12:10–12:50», «Ковтун М. А.: автобус «Липовка» уходит в 14:10»."""
        whole = self.span.ends >= 24 * 60
        return f"{self.who}: {self.what}" + ("" if whole else f", {clock(self.span.starts)}–{clock(self.span.ends)}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A time that is offered. `said`: what would be missed or left then, in words; `kind`: only for such meetings."""

    on: date
    span: Span
    room: str = ""
    said: tuple[str, ...] = ()
    kind: str = ""

    @classmethod
    def of(cls, on: date, starts: int, ends: int, room: str = "") -> "Piece":
        """Of minutes. ValueError unless they are in order within a day."""
        if not 0 <= starts < ends < 24 * 60:
            raise ValueError("no such time")
        return cls(on, Span(starts, ends), room)

    @property
    def time_words(self) -> str:
        """«14:00–14:40»."""
        return f"{clock(self.span.starts)}–{clock(self.span.ends)}"

    @property
    def words(self) -> str:
        """«вторник, 24 ноября, 14:00–14:40»."""
        return f"{day_words(self.on)}, {self.time_words}"

    @property
    def kind_words(self) -> str:
        """«групповая»; empty for any."""
        return MeetingKind(self.kind).label.lower() if self.kind else ""

    @property
    def code(self) -> str:
        """«2026-11-24 14:00 14:40»: the value of a button."""
        return f"{self.on:%Y-%m-%d} {clock(self.span.starts)} {clock(self.span.ends)}"


@dataclass(frozen=True)
class Day:
    """A day as it is known: open stretches; `taken` makes a time impossible, `said` is only told."""

    on: date
    open: tuple[Stretch, ...] = ()
    taken: tuple[Taken, ...] = ()
    said: tuple[Taken, ...] = ()


def clock(minute: int) -> str:
    """«14:05»."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day_words(day: date) -> str:
    """«вторник, 24 ноября»."""
    return f"{_DAYS[day.weekday()]}, {date_words(day)}"


def open_stretches(
    hours: Iterable[Stretch], off: Sequence[Span], extra: Iterable[Stretch], *, closed: bool
) -> tuple[Stretch, ...]:
    """A day's open hours: none of the week's on a closed day, less what is off; extra hours stand whatever the day."""
    left = [] if closed else [part for one in hours for part in _without(one, off)]
    return tuple(sorted([*left, *extra], key=lambda one: (one.span.starts, one.span.ends)))


def _without(stretch: Stretch, off: Sequence[Span]) -> Iterator[Stretch]:
    for span in gaps(stretch.span, off):
        yield replace(stretch, span=span)


def gaps(inside: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span."""
    at = inside.starts
    for one in sorted(taken, key=lambda span: span.starts):
        if one.starts > at and at < inside.ends:
            yield Span(at, min(one.starts, inside.ends))
        at = max(at, one.ends)
    if at < inside.ends:
        yield Span(at, inside.ends)


def is_open(day: Day, span: Span, kind: str) -> bool:
    """Whether the whole span lies in open hours for that kind (`selectors/meetings.py` asks the database the same)."""
    fitting = [one.span for one in day.open if one.kind in ("", kind)]
    return any(one.starts <= span.starts and span.ends <= one.ends for one in fitting)


def clashes(day: Day, span: Span, room: str = "") -> list[str]:
    """What makes the time impossible, in words; a taken room only when the meeting is there."""
    return [one.words for one in day.taken if one.span.meets(span) and _concerns(one, room)]


def said(day: Day, span: Span, room: str = "") -> list[str]:
    """What would be missed then, in words."""
    return [one.words for one in day.said if one.span.meets(span) and _concerns(one, room)]


def _concerns(taken: Taken, room: str) -> bool:
    return not taken.room or taken.room.upper() == room.upper()


def pieces(day: Day, kind: str = "", length: int | None = None, after: int = 0) -> list[Piece]:
    """Free times of a day in their order: each stretch cut from its beginning, those that clash left out.

    `kind` leaves out hours for other kinds, `length` is another length than the hours', `after` the minute that it is.
    """
    found: dict[Span, Piece] = {}
    for stretch in day.open:
        if kind and stretch.kind not in ("", kind):
            continue
        for span in _cut(stretch, day.taken, length or stretch.minutes):
            if span.starts >= after and not clashes(day, span, stretch.room):
                found.setdefault(
                    span, Piece(day.on, span, stretch.room, tuple(said(day, span, stretch.room)), stretch.kind)
                )
    return sorted(found.values(), key=lambda piece: piece.span.starts)


def _cut(stretch: Stretch, taken: Iterable[Taken], length: int) -> Iterator[Span]:
    """What is left beside meetings is cut on from there, so that a long meeting does not spoil the hour after it."""
    for gap in gaps(stretch.span, [one.span for one in taken if _concerns(one, stretch.room)]):
        start = -(-gap.starts // STEP) * STEP
        while start + length <= gap.ends:
            yield Span(start, start + length)
            start += length


def nearest(wanted: Piece, offered: Mapping[date, Sequence[Piece]], number: int = 3) -> list[Piece]:
    """The nearest of what is offered, in the order of days: times that miss nothing are nearer than those that do."""
    every = [piece for day in offered.values() for piece in day]
    best = sorted(every, key=lambda piece: (_distance(piece, wanted), piece.on, piece.span.starts))[:number]
    return sorted(best, key=lambda piece: (piece.on, piece.span.starts))


def _distance(piece: Piece, wanted: Piece) -> int:
    days = abs((piece.on - wanted.on).days)
    return abs(piece.span.starts - wanted.span.starts) + OTHER_DAY * days + (SAID if piece.said else 0)
