"""When something has happened that asks for an answer: the rules of early warning, without a database.

Sources: the duties of teachers and class teachers («скопление неудовлетворительных отметок», пропуски единичные,
неоднократные, систематические). What they leave open (windows, numbers) is a setting of the school.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

# Control works by the words in which journals name them; a school may word its own.
CONTROL_WORDS = r"контрольн|\bк\s*[/.]?\s*р\b|\bкр\b|проверочн|диктант|изложение|сочинение|зач[её]т"
_UNSATISFACTORY = 2


@dataclass(frozen=True, slots=True)
class Warnings:
    """The school's numbers for early warning.

    `absent_single`: lessons; `absent_repeated`, `absent_systematic`: days; `absent_share`: of the lessons of the
    period, 0 to 1; `trend_marks`: how many last marks, `trend_before`: how many at least before them, `trend_drop`: by
    how much their mean is lower; `external_gap`: difference of marks; `few_by_hours`: least number of marks in a period
    for one, two, and three or more hours a week.
    """

    absent_single: int = 1
    absent_repeated: int = 2
    absent_systematic: int = 5
    absent_share: Decimal = Decimal("0.10")
    trend_marks: int = 5
    trend_before: int = 5
    trend_drop: Decimal = Decimal("1.00")
    external_gap: int = 1
    few_by_hours: tuple[int, int, int] = (3, 5, 7)


class AbsenceLevel(IntEnum):
    """How grave absences without a good reason are; each level asks for another answer."""

    NONE = 0
    SINGLE = 1
    REPEATED = 2
    SYSTEMATIC = 3


def absence_level(missed: Sequence[date], lessons: int | None, numbers: Warnings) -> AbsenceLevel:
    """The level of lessons missed without a good reason within a period; the share counts from the second day on.

    `missed`: a day for each lesson, repeats kept; `lessons`: how many the pupil's class had, None where no file says.
    Source: the class teacher's duties: a single case, repeated, systematic; their numbers are the school's.
    """
    days = len(set(missed))
    much = bool(lessons) and len(missed) >= numbers.absent_share * Decimal(lessons or 0)
    if days >= numbers.absent_repeated:
        return AbsenceLevel.SYSTEMATIC if much or days >= numbers.absent_systematic else AbsenceLevel.REPEATED
    return AbsenceLevel.SINGLE if len(missed) >= numbers.absent_single > 0 else AbsenceLevel.NONE


def level_began(missed: Sequence[date], level: AbsenceLevel, numbers: Warnings) -> date:
    """The day on which absences reached their level; `missed` in order, not empty."""
    distinct = list(dict.fromkeys(missed))
    reached = {AbsenceLevel.REPEATED: numbers.absent_repeated, AbsenceLevel.SYSTEMATIC: numbers.absent_systematic}
    return distinct[min(reached.get(level, 1), len(distinct)) - 1]


@dataclass(frozen=True, slots=True)
class Fall:
    """A trend that fell: the mean of the last marks and of those before, and the days of the last ones."""

    last: Decimal
    before: Decimal
    days: tuple[date, ...]


def falling_trend(marks: Sequence[tuple[date, int]], numbers: Warnings) -> Fall | None:
    """Whether the last marks of a pupil in a subject lie a full point under the pupil's own mean before them.

    `marks`: days with marks, in order. Compared exactly; means are rounded to hundredths for reading only.
    """
    if len(marks) < numbers.trend_marks + numbers.trend_before:
        return None
    last, before = marks[-numbers.trend_marks :], marks[: -numbers.trend_marks]
    low, high = _mean(last), _mean(before)
    if high - low < numbers.trend_drop:
        return None
    return Fall(_hundredths(low), _hundredths(high), tuple(day for day, _ in last))


def _mean(marks: Sequence[tuple[date, int]]) -> Decimal:
    return Decimal(sum(value for _, value in marks)) / len(marks)


def _hundredths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_control(work: str, words: str = CONTROL_WORDS) -> bool:
    """Whether the kind of work that a journal names is a control work."""
    return bool(re.search(words, work, re.IGNORECASE))


def failed_controls(works: Iterable[tuple[date, int]]) -> tuple[date, ...]:
    """Days of control works in a subject that were failed and not made good by a later control work.

    `works`: days with marks of control works, in order. Source: the subject teacher's duties: gap, its deadline,
    repeat control.
    """
    failed: list[date] = []
    for day, value in works:
        if value <= _UNSATISFACTORY:
            failed.append(day)
        else:
            failed.clear()
    return tuple(failed)


def external_gap(external: int | None, internal: int | None, numbers: Warnings) -> int:
    """By how many points an external work lies above (+) or under (−) the school's own mark; 0 when it agrees.

    None where the work or the school gave no mark. Either direction is a signal: a high mark of the school beside a low
    one outside is no less a question.
    """
    if external is None or internal is None or abs(external - internal) < numbers.external_gap:
        return 0
    return external - internal


def least_marks(weekly_hours: Decimal | None, numbers: Warnings) -> int | None:
    """How many marks a period needs at least for a result; None where nobody said how many hours a week there are."""
    if weekly_hours is None or weekly_hours <= 0:
        return None
    return numbers.few_by_hours[0 if weekly_hours < 2 else 1 if weekly_hours < 3 else 2]


def is_newer(before: Sequence[object], now: Sequence[object]) -> bool:
    """Whether evidence says more than what was answered: another day, a lower mean, another work.

    Fewer marks than enough say nothing new by staying few. Shapes: `models.Signal`.
    """
    if not now or not isinstance(now[0], dict):
        return bool(Counter(map(str, now)) - Counter(map(str, before)))
    if "last" in now[0]:
        was = before[0] if before and isinstance(before[0], dict) else {"last": "9"}
        return Decimal(str(now[0]["last"])) < Decimal(str(was["last"]))
    return "procedure" in now[0] and any(one not in before for one in now)
