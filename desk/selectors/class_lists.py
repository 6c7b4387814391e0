"""Lists of the class page beside its map: missed lessons by pupil and reason, and open signals."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from gradebook.models import Absence, AbsenceReason
from risk_registry.categories import SignalState
from risk_registry.models import Signal
from risk_registry.selectors.signals import SignalQuery, SignalRow, signal_list_rows, signal_rows
from school.access import Viewer
from school.models import Period, Pupil, SchoolClass, User


@dataclass(frozen=True)
class MissedLine:
    """Lessons that a pupil missed in the period, by reason, and on how many days."""

    pupil: Pupil
    unexcused: int
    illness: int
    excused: int
    days: int

    @property
    def total(self) -> int:
        """All missed lessons."""
        return self.unexcused + self.illness + self.excused

    @property
    def url(self) -> str:
        """Where the days are."""
        return f"{reverse('desk:pupil', args=[self.pupil.pk])}#absences"


@dataclass(frozen=True)
class Missed:
    """Those who missed anything, first those without a reason; `others` missed nothing."""

    lines: tuple[MissedLine, ...]
    others: int

    @property
    def unexcused(self) -> int:
        """Lessons of the class without a reason."""
        return sum(line.unexcused for line in self.lines)

    @property
    def illness(self) -> int:
        """Lessons missed through illness."""
        return sum(line.illness for line in self.lines)

    @property
    def excused(self) -> int:
        """Lessons missed with a good reason."""
        return sum(line.excused for line in self.lines)

    @property
    def total(self) -> int:
        """All lessons that the class missed."""
        return sum(line.total for line in self.lines)


def class_missed(pupils: QuerySet[Pupil], period: Period) -> Missed:
    """Of these pupils in the period; one query."""
    rows = Absence.objects.filter(pupil=OuterRef("pk"), date__range=(period.starts, period.ends)).counted()
    told: Any = pupils.annotate(
        unexcused=_number(rows, AbsenceReason.UNEXCUSED),
        illness=_number(rows, AbsenceReason.ILLNESS),
        excused=_number(rows, AbsenceReason.EXCUSED),
        missed_days=_number(rows, None),
    ).order_by("sort_key", "pk")
    every = [MissedLine(row, row.unexcused, row.illness, row.excused, row.missed_days) for row in told]
    lines = [line for line in every if line.total]
    lines.sort(key=lambda line: (-line.unexcused, -line.total))
    return Missed(tuple(lines), len(every) - len(lines))


def _number(rows: QuerySet[Any], reason: str | None) -> Coalesce:
    """Lessons missed for the reason; without one, days."""
    grouped = (rows if reason is None else rows.filter(counted=reason)).order_by().values("pupil")
    number = Count("date", distinct=True) if reason is None else Count("pk")
    return Coalesce(Subquery(grouped.annotate(number=number).values("number")), 0)


def class_signals(user: User, school_class: SchoolClass, period: Period) -> tuple[SignalRow, ...]:
    """Open signals of the class in a period of the main system, by name; one query."""
    return tuple(signal_rows(signal_list_rows(user, SignalQuery(period, school_class=school_class.pk, sort="name"))))


def signals_number(user: Viewer, school_class: SchoolClass, period: Period) -> int:
    """Open signals of the class in a period of the main system; one query."""
    rows = Signal.objects.visible_to(user).in_period(period)
    return rows.filter(state=SignalState.OPEN, school_class=school_class).count()
