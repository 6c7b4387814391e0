"""Which subjects go badly, for whoever leads a methodical union: counts, and nobody's name."""

from dataclasses import dataclass

from django.db.models import Count

from desk.selectors.home.periods import DeskPeriods
from gradebook.models import Mark
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from school.models import Period, School


@dataclass(frozen=True)
class SubjectLine:
    """One subject of the school: marks below 3 since the period began, of how many pupils, and open signals."""

    subject: str
    low: int
    pupils: int
    signals: int


@dataclass(frozen=True)
class SubjectsBoard:
    """The subjects with marks below 3, the most first. `period` is None as long as there are no marks."""

    period: Period | None
    lines: tuple[SubjectLine, ...] = ()


def subjects_board(school: School, periods: DeskPeriods) -> SubjectsBoard:
    """The whole school's subjects in the newest period that the marks speak of; two queries."""
    period = periods.of_marks
    if period is None:
        return SubjectsBoard(None)
    low = Mark.objects.filter(school=school, date__range=(period.starts, period.ends), value__lte=2)
    rows = (
        low.order_by()
        .values_list("subject", "subject__name")
        .annotate(n=Count("pk"), who=Count("pupil", distinct=True))
    )
    raised = Signal.objects.filter(period=period, state=SignalState.OPEN).order_by().values_list("subject")
    signals = dict(raised.annotate(n=Count("pk")))
    lines = [SubjectLine(name, number, pupils, signals.get(key, 0)) for key, name, number, pupils in rows]
    return SubjectsBoard(period, tuple(sorted(lines, key=lambda line: (-line.low, line.subject))))
