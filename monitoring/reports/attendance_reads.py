"""What the paper of attendance reads: a constant number of set-based queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncWeek

from gradebook.models import Absence
from monitoring.reports.cells import answer_words
from monitoring.reports.quarter.reads import in_spans
from risk_registry.categories import AnswerKind, SignalRule, SignalState
from risk_registry.models import Signal
from risk_registry.rules.warning import AbsenceLevel
from school.models import Period

Missed = Counter[tuple[int, str]]


@dataclass(frozen=True)
class Truant:
    """A pupil whose absences without a good reason reached a level. `answers`: «Беседа 12.11.2026», in order."""

    pupil: int
    level: AbsenceLevel
    lessons: int
    days: int
    since: date
    dismissed: bool
    answers: tuple[str, ...]


def missed_by_pupil(period: Period) -> Missed:
    """Lessons that the contingent of the period missed, by (pupil, reason with which they are counted)."""
    rows = (
        Absence.objects.filter(in_spans(period, dated=True))
        .counted()
        .values_list("pupil", "counted")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return Counter({(pupil, reason): count for pupil, reason, count in rows})


def missed_by_week(period: Period) -> dict[date, Counter[str]]:
    """Lessons missed on the days of the period itself, by the week's Monday and reason, in order."""
    rows = (
        Absence.objects.filter(pupil__categories__period=period, date__range=(period.starts, period.ends))
        .counted()
        .annotate(week=TruncWeek("date"))
        .values_list("week", "counted")
        .annotate(count=Count("pk"))
        .order_by("week")
    )
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for week, reason, count in rows:
        found[week][reason] += count
    return dict(found)


def truants(period: Period) -> list[Truant]:
    """Who missed lessons repeatedly or systematically, the gravest first, then by name; two queries."""
    rows = (
        Signal.objects.filter(period=period, rule=SignalRule.ABSENCES, level__gte=AbsenceLevel.REPEATED)
        .exclude(state=SignalState.CLOSED)
        .order_by("-level", "school_class__grade", "school_class__letter", "pupil__sort_key")
        .prefetch_related("responses")
    )
    return [
        Truant(
            pupil=row.pupil_id,
            level=AbsenceLevel(row.level),
            lessons=len(row.evidence),
            days=len(set(row.evidence)),
            since=row.since,
            dismissed=row.state == SignalState.DISMISSED,
            answers=tuple(f"{answer_words(AnswerKind(one.kind))} {one.on:%d.%m.%Y}" for one in row.responses.all()),
        )
        for row in rows
    ]
