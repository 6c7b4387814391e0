"""All indicators of a period: counted now, with what people have answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from monitoring.catalogue import INDICATORS
from monitoring.computations import COMPUTATIONS
from monitoring.computations.base import Number, Reckoned, Scope, Side, count_sides
from monitoring.models import ManualValue
from monitoring.rules.values import value_of, value_words
from roadmaps.indicators import Counted, Indicator
from school.models import Period
from teaching.models import SetValue


@dataclass(frozen=True)
class Answer:
    """What a person has answered: the numbers, what they rest on, who said so; `file` is a key of a stored file."""

    number: int
    of: int | None
    text: str
    by: str
    file: str = ""


@dataclass(frozen=True)
class Figure:
    """An indicator of a period: its numbers, and how they came about. None: not known.

    `parts`: words with numbers of what is told apart. `reckoned` is None of what a person answers, then see `answer`.
    """

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    basis: str = ""
    version: int = 1
    why: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    reckoned: Reckoned | None = field(default=None, compare=False, repr=False)
    answer: Answer | None = None

    @property
    def code(self) -> str:
        """Of the indicator."""
        return self.indicator.code

    @property
    def value(self) -> Decimal | None:
        """As `rules.values.value_of`."""
        return value_of(self.indicator.unit, self.numerator, self.denominator)

    @property
    def words(self) -> str:
        """«28,5 %», «нет данных»."""
        if self.indicator.counted == Counted.SCHOOLS and self.value is not None:
            return "да" if self.numerator else "нет"
        return value_words(self.indicator.unit, self.value)


def figures_of(scope: Scope, indicators: Mapping[str, Indicator] = INDICATORS) -> dict[str, Figure]:
    """Every code, in the order of `indicators`; the number of queries does not depend on the school's size."""
    reckoned = {code: one.run(scope) for code, one in COMPUTATIONS.items() if code in indicators}
    counts = _counted(scope, reckoned)
    answers = _answers(scope)
    return {
        code: _computed(one, reckoned[code], counts[code]) if code in reckoned else _answered(one, answers.get(code))
        for code, one in indicators.items()
    }


def figures_on(period: Period, day: date) -> dict[str, Figure]:
    """Every code of the catalogue as it stood on a day of the period that has passed; None where nobody can tell."""
    scope = Scope.as_it_stood(period, day)
    return {code: _as_far_as_known(scope, one) for code, one in figures_of(scope).items()}


def _as_far_as_known(scope: Scope, one: Figure) -> Figure:
    computation = COMPUTATIONS.get(one.code)
    if computation is not None and computation.undated:
        return Figure(one.indicator, None, None, why="По дням это не хранится.")
    if one.basis and not scope.by_registry:
        return Figure(
            one.indicator, None, None, why="Реестр в этот день не был утверждён, а категории по дням не хранятся."
        )
    return one


def figure_of(scope: Scope, one: Indicator) -> Figure:
    """One of them."""
    code = one.code
    if code not in COMPUTATIONS:
        return _answered(one, _answers(scope).get(code))
    reckoned = {code: COMPUTATIONS[code].run(scope)}
    return _computed(one, reckoned[code], _counted(scope, reckoned)[code])


def _counted(scope: Scope, reckoned: Mapping[str, Reckoned]) -> dict[str, list[int]]:
    """Numbers by code: the numerator, the denominator where there is one, the parts."""
    sides = [(code, side) for code, one in reckoned.items() for side in _sides(one)]
    numbers = count_sides(scope.school, [side for _, side in sides])
    found: dict[str, list[int]] = {}
    for (code, _), number in zip(sides, numbers, strict=True):
        found.setdefault(code, []).append(number)
    return found


def _sides(one: Reckoned) -> Iterable[Side]:
    yield one.numerator
    if one.denominator is not None:
        yield one.denominator
    yield from (side for _, side in one.parts)


def _computed(indicator: Indicator, told: Reckoned, numbers: list[int]) -> Figure:
    numerator, *rest = numbers
    denominator = rest.pop(0) if told.denominator is not None else None
    parts = tuple((words, number) for (words, _), number in zip(told.parts, rest, strict=True))
    version = COMPUTATIONS[indicator.code].version
    return Figure(indicator, numerator, denominator, told.basis, version, told.why, parts, told)


def _answered(indicator: Indicator, answer: Answer | None) -> Figure:
    if answer is None:
        return Figure(indicator, None, None, why="Значение пока никто не внёс.")
    told = Reckoned(Number(answer.number), None if answer.of is None else Number(answer.of))
    return Figure(indicator, answer.number, answer.of, reckoned=told, answer=answer)


def _answers(scope: Scope) -> dict[str, Answer]:
    """The last ones of the year up to the period; of P05–P08 what those say who visited lessons."""
    rows = ManualValue.objects.filter(
        _stood(scope), school=scope.school, period__year=scope.year, period__starts__lte=scope.period.starts
    )
    found = {row.code: _set(row) for row in _set_values(scope)}
    for row in rows.select_related("by__staff").order_by("period__starts", "pk"):
        found[row.code] = Answer(row.number, row.of, row.text, row.by.display_name, str(row.file_id or ""))
    return found


def _set_values(scope: Scope) -> Iterable[SetValue]:
    return SetValue.objects.filter(_stood(scope), year=scope.year).order_by("at").select_related("by__staff")


def _stood(scope: Scope) -> Q:
    """Answers that nobody has taken back; on a past day, those that had been given and not yet taken back."""
    if not scope.as_of:
        return Q(removed_at__isnull=True)
    return Q(at__lt=scope.ended) & (Q(removed_at__isnull=True) | Q(removed_at__gte=scope.ended))


def _set(row: SetValue) -> Answer:
    return Answer(row.number, row.of, row.text, row.by.display_name)
