"""The timetable of attempts: who clears which debt on which day before whom. Names pupils of all classes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from documents.registry import ReportQuery
from risk_registry.debts import DebtState, Outcome
from risk_registry.models import DebtAttempt
from school.models import Enrolment, School
from school.selectors_staff import school_heads


@dataclass(frozen=True)
class ResitLine:
    """One attempt. `members`: who holds it, a name each."""

    debt: int
    on: date
    place: str
    school_class: str
    pupil: int
    name: str
    subject: str
    number: int
    members: tuple[str, ...]
    due: date


@dataclass(frozen=True)
class ResitsReport:
    """Attempts that are appointed from `made_on` on, by day and name."""

    school: str
    founder: str
    made_on: date
    director: str
    deputy: str
    lines: tuple[ResitLine, ...]


def build_resits(*, school: School) -> ResitsReport:
    """The timetable as it stands today; three queries."""
    today, heads = school.today(), school_heads(school)
    rows = DebtAttempt.objects.filter(
        school=school, outcome=Outcome.PLANNED, on__gte=today, debt__state=DebtState.CONFIRMED
    ).select_related("pupil", "debt__subject")
    attempts = list(rows.order_by("on", "pupil__sort_key", "pk"))
    seats = Enrolment.objects.on(today).filter(pupil__in=[one.pupil_id for one in attempts])
    classes = {seat.pupil_id: str(seat.school_class) for seat in seats.select_related("school_class")}
    return ResitsReport(
        school=school.official_name,
        founder=school.founder,
        made_on=today,
        director=heads.director,
        deputy=heads.deputy,
        lines=tuple(_line(one, classes.get(one.pupil_id, "")) for one in attempts),
    )


def _line(attempt: Any, school_class: str) -> ResitLine:
    return ResitLine(
        debt=attempt.debt_id,
        on=attempt.on,
        place=attempt.place,
        school_class=school_class,
        pupil=attempt.pupil_id,
        name=attempt.pupil.full_name,
        subject=attempt.debt.subject.name,
        number=attempt.number,
        members=tuple(attempt.commission.splitlines()),
        due=attempt.debt.due,
    )


def build_for_query(query: ReportQuery) -> ResitsReport:
    """Whatever the year and period: what is appointed from today on."""
    return build_resits(school=query.school)
