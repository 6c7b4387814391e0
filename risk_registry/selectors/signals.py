"""Signals as lists show them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from common.look import MarkChip
from common.names import name_key
from common.russian import counted, decimal
from gradebook.models import Mark
from risk_registry.categories import AnswerKind, SignalRule, SignalState
from risk_registry.duties import Duty, duty_of
from risk_registry.models import Signal, SignalStep
from risk_registry.rules.warning import AbsenceLevel
from school.models import AcademicYear, Period, Pupil, User

SORTS = {
    "name": ("pupil__sort_key", "subject__sort_key"),
    "class": ("school_class__grade", "school_class__letter", "pupil__sort_key", "subject__sort_key"),
    "subject": ("subject__sort_key", "school_class__grade", "school_class__letter", "pupil__sort_key"),
    "opened": ("since", "school_class__grade", "school_class__letter", "pupil__sort_key"),
}
DEFAULT_SORT = "class"
# Their evidence is days of marks, shown as marks.
OF_MARKS = (SignalRule.THREE_UNSATISFACTORY, SignalRule.CONTROL_FAILED)
_DAYS_SHOWN = 6
_MARKS_SHOWN = 5


@dataclass(frozen=True)
class SignalQuery:
    """What the list is asked for. Empty means any, but closed signals are shown only when asked for.

    `grave`: without what a line in the diary settles; `escalated_on`: what the administration is shown by that day.
    """

    period: Period
    state: str = SignalState.OPEN
    school_class: int | None = None
    subject: int | None = None
    rule: str = ""
    text: str = ""
    grave: bool = False
    escalated_on: date | None = None
    sort: str = DEFAULT_SORT


@dataclass(frozen=True)
class SignalRow:
    """One signal with the days of its marks, or what was counted in words, and what it asks of whom.

    `needed`: what is missing until a 3, `asked`: who is expected to answer, in words, where the reader has to know it.
    """

    signal: Signal
    rule: SignalRule
    state: SignalState
    duty: Duty
    days: tuple[MarkChip, ...]
    words: str
    needed: str = ""
    asked: str = ""

    @property
    def recent(self) -> tuple[MarkChip, ...]:
        """The last marks that led to it, where there is no room for all; `earlier` are the rest."""
        return self.days[-_MARKS_SHOWN:]

    @property
    def earlier(self) -> int:
        """How many marks `recent` leaves out."""
        return len(self.days) - len(self.recent)

    @property
    def waits(self) -> str:
        """«9 дней», counted from the day with which the rule began to hold."""
        days = (self.signal.school.today() - self.signal.since).days
        return counted(days, "день", "дня", "дней") if days > 0 else "с сегодня"

    @property
    def answer(self) -> str:
        """What answered it, or why it was laid aside: «Беседа 12.11, Соколова И. А.»; needs `responses`, `steps`."""
        if self.state == SignalState.DISMISSED:
            step = list(self.signal.steps.all())[-1]
            return f"{step.comment} ({_who(step.by)})"
        told = [f"{AnswerKind(one.kind).label} {one.on:%d.%m}, {_who(one.by)}" for one in self.signal.responses.all()]
        return "; ".join(told[-1:])

    @property
    def late(self) -> bool:
        """Whether the day by which an answer was expected is over."""
        due = self.signal.due
        return self.state == SignalState.OPEN and due is not None and due < self.signal.school.today()


def signal_list_rows(user: User, query: SignalQuery) -> QuerySet[Signal]:
    """The signals that the query finds, in its order; one query when read."""
    descending = query.sort.startswith("-")
    order = SORTS.get(query.sort.lstrip("-"), SORTS[DEFAULT_SORT])
    keys = [F(name).desc() if descending else F(name).asc() for name in order]
    rows = Signal.objects.visible_to(user).in_period(query.period).filter(_found(query))
    if query.state in (SignalState.ACTED, SignalState.DISMISSED):
        rows = rows.prefetch_related("responses__by__staff", "steps__by__staff")
    return signals_with_marks(rows).order_by(*keys, "pk")


def _who(person: User | None) -> str:
    return person.display_name if person is not None else "по отметкам"


def signals_of_year(pupil: Pupil, year: AcademicYear) -> QuerySet[Signal]:
    """All signals about a pupil who was found through `visible_to`, the newest first; one query when read.

    Each with `end`: why it was closed, where that was said.
    """
    closing = SignalStep.objects.filter(signal=OuterRef("pk"), to_state=SignalState.CLOSED).order_by("-version")
    rows = signals_with_marks(Signal.objects.filter(pupil=pupil, period__year=year))
    return rows.annotate(end=Subquery(closing.values("comment")[:1])).order_by("-since", "-pk")


def signals_with_marks(rows: QuerySet[Signal]) -> QuerySet[Signal]:
    """With what `signal_rows` shows, the days on which the mark was even a 1 included."""
    ones = Mark.objects.filter(
        pupil=OuterRef("pupil"), subject=OuterRef("subject"), value=1, date__lte=OuterRef("period__ends")
    ).values("date")
    related = rows.select_related("pupil", "school_class__class_teacher", "subject", "school", "period")
    return related.annotate(ones=ArraySubquery(ones))


def open_signals_of(user: User, pupil: Pupil) -> QuerySet[Signal]:
    """What waits for an answer about one pupil, the oldest first; one query when read."""
    rows = Signal.objects.visible_to(user).filter(pupil=pupil, state=SignalState.OPEN)
    return rows.select_related("subject", "period", "school").order_by("since", "pk")


def signal_words(signal: Signal) -> str:
    """«Три двойки и больше: Алгебра, 1-я четверть»."""
    about = [signal.subject.name] if signal.subject is not None else []
    return f"{signal.get_rule_display()}: {', '.join([*about, signal.period.title.lower()])}"


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
    if query.rule:
        found &= Q(rule=query.rule)
    if query.grave:
        found &= ~Q(rule=SignalRule.ABSENCES, level=int(AbsenceLevel.SINGLE))
    if query.escalated_on is not None:
        found &= Q(escalates__isnull=True) | Q(escalates__lte=query.escalated_on)
    if query.text.strip():
        found &= Q(pupil__sort_key__contains=name_key(query.text))
    return found


def signal_rows(signals: Iterable[Any]) -> list[SignalRow]:
    """Lines of the list, from signals as `signal_list_rows` reads them; no further queries."""
    return [
        SignalRow(
            signal=signal,
            rule=SignalRule(signal.rule),
            state=SignalState(signal.state),
            duty=duty_of(signal.rule, signal.level),
            days=tuple(_chips(signal)),
            words=evidence_words(signal),
        )
        for signal in signals
    ]


def _chips(signal: Any) -> Iterator[MarkChip]:
    """The evidence keeps days; which of the marks were even a 1 the gradebook knows."""
    if signal.rule not in OF_MARKS:
        return
    ones = list(signal.ones)
    for told in signal.evidence:
        day = date.fromisoformat(told)
        if day in ones:
            ones.remove(day)
            yield MarkChip("1", low=True, on=day)
        else:
            yield MarkChip("2", low=True, on=day)


def evidence_words(signal: Signal) -> str:
    """What was counted, in words; empty where the marks themselves are shown."""
    if signal.rule in OF_MARKS or not signal.evidence:
        return ""
    if signal.rule == SignalRule.ABSENCES:
        return _missed_words([date.fromisoformat(day) for day in signal.evidence])
    return "; ".join(_WORDS[signal.rule](told) for told in signal.evidence)


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    SignalRule.FALLING_TREND: lambda told: (
        f"последние пять в среднем {decimal(Decimal(told['last']), 2)}, прежде {decimal(Decimal(told['before']), 2)}"
    ),
    SignalRule.EXTERNAL_GAP: lambda told: f"за работу {told['external']}, по журналу {told['internal']}",
    SignalRule.FEW_MARKS: lambda told: (
        f"{counted(told['marks'], 'отметка', 'отметки', 'отметок')} при норме не меньше {told['least']}"
    ),
}


def _missed_words(days: list[date]) -> str:
    """«3 урока: 12.11, 13.11 (2)»."""
    told = [f"{day:%d.%m}" + (f" ({number})" if number > 1 else "") for day, number in Counter(days).items()]
    shown = ", ".join(told[-_DAYS_SHOWN:])
    return f"{counted(len(days), 'урок', 'урока', 'уроков')}: {'…, ' if len(told) > _DAYS_SHOWN else ''}{shown}"
