"""Reads what is known of pupils when a year begins: a constant number of queries whatever the number of pupils."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from gradebook.models import OWN_KINDS, AssessmentResult, Procedure
from risk_registry.categories import Category, EntryState
from risk_registry.debts import DebtState
from risk_registry.models import AcademicDebt, PupilCategory, RegistryEntry
from risk_registry.rules.start_list import Ground, StartFacts
from risk_registry.selectors.open_debts import open_debts
from risk_registry.selectors.periods import closing_period, year_before
from risk_registry.start_words import StartSource
from school.models import AcademicYear, Enrolment, Period

# What the whole year came to: the final result where there was an examination, else the annual one («final» < «year»).
_ANNUAL = """
WITH stated AS (
    SELECT DISTINCT ON (pupil_id, subject_id) pupil_id, subject_id, value, excused
    FROM gradebook_periodresult
    WHERE school_id = %(school)s AND year_id = %(year)s AND kind IN ('final', 'year') {of_pupils}
    ORDER BY pupil_id, subject_id, kind
)
SELECT pupil_id, json_agg(json_build_array(subject_id, value))
FROM stated WHERE value NOT IN ('осв', 'зач', 'усп') AND NOT excused GROUP BY pupil_id
"""
SPRING = (3, 1)
_OUT = (EntryState.REMOVED, EntryState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class PupilAtStart:
    """A pupil of the contingent with the class and what there is to judge."""

    pupil: int
    school_class: int
    facts: StartFacts


@dataclass(slots=True)
class _Known:
    annual: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    grounds: dict[int, list[Ground]] = field(default_factory=lambda: defaultdict(list))
    cleared: dict[int, list[Ground]] = field(default_factory=lambda: defaultdict(list))
    rated: set[int] = field(default_factory=set)


def read_start(period: Period, pupils: Collection[int] | None = None) -> Iterator[PupilAtStart]:
    """What there is to judge about the contingent of the year's beginning, or about those of it among `pupils`."""
    known = _Known()
    last = year_before(period.year)
    if last is not None:
        _read_annual(known, last, pupils)
        _read_closing(known, last, pupils)
        _read_works(known, last, pupils)
        _read_cleared(known, last, pupils)
    _read_debts(known, period, pupils)
    _read_manual(known, period, pupils)
    for pupil, school_class in _seats(period, pupils):
        facts = StartFacts(
            annual=known.annual.get(pupil, ()),
            cleared=tuple(known.cleared.get(pupil, ())),
            grounds=tuple(known.grounds.get(pupil, ())),
            known=pupil in known.rated,
        )
        yield PupilAtStart(pupil, school_class, facts)


def _seats(period: Period, pupils: Collection[int] | None) -> list[tuple[int, int]]:
    """Who sits where on the day by which the list is due."""
    rows = Enrolment.objects.on(period.ends).filter(school_class__year=period.year_id, **_among(pupils))
    return list(rows.values_list("pupil", "school_class"))


def _among(pupils: Collection[int] | None, name: str = "pupil") -> dict[str, Any]:
    return {} if pupils is None else {f"{name}__in": list(pupils)}


def _read_annual(known: _Known, last: AcademicYear, pupils: Collection[int] | None) -> None:
    query = _ANNUAL.format(of_pupils="" if pupils is None else "AND pupil_id = ANY(%(pupils)s)")
    with connection.cursor() as cursor:
        cursor.execute(query, {"school": last.school_id, "year": last.pk, "pupils": list(pupils or ())})
        for pupil, told in cursor.fetchall():
            known.annual[pupil] = tuple((subject, value) for subject, value in told)


def _read_closing(known: _Known, last: AcademicYear, pupils: Collection[int] | None) -> None:
    """Only what was approved is the registry; whom it did not name, though the marks were there, is known too."""
    closing = closing_period(last)
    if closing is None:
        return
    entries = RegistryEntry.objects.filter(period=closing, state=EntryState.APPROVED, **_among(pupils))
    _take_entries(known, entries, StartSource.CLOSING)
    rated = PupilCategory.objects.filter(period=closing, unrated=False, **_among(pupils))
    known.rated |= set(rated.values_list("pupil", flat=True))


def _read_manual(known: _Known, period: Period, pupils: Collection[int] | None) -> None:
    entries = RegistryEntry.objects.filter(period=period, by_hand=True, **_among(pupils)).exclude(state__in=_OUT)
    _take_entries(known, entries, StartSource.MANUAL)


def _take_entries(known: _Known, entries: Any, source: StartSource) -> None:
    for key, pupil, category, subjects in entries.values_list("pk", "pupil", "category", "subjects"):
        for subject in subjects or [None]:
            known.grounds[pupil].append(Ground(source, Category(category), subject, key=key))


def _read_debts(known: _Known, period: Period, pupils: Collection[int] | None) -> None:
    """Those that are open today and came before the list is due; also those that were brought from other schools."""
    school = period.year.school
    for debt in open_debts(school, min(period.year.ends, school.today()), pupils=pupils):
        if debt.arose < period.ends:
            ground = Ground(StartSource.DEBT, Category.FAILING, debt.subject, on=debt.due, key=debt.key)
            known.grounds[debt.pupil].append(ground)


def _read_cleared(known: _Known, last: AcademicYear, pupils: Collection[int] | None) -> None:
    """Debts that the year's own result made and that are done with."""
    rows = AcademicDebt.objects.filter(year=last, period=None, state=DebtState.CLEARED, **_among(pupils))
    for pupil, subject, on, key in rows.values_list("pupil", "subject", "cleared_on", "pk"):
        known.cleared[pupil].append(Ground(StartSource.CLEARED, Category.WEAK, subject, on=on, key=key))


def _read_works(known: _Known, last: AcademicYear, pupils: Collection[int] | None) -> None:
    """Works that others give: not those that the school gives itself."""
    spring = (date(last.start + 1, *SPRING), last.ends)
    works = Procedure.objects.standing().filter(school=last.school_id, date__range=spring).exclude(kind__in=OWN_KINDS)
    rows = AssessmentResult.objects.filter(procedure__in=works, mark__lte=2, **_among(pupils))
    rows = rows.order_by("procedure__date", "procedure")
    columns = ("pupil", "procedure__subject", "mark", "procedure__date", "procedure")
    for pupil, subject, mark, on, key in rows.values_list(*columns):
        known.grounds[pupil].append(Ground(StartSource.WORK, Category.WEAK, subject, str(mark), on, key))
