"""Signals as lists show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from common.look import MarkChip
from common.names import name_key
from gradebook.models import Mark
from risk_registry.categories import SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.rules import Thresholds
from school.models import Period, User

SORTS = {
    "name": ("pupil__sort_key", "subject__sort_key"),
    "class": ("school_class__grade", "school_class__letter", "pupil__sort_key", "subject__sort_key"),
    "subject": ("subject__sort_key", "school_class__grade", "school_class__letter", "pupil__sort_key"),
    "opened": ("opened_at", "school_class__grade", "school_class__letter", "pupil__sort_key"),
}
DEFAULT_SORT = "class"


@dataclass(frozen=True)
class SignalQuery:
    """What the list is asked for. Empty means any, but closed signals are shown only when asked for."""

    period: Period
    state: str = SignalState.OPEN
    school_class: int | None = None
    subject: int | None = None
    text: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class SignalRow:
    """One signal with the days of its marks; `since` is the day of the mark that raised it.

    `needed`: what is missing until a 3, in words, where the reader has to know it.
    """

    signal: Signal
    rule: SignalRule
    state: SignalState
    days: tuple[MarkChip, ...]
    since: date
    needed: str = ""


def signal_list_rows(user: User, query: SignalQuery) -> QuerySet[Signal]:
    """The signals that the query finds, in its order; one query when read."""
    descending = query.sort.startswith("-")
    order = SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT])
    keys = [F(name).desc() if descending else F(name).asc() for name in order]
    rows = Signal.objects.visible_to(user).in_period(query.period).filter(_found(query))
    return signals_with_marks(rows).order_by(*keys, "pk")


def signals_with_marks(rows: QuerySet[Signal]) -> QuerySet[Signal]:
    """With what `signal_rows` shows: names, and the days on which the mark was even a 1."""
    ones = Mark.objects.filter(
        pupil=OuterRef("pupil"), subject=OuterRef("subject"), value=1, date__lte=OuterRef("period__ends")
    ).values("date")
    return rows.select_related("pupil", "school_class", "subject").annotate(ones=ArraySubquery(ones))


def signal_counts(user: User, query: SignalQuery) -> tuple[dict[str, int], int]:
    """How many there are in each state, and how many the query finds; one query."""
    rows = Signal.objects.visible_to(user).in_period(query.period).order_by().values("state")
    told = list(
        rows.annotate(number=Count("pk"), found=Count("pk", filter=_found(query))).values_list(
            "state", "number", "found"
        )
    )
    return {state: number for state, number, _ in told}, sum(found for _, _, found in told)


def _found(query: SignalQuery) -> Q:
    found = Q(state=query.state)
    if query.school_class is not None:
        found &= Q(school_class=query.school_class)
    if query.subject is not None:
        found &= Q(subject=query.subject)
    if query.text.strip():
        found &= Q(pupil__sort_key__contains=name_key(query.text))
    return found


def raised_on(signal: Signal, thresholds: Thresholds) -> date:
    """The day of the mark with which the rule began to hold: the third two, whenever its file was loaded."""
    days = sorted(map(date.fromisoformat, signal.evidence))
    return days[min(thresholds.three_unsatisfactory_min, len(days)) - 1] if days else localtime(signal.opened_at).date()


def signal_rows(signals: Iterable[Any], thresholds: Thresholds | None = None) -> list[SignalRow]:
    """Lines of the list, from signals as `signal_list_rows` reads them; no further queries."""
    return [
        SignalRow(
            signal=signal,
            rule=SignalRule(signal.rule),
            state=SignalState(signal.state),
            days=tuple(_chips(signal)),
            since=raised_on(signal, thresholds or Thresholds()),
        )
        for signal in signals
    ]


def _chips(signal: Any) -> Iterator[MarkChip]:
    """The evidence keeps days; which of the marks were even a 1 the gradebook knows."""
    ones = list(signal.ones)
    for told in signal.evidence:
        day = date.fromisoformat(told)
        if day in ones:
            ones.remove(day)
            yield MarkChip("1", low=True, on=day)
        else:
            yield MarkChip("2", low=True, on=day)
