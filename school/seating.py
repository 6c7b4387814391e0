"""Who sits in which class from when: moves, arrivals and departures as pure decisions.

Both days of a seat belong to it; a seat without an end still lasts. Seats of one pupil never overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from common.russian import date_short

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seat:
    """A stretch in one class. `pk` is None for one that is yet to be written."""

    pk: int | None
    class_id: int
    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the pupil sits here on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class SeatChange:
    """What to write: first the `edited` seats, in this order (none overlaps another on the way), then the `opened`."""

    edited: tuple[Seat, ...] = ()
    opened: tuple[Seat, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing to write."""
        return not (self.edited or self.opened)


NO_SEAT_CHANGE = SeatChange()


class SeatRefused(Exception):  # noqa: N818 — it is an answer, not a fault
    """The change contradicts what is known; `message` says how, in words for a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def last_seat(seats: Sequence[Seat]) -> Seat | None:
    """The seat that begins last."""
    return max(seats, key=lambda seat: seat.starts, default=None)


def seat_on(seats: Sequence[Seat], day: date) -> Seat | None:
    """Where the pupil sits on that day."""
    return next((seat for seat in seats if seat.covers(day)), None)


def move(seats: Sequence[Seat], class_id: int, day: date) -> SeatChange:
    """The pupil sits in another class from `day` on; the day before is the last in the old one.

    Also seats a newcomer or one who returns. Raises SeatRefused when something is written down for a later day.
    """
    last = last_seat(seats)
    if last is not None and last.starts > day:
        raise SeatRefused(f"уже записано зачисление с более поздней даты, {date_short(last.starts)}")
    now = seat_on(seats, day)
    if now is None:
        return SeatChange(opened=(Seat(None, class_id, day),))
    if now.class_id == class_id:
        return NO_SEAT_CHANGE
    if now.starts == day:
        return SeatChange(edited=(replace(now, class_id=class_id),))
    return SeatChange(edited=(replace(now, ends=day - _DAY),), opened=(Seat(None, class_id, day, now.ends),))


def begin_on(seats: Sequence[Seat], seat: Seat, day: date) -> SeatChange:
    """Correct the first day of a seat; a seat that ended right before it ends before the new day.

    Raises SeatRefused when the day is past the seat's end or inside a seat that did not touch it.
    """
    if seat.ends is not None and day > seat.ends:
        raise SeatRefused(f"дата позже последнего дня в классе, {date_short(seat.ends)}")
    earlier = [other for other in seats if other.starts < seat.starts]
    before = last_seat(earlier)
    changed = replace(seat, starts=day)
    if before is None:
        return SeatChange(edited=(changed,))
    if day <= before.starts:
        raise SeatRefused(f"дата не позже зачисления в прежний класс, {date_short(before.starts)}")
    touches = before.ends is not None and before.ends + _DAY == seat.starts
    if not touches and before.ends is not None and day > before.ends:
        return SeatChange(edited=(changed,))
    closed = replace(before, ends=day - _DAY)
    return SeatChange(edited=(closed, changed) if day < seat.starts else (changed, closed))


def leave(seats: Sequence[Seat], last_day: date) -> SeatChange:
    """The pupil leaves the school; `last_day` is the last day in the class.

    Raises SeatRefused when the pupil sits nowhere on that day, or something is written down for a later one.
    """
    last = last_seat(seats)
    if last is not None and last.starts > last_day:
        raise SeatRefused(f"уже записано зачисление с более поздней даты, {date_short(last.starts)}")
    now = seat_on(seats, last_day)
    if now is None:
        raise SeatRefused(f"на {date_short(last_day)} обучающийся не числится ни в одном классе")
    return SeatChange(edited=(replace(now, ends=last_day),))
