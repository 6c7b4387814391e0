"""The protocol of transfer: what the pedagogical council decides on every pupil in May. Names pupils of all classes.

Source: 273-ФЗ, ст. 58, ч. 8–9; ст. 59 and ст. 66, ч. 5.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count

from documents.registry import ReportQuery
from gradebook.models import PeriodResult, ResultKind
from risk_registry.rules.admission import Decision, Owed, Reason, SubjectYear, decide, trial_of
from risk_registry.rules.debts import UNSATISFACTORY
from risk_registry.selectors.admission import TrialTold, debts_of, owed, seats_of, settled_in, trials_of
from risk_registry.selectors.periods import year_of
from school.models import AcademicYear, School
from school.selectors_staff import school_heads


@dataclass(frozen=True)
class PupilLine:
    """A pupil with the decision; `reasons` name subjects and terms."""

    key: int
    name: str
    school_class: str
    decision: Decision
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """«Алгебра: задолженность, срок 31.05.2028; Физика: годовая 2»."""
        return "; ".join(reason.words for reason in self.reasons)


@dataclass(frozen=True)
class ClassLine:
    """A class with its pupils, by name."""

    name: str
    pupils: tuple[PupilLine, ...]

    @property
    def counts(self) -> dict[Decision, int]:
        """How many pupils of each decision."""
        return dict(Counter(one.decision for one in self.pupils))


@dataclass(frozen=True)
class TransferReport:
    """The protocol of one year, as the data stand on `made_on`."""

    school: str
    founder: str
    year: str
    made_on: date
    director: str
    deputy: str
    classes: tuple[ClassLine, ...]

    @property
    def counts(self) -> list[tuple[Decision, int]]:
        """How many pupils of each decision in the school, in the order of decisions; without noughts."""
        told = Counter(one.decision for line in self.classes for one in line.pupils)
        return [(decision, told[decision]) for decision in Decision if told[decision]]

    @property
    def pupils(self) -> int:
        """All of them."""
        return sum(len(line.pupils) for line in self.classes)

    def of(self, decision: Decision) -> list[PupilLine]:
        """The pupils of one decision, by class and name."""
        return [one for line in self.classes for one in line.pupils if one.decision == decision]


def build_transfer(*, school: School, year: AcademicYear) -> TransferReport:
    """The decisions on everybody who sits in a class of the year; a constant number of queries."""
    seats: list[Any] = list(seats_of(year, school.today()))
    keys = [seat.pupil_id for seat in seats]
    facts = _Facts(year, keys)
    heads = school_heads(school)
    grouped = groupby(seats, key=lambda seat: seat.school_class_id)
    return TransferReport(
        school=school.official_name,
        founder=school.founder,
        year=year.title,
        made_on=school.today(),
        director=heads.director,
        deputy=heads.deputy,
        classes=tuple(_class(list(mine), facts) for _, mine in grouped),
    )


class _Facts:
    """What the rule asks about the pupils, read once."""

    def __init__(self, year: AcademicYear, pupils: list[int]) -> None:
        self.results = _numbers_of_results(year, pupils)
        debts = debts_of(pupils)
        self.bad = _bad_results(year, pupils, settled_in(debts, year))
        self.debts: dict[int, list[Owed]] = {pupil: owed(mine) for pupil, mine in debts.items()}
        self.trials: dict[tuple[int, str], list[TrialTold]] = trials_of(pupils)


def _annual(year: AcademicYear, pupils: list[int]) -> Any:
    return PeriodResult.objects.filter(school=year.school_id, year=year, pupil__in=pupils, kind=ResultKind.YEAR)


def _numbers_of_results(year: AcademicYear, pupils: list[int]) -> dict[int, int]:
    return dict(_annual(year, pupils).order_by().values_list("pupil").annotate(number=Count("pk")))


def _bad_results(
    year: AcademicYear, pupils: list[int], settled: Collection[tuple[int, int]]
) -> dict[int, list[SubjectYear]]:
    """Unsatisfactory annual results, «н/а» for a good reason too, on which no person has decided."""
    rows = _annual(year, pupils).filter(value__in=UNSATISFACTORY).order_by("subject__sort_key", "subject")
    found: dict[int, list[SubjectYear]] = defaultdict(list)
    for pupil, key, name, value, excused in rows.values_list("pupil", "subject", "subject__name", "value", "excused"):
        if (pupil, key) not in settled:
            found[pupil].append(SubjectYear(key, name, value, excused, ()))
    return found


def _class(seats: list[Any], facts: _Facts) -> ClassLine:
    return ClassLine(str(seats[0].school_class), tuple(_line(seat, facts) for seat in seats))


def _line(seat: Any, facts: _Facts) -> PupilLine:
    pupil, grade = seat.pupil_id, seat.school_class.grade
    outcome = decide(
        grade,
        facts.bad.get(pupil, []),
        results=facts.results.get(pupil, 0),
        debts=facts.debts.get(pupil, []),
        trials=[one.passed for one in facts.trials.get((pupil, trial_of(grade)), [])],
    )
    return PupilLine(pupil, seat.pupil.full_name, str(seat.school_class), outcome.decision, outcome.reasons)


def build_for_query(query: ReportQuery) -> TransferReport:
    """Of the year that is asked for; its number of the period does not matter."""
    return build_transfer(school=query.school, year=year_of(query.school, query.year))
