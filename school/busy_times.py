"""What takes the time of people and rooms on days: lessons and buses, and whatever upper floors add. One registry.

An app registers its finder in its `busy.py`, which is found by itself.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from school.models import School

END_OF_DAY = 24 * 60


class BusySource(StrEnum):
    """What takes the time."""

    LESSON = "lesson"
    BUS = "bus"
    EXTRA = "extra"
    MEETING = "meeting"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class BusyAsked:
    """Whose time is asked about: keys of pupils and staff and one room, from day to day, both inside."""

    school: School
    first: date
    last: date
    pupils: Collection[int] = ()
    staff: Collection[int] = ()
    room: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """`on` a day, minutes since midnight, the end outside; one of `pupil`, `staff`, `room` is taken by `what`."""

    on: date
    starts: int
    ends: int
    what: str
    source: BusySource
    pupil: int | None = None
    staff: int | None = None
    room: str = ""


Finder = Callable[[BusyAsked], Iterable[Busy]]
_finders: dict[BusySource, Finder] = {}


def busy_register(source: BusySource, finder: Finder) -> None:
    """Offer what an app knows; a source is known by its code, so registering it again replaces it."""
    _finders[source] = finder


def busy_in(asked: BusyAsked, *, but: Collection[BusySource] = ()) -> list[Busy]:
    """All that takes the time of those asked about, by day and hour; `but` are sources that the caller knows."""
    found = [one for source, finder in _finders.items() if source not in but for one in finder(asked)]
    return sorted(found, key=lambda one: (one.on, one.starts, one.ends))


def minutes_of(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def room_name(text: str) -> str:
    """«каб. 12» and «12» are one room; at most 20 characters."""
    words = " ".join(text.split())
    for before in ("кабинет", "каб.", "каб"):
        if words.lower().startswith(before):
            words = words[len(before) :].strip()
            break
    return words[:20]
