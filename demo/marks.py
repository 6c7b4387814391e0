"""Draws marks and absences. Pure and deterministic: the same seed gives the same school."""

import random
from dataclasses import dataclass, field
from datetime import date

# Of a hundred marks so many are 2, 3, 4, 5. Twos are left to those whose story or tier has them, as in a real class.
TIERS: dict[str, tuple[int, int, int, int]] = {
    "excellent": (0, 0, 22, 78),
    "good": (0, 5, 65, 30),
    "reserve": (0, 3, 62, 35),
    "middle": (0, 52, 43, 5),
    "weak": (12, 56, 29, 3),
    "failing": (62, 33, 5, 0),
}
# How a class is made up, cumulative, in a thousand.
_SHARES = ((150, "excellent"), (520, "good"), (620, "reserve"), (880, "middle"), (970, "weak"), (1000, "failing"))
MARK_CHANCE = 0.42
SECOND_MARK_CHANCE = 0.05
ABSENCE_CHANCE = 0.012
_REASONS = (("illness", "б", 0.68), ("excused", "у", 0.86), ("unexcused", "н", 1.0))


@dataclass
class Drawn:
    """Rows for one pupil and subject: (date, ordinal, value) and (date, ordinal, reason, raw)."""

    marks: list[tuple[date, int, int]] = field(default_factory=list)
    absences: list[tuple[date, int, str, str]] = field(default_factory=list)


def draw_tier(rng: random.Random) -> str:
    """How a pupil without a story does in general."""
    roll = rng.randrange(1000)
    return next(tier for limit, tier in _SHARES if roll < limit)


def draw_value(rng: random.Random, tier: str) -> int:
    """One mark."""
    return rng.choices((2, 3, 4, 5), TIERS[tier])[0]


def subject_tier(tier: str, *, is_low: bool) -> str:
    """A pupil's tier in one subject: those in reserve have their threes in one or two, the failing fail in some."""
    if tier == "reserve":
        return "middle" if is_low else "reserve"
    if tier in ("weak", "failing"):
        return tier if is_low else "middle"
    return tier


def draw_missed(rng: random.Random, days: list[date]) -> dict[date, tuple[str, str]]:
    """Whole days missed: illness comes in runs, the rest in single days. Day → (reason, code)."""
    missed: dict[date, tuple[str, str]] = {}
    i = 0
    while i < len(days):
        if rng.random() < ABSENCE_CHANCE:
            roll = rng.random()
            reason, raw = next((r, code) for r, code, limit in _REASONS if roll < limit)
            run = rng.randint(3, 6) if reason == "illness" else 1
            missed.update(dict.fromkeys(days[i : i + run], (reason, raw)))
            i += run
        i += 1
    return missed


def draw_subject(
    rng: random.Random, tier: str, lessons: list[date], missed: dict[date, tuple[str, str]], chance: float
) -> Drawn:
    """Marks and absences of one pupil in one subject; `chance` of a mark at a lesson."""
    drawn = Drawn()
    random_ = rng.random
    for day in lessons:
        if day in missed:
            drawn.absences.append((day, 0, *missed[day]))
        elif random_() < chance:
            drawn.marks.append((day, 0, draw_value(rng, tier)))
            if random_() < SECOND_MARK_CHANCE:
                drawn.marks.append((day, 1, draw_value(rng, tier)))
    return drawn


def spread(values: list[int], days: list[date]) -> list[tuple[date, int, int]]:
    """Story marks laid evenly over the days, oldest first; no days, no marks."""
    if not days or not values:
        return []
    step = len(days) / len(values)
    chosen = [days[min(len(days) - 1, int(i * step + step / 2))] for i in range(len(values))]
    seen: dict[date, int] = {}
    rows = []
    for day, value in zip(chosen, values, strict=True):
        rows.append((day, seen.get(day, 0), value))
        seen[day] = seen.get(day, 0) + 1
    return rows


def result_of(values: list[int], missed: int, lessons: int) -> str:
    """The result a teacher would give, rounded half up; н/а with under three marks and half the lessons missed."""
    if len(values) < 3:
        return "н/а" if lessons and missed * 2 >= lessons else (str(round_half_up(values)) if values else "")
    return str(round_half_up(values))


def round_half_up(values: list[int]) -> int:
    """The mean, 3.5 giving 4."""
    return (2 * sum(values) + len(values)) // (2 * len(values))
