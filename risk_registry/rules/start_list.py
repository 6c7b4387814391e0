"""Whom a year begins with: a decision without a database.

Source: the deputy's technological card («список обучающихся группы риска — до 15.09») and the headless contract: the
list comes from last year's annual results, open debts, the registry as it closed, external works of the spring with a
2, and manual additions. Which source gives which category: docs/decisions/0018-start-of-the-year.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from risk_registry.categories import IN_REGISTRY, Category
from risk_registry.rules.categories import FAILED
from risk_registry.start_words import StartSource

_SATISFACTORY = "3"


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for a category. `subject` is None where the source names none.

    `value`: the annual result or the mark of the work, as it stands; `on`: the day of the work, of the debt or of its
    end; `key`: of the work, the debt or the registry's entry.
    """

    source: StartSource
    category: Category
    subject: int | None = None
    value: str = ""
    on: date | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class StartFacts:
    """What is known of one pupil when the year begins.

    `annual`: all results by subject; `cleared`: grounds of debts of last year that were cleared; `grounds`: the other
    sources as they are; `known`: whether last year says anything of the pupil besides these.
    """

    annual: tuple[tuple[int, str], ...] = ()
    cleared: tuple[Ground, ...] = ()
    grounds: tuple[Ground, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class StartReason:
    """A subject that made the category, with its annual result and everything that speaks of it."""

    subject: int
    result: str | None
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class StartJudgement:
    """A category with its reasons by subject; `others`: grounds of the category that name no subject."""

    category: Category
    reasons: tuple[StartReason, ...] = ()
    others: tuple[Ground, ...] = ()
    unrated: bool = False


def judge_start(facts: StartFacts, *, reserve_max_subjects: int) -> StartJudgement:
    """The gravest category for which anything speaks; who is new is not rated.

    Failing: an unsatisfactory annual result, an open debt. Weak: a debt of last year that was cleared («имеющий
    неудовлетворительные отметки…, ликвидировавший их»), a 2 in an external work of the spring. Reserve: neither, and an
    annual 3 in one or two subjects. The closing registry and a person's decision give the category that they state.
    """
    grounds = all_grounds(facts, reserve_max_subjects=reserve_max_subjects)
    named = {ground.category for ground in grounds}
    category = next((each for each in IN_REGISTRY if each in named), None)
    if category is None:
        return StartJudgement(Category.NONE, unrated=not (facts.known or facts.annual))
    causes = [ground for ground in grounds if ground.category == category]
    return StartJudgement(
        category=category,
        reasons=tuple(_reasons(causes, grounds, dict(facts.annual))),
        others=tuple(ground for ground in causes if ground.subject is None),
    )


def all_grounds(facts: StartFacts, *, reserve_max_subjects: int) -> list[Ground]:
    """Everything that speaks for a category, graver or not."""
    return [*_of_annual(facts, reserve_max_subjects), *facts.cleared, *facts.grounds]


def _of_annual(facts: StartFacts, reserve_max_subjects: int) -> Iterator[Ground]:
    """A failed year whose debt was cleared is told by the debt; threes in many subjects are no reserve."""
    done = {ground.subject for ground in facts.cleared}
    threes = [subject for subject, value in facts.annual if value == _SATISFACTORY]
    for subject, value in facts.annual:
        if value in FAILED and subject not in done:
            yield Ground(StartSource.ANNUAL, Category.FAILING, subject, value)
        elif value == _SATISFACTORY and len(threes) <= reserve_max_subjects:
            yield Ground(StartSource.ANNUAL, Category.RESERVE, subject, value)
        elif value in FAILED:
            yield Ground(StartSource.ANNUAL, Category.WEAK, subject, value)


def _reasons(causes: Iterable[Ground], grounds: list[Ground], annual: Mapping[int, str]) -> Iterator[StartReason]:
    """By subject in the order in which they are met; whoever shows them sorts."""
    for subject in dict.fromkeys(ground.subject for ground in causes if ground.subject is not None):
        of_it = tuple(ground for ground in grounds if ground.subject == subject)
        yield StartReason(subject, annual.get(subject), of_it)


def in_order(judgement: StartJudgement, subjects: list[int]) -> StartJudgement:
    """The same with its reasons in the order of `subjects`: keys in the alphabetical order of their names."""
    place = {subject: number for number, subject in enumerate(subjects)}
    reasons = sorted(judgement.reasons, key=lambda reason: place[reason.subject])
    return replace(judgement, reasons=tuple(reasons))
