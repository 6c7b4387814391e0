"""When an academic debt comes, until when and how often it may be cleared. Without a database.

Source: 273-ФЗ, ст. 58. Part 2: a debt is an unsatisfactory result of attestation, or not passing it without a good
reason. Part 5: at most two attempts within a year from the day it arose; illness, academic and maternity leave are not
counted into that year. Part 6: the second attempt is held before a commission. Holidays do not stop the year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from risk_registry.debts import COUNTED, LOST, DebtState, Need, Outcome

UNSATISFACTORY = frozenset({"1", "2", "незач", "н/а"})
_NOT_ATTESTED = "н/а"
_DAY = timedelta(days=1)
MOST_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Result:
    """A result in one subject: of a period by its key, of the year with None."""

    subject: int
    period: int | None
    value: str
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as far as the rules ask."""

    number: int
    on: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an attempt may be held: which one, or why not."""

    number: int | None
    why_not: str = ""

    @property
    def needs_commission(self) -> bool:
        """The second one is held before a commission."""
        return self.number == MOST_ATTEMPTS


def is_unsatisfactory(value: str, *, excused: bool) -> bool:
    """«н/а» for a good reason is no debt: the law makes one only of not passing without it."""
    return value in UNSATISFACTORY and not (excused and value == _NOT_ATTESTED)


def debts_of(results: Iterable[Result], *, each_period: bool) -> list[Result]:
    """Those results of one pupil and year that make a debt.

    With attestation by the year a quarter's two is none. With attestation by the period the year's two is not counted
    a second time where one of its periods has made a debt in the subject already.
    """
    bad = [one for one in results if is_unsatisfactory(one.value, excused=one.excused)]
    of_periods = [one for one in bad if one.period is not None and each_period]
    told = {one.subject for one in of_periods}
    return [*of_periods, *(one for one in bad if one.period is None and one.subject not in told)]


def year_after(day: date) -> date:
    """The same day of the next year; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def due_day(arose: date, pauses: Iterable[tuple[date, date]]) -> date:
    """The last day for clearing: a year, longer by every day of the pauses that fall into it.

    A pause that begins within the term stops it: all its days are added, what was left goes on after it. Days that lie
    in two pauses count once; days up to the day it arose do not count.
    """
    due = year_after(arose)
    reached = arose
    for starts, ends in sorted(pauses):
        first = max(starts, reached + _DAY)
        if first > due or first > ends:
            continue
        due += ends - first + _DAY
        reached = ends
    return due


def paused_days(arose: date, pauses: Iterable[tuple[date, date]]) -> int:
    """By how many days the term is longer than a year."""
    return (due_day(arose, pauses) - year_after(arose)).days


def attempt_allowed(state: DebtState, attempts: Sequence[Attempt], due: date, on: date, arose: date) -> Verdict:
    """Which attempt may be held on the day, or why none. Attempts missed through illness are not counted."""
    if state != DebtState.CONFIRMED:
        return Verdict(None, "Пересдачу назначают по подтверждённой задолженности, которая ещё не закрыта.")
    counted = [one for one in attempts if one.outcome in COUNTED]
    if any(one.outcome == Outcome.PLANNED for one in counted):
        return Verdict(None, "Пересдача уже назначена: сначала запишите её исход.")
    if len(counted) >= MOST_ATTEMPTS:
        return Verdict(None, "Обе попытки использованы: третьей закон не даёт (273-ФЗ, ст. 58, ч. 5).")
    if on <= arose:
        return Verdict(None, "Пересдача бывает после дня, когда задолженность образовалась.")
    if on > due:
        return Verdict(None, f"Срок кончается {due:%d.%m.%Y}: выберите день не позже.")
    if any(one.on >= on for one in counted):
        return Verdict(None, "Вторая попытка бывает после первой: выберите более поздний день.")
    return Verdict(len(counted) + 1)


def why_without_commission(verdict: Verdict, members: Sequence[str]) -> str:
    """Why the attempt cannot be held by these people; empty when it can."""
    if verdict.needs_commission and len(members) < MOST_ATTEMPTS:
        return "Вторую попытку принимает комиссия (273-ФЗ, ст. 58, ч. 6): впишите председателя и членов комиссии."
    return ""


def need_of(state: DebtState, attempts: Sequence[Attempt], due: date, choice: str, today: date) -> Need:
    """What the debt waits for."""
    if state == DebtState.PROPOSED:
        return Need.CONFIRM
    if state == DebtState.NOT_CLEARED:
        return Need.NOTHING if choice else Need.CHOICE
    return _need_of_open(attempts, due, today) if state == DebtState.CONFIRMED else Need.NOTHING


def _need_of_open(attempts: Sequence[Attempt], due: date, today: date) -> Need:
    planned = [one for one in attempts if one.outcome == Outcome.PLANNED]
    if planned:
        return Need.OUTCOME if planned[0].on <= today else Need.WAIT
    lost = sum(one.outcome in LOST for one in attempts)
    if lost >= MOST_ATTEMPTS or due < today:
        return Need.CLOSE
    return Need.COMMISSION if lost else Need.PLAN


def may_end_uncleared(attempts: Sequence[Attempt], due: date, today: date) -> bool:
    """A debt is given up only when its term is over or both attempts are lost."""
    planned = any(one.outcome == Outcome.PLANNED for one in attempts)
    lost = sum(one.outcome in LOST for one in attempts)
    return not planned and (due < today or lost >= MOST_ATTEMPTS)
