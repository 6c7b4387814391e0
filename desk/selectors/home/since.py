"""What others did and what the marks said since the person was last here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse
from django.utils.timezone import localtime

from common.russian import NBSP, counted, moment_words
from desk.selectors.home.periods import DeskPeriods
from risk_registry.categories import EntryState, SignalState
from risk_registry.models import RegistryEntry, RegistryStep, Signal
from risk_registry.selectors.evidence import step_words
from risk_registry.selectors.signals import SignalRow, signal_rows, signals_with_marks
from school.models import User

WEEK = timedelta(days=7)
NAMED = 100  # rows of each list on the page
_CLASSES_NAMED = 2
_OPENED, _CLOSED = Q(state=SignalState.OPEN), Q(state=SignalState.CLOSED)
_DEEDS = {
    EntryState.AGREED: ("согласование", "согласования", "согласований"),
    EntryState.RETURNED: ("возврат", "возврата", "возвратов"),
    EntryState.APPROVED: ("утверждение", "утверждения", "утверждений"),
    EntryState.REMOVED: ("исключение", "исключения", "исключений"),
    EntryState.PROPOSED: ("предложение", "предложения", "предложений"),
}


@dataclass(frozen=True)
class SinceLine:
    """So many of one thing; the number leads to their names."""

    words: str
    url: str


@dataclass(frozen=True)
class Since:
    """The sentence of the desk: when the visit was, and what is new."""

    when: str
    lines: tuple[SinceLine, ...]


@dataclass(frozen=True)
class StepRow:
    """A decision on an entry of the registry."""

    step: RegistryStep
    what: str


@dataclass(frozen=True)
class SincePage:
    """The same by name. The numbers are of all, the rows the newest hundred of each."""

    when: str
    opened: tuple[SignalRow, ...]
    opened_number: int
    closed: tuple[Signal, ...]
    closed_number: int
    steps: tuple[StepRow, ...]
    steps_number: int


def since_visit(user: User, moment: datetime, periods: DeskPeriods, asked: str = "") -> Since:
    """Counts for the desk; two queries. Signals are those of the period that the desk speaks of.

    `asked`: what the page is asked for where the moment is not the last visit.
    """
    page = f"{reverse('desk:since')}{asked}"
    lines = []
    told = _signals(user, periods).aggregate(
        opened=Count("pk", filter=_OPENED & Q(opened_at__gt=moment)),
        closed=Count("pk", filter=_CLOSED & Q(closed_at__gt=moment)),
    )
    if number := told["opened"]:
        words = counted(number, "новый сигнал", "новых сигнала", "новых сигналов")
        lines.append(SinceLine(words, f"{page}#opened"))
    if number := told["closed"]:
        words = counted(number, "сигнал закрыт", "сигнала закрыто", "сигналов закрыто")
        lines.append(SinceLine(words, f"{page}#closed"))
    made = _steps(user, moment).values_list("to_state", "entry__school_class__grade", "entry__school_class__letter")
    lines += [SinceLine(words, f"{page}#steps") for words in _deeds_in_words(made)]
    return Since(moment_words(localtime(moment), periods.today), tuple(lines))


def _deeds_in_words(made: Iterable[tuple[str, int, str]]) -> list[str]:
    """«9 согласований 7А», «1 возврат 8Б», «12 утверждений»: classes are named while there are few."""
    numbers: Counter[str] = Counter()
    classes: dict[str, set[str]] = {}
    for state, grade, letter in made:
        numbers[state] += 1
        classes.setdefault(state, set()).add(f"{grade}{letter}")
    return [
        counted(numbers[state], *words)
        + (NBSP + ", ".join(sorted(classes[state])) if len(classes[state]) <= _CLASSES_NAMED else "")
        for state, words in _DEEDS.items()
        if numbers[state]
    ]


def since_page(user: User, moment: datetime, periods: DeskPeriods) -> SincePage:
    """Names for the page; three queries."""
    opened = signals_with_marks(_opened(user, moment, periods)).order_by("-opened_at", "pupil__sort_key", "pk")
    closed = (
        _closed(user, moment, periods).select_related("pupil", "school_class", "subject").order_by("-closed_at", "pk")
    )
    steps = _steps(user, moment).select_related("entry__pupil", "entry__school_class", "entry__period", "by__staff")
    opened_rows, closed_rows, made = _named(opened), _named(closed), _named(steps.order_by("-at", "-pk"))
    return SincePage(
        when=moment_words(localtime(moment), periods.today),
        opened=tuple(signal_rows(opened_rows)),
        opened_number=_number(opened_rows),
        closed=tuple(closed_rows),
        closed_number=_number(closed_rows),
        steps=tuple(StepRow(step, step_words(step)) for step in made),
        steps_number=_number(made),
    )


def _named(rows: QuerySet[Any]) -> list[Any]:
    """The first hundred, each with the number of all."""
    return list(rows.annotate(of_all=Window(Count("*")))[:NAMED])


def _number(rows: list[Any]) -> int:
    return rows[0].of_all if rows else 0


def _opened(user: User, moment: datetime, periods: DeskPeriods) -> QuerySet[Signal]:
    return _signals(user, periods).filter(_OPENED, opened_at__gt=moment)


def _closed(user: User, moment: datetime, periods: DeskPeriods) -> QuerySet[Signal]:
    return _signals(user, periods).filter(_CLOSED, closed_at__gt=moment)


def _signals(user: User, periods: DeskPeriods) -> QuerySet[Signal]:
    rows = Signal.objects.visible_to(user)
    return rows.in_period(periods.of_marks) if periods.of_marks is not None else rows.none()


def _steps(user: User, moment: datetime) -> QuerySet[RegistryStep]:
    """Decisions of other people; what the marks proposed is in the lists anyway."""
    entries = RegistryEntry.objects.visible_to(user).order_by().values("pk")
    made = RegistryStep.objects.filter(entry__in=entries, at__gt=moment, by__isnull=False)
    return made.exclude(by=user)
