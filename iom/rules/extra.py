"""Extra lessons in a week: what speaks against a time, which times are free. Minutes since midnight; no database.

The source asks for a timetable that knows shifts, rooms, lessons of teacher and pupil, and the school bus. What is not
known (no timetable typed) is not free: whoever asks is told of it (`Week.unknown`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

STEP = 5  # minutes: times that are offered begin on such a grid
OTHER_DAY = 30  # another day is as far as half an hour of the same day
_NAMED = 3
DAY_FIRST, DAY_LAST = 8 * 60, 18 * 60  # without bells: between these lessons are offered
SCHOOL_DAYS = (1, 2, 3, 4, 5)
_ON = {1: "понедельник", 2: "вторник", 3: "среда", 4: "четверг", 5: "пятница", 6: "суббота", 7: "воскресенье"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the week: `weekday` as `date.isoweekday()`; the end is outside."""

    weekday: int
    starts: int
    ends: int

    @property
    def words(self) -> str:
        """«вторник, 14:00–14:40»."""
        return f"{_ON[self.weekday]}, {clock(self.starts)}–{clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Taken:
    """`who` (a pupil, a teacher, a room) is taken by `what` at a place."""

    who: str
    what: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ride:
    """A pupil's bus: it leaves at minute `leaves`, the pupil needs `walk` minutes to it."""

    pupil: int
    who: str
    title: str
    weekday: int
    leaves: int
    walk: int = 0

    @property
    def until(self) -> int:
        """The minute by which lessons of the pupil are over."""
        return self.leaves - self.walk

    @property
    def what(self) -> str:
        """«автобус «Липовка» уходит в 14:10»."""
        walk = f", дорога до него {self.walk} мин" if self.walk else ""
        return f"автобус «{self.title}» уходит в {clock(self.leaves)}{walk}"


@dataclass(frozen=True, slots=True)
class Week:
    """All that may clash: who is taken when, the last bus of each pupil, the days and hours of the school.

    `unknown`: sentences about what could not be compared.
    """

    taken: tuple[Taken, ...] = ()
    rides: tuple[Ride, ...] = ()
    days: tuple[int, ...] = SCHOOL_DAYS
    first: int = DAY_FIRST
    last: int = DAY_LAST
    unknown: tuple[str, ...] = field(default=())


def clock(minute: int) -> str:
    """«14:05»."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def last_rides(rides: Iterable[Ride]) -> tuple[Ride, ...]:
    """Of several runs of one pupil on a day the last one decides: the pupil may wait for it."""
    found: dict[tuple[int, int], Ride] = {}
    for ride in rides:
        known = found.get((ride.pupil, ride.weekday))
        if known is None or ride.until > known.until:
            found[ride.pupil, ride.weekday] = ride
    return tuple(found.values())


def clashes(place: Place, week: Week) -> list[str]:
    """What speaks against the place, in words: «Ковтун М. А.: автобус «Липовка» уходит в 14:10»; empty when nothing.

    A lesson that ends when another begins, or when the bus leaves, does not clash.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for one in week.taken:
        if _overlap(one.place, place):
            found[f"{one.what}, {clock(one.place.starts)}–{clock(one.place.ends)}"].append(one.who)
    for ride in week.rides:
        if ride.weekday == place.weekday and place.ends > ride.until:
            found[ride.what].append(ride.who)
    return [f"{_several(who)}: {what}" for what, who in found.items()]


def free_times(wanted: Place, week: Week, number: int = 3) -> list[Place]:
    """The nearest free places of the same length, at most `number`: one in each gap of each school day.

    Nearest by the clock; another day counts as `OTHER_DAY` minutes away.
    """
    length = wanted.ends - wanted.starts
    found = [
        Place(day, start, start + length)
        for day in week.days
        for start in _starts(wanted.starts, length, _gaps(day, week))
    ]
    return sorted(found, key=lambda place: _distance(place, wanted))[:number]


def _overlap(one: Place, other: Place) -> bool:
    return one.weekday == other.weekday and one.starts < other.ends and other.starts < one.ends


def _several(names: Sequence[str]) -> str:
    """«Ковтун М. А., Рябов Д. И. и ещё 4»."""
    known = list(dict.fromkeys(names))
    if len(known) <= _NAMED:
        return ", ".join(known)
    return f"{', '.join(known[:_NAMED])} и ещё {len(known) - _NAMED}"


def _gaps(day: int, week: Week) -> Iterator[tuple[int, int]]:
    """Free stretches of a day, from the school's first minute to its last or to the first bus that limits somebody."""
    end = min([week.last, *(ride.until for ride in week.rides if ride.weekday == day)])
    at = week.first
    for one in sorted((one.place for one in week.taken if one.place.weekday == day), key=lambda place: place.starts):
        if at < min(one.starts, end):
            yield at, min(one.starts, end)
        at = max(at, one.ends)
    if at < end:
        yield at, end


def _starts(wanted: int, length: int, gaps: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in gaps:
        earliest = -(-first // STEP) * STEP
        if earliest + length <= last:
            latest = (last - length) // STEP * STEP
            yield max(earliest, min(wanted, latest))


def _distance(place: Place, wanted: Place) -> tuple[int, int, int]:
    days = abs(place.weekday - wanted.weekday)
    return abs(place.starts - wanted.starts) + (OTHER_DAY if days else 0), days, place.weekday


def refusal(place: Place, week: Week) -> tuple[str, list[str]]:
    """The refusal of a place that clashes: the sentence, and below it what clashes, what is free, what is unknown."""
    free = free_times(place, week)
    offered = "; ".join(one.words for one in free)
    told = f"Свободно у всех: {offered}." if free else "Времени, свободного у всех, на неделе нет: разделите группу."
    return f"{place.words.capitalize()} — занято.", [*clashes(place, week), told, *week.unknown]
