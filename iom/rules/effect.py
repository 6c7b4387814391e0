"""Did it help: marks before and after the work began, beside pupils who had not this work.

A pupil is chosen for work when the marks are low, and low marks rise by themselves (regression to the mean). So the
change is not read alone: it is compared with the change of pupils of the same category in the same subject who had no
such work, and both are brought to the same starting mean: that of the subject, and that of all the pupil's marks, for
whoever is chosen by one subject is often weak in others. That is the analysis of covariance within strata; pupils, not
rows, are what is counted, so the standard error is clustered by pupil.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

LEAST_PUPILS = 10
WEEKS = 6  # of marks before and after the work began
LEAST_MARKS = 3  # on each side: fewer say nothing of a mean
_NOTHING = 1e-9
_FEW = 30  # pupils: from here on the interval is narrow enough to say so without a reserve
_SPREAD_OF_BEFORE = 0.5  # marks: further apart the groups are not alike


@dataclass(frozen=True)
class Course:
    """A pupil in a subject: mean marks before and after; `worked` when the work was done with the pupil.

    `level` is the mean of the pupil's marks in all subjects before. `stratum` holds whatever has to be equal for pupils
    to be comparable: subject and category.
    """

    pupil: int
    stratum: Hashable
    worked: bool
    before: float
    after: float
    level: float

    @property
    def change(self) -> float:
        """By how much the mean mark moved."""
        return self.after - self.before


@dataclass(frozen=True)
class Group:
    """Pupils of one side: how many, their means, the change with its spread (standard deviation, 0 for one)."""

    pupils: int
    before: float
    after: float
    change: float
    spread: float


@dataclass(frozen=True)
class Difference:
    """What the work added to the change, in marks, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def covers_zero(self) -> bool:
        """Whether chance alone would do."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True)
class Effect:
    """An answer with everything that it was counted from. `difference` is None when a figure would mislead.

    `cautions` are sentences for a person: why there is no figure, or why not to lean on it.
    """

    worked: int
    compared: int
    with_work: Group | None
    without_work: Group | None
    difference: Difference | None
    cautions: tuple[str, ...]


def effect_of(courses: Iterable[Course]) -> Effect:
    """Compare within strata that hold pupils of both sides; the others compare with nobody and are left out."""
    everybody = list(courses)
    rows = comparable(everybody)
    worked, compared = _pupils(rows, worked=True), _pupils(rows, worked=False)
    all_worked = _pupils(everybody, worked=True)
    if min(len(worked), len(compared)) < LEAST_PUPILS:
        return Effect(len(all_worked), len(compared), None, None, None, (_too_few(len(all_worked), len(compared)),))
    sides = _group(rows, worked=True), _group(rows, worked=False)
    difference = _difference(rows)
    cautions = _cautions(*sides, difference, lost=len(all_worked) - len(worked))
    return Effect(len(all_worked), len(compared), *sides, difference, cautions)


def comparable(rows: Sequence[Course]) -> list[Course]:
    """A pupil who had the work in one subject is no comparison in another: the work may have helped there too."""
    helped = _pupils(rows, worked=True)
    rows = [row for row in rows if row.worked or row.pupil not in helped]
    sides: dict[Hashable, set[bool]] = defaultdict(set)
    for row in rows:
        sides[row.stratum].add(row.worked)
    return [row for row in rows if len(sides[row.stratum]) == 2]


def _pupils(rows: Iterable[Course], *, worked: bool) -> set[int]:
    return {row.pupil for row in rows if row.worked == worked}


def _group(rows: Iterable[Course], *, worked: bool) -> Group:
    """Each pupil counts once, whatever the number of subjects."""
    mine: dict[int, list[Course]] = defaultdict(list)
    for row in rows:
        if row.worked == worked:
            mine[row.pupil].append(row)
    changes = [fmean(row.change for row in own) for own in mine.values()]
    return Group(
        pupils=len(mine),
        before=fmean(fmean(row.before for row in own) for own in mine.values()),
        after=fmean(fmean(row.after for row in own) for own in mine.values()),
        change=fmean(changes),
        spread=stdev(changes) if len(changes) > 1 else 0.0,
    )


def _difference(rows: Sequence[Course]) -> Difference | None:
    """The coefficient of `worked` in: change ~ worked + before + level + stratum.

    The error is clustered by pupil; the quantile is that of small samples. None when nothing sets the work apart.
    """
    before = _within(rows, lambda row: row.before)
    level = _without(_within(rows, lambda row: row.level), before)
    work = _without(_within(rows, lambda row: float(row.worked)), before, level)
    rest = _without(_within(rows, lambda row: row.change), before, level)
    weight = _dot(work, work)
    pupils = len({row.pupil for row in rows})
    freedom = pupils - len({row.stratum for row in rows}) - 3
    if weight <= _NOTHING or freedom < 1:
        return None
    value = _dot(work, rest) / weight
    scores: dict[int, float] = defaultdict(float)
    for row, own, left in zip(rows, work, rest, strict=True):
        scores[row.pupil] += own * (left - value * own)
    error = sqrt(pupils / freedom * sum(score * score for score in scores.values())) / weight
    reach = student_quantile(freedom) * error
    return Difference(value, value - reach, value + reach)


def _within(rows: Sequence[Course], measure: Callable[[Course], float]) -> list[float]:
    """The measure less its mean in the row's stratum."""
    values: dict[Hashable, list[float]] = defaultdict(list)
    for row in rows:
        values[row.stratum].append(measure(row))
    means = {stratum: fmean(own) for stratum, own in values.items()}
    return [measure(row) - means[row.stratum] for row in rows]


def _without(values: Sequence[float], *others: Sequence[float]) -> list[float]:
    """What of the values the other measures do not explain; those are at right angles to each other."""
    rest = list(values)
    for other in others:
        weight = _dot(other, other)
        slope = _dot(values, other) / weight if weight > _NOTHING else 0.0
        rest = [value - slope * explained for value, explained in zip(rest, other, strict=True)]
    return rest


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))


def student_quantile(freedom: int) -> float:
    """The 97.5 % point of Student's t: the Cornish–Fisher expansion around the normal one (within 0.01 from 4 on)."""
    z = NormalDist().inv_cdf(0.975)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return float(sum(term / freedom**power for power, term in enumerate(terms)))


def _too_few(worked: int, compared: int) -> str:
    return (
        f"Мало учеников для сравнения: с работой — {worked}, сравнимых без неё — {compared}, нужно не меньше "
        f"{LEAST_PUPILS} с каждой стороны. Посмотрите на каждого в отдельности."
    )


def _cautions(with_work: Group, without: Group, difference: Difference | None, *, lost: int) -> tuple[str, ...]:
    told = []
    if difference is None:
        told.append("Разницу посчитать нельзя: с работой и без неё ученики не пересекаются ни по одному предмету.")
    elif difference.covers_zero:
        told.append("Разница не отличается от случайной: по этим данным нельзя сказать, что работа помогла или нет.")
    if min(with_work.pupils, without.pupils) < _FEW:
        told.append("Групп меньше тридцати учеников: один-два ученика заметно меняют итог.")
    if abs(with_work.before - without.before) > _SPREAD_OF_BEFORE:
        told.append("До начала работы средние отметки групп различались больше чем на полбалла: сравнение слабое.")
    if lost:
        told.append(f"Без пары остались: {lost}. В их предмете и категории нет никого, с кем сравнить.")
    return tuple(told)
