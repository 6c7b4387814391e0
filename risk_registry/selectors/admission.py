"""Grades 9 and 11: annual results as they are or as they are foretold, debts, the interview or the essay."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from common.russian import date_short
from gradebook.models import PeriodResult, ResultKind
from risk_registry.debts import OPEN_STATES, DebtState
from risk_registry.models import AcademicDebt, FinalTrial
from risk_registry.rules.admission import Owed, Reason, SubjectYear, dangers, trial_of
from school.access import access_of, pupils_for
from school.models import AcademicYear, Enrolment, Pupil, SchoolClass, User


@dataclass(frozen=True)
class TrialTold:
    """A sitting: its day and whether it was passed."""

    on: date
    passed: bool

    @property
    def words(self) -> str:
        """«зачёт 12.02.2027»."""
        return f"{'зачёт' if self.passed else 'незачёт'} {date_short(self.on)}"


@dataclass(frozen=True)
class AdmissionRow:
    """A pupil with what endangers the admission; nothing does when `reasons` is empty."""

    pupil: Pupil
    school_class: str
    class_key: int
    reasons: tuple[Reason, ...]
    trials: tuple[TrialTold, ...]
    known: bool  # whether there is any result of the year

    @property
    def passed(self) -> bool:
        """Whether the interview or the essay is passed."""
        return any(one.passed for one in self.trials)


def seats_of(year: AcademicYear, day: date) -> QuerySet[Enrolment]:
    """Who sits in the classes of the year on the day (on its last day when that is over), by class and name."""
    when = max(year.starts, min(day, year.ends))
    rows = Enrolment.objects.on(when).filter(school_class__year=year).select_related("pupil", "school_class")
    return rows.order_by("school_class__grade", "school_class__letter", "pupil__sort_key", "pk")


def admission_classes(user: User, year: AcademicYear, grade: int) -> list[SchoolClass]:
    """Classes of the grade that the person sees: all, or those they lead; one query."""
    access = access_of(user)
    rows = SchoolClass.objects.filter(year=year, grade=grade, school=access.school).order_by("letter")
    if not access.whole_school:
        rows = rows.filter(class_teacher=access.staff)
    return list(rows)


def admission_rows(user: User, year: AcademicYear, classes: Iterable[SchoolClass], day: date) -> list[AdmissionRow]:
    """The pupils of visible classes of one grade, by class and name; three queries."""
    told = JSONObject(kind="kind", on="on", passed="passed")
    trials = FinalTrial.objects.filter(pupil=OuterRef("pupil")).order_by("on", "pk").values(told=told)
    seats: list[Any] = list(
        seats_of(year, day)
        .filter(school_class__in=list(classes), pupil__in=pupils_for(user).order_by())
        .select_related("pupil", "school_class__school__settings")
        .annotate(trials=ArraySubquery(trials))
    )
    keys = [seat.pupil_id for seat in seats]
    results, debts = results_of(year, keys), debts_of(keys)
    settled = settled_in(debts, year)
    return [_row(seat, _open_subjects(results[seat.pupil_id], seat.pupil_id, settled), debts) for seat in seats]


def _row(seat: Any, subjects: list[SubjectYear], debts: Mapping[int, list[AcademicDebt]]) -> AdmissionRow:
    grade = seat.school_class.grade
    kind = trial_of(grade)
    mine = [TrialTold(date.fromisoformat(one["on"]), one["passed"]) for one in seat.trials if one["kind"] == kind]
    round_up = seat.school_class.school.settings.round_up_from
    found = dangers(grade, subjects, owed(debts[seat.pupil_id]), [one.passed for one in mine], round_up)
    return AdmissionRow(
        pupil=seat.pupil,
        school_class=str(seat.school_class),
        class_key=seat.school_class_id,
        reasons=tuple(found),
        trials=tuple(mine),
        known=bool(subjects),
    )


def _open_subjects(subjects: list[SubjectYear], pupil: int, settled: Collection[tuple[int, int]]) -> list[SubjectYear]:
    """Without those of whose annual result a person has decided: the debt speaks instead."""
    return [one for one in subjects if (pupil, one.key) not in settled]


def results_of(year: AcademicYear, pupils: list[int]) -> dict[int, list[SubjectYear]]:
    """Results of the year and of its periods by pupil, subjects in alphabetical order; one query."""
    rows = PeriodResult.objects.filter(
        school=year.school_id, year=year, pupil__in=pupils, kind__in=[ResultKind.PERIOD, ResultKind.YEAR]
    ).order_by("subject__sort_key", "subject", "period__starts")
    told: dict[int, dict[int, list[Any]]] = defaultdict(dict)
    columns = ("pupil", "subject", "subject__name", "kind", "value", "excused")
    for pupil, key, name, kind, value, excused in rows.values_list(*columns):
        one = told[pupil].setdefault(key, [name, None, False, []])
        if kind == ResultKind.YEAR:
            one[1], one[2] = value, excused
        else:
            one[3].append(value)
    found: dict[int, list[SubjectYear]] = defaultdict(list)
    for pupil, mine in told.items():
        found[pupil] = [SubjectYear(key, one[0], one[1], one[2], tuple(one[3])) for key, one in mine.items()]
    return found


def debts_of(pupils: list[int]) -> dict[int, list[AcademicDebt]]:
    """Debts of any year and state on which a person has decided, by pupil; one query."""
    states = (DebtState.CLEARED, DebtState.DECLINED, *OPEN_STATES)
    rows = AcademicDebt.objects.filter(pupil__in=pupils, state__in=states).select_related("subject")
    found: dict[int, list[AcademicDebt]] = defaultdict(list)
    for row in rows.order_by("subject__sort_key", "pk"):
        found[row.pupil_id].append(row)
    return found


def settled_in(debts: Mapping[int, list[AcademicDebt]], year: AcademicYear) -> set[tuple[int, int]]:
    """(pupil, subject) of debts that the year's annual results made."""
    return {
        (row.pupil_id, row.subject_id)
        for rows in debts.values()
        for row in rows
        if row.year_id == year.pk and row.period_id is None
    }


def owed(debts: Iterable[AcademicDebt]) -> list[Owed]:
    """Those of them that are open, as the rules ask."""
    return [
        Owed(row.pk, row.subject.name, date_short(row.due), row.state == DebtState.NOT_CLEARED, row.choice)
        for row in debts
        if row.state in OPEN_STATES
    ]


def trials_of(pupils: list[int]) -> dict[tuple[int, str], list[TrialTold]]:
    """Sittings by pupil and kind, in the order of days; one query."""
    found: dict[tuple[int, str], list[TrialTold]] = defaultdict(list)
    for row in FinalTrial.objects.filter(pupil__in=pupils).order_by("on", "pk"):
        found[row.pupil_id, row.kind].append(TrialTold(row.on, row.passed))
    return found
