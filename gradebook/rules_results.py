"""What may be entered about a pupil's work. Without a database."""

from dataclasses import dataclass
from decimal import Decimal

Points = tuple[Decimal | None, ...]
_LONGEST_VARIANT = 20
_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands, or is to stand, about one pupil. `points` by task, None when nothing is told by task."""

    mark: int | None = None
    score: Decimal | None = None
    variant: str = ""
    points: Points | None = None
    absent: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing is said at all."""
        return self == Entered()


@dataclass(frozen=True, slots=True)
class Limits:
    """The most points of the work and of its tasks (None: not told); `no_marks` says why marks are not given yet."""

    score: Decimal | None
    maxima: tuple[Decimal | None, ...] = ()
    no_marks: str = ""


def problem_of(entered: Entered, limits: Limits) -> str:
    """Why it cannot be written; empty when it can."""
    said = (entered.mark, entered.score, entered.points)
    if entered.absent and any(one is not None for one in said):
        return "отмечено, что ученик отсутствовал: уберите отметку и баллы"
    if entered.mark is not None and not 1 <= entered.mark <= 5:
        return "отметка бывает от 1 до 5"
    if entered.mark is not None and limits.no_marks:
        return limits.no_marks
    if len(entered.variant) > _LONGEST_VARIANT:
        return "вариант пишут коротко: до 20 знаков"
    return _problem_of_points(entered, limits)


def _problem_of_points(entered: Entered, limits: Limits) -> str:
    if entered.points is not None and len(entered.points) != len(limits.maxima):
        return "баллов больше или меньше, чем заданий"
    for number, (got, most) in enumerate(zip(entered.points or (), limits.maxima, strict=False), start=1):
        if got is not None and not _fits(got, most):
            return f"задание {number}: {_told(got)} из {_told(most)} не бывает"
    if entered.score is not None and not _fits(entered.score, limits.score):
        return f"{_told(entered.score)} из {_told(limits.score)} баллов не бывает"
    return ""


def _fits(got: Decimal, most: Decimal | None) -> bool:
    return got.is_finite() and 0 <= got <= (most if most is not None else 999) and got % _STEP == 0


def _told(number: Decimal | None) -> str:
    return "999" if number is None else f"{number.normalize():f}".replace(".", ",")


def score_of(points: Points | None) -> Decimal | None:
    """The sum of the points that are told; None when none is."""
    told = [one for one in points or () if one is not None]
    return sum(told, Decimal()) if told else None
