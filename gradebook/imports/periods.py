"""Which period, or which annual kind, a result belongs to."""

from dataclasses import dataclass

from gradebook.imports.earlier import SYSTEMS
from gradebook.imports.yearbook import Yearbook
from gradebook.models import ResultKind
from gradebook.parsed import PeriodKind, StatedPeriod
from school.models import Period, PeriodSystem, SchoolClass

_ANNUAL = {
    PeriodKind.YEAR: ResultKind.YEAR,
    PeriodKind.EXAM: ResultKind.EXAM,
    PeriodKind.STATE_EXAM: ResultKind.STATE_EXAM,
    PeriodKind.FINAL: ResultKind.FINAL,
}


@dataclass(frozen=True, slots=True)
class Term:
    """What a result is of."""

    kind: ResultKind
    period: Period | None


class NoSuchPeriod(Exception):  # noqa: N818 — it is an answer, not a fault
    """The class has no such period; `reason` says so to a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PeriodNotNamed(Exception):  # noqa: N818 — it is an answer, not a fault
    """Neither the file nor the call names a period."""


def term_of(stated: StatedPeriod | None, school_class: SchoolClass, book: Yearbook, told: Period | None) -> Term:
    """The term that a heading means in this class; a heading goes before `told`, which is the call's own word.

    A range of dates belongs to the period of its last day; periods are those of the class's own system. Raises
    `NoSuchPeriod` and `PeriodNotNamed`.
    """
    if stated is not None and stated.kind in _ANNUAL:
        return Term(_ANNUAL[stated.kind], None)
    periods = book.periods.get(school_class.period_system, [])
    if stated is None:
        return Term(ResultKind.PERIOD, _told_for(periods, told))
    if stated.kind is not None and SYSTEMS[stated.kind] != school_class.period_system:
        system = PeriodSystem(school_class.period_system).label.lower()
        raise NoSuchPeriod(f"в {school_class} {system}, а файл называет другие периоды")
    return Term(ResultKind.PERIOD, _stated_in(periods, stated, school_class))


def _stated_in(periods: list[Period], stated: StatedPeriod, school_class: SchoolClass) -> Period:
    for period in periods:
        if stated.number is not None and period.number == stated.number:
            return period
        if stated.number is None and stated.last is not None and period.starts <= stated.last <= period.ends:
            return period
    named = f"с номером {stated.number}" if stated.number is not None else f"на {stated.last:%d.%m.%Y}"
    raise NoSuchPeriod(f"в {school_class} нет учебного периода {named}")


def _told_for(periods: list[Period], told: Period | None) -> Period:
    """A class with another system uses its own period that contains the told one's last day."""
    if told is None:
        raise PeriodNotNamed
    for period in periods:
        if period.pk == told.pk or period.starts <= told.ends <= period.ends:
            return period
    raise NoSuchPeriod(f"нет учебного периода на {told.ends:%d.%m.%Y}")
