"""What a survey came to, as far as it may be told: sums, and a breakdown in which no small group can be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.small_groups import LEAST_GROUP
from parents.rules.hiding import Node, shown_groups
from parents.rules.surveys import ANSWERED, Asked, Counts, good_of, mean_of, number_of, summed
from parents.survey_words import Ask

WHOLE = "all"


@dataclass(frozen=True)
class GroupCounts:
    """A group with its sums; `level` is a word («НОО»), empty where classes of several levels stand together."""

    name: str
    level: str
    invited: int
    answered: int
    counts: Counts


@dataclass(frozen=True)
class OptionResult:
    """How many chose it; `share`: percents of those who answered the question."""

    text: str
    count: int
    share: float
    good: bool


@dataclass(frozen=True)
class PartResult:
    """A level or a class in the breakdown. `shown` is False where it is hidden: then there are no numbers."""

    name: str
    is_level: bool
    shown: bool
    answered: int = 0
    counts: tuple[int, ...] = ()
    mean: float | None = None


@dataclass(frozen=True)
class QuestionResult:
    """A question. `shown` is False where fewer than five answered: then nothing of it is told."""

    number: int
    text: str
    kind: str
    shown: bool
    answered: int
    options: tuple[OptionResult, ...] = ()
    mean: float | None = None
    texts: tuple[str, ...] = ()
    parts: tuple[PartResult, ...] = ()


@dataclass(frozen=True)
class Satisfied:
    """What the indicator counts: `numerator` of `denominator` answers, by which question and which of its answers."""

    question: str
    good: tuple[str, ...]
    numerator: int
    denominator: int

    @property
    def value(self) -> float:
        """Percents."""
        return 100 * self.numerator / self.denominator


def results_of(
    asked: Sequence[Asked], groups: Sequence[GroupCounts], texts: dict[str, list[str]]
) -> list[QuestionResult]:
    """Each question with its sums and its own breakdown: whoever left a question out is missing in its groups."""
    total = summed(one.counts for one in groups)
    return [_result(number, one, total, groups, texts.get(one.key, [])) for number, one in enumerate(asked, 1)]


def _result(
    number: int, one: Asked, total: Counts, groups: Sequence[GroupCounts], texts: Sequence[str]
) -> QuestionResult:
    answered = number_of(total, one.key)
    if answered < LEAST_GROUP:
        return QuestionResult(number, one.text, one.kind.value, shown=False, answered=0)
    if one.kind == Ask.TEXT:
        told = tuple(sorted(texts))
        return QuestionResult(number, one.text, one.kind.value, shown=True, answered=answered, texts=told)
    return QuestionResult(
        number,
        one.text,
        one.kind.value,
        shown=True,
        answered=answered,
        options=_options(one, total, answered),
        mean=mean_of(total, one),
        parts=_parts(one, groups),
    )


def _options(one: Asked, total: Counts, answered: int) -> tuple[OptionResult, ...]:
    told = [number_of(total, one.key, str(place)) for place in range(len(one.options))]
    return tuple(
        OptionResult(option.text, count, 100 * count / answered, option.good)
        for option, count in zip(one.options, told, strict=True)
    )


def _parts(one: Asked, groups: Sequence[GroupCounts]) -> tuple[PartResult, ...]:
    levels = list(dict.fromkeys(group.level for group in groups if group.level))
    several = len(levels) > 1
    if len(groups) == 1:
        return ()
    shown = shown_groups(_tree(one, groups, levels if several else []))
    told = []
    for level in levels if several else [""]:
        own = [group for group in groups if group.level == level or not several]
        if several:
            told.append(_part(one, level, _level_key(level) in shown, own, is_level=True))
        told += [_part(one, group.name, _group_key(group) in shown, [group]) for group in own]
    apart = [group for group in groups if several and not group.level]
    return (*told, *(_part(one, group.name, _group_key(group) in shown, [group]) for group in apart))


def _tree(one: Asked, groups: Sequence[GroupCounts], levels: Sequence[str]) -> Node:
    leaves = [(group, Node(_group_key(group), number_of(group.counts, one.key))) for group in groups]
    inner = []
    for level in levels:
        own = [leaf for group, leaf in leaves if group.level == level]
        inner.append(Node(_level_key(level), sum(leaf.size for leaf in own), own))
    apart = [leaf for group, leaf in leaves if group.level not in levels]
    return Node(WHOLE, sum(leaf.size for _, leaf in leaves), [*inner, *apart])


def _level_key(level: str) -> str:
    return f"level:{level}"


def _group_key(group: GroupCounts) -> str:
    return f"group:{group.name}"


def _part(one: Asked, name: str, shown: bool, groups: Sequence[GroupCounts], *, is_level: bool = False) -> PartResult:
    if not shown:
        return PartResult(name, is_level, shown=False)
    sums = summed(group.counts for group in groups)
    counts = tuple(number_of(sums, one.key, str(place)) for place in range(len(one.options)))
    return PartResult(name, is_level, True, number_of(sums, one.key, ANSWERED), counts, mean_of(sums, one))


def satisfied_of(asked: Sequence[Asked], groups: Sequence[GroupCounts]) -> Satisfied | None:
    """For the indicator of satisfaction; None without such a question, or with fewer than five answers to it.

    Source: the program passport, indicator 24: answers «удовлетворён» of an anonymous questionnaire, of all answers.
    """
    one = next((one for one in asked if one.measured), None)
    total = summed(group.counts for group in groups)
    if one is None or number_of(total, one.key) < LEAST_GROUP:
        return None
    good = tuple(option.text for option in one.options if option.good)
    return Satisfied(one.text, good, good_of(total, one), number_of(total, one.key))
