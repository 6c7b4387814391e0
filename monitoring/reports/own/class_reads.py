"""What the class teacher's report reads of one class in a period: a constant number of queries."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from common.errors import Refused
from iom.models import CourseSeat
from iom.programs import ProgramKind
from monitoring.reports.kinds import Wanted
from monitoring.reports.pupils_help import Help, help_for
from monitoring.reports.pupils_reads import (
    Compared,
    Days,
    Entry,
    Missed,
    by_pupil,
    compared,
    days_of,
    entries_of,
    judged_among,
    missed_by,
    people,
    results_of,
    subject_names,
)
from monitoring.reports.quarter.reads import Judged
from parents.event_words import EventState
from parents.models import EventMark, Notice, ParentEvent
from parents.rules.events import invites
from parents.words import NoticeKind, NoticeState
from risk_registry.categories import AnswerKind, SignalRule, SignalState
from risk_registry.models import Signal, SignalResponse
from risk_registry.spans import Span
from school.models import Enrolment, Period, Pupil, SchoolClass

Results = dict[int, dict[int, str]]


@dataclass(frozen=True)
class Move:
    """A pupil who came to the class or left it; `other`: the class of the school they came from or went to."""

    pupil: Pupil
    came: bool
    on: date
    other: str


@dataclass(frozen=True)
class Moves:
    """How the class changed between its first and last day."""

    at_start: int
    at_end: int
    moves: tuple[Move, ...]

    @property
    def came(self) -> int:
        """How many came."""
        return sum(one.came for one in self.moves)

    @property
    def left(self) -> int:
        """How many left."""
        return len(self.moves) - self.came


@dataclass(frozen=True)
class Side:
    """The class in a period: who sat in it, their results, missed lessons, what is on record."""

    judged: list[Judged]
    results: Results
    missed: list[Missed]
    help: Help

    @property
    def pupils(self) -> list[int]:
        """Keys, in the order of names."""
        return [row.pupil for row in self.judged]


@dataclass(frozen=True)
class EventTold:
    """An event to which the class's parents were invited: of how many pupils somebody came, of how many it is known."""

    key: int
    title: str
    on: date
    came: int
    known: int


@dataclass(frozen=True)
class ClassFacts:
    """Everything; `was` is None where there is nothing to compare with, `previous` the period it is of."""

    school_class: SchoolClass
    period: Period
    previous: Period | None
    days: Days
    goes_on: bool
    over: bool
    now: Side
    was: Side | None
    moves: Moves
    entries: dict[int, Entry]
    people: dict[int, Pupil]
    subjects: dict[int, str]
    signals: Counter[tuple[SignalRule, SignalState]]
    answers: Counter[AnswerKind]
    notices: Counter[tuple[NoticeKind, NoticeState]]
    events: tuple[EventTold, ...]
    programs: tuple[tuple[str, str, int], ...]

    @property
    def done_before(self) -> Side | None:
        """What missed lessons and records are compared with: nothing while the period goes on, it is a part of it."""
        return self.was if self.over else None

    @property
    def previous_title(self) -> str:
        """«1-я четверть»; empty where there is nothing to compare with."""
        return self.previous.title if self.previous is not None else ""


def class_facts(wanted: Wanted) -> ClassFacts:
    """Of the class that is asked about. Raises `Refused` while nobody of it has a category in the period."""
    school_class, period = wanted.school_class, wanted.period
    if school_class is None:
        raise Refused("Этот отчёт составляется о классе.")
    asked = compared(period)
    span = asked.now[school_class.period_system]
    now = _side(school_class, period, span)
    if not now.judged:
        raise Refused(f"За {period.title_accusative} о классе {school_class} рассказать пока не о чем.")
    days, pupils = days_of(span), now.pupils
    was = _before(school_class, asked)
    moves = moves_of(school_class, (days[0], min(days[1], wanted.school.today())))
    told = {*pupils, *(one.pupil.pk for one in moves.moves)}
    signals, answers = _signals(period, pupils)
    return ClassFacts(
        school_class=school_class,
        period=period,
        previous=asked.previous if was is not None else None,
        days=days,
        goes_on=span.goes_on,
        over=period.ends <= wanted.school.today(),
        now=now,
        was=was,
        moves=moves,
        entries=entries_of(pupils, period),
        people=people(told),
        subjects=subject_names(wanted.school.pk),
        signals=signals,
        answers=answers,
        notices=_notices(pupils, days),
        events=_events(school_class, pupils, days),
        programs=_programs(pupils, days),
    )


def _side(school_class: SchoolClass, period: Period, span: Span) -> Side:
    judged = judged_among(period, [school_class.pk])
    pupils, days = [row.pupil for row in judged], days_of(span)
    results = by_pupil(results_of(pupils, [span.period.key]))
    return Side(judged, results, missed_by(pupils, days), help_for(pupils, days))


def _before(school_class: SchoolClass, asked: Compared) -> Side | None:
    span = asked.before(school_class)
    if span is None or asked.previous is None:
        return None
    found = _side(school_class, asked.previous, span)
    return found if found.judged else None


def moves_of(school_class: SchoolClass, days: Days) -> Moves:
    """Who sat in the class at both ends, who came and left between; two queries."""
    first, last = days
    rows = Enrolment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=first), starts__lte=last)
    seats = list(rows.filter(school_class=school_class).select_related("pupil").order_by("starts", "pupil__sort_key"))
    came = [one for one in seats if one.starts > first]
    left = [one for one in seats if one.ends is not None and one.ends < last]
    moved = {one.pupil_id for one in (*came, *left)}
    others = list(
        Enrolment.objects.filter(pupil__in=moved, school_class__year=school_class.year_id)
        .exclude(school_class=school_class)
        .select_related("school_class")
        .order_by("starts")
    )
    moves = [Move(one.pupil, True, one.starts, _from(one, others)) for one in came]
    moves += [Move(one.pupil, False, one.ends, _to(one, others)) for one in left if one.ends is not None]
    return Moves(
        at_start=sum(one.starts <= first for one in seats),
        at_end=sum(one.ends is None or one.ends >= last for one in seats),
        moves=tuple(sorted(moves, key=lambda one: (one.on, one.pupil.sort_key))),
    )


def _from(seat: Enrolment, others: list[Enrolment]) -> str:
    found = [o for o in others if o.pupil_id == seat.pupil_id and o.ends is not None and o.ends < seat.starts]
    return f"из {found[-1].school_class}" if found else ""


def _to(seat: Enrolment, others: list[Enrolment]) -> str:
    found = [o for o in others if o.pupil_id == seat.pupil_id and seat.ends is not None and o.starts > seat.ends]
    return f"в {found[0].school_class}" if found else ""


def _signals(
    period: Period, pupils: Collection[int]
) -> tuple[Counter[tuple[SignalRule, SignalState]], Counter[AnswerKind]]:
    rows = Signal.objects.filter(period=period, pupil__in=pupils)
    told = Counter((SignalRule(rule), SignalState(state)) for rule, state in rows.values_list("rule", "state"))
    kinds = SignalResponse.objects.filter(signal__in=rows.order_by().values("pk")).values_list("kind", flat=True)
    return told, Counter(AnswerKind(kind) for kind in kinds)


def _notices(pupils: Collection[int], days: Days) -> Counter[tuple[NoticeKind, NoticeState]]:
    rows = Notice.objects.filter(pupil__in=pupils, on__range=days).exclude(state=NoticeState.WITHDRAWN)
    return Counter((NoticeKind(kind), NoticeState(state)) for kind, state in rows.values_list("kind", "state"))


def _events(school_class: SchoolClass, pupils: Collection[int], days: Days) -> tuple[EventTold, ...]:
    rows = ParentEvent.objects.filter(school=school_class.school_id, state=EventState.HELD, on__range=days)
    found = [
        one
        for one in rows.prefetch_related("invited").order_by("on", "pk")
        if invites(
            one.levels,
            {each.school_class_id for each in one.invited.all()},
            level=school_class.level,
            school_class=school_class.pk,
        )
    ]
    marks = set(EventMark.objects.filter(event__in=found, pupil__in=pupils).values_list("event", "pupil", "came"))
    return tuple(
        EventTold(
            one.pk,
            str(one),
            one.on,
            came=len({pupil for event, pupil, came in marks if event == one.pk and came}),
            known=len({pupil for event, pupil, _ in marks if event == one.pk}),
        )
        for one in found
    )


def _programs(pupils: Collection[int], days: Days) -> tuple[tuple[str, str, int], ...]:
    """Title, kind, how many of the class go there."""
    lasts = Q(ends__isnull=True) | Q(ends__gte=days[0])
    seats = CourseSeat.objects.filter(
        lasts, pupil__in=pupils, starts__lte=days[1], removed_at__isnull=True, program__removed_at__isnull=True
    )
    told = set(seats.order_by().values_list("program__title", "program__kind", "pupil"))
    counts = Counter((title, ProgramKind(kind).label) for title, kind, _ in told)
    return tuple((title, kind, number) for (title, kind), number in sorted(counts.items()))
