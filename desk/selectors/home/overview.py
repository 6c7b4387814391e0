"""The first screen of those who answer for the whole school."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from common.look import Change, Figure
from common.russian import percent
from desk.rules import Days, same_days, so_far
from desk.selectors.home.duties import is_stale
from desk.selectors.home.periods import DeskPeriods
from desk.selectors.missed import missed_lessons, missed_link
from gradebook.selectors import data_as_of
from risk_registry.categories import EntryState
from risk_registry.links import categories_link, registry_link, signals_link
from risk_registry.models import RegistryEntry
from risk_registry.permissions import sees_escalated_only
from risk_registry.selectors.addressed import with_addressees
from risk_registry.selectors.categories import CategoryCounts, ClassCounts, categories_beside, total_counts
from risk_registry.selectors.registry import OUT, UNDER_RISK
from risk_registry.selectors.signals import SignalQuery, SignalRow, signal_counts, signal_list_rows, signal_rows
from school.models import Period, School, SchoolClass, User

SIGNALS_SHOWN = 8
CLASSES_SHOWN = 10
_WAITING = {
    EntryState.PROPOSED: "ждут согласования классного руководителя",
    EntryState.AGREED: "согласованы, ждут утверждения",
    EntryState.RETURNED: "возвращены с замечанием",
}


@dataclass(frozen=True)
class ClassLine:
    """A class with its categories, as far as the marks say."""

    school_class: SchoolClass
    counts: CategoryCounts
    risk: str

    @property
    def url(self) -> str:
        """The class page."""
        return reverse("desk:class", args=[self.school_class.pk])


@dataclass(frozen=True)
class WaitingLine:
    """Entries of the registry in one state; the number leads to them."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class AgreeingLine:
    """A class whose entries are not all agreed."""

    school_class: SchoolClass
    ready: int
    all: int
    url: str


@dataclass(frozen=True)
class StaleLine:
    """A class without fresh data: since when, None for one without any."""

    school_class: SchoolClass
    data_on: date | None
    days: int | None

    @property
    def url(self) -> str:
        """The class page."""
        return reverse("desk:class", args=[self.school_class.pk])


@dataclass(frozen=True)
class Overview:
    """What the screen shows."""

    period: Period
    before: Period | None
    past: bool
    provisional: bool
    figures: tuple[Figure, ...]
    signals: tuple[SignalRow, ...]
    open_signals: int
    signals_url: str
    classes: tuple[ClassLine, ...]
    widest: int
    registry_period: Period
    waiting: tuple[WaitingLine, ...]
    agreeing: tuple[AgreeingLine, ...]
    more_agreeing: int
    registry_url: str
    stale: tuple[StaleLine, ...]
    data_on: date | None
    all_classes: int

    @property
    def period_words(self) -> str:
        """«2-я четверть, предварительно»; the year is named where another one is under way."""
        if self.period.is_start:
            return f"{self.period.title}, по прошлому году"
        title = f"{self.period.title} {self.period.year}" if self.past else self.period.title
        return f"{title}, предварительно" if self.provisional else f"{title}, итог"

    @property
    def label(self) -> str:
        """What the figures are, for those who do not see them."""
        compared = f", в сравнении с итогами {self.before.title_genitive}" if self.before else ""
        return f"Где стоит школа: {self.period_words}{compared}"

    @property
    def stale_count(self) -> str:
        """«2 из 10»."""
        return f"{len(self.stale)} из {self.all_classes}" if self.stale else ""


def overview(user: User, school: School, periods: DeskPeriods) -> Overview | None:
    """None as long as the marks say nothing of anybody. A constant number of queries."""
    if periods.now is None:
        return None
    now, then = categories_beside(user, periods.now, periods.before)
    before = then if periods.before else None
    days = data_as_of([line.school_class for line in now])
    asked = _asked(user, periods)
    _, open_signals = signal_counts(user, asked)
    decided = periods.decided or periods.now
    agreeing, by_state = _registry(user, decided, [line.school_class for line in now])
    return Overview(
        period=periods.now,
        before=periods.before,
        past=periods.running is not None and periods.running.year_id != periods.now.year_id,
        provisional=total_counts(now).provisional > 0,
        figures=_figures(user, periods, total_counts(now), before, open_signals),
        signals=_signals(user, asked, periods.today),
        open_signals=open_signals,
        signals_url=signals_link(period=asked.period.pk, grave=1),
        classes=tuple(_line(one) for one in now),
        widest=max((one.counts.pupils for one in now), default=0),
        registry_period=decided,
        waiting=tuple(
            WaitingLine(by_state[state], words, registry_link(period=decided.pk, state=state))
            for state, words in _WAITING.items()
            if by_state.get(state)
        ),
        agreeing=agreeing[:CLASSES_SHOWN],
        more_agreeing=max(len(agreeing) - CLASSES_SHOWN, 0),
        registry_url=registry_link(period=decided.pk),
        stale=() if periods.too_early else _stale(school, now, days, periods.today),
        data_on=max((day for day in days.values() if day), default=None),
        all_classes=len(now),
    )


def _line(one: ClassCounts) -> ClassLine:
    rated = one.counts.pupils - one.counts.unrated
    return ClassLine(one.school_class, one.counts, percent(one.counts.under_risk, one.counts.pupils) if rated else "")


def _figures(
    user: User, periods: DeskPeriods, now: CategoryCounts, before: CategoryCounts | None, open_signals: int
) -> tuple[Figure, ...]:
    return (
        *category_figures(periods, now, before),
        Figure("Сигналы без ответа", str(open_signals), signals_link(period=_of_marks(periods).pk, grave=1)),
        _missed(user, periods),
    )


def category_figures(periods: DeskPeriods, now: CategoryCounts, before: CategoryCounts | None) -> tuple[Figure, ...]:
    """How many are in each category, beside the period before."""
    assert periods.now is not None
    key = periods.now.pk
    against = f"к {periods.before.title_dative}" if periods.before else ""

    def figure(label: str, name: str, category: str, of: str = "", good_when: str = "down") -> Figure:
        number = int(getattr(now, name))
        change = None if before is None else Change(number - int(getattr(before, name)), against, good_when)
        return Figure(label, str(number), categories_link(period=key, category=category), of, change)

    share = f"из {now.pupils} · {percent(now.under_risk, now.pupils)}"
    return (
        figure("Неуспевающие, прогноз" if now.provisional else "Неуспевающие", "failing", "failing"),
        figure("Слабоуспевающие", "weak", "weak"),
        figure("Под риском всего", "under_risk", UNDER_RISK, share),
        figure("Группа резерва", "reserve", "reserve", good_when=""),
    )


def _of_marks(periods: DeskPeriods) -> Period:
    found = periods.of_marks
    assert found is not None
    return found


def _missed(user: User, periods: DeskPeriods) -> Figure:
    period = _of_marks(periods)
    days = so_far(Days(period.starts, period.ends), periods.today)
    before = periods.before
    earlier = [same_days(Days(before.starts, before.ends), days)] if before is not None else []
    number, *then = missed_lessons(user, days, *earlier)
    change = Change(number - then[0], "к тем же дням") if then else None
    return Figure("Уроки без причины", str(number), missed_link(period), change=change)


def _asked(user: User, periods: DeskPeriods) -> SignalQuery:
    """What waits for an answer and is more than a line in the diary."""
    shown = periods.today if sees_escalated_only(user) else None
    return SignalQuery(_of_marks(periods), sort="opened", grave=True, escalated_on=shown)


def _signals(user: User, query: SignalQuery, today: date) -> tuple[SignalRow, ...]:
    """Those that have stood open longest, and who is expected to answer."""
    return with_addressees(signal_rows(signal_list_rows(user, query)[:SIGNALS_SHOWN]), today)


def _registry(
    user: User, period: Period, known: Collection[SchoolClass]
) -> tuple[tuple[AgreeingLine, ...], dict[str, int]]:
    """Classes that have not agreed to all their entries, and how many entries of all are in each state.

    `known`: classes that are read already, in their order; another query is needed for others only.
    """
    rows = RegistryEntry.objects.visible_to(user).in_period(period).exclude(state__in=OUT).order_by()
    lines = rows.values("school_class", "state").annotate(number=Count("pk"))
    by_class: dict[int, dict[str, int]] = {}
    by_state: dict[str, int] = {}
    for line in lines:
        by_class.setdefault(line["school_class"], {})[line["state"]] = line["number"]
        by_state[line["state"]] = by_state.get(line["state"], 0) + line["number"]
    behind = [key for key, states in by_class.items() if _undecided(states)]
    classes: Iterable[SchoolClass] = [one for one in known if one.pk in behind]
    if not set(behind) <= {one.pk for one in known}:
        classes = SchoolClass.objects.filter(pk__in=behind).select_related("class_teacher")
    return tuple(_agreeing(one, by_class[one.pk], period) for one in classes), by_state


def _undecided(states: dict[str, int]) -> int:
    return states.get(EntryState.PROPOSED, 0) + states.get(EntryState.RETURNED, 0)


def _agreeing(school_class: SchoolClass, states: dict[str, int], period: Period) -> AgreeingLine:
    every = sum(states.values())
    url = registry_link(period=period.pk, cls=school_class.pk)
    return AgreeingLine(school_class, every - _undecided(states), every, url)


def _stale(
    school: School, classes: list[ClassCounts], days: dict[int, date | None], today: date
) -> tuple[StaleLine, ...]:
    """Classes without fresh data."""
    lines = []
    for one in classes:
        day = days.get(one.school_class.pk)
        if is_stale(school, one.school_class, day, today):
            lines.append(StaleLine(one.school_class, day, None if day is None else (today - day).days))
    return tuple(lines)
