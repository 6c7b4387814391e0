"""The figures of a period counted apart: row by row from marks, results, absences and seats, in plain Python."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from gradebook.models import Absence, AbsenceGround, Mark, PeriodResult
from school.models import Enrolment, Period, SchoolClass


@dataclass
class Seat:
    """A pupil of the contingent: the class, and which days and whose results count."""

    school_class: SchoolClass
    own: Period
    until: date
    marks: dict[str, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    results: dict[str, str] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)

    def holds(self, day: date) -> bool:
        """Whether facts of the day count."""
        return self.own.starts <= day <= self.until


def seats_on(period: Period) -> dict[int, Seat]:
    """Who sat where on the period's last day, by the pupil's key, with all facts that count for them."""
    school, day = period.year.school, period.ends
    periods = list(Period.objects.filter(year=period.year))
    seats = {}
    for row in Enrolment.objects.filter(school_class__year=period.year).select_related("school_class"):
        if row.starts <= day and (row.ends is None or row.ends >= day):
            system = row.school_class.period_system
            [own] = [p for p in periods if p.system == system and p.starts <= day <= p.ends]
            seats[row.pupil_id] = Seat(row.school_class, own, day)
    for mark in Mark.objects.filter(school=school).select_related("subject"):
        if mark.pupil_id in seats and seats[mark.pupil_id].holds(mark.date):
            seats[mark.pupil_id].marks[mark.subject.name].append((mark.date, mark.value))
    for result in PeriodResult.objects.filter(school=school, kind="period").select_related("subject"):
        if result.pupil_id in seats and seats[result.pupil_id].own.pk == result.period_id:
            seats[result.pupil_id].results[result.subject.name] = result.value
    grounds = defaultdict(list)
    for ground in AbsenceGround.objects.filter(school=school, withdrawn_at__isnull=True):
        grounds[ground.pupil_id].append(ground)
    for absence in Absence.objects.filter(school=school):
        if absence.pupil_id in seats and seats[absence.pupil_id].holds(absence.date):
            seats[absence.pupil_id].missed[_reason(absence, grounds[absence.pupil_id])] += 1
    return seats


def _reason(absence: Absence, grounds: list[AbsenceGround]) -> str:
    """Why a lesson was missed: what a person said of it, else the ground that holds on its day, else the journal."""
    holding = [one for one in grounds if one.covers_to is not None and one.starts <= absence.date <= one.covers_to]
    return absence.reason if absence.by_hand or not holding else holding[0].reason


def category_of(seat: Seat) -> tuple[str, set[str]]:
    """The category and the subjects that caused it, by the contract's sentences; "unrated" where nothing is known."""
    failing, weak, threes = set(), set(), set()
    for subject in {*seat.marks, *seat.results}:
        values = [value for _, value in seat.marks.get(subject, [])]
        result = seat.results.get(subject) or _forecast(values)
        if result in ("1", "2", "н/а", "незач"):
            failing.add(subject)
        if any(value <= 2 for value in values):
            weak.add(subject)
        if result == "3":
            threes.add(subject)
    if not seat.marks and not seat.results:
        return "unrated", set()
    if failing:
        return "failing", failing
    if weak:
        return "weak", weak
    return ("reserve", threes) if 1 <= len(threes) <= 2 else ("none", set())


def _forecast(values: list[int]) -> str:
    if len(values) < 3:
        return ""
    return str((Decimal(sum(values)) / len(values) + Decimal("0.5")).quantize(Decimal(1), rounding=ROUND_FLOOR))


def three_twos(seats: dict[int, Seat]) -> set[tuple[int, str, tuple[date, ...]]]:
    """Three or more marks below 3 in one subject: pupil, subject, the days."""
    found = set()
    for pupil, seat in seats.items():
        for subject, marks in seat.marks.items():
            low = sorted(day for day, value in marks if value <= 2)
            if len(low) >= 3:
                found.add((pupil, subject, tuple(low)))
    return found


@dataclass
class SubjectFigures:
    """What the table of subjects says of one."""

    results: list[str] = field(default_factory=list)
    low: int = 0

    def told(self) -> tuple[int, int, int, float | None, int]:
        """Results, unsatisfactory ones, not attested, the mean, current marks below 3."""
        numbers = [int(value) for value in self.results if value.isdigit()]
        exact = Decimal(sum(numbers)) / len(numbers) if numbers else None
        mean = None if exact is None else float(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
        failed = sum(value in ("1", "2", "незач") for value in self.results)
        return (len(self.results), failed, self.results.count("н/а"), mean, self.low)


def subjects_of(seats: dict[int, Seat]) -> dict[str, SubjectFigures]:
    """By the subject's name; those with neither a result nor a mark below 3 are left out."""
    found: dict[str, SubjectFigures] = defaultdict(SubjectFigures)
    for seat in seats.values():
        for subject, value in seat.results.items():
            found[subject].results.append(value)
        for subject, marks in seat.marks.items():
            low = sum(value <= 2 for _, value in marks)
            if low:
                found[subject].low += low
    return dict(found)
