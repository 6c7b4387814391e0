"""How often sittings are due, what is past, on which days to plan them. Decided without a database.

Source: the program's passport, order of governance (планёрка — еженедельно, совещание при директоре — 1 раз в месяц,
рабочая группа — 2 раза в месяц, педагогический совет — 1 раз в четверть, итоги программы на совещании при директоре —
не менее двух раз в год); the roadmap, row 11 (заседания ШМО — январь). Of the other kinds the sources name no rhythm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmaps.rules.terms import Calendar, Slot, Span, Term, is_day_off, slots_of
from roadmaps.sitting_words import SittingKind, Unit
from roadmaps.words import Every, TermKind


@dataclass(frozen=True, slots=True)
class Rhythm:
    """So many times in a unit; `times` is 0 with `Unit.NONE` alone."""

    unit: Unit
    times: int = 1

    @property
    def words(self) -> str:
        """«1 раз в неделю»."""
        if self.unit == Unit.NONE:
            return self.unit.label
        few = 2 <= self.times % 10 <= 4 and not 12 <= self.times % 100 <= 14
        return f"{self.times} {'раза' if few else 'раз'} {self.unit.label}"


BY_SOURCE = {
    SittingKind.BRIEFING: Rhythm(Unit.WEEK),
    SittingKind.DIRECTOR: Rhythm(Unit.MONTH),
    SittingKind.DEPUTY: Rhythm(Unit.NONE, 0),
    SittingKind.GROUP: Rhythm(Unit.MONTH, 2),
    SittingKind.COUNCIL: Rhythm(Unit.PERIOD),
    SittingKind.UNION: Rhythm(Unit.JANUARY),
    SittingKind.QUALITY: Rhythm(Unit.NONE, 0),
}
REVIEWS = Rhythm(Unit.YEAR, 2)
_JANUARY = 13
_TERMS = {
    Unit.WEEK: Term(TermKind.RECURRING, every=Every.WEEK),
    Unit.MONTH: Term(TermKind.RECURRING, every=Every.MONTH),
    Unit.PERIOD: Term(TermKind.PERIOD),
    Unit.JANUARY: Term(TermKind.MONTH, months=(_JANUARY,)),
    Unit.YEAR: Term(TermKind.ALL_YEAR),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rhythm comes to on a day: `passed` terms so far, how many sittings were `held`, terms with too few."""

    rhythm: Rhythm
    passed: int
    held: int
    missed: tuple[Slot, ...]
    last: date | None
    next: date | None

    @property
    def late(self) -> bool:
        """Whether a term has passed without enough sittings."""
        return bool(self.missed)


def rhythm_slots(rhythm: Rhythm, calendar: Calendar) -> tuple[Slot, ...]:
    """The parts of the year in each of which `times` sittings are due; none without a rhythm."""
    term = _TERMS.get(rhythm.unit)
    return () if term is None else slots_of(term, calendar)


def standing_of(
    rhythm: Rhythm, slots: Sequence[Slot], held: Iterable[date], planned: Iterable[date], today: date
) -> Standing:
    """`held` and `planned` are days. A day counts for the slot that has begun last: a Saturday for the week before."""
    days = sorted(held)
    counts = _by_slot(slots, days)
    passed = [slot for slot in slots if slot.ends < today]
    missed = tuple(slot for slot in passed if counts.get(slot.key, 0) < rhythm.times)
    ahead = sorted(day for day in planned if day >= today)
    return Standing(
        rhythm=rhythm,
        passed=len(passed),
        held=len(days),
        missed=missed,
        last=days[-1] if days else None,
        next=ahead[0] if ahead else None,
    )


def _by_slot(slots: Sequence[Slot], days: Iterable[date]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for day in days:
        begun = [slot for slot in slots if slot.starts <= day]
        if begun:
            counts[begun[-1].key] = counts.get(begun[-1].key, 0) + 1
    return counts


def days_to_plan(
    rhythm: Rhythm, slots: Sequence[Slot], weekday: int, taken: Iterable[date], holidays: Sequence[Span], first: date
) -> tuple[date, ...]:
    """The days to put into the plan from `first` on, so that each slot has enough sittings; `taken` are days that have.

    On the weekday (0 Monday) where the slot has one that is no holiday, else on its other working days. Several are
    spread over the slot; once in a period is late in it, when its results are known.
    """
    stands = sorted(taken)
    counts = _by_slot(slots, stands)
    found: list[date] = []
    for slot in slots:
        need = rhythm.times - counts.get(slot.key, 0)
        days = _days_of(slot, weekday, holidays, first, stands)
        if need > 0 and days:
            found += _chosen(days, need, late=rhythm.unit == Unit.PERIOD)
    return tuple(found)


def _days_of(slot: Slot, weekday: int, holidays: Sequence[Span], first: date, taken: Sequence[date]) -> list[date]:
    begins = max(slot.starts, first)
    days = [begins + timedelta(days=number) for number in range((slot.ends - begins).days + 1)]
    working = [day for day in days if not is_day_off(day, holidays)]
    wanted = [day for day in working if day.weekday() == weekday] or working
    return [day for day in wanted if day not in taken]


def _chosen(days: Sequence[date], need: int, *, late: bool) -> list[date]:
    if late:
        return list(days[-need:])
    number = min(need, len(days))
    return [days[place * len(days) // number] for place in range(number)]
