"""Who is failing, weak or in reserve, and when a signal rises: decisions without a database.

Source: the regional definitions of the categories (presentation «Организация системы профилактики учебной
неуспешности»), as the headless contract reads them («Rules behind the answers»).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from risk_registry.categories import Category

UNSATISFACTORY = (1, 2)
NOT_ATTESTED = "н/а"
FAILED = frozenset({"1", "2", "незач", NOT_ATTESTED})
# They close the subject, but are no results for a category; current marks still count.
NOT_GRADED = frozenset({"осв", "зач", "усп"})
SATISFACTORY = 3
BEST = 5


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The school's numbers; the defaults are those of the contract.

    `round_up_from`: a mean is rounded up from this fraction, 0 < it < 1.
    """

    weak_min_marks: int = 1
    weak_max_result: int = 5
    reserve_max_subjects: int = 2
    round_up_from: Decimal = Decimal("0.5")
    forecast_min_marks: int = 3
    three_unsatisfactory_min: int = 3


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """One pupil's subject in one period.

    `marks`: how many current marks; `total`: their sum; `unsatisfactory`: a day for each mark of 2 or 1, repeats
    kept, in order; `weighted`: the weighted mean that a file states for these very marks; `result`: as the file
    gives it; `excused`: the deputy holds the `н/а` excused.
    """

    subject: int
    marks: int = 0
    total: int = 0
    unsatisfactory: tuple[date, ...] = ()
    weighted: Decimal | None = None
    result: str | None = None
    excused: bool = False


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """One pupil's period. `subjects` come in the alphabetical order of their names.

    `others_rated`: there are further subjects that cannot bear a category: rated, with nothing below 4;
    `others_provisional`: some of those have no result yet; `goes_on`: the class's own period is not over on the
    last day that is counted.
    """

    subjects: tuple[SubjectFacts, ...] = ()
    others_rated: bool = False
    others_provisional: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """What in one subject made the category. `mean` and `forecast` are there when no result is."""

    subject: int
    unsatisfactory: tuple[date, ...] = ()
    result: str | None = None
    not_attested: bool = False
    forecast: int | None = None
    mean: Decimal | None = None
    weighted: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A category with its reasons, in the order of the subjects."""

    category: Category
    reasons: tuple[Reason, ...] = ()
    provisional: bool = False
    unrated: bool = False


@dataclass(frozen=True, slots=True)
class _Rated:
    """A subject with what it comes to: its result, or the forecast of it, or neither."""

    facts: SubjectFacts
    value: int | None
    failed: bool
    forecast: int | None


def forecast(mean: Decimal, *, marks: int, thresholds: Thresholds) -> int | None:
    """The result that a mean foretells, 2 to 5; None while there are too few marks.

    Rounded half up at 2.5, 3.5 and 4.5 by default; nothing is foretold below 2.
    """
    if marks < thresholds.forecast_min_marks:
        return None
    steps = (step for step in range(BEST, 2, -1) if mean >= step - 1 + thresholds.round_up_from)
    return next(steps, 2)


def mean_of(facts: SubjectFacts) -> Decimal | None:
    """The mean to foretell by: the weighted one when a file stated it, else the plain one; None without marks."""
    if facts.weighted is not None:
        return facts.weighted
    return Decimal(facts.total) / facts.marks if facts.marks else None


def three_unsatisfactory(facts: SubjectFacts, thresholds: Thresholds) -> bool:
    """Whether one subject has so many unsatisfactory marks within the period that a signal rises."""
    return len(facts.unsatisfactory) >= thresholds.three_unsatisfactory_min


def categorise(pupil: PupilFacts, thresholds: Thresholds) -> Judgement:
    """The category of one pupil in one period: the gravest that applies.

    Failing: an unsatisfactory result, or the forecast of one. Weak: none, but unsatisfactory current marks in a
    subject, enough of them and with a result low enough. Reserve: neither, and a 3 in one or two subjects.
    """
    rated = [_rate(facts, thresholds) for facts in pupil.subjects if _is_rated(facts)]
    category, causes = _gravest(rated, thresholds)
    return Judgement(
        category=category,
        reasons=tuple(_reason(cause, category) for cause in causes),
        provisional=pupil.goes_on or pupil.others_provisional or any(one.facts.result is None for one in rated),
        unrated=not rated and not pupil.others_rated,
    )


def _is_rated(facts: SubjectFacts) -> bool:
    """Whether the subject says anything: an excused `н/а` takes it out, an exemption alone is no result."""
    if facts.result == NOT_ATTESTED and facts.excused:
        return False
    return facts.marks > 0 or (facts.result is not None and facts.result not in NOT_GRADED)


def _rate(facts: SubjectFacts, thresholds: Thresholds) -> _Rated:
    if facts.result is not None:
        value = int(facts.result) if facts.result.isdigit() else None
        return _Rated(facts, value, facts.result in FAILED, None)
    mean = mean_of(facts)
    foretold = None if mean is None else forecast(mean, marks=facts.marks, thresholds=thresholds)
    return _Rated(facts, foretold, foretold in UNSATISFACTORY, foretold)


def _gravest(rated: list[_Rated], thresholds: Thresholds) -> tuple[Category, list[_Rated]]:
    if failing := [one for one in rated if one.failed]:
        return Category.FAILING, failing
    if weak := [one for one in rated if _is_weak(one, thresholds)]:
        return Category.WEAK, weak
    threes = [one for one in rated if one.value == SATISFACTORY]
    if 1 <= len(threes) <= thresholds.reserve_max_subjects:
        return Category.RESERVE, threes
    return Category.NONE, []


def _is_weak(one: _Rated, thresholds: Thresholds) -> bool:
    """Both conditions hold within one subject; a result that is not known yet excuses nobody."""
    low_enough = one.value is None or one.value <= thresholds.weak_max_result
    return low_enough and len(one.facts.unsatisfactory) >= thresholds.weak_min_marks


def _reason(one: _Rated, category: Category) -> Reason:
    facts = one.facts
    return Reason(
        subject=facts.subject,
        unsatisfactory=() if category == Category.RESERVE else facts.unsatisfactory,
        result=facts.result,
        not_attested=facts.result == NOT_ATTESTED,
        forecast=one.forecast,
        mean=None if one.forecast is None else mean_of(facts),
        weighted=one.forecast is not None and facts.weighted is not None,
    )


def weak_lists(pupils: Iterable[PupilFacts], thresholds: Sequence[Thresholds]) -> list[int]:
    """How many of these pupils would be failing or weak by each of the thresholds, in their order.

    The thresholds may differ only in where «weak» begins: whom the mildest of them lets go is judged once.
    """
    mildest = Thresholds(
        weak_min_marks=1,
        weak_max_result=BEST,
        round_up_from=thresholds[0].round_up_from,
        forecast_min_marks=thresholds[0].forecast_min_marks,
    )
    counts = [0] * len(thresholds)
    for pupil in pupils:
        if (widest := categorise(pupil, mildest).category) == Category.FAILING:
            counts = [count + 1 for count in counts]
        elif widest == Category.WEAK:
            listed = (categorise(pupil, each).category == Category.WEAK for each in thresholds)
            counts = [count + each for count, each in zip(counts, listed, strict=True)]
    return counts
