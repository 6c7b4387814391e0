"""Grounds of absence: what excuses a missed lesson, and for how long. Decided without a database.

Source: the rules by which absences are counted («Болезнь, подтверждённая справкой врача или запиской от родителей на
срок не более 3-х дней»; events by order or call; leave from a lesson by the teacher; family circumstances by a
request to the director; without a paper an absence is not excused).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ILLNESS, EXCUSED, UNEXCUSED = "illness", "excused", "unexcused"
_SATURDAY = 5


class GroundKind(StrEnum):
    """What a pupil's absence rests on."""

    NOTE = "note"
    CERTIFICATE = "certificate"
    EVENT = "event"
    FAMILY = "family"
    UNWELL = "unwell"
    OTHER = "other"
    TRUANCY = "truancy"


@dataclass(frozen=True)
class Terms:
    """How lessons of a kind are counted; `paper`: whether it holds only with a paper; `limited`: to so many days."""

    label: str
    reason: str
    paper: bool = True
    limited: bool = False


TERMS = {
    GroundKind.NOTE: Terms("Записка от родителей", ILLNESS, limited=True),
    GroundKind.CERTIFICATE: Terms("Справка врача", ILLNESS),
    GroundKind.EVENT: Terms("Приказ, вызов или справка о мероприятии", EXCUSED),
    GroundKind.FAMILY: Terms("Заявление на имя директора", EXCUSED),
    GroundKind.UNWELL: Terms("Плохое самочувствие: отпустил учитель", ILLNESS, paper=False),
    GroundKind.OTHER: Terms("Другой документ", EXCUSED),
    GroundKind.TRUANCY: Terms("Уважительной причины нет: выяснено", UNEXCUSED, paper=False),
}
CHOICES = [(kind.value, terms.label) for kind, terms in TERMS.items()]


@dataclass(frozen=True, slots=True)
class Ground:
    """Days from `starts` to `ends`, both inside; `papered`: the paper is attached, or somebody has seen it."""

    key: int
    kind: GroundKind
    starts: date
    ends: date
    papered: bool = True


def is_school_day(day: date, holidays: Sequence[tuple[date, date]]) -> bool:
    """Mondays to Fridays outside of `holidays` (first and last days)."""
    return day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in holidays)


def covered(
    grounds: Iterable[Ground], *, note_days: int, holidays: Sequence[tuple[date, date]]
) -> dict[int, date | None]:
    """Through which day each ground of one pupil holds, by its key; None where it does not hold at all.

    `grounds` do not overlap. Without its paper a ground holds for no day. Notes hold for `note_days` school days in a
    row: a note that follows another with no school day between goes on with its count.
    """
    found: dict[int, date | None] = {}
    used, last = 0, None
    for ground in sorted(grounds, key=lambda one: one.starts):
        terms = TERMS[ground.kind]
        if terms.paper and not ground.papered:
            found[ground.key] = None
        elif not terms.limited:
            found[ground.key] = ground.ends
        else:
            used = used if last is not None and not _school_day_between(last, ground.starts, holidays) else 0
            found[ground.key], used = _within(ground, used, note_days, holidays)
            last = ground.ends
    return found


def _within(
    ground: Ground, used: int, note_days: int, holidays: Sequence[tuple[date, date]]
) -> tuple[date | None, int]:
    """The last day before the count passes `note_days`, and the count after all days of the ground."""
    reached: date | None = None
    for number in range((ground.ends - ground.starts).days + 1):
        day = ground.starts + timedelta(days=number)
        used += is_school_day(day, holidays)
        if used <= note_days:
            reached = day
    return reached, used


def _school_day_between(last: date, first: date, holidays: Sequence[tuple[date, date]]) -> bool:
    days = (last + timedelta(days=number) for number in range(1, (first - last).days))
    return any(is_school_day(day, holidays) for day in days)


def spells(days: Iterable[date], holidays: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Days of absence in rows: first and last days; a school day between them parts two rows."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and not _school_day_between(found[-1][1], day, holidays):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
