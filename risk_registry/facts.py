"""Reads what the rules judge: one set-based query for all the classes that count the same days.

Marks are aggregated before anything is joined to them, and both sides are cut by the period. Subjects that cannot bear
a category (rated, with nothing below 4) stay in the database: a school-year is two thousand rows here, not a million.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from risk_registry.rules.categories import PupilFacts, SubjectFacts, Thresholds
from risk_registry.spans import Interval, Span, span_for
from school.models import AcademicYear, Period, School, SchoolSettings, Subject

# The period's system, interval, whether it was computed and its year changed, then the columns of `_ASKED`.
_INTERVAL, _CLOSED = 5, 6
_ASKED = {"period": Period, "year": AcademicYear, "school": School, "settings": SchoolSettings}
_ASK = """
SELECT period.system, period.id, period.number, period.starts, period.ends,
       EXISTS (SELECT FROM risk_registry_classification WHERE period_id = period.id),
       EXISTS (SELECT FROM school_yearchange WHERE old_id = period.year_id), {columns}
FROM school_period AS period JOIN school_academicyear AS year ON year.id = period.year_id
JOIN school_school AS school ON school.id = year.school_id
JOIN school_schoolsettings AS settings ON settings.school_id = school.id
WHERE period.year_id = (SELECT year_id FROM school_period WHERE id = %s)
ORDER BY period.system, period.number
"""
_CLASSES = """
SELECT class.id, grade, period_system, begins.id, begins.subject_id, begins.from_period
FROM school_schoolclass AS class LEFT JOIN school_marksstart AS begins ON begins.school_class_id = class.id
WHERE class.year_id = %(year)s {of_pupils}
ORDER BY class.id
"""
_WHERE_THEY_SIT = "AND class.id IN (SELECT school_class_id FROM school_enrolment WHERE pupil_id = ANY(%(pupils)s))"
_FACTS = """
WITH seats AS (
    SELECT pupil_id, school_class_id FROM school_enrolment
    WHERE school_class_id = ANY(%(classes)s) AND starts <= %(ends)s AND (ends IS NULL OR ends >= %(ends)s)
      {of_pupils}
), marks AS (
    SELECT pupil_id, subject_id, count(*) AS marks, sum(value) AS total,
           array_agg(date) FILTER (WHERE value <= 2) AS low
    FROM gradebook_mark
    WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s {of_pupils}
    GROUP BY pupil_id, subject_id
), results AS (
    SELECT pupil_id, subject_id, value, excused FROM gradebook_periodresult
    WHERE school_id = %(school)s AND year_id = %(year)s AND kind = 'period' AND period_id = %(period)s {of_pupils}
), spoken AS (
    SELECT pupil_id, coverage.subjects[1] AS subject_id, max(batch.id) AS batch
    FROM gradebook_coverage AS coverage JOIN school_importbatch AS batch ON batch.id = coverage.batch_id
    CROSS JOIN unnest(coverage.pupils) AS pupil_id
    WHERE coverage.period_id = %(period)s AND coverage.form = 'period_means' AND batch.state = 'applied'
    GROUP BY 1, 2
), means AS (
    SELECT pupil_id, subject_id, weighted
    FROM gradebook_periodmean AS stated LEFT JOIN marks USING (pupil_id, subject_id)
    LEFT JOIN spoken USING (pupil_id, subject_id)
    WHERE period_id = %(period)s AND weighted IS NOT NULL {of_pupils}
      AND (abs(total::numeric / marks - stated.mean) <= 0.01 OR NOT EXISTS (
        SELECT FROM gradebook_mark AS newer
        WHERE newer.pupil_id = stated.pupil_id AND newer.subject_id = stated.subject_id
          AND newer.school_id = %(school)s AND newer.date BETWEEN %(starts)s AND %(ends)s
          AND (newer.by_hand OR newer.batch_id > coalesce(greatest(stated.batch_id, spoken.batch), 0))))
), subjects AS MATERIALIZED (
    SELECT pupil_id, subject_id, coalesce(marks, 0) AS marks, coalesce(total, 0) AS total, low, weighted,
           value, coalesce(excused, false) AS excused,
           low IS NULL AND CASE
             WHEN value IN ('4', '5') THEN true
             WHEN value IN ('осв', 'зач', 'усп') THEN marks > 0
             WHEN value IS NULL THEN coalesce(weighted >= 4, total >= 4 * marks)
             ELSE false END AS harmless
    FROM marks FULL JOIN results USING (pupil_id, subject_id) LEFT JOIN means USING (pupil_id, subject_id)
)
SELECT seats.pupil_id, seats.school_class_id,
       coalesce(bool_or(harmless), false), coalesce(bool_or(harmless AND value IS NULL), false),
       json_agg(json_build_array(subject_id, marks, total, low, weighted::text, value, excused)
                ORDER BY subject.sort_key) FILTER (WHERE NOT harmless)::text
FROM seats
LEFT JOIN subjects ON subjects.pupil_id = seats.pupil_id {unless_muted}
LEFT JOIN school_subject AS subject ON subject.id = subjects.subject_id
GROUP BY seats.pupil_id, seats.school_class_id
"""
# Tens of thousands of groups do not fit into the default 4 MB; compiling one query costs more than it saves.
# Right after a first import the statistics still say «empty»: nested loops planned on that would run for minutes.
ROOM = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL enable_nestloop = off; "
AS_BEFORE = "SET LOCAL enable_nestloop = on"
_UNLESS_MUTED = """AND NOT EXISTS (
    SELECT FROM unnest(%(muted_classes)s::bigint[], %(muted_subjects)s::bigint[]) AS muted (class_id, subject_id)
    WHERE muted.class_id = seats.school_class_id AND muted.subject_id = subjects.subject_id)"""


@dataclass(frozen=True, slots=True)
class PupilInPeriod:
    """A pupil of the contingent with the class of the period's last day and what there is to judge."""

    pupil: int
    school_class: int
    facts: PupilFacts


@dataclass(frozen=True, slots=True)
class Course:
    """One way to count within the period: these classes, these days, these results.

    `muted`: pairs of class and subject that are taught without marks then.
    """

    classes: tuple[int, ...]
    span: Span
    muted: tuple[tuple[int, int], ...] = ()


def thresholds_of(settings: SchoolSettings) -> Thresholds:
    """The school's numbers as the rules take them."""
    return Thresholds(
        weak_min_marks=settings.weak_min_marks,
        weak_max_result=settings.weak_max_result,
        reserve_max_subjects=settings.reserve_max_subjects,
        round_up_from=settings.round_up_from,
        forecast_min_marks=settings.forecast_min_marks,
        three_unsatisfactory_min=settings.three_unsatisfactory_min,
    )


def interval_of(period: Period) -> Interval:
    """A period's key and days."""
    return Interval(period.pk, period.number, period.starts, period.ends)


@dataclass(frozen=True, slots=True)
class Asked:
    """A period of the main system with all that decides how it is counted.

    `computed`: whether it ever was; `closed`: its pupils have gone to the next year, it asks for no answers any more.
    """

    period: Period
    settings: SchoolSettings
    spans: Mapping[str, Span]
    computed: bool
    closed: bool = False

    @property
    def school(self) -> School:
        """Whose period it is."""
        return self.period.year.school


def ask(period: int) -> Asked:
    """Read the period, its year's periods, the school and its settings; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ask_query(), [period])
        rows = cursor.fetchall()
    own: dict[str, list[Interval]] = defaultdict(list)
    for system, key, number, starts, ends, *_ in rows:
        own[system].append(Interval(key, number, starts, ends))
    chosen = next((row for row in rows if row[1] == period), None)
    if chosen is None:
        raise Period.DoesNotExist
    found, year, school, settings = _instances(chosen[_CLOSED + 1 :])
    found.year, year.school, school.settings = year, school, settings
    spans = {system: span_for(interval_of(found), periods) for system, periods in own.items()}
    return Asked(found, settings, spans, computed=chosen[_INTERVAL], closed=chosen[_CLOSED])


@cache
def _ask_query() -> str:
    """Written out once: a queryset would be put together and compiled for each class that is computed anew."""
    columns = [f'{name}."{field.column}"' for name, model in _ASKED.items() for field in model._meta.concrete_fields]
    return _ASK.format(columns=", ".join(columns))


def _instances(row: Sequence[Any]) -> list[Any]:
    """The columns of a row of `_ask_query` as objects of the models in `_ASKED`."""
    found, left = [], iter(row)
    for model in _ASKED.values():
        names = [field.attname for field in model._meta.concrete_fields]
        found.append(model.from_db(connection.alias, names, list(islice(left, len(names)))))
    return found


def read_facts(asked: Asked, pupils: Collection[int] | None = None) -> Iterator[PupilInPeriod]:
    """What there is to judge about the period's contingent, or about those of it who are among `pupils`.

    Needs a transaction: the aggregation is given more memory for its length.
    """
    for course in courses_of(asked, pupils):
        yield from _read_course(asked, course, pupils)


def courses_of(asked: Asked, pupils: Collection[int] | None = None) -> list[Course]:
    """How the classes of the period's year (where `pupils` sit) count it: one course for each span of days."""
    grouped: dict[Span, list[_ClassRow]] = defaultdict(list)
    for row in _classes(asked.period, pupils):
        grouped[asked.spans.get(row.system) or span_for(interval_of(asked.period), ())].append(row)
    return [
        Course(tuple(row.key for row in rows), span, tuple(_muted(rows, span.period.number, asked.settings)))
        for span, rows in grouped.items()
    ]


class _ClassRow(NamedTuple):
    """A class; `begins`: from which of its periods a subject (None: the class) has marks; no number is never."""

    key: int
    grade: int
    system: str
    begins: dict[int | None, int | None]


def _classes(period: Period, pupils: Collection[int] | None) -> list[_ClassRow]:
    query = _CLASSES.format(of_pupils="" if pupils is None else _WHERE_THEY_SIT)
    with connection.cursor() as cursor:
        cursor.execute(query, {"year": period.year_id, "pupils": list(pupils or ())})
        told = cursor.fetchall()
    rows: dict[int, _ClassRow] = {}
    for key, grade, system, start, subject, begins in told:
        row = rows.setdefault(key, _ClassRow(key, grade, system, {}))
        if start is not None:
            row.begins[subject] = begins
    return list(rows.values())


def _muted(rows: Iterable[_ClassRow], number: int, settings: SchoolSettings) -> Iterator[tuple[int, int]]:
    """Pairs of class and subject that are taught without marks in the classes' own period of that number."""
    special = [row for row in rows if row.begins or row.grade < settings.marks_from_grade]
    subjects = (
        list(Subject.objects.filter(school_id=settings.school_id).values_list("pk", flat=True)) if special else []
    )
    for row in special:
        for subject in subjects:
            begins = row.begins.get(subject, row.begins.get(None, 1))
            if row.grade < settings.marks_from_grade or begins is None or number < begins:
                yield row.key, subject


def _read_course(asked: Asked, course: Course, pupils: Collection[int] | None) -> Iterator[PupilInPeriod]:
    query = _FACTS.format(
        of_pupils="" if pupils is None else "AND pupil_id = ANY(%(pupils)s)",
        unless_muted=_UNLESS_MUTED if course.muted else "",
    )
    params: dict[str, Any] = {
        "classes": list(course.classes),
        "school": asked.settings.school_id,
        "year": asked.period.year_id,
        "period": course.span.period.key,
        "starts": course.span.starts,
        "ends": course.span.ends,
        "pupils": list(pupils or ()),
        "muted_classes": [school_class for school_class, _ in course.muted],
        "muted_subjects": [subject for _, subject in course.muted],
    }
    with connection.cursor() as cursor:
        cursor.execute(ROOM + query, params)
        rows = cursor.fetchall()
        cursor.execute(AS_BEFORE)
    for pupil, school_class, rated, provisional, told in rows:
        facts = PupilFacts(
            subjects=_subjects(told),
            others_rated=rated,
            others_provisional=provisional,
            goes_on=course.span.goes_on,
        )
        yield PupilInPeriod(pupil, school_class, facts)


def _subjects(told: str | None) -> tuple[SubjectFacts, ...]:
    rows: list[list[Any]] = json.loads(told) if told else []
    return tuple(
        SubjectFacts(
            subject=subject,
            marks=marks,
            total=total,
            unsatisfactory=tuple(sorted(map(date.fromisoformat, low or ()))),
            weighted=None if weighted is None else Decimal(weighted),
            result=result,
            excused=excused,
        )
        for subject, marks, total, low, weighted, result, excused in rows
    )
