"""From which day the hours are no longer those that were approved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class ScheduleRow:
    """Hours of one specialist on one day of the week. Times are «14:00»; `kind` in words, empty for any."""

    specialist: int
    name: str
    position: str
    weekday: int
    time_from: str
    time_to: str
    room: str
    kind: str
    minutes: int
    begins: date
    ends: date
    note: str = ""

    @property
    def times(self) -> str:
        """«14:00–14:40»."""
        return f"{self.time_from}–{self.time_to}"

    @property
    def place(self) -> tuple[object, ...]:
        """What of a day is approved: who, when, where, for what."""
        return (self.specialist, self.weekday, self.time_from, self.time_to, self.room, self.kind)

    def on(self, day: date) -> bool:
        """Whether the specialist receives by this row on the day."""
        return self.weekday == day.isoweekday() and self.begins <= day <= self.ends


def changed_from(approved: Sequence[ScheduleRow], now: Sequence[ScheduleRow], first: date, last: date) -> date | None:
    """The first day of the span on which the hours differ from the approved ones; None when they never do.

    How the rows are cut into spans does not matter, only who receives when.
    """
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if _of_day(approved, day) != _of_day(now, day):
            return day
    return None


def _of_day(rows: Sequence[ScheduleRow], day: date) -> set[tuple[object, ...]]:
    return {row.place for row in rows if row.on(day)}


def differing(
    approved: Iterable[ScheduleRow], now: Iterable[ScheduleRow]
) -> tuple[list[ScheduleRow], list[ScheduleRow]]:
    """Rows that are new or different, and those that stand no longer, each in its own order."""
    before = {(*row.place, row.begins, row.ends): row for row in approved}
    after = {(*row.place, row.begins, row.ends): row for row in now}
    added = [row for key, row in after.items() if key not in before]
    gone = [row for key, row in before.items() if key not in after]
    return added, gone
