"""Reads what the rules of early warning judge: a fixed number of set-based queries for all classes of one course.

The database leaves out what cannot raise a signal; the rules decide on the rest. What is found is keyed by rule, pupil
and subject (None where the rule asks about no subject).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from gradebook.models.grounds import COUNTED_REASON
from risk_registry.categories import SignalRule
from risk_registry.facts import AS_BEFORE, ROOM, Asked, Course, courses_of
from risk_registry.rules.warning import (
    CONTROL_WORDS,
    AbsenceLevel,
    Warnings,
    absence_level,
    external_gap,
    failed_controls,
    falling_trend,
    least_marks,
    level_began,
)
from school.models import SchoolSettings

Key = tuple[str, int, int | None]

FEW_MARKS_BEFORE_END = timedelta(days=14)

_SEATS = """WITH seats AS (
    SELECT pupil_id, school_class_id FROM school_enrolment
    WHERE school_class_id = ANY(%(classes)s) AND starts <= %(ends)s AND (ends IS NULL OR ends >= %(ends)s)
      {of_pupils}
)"""
# A class's lessons are known where a file has a heading of days for one subject; a report of all subjects together has
# days on which only some of them were taught.
_ABSENCES = """{seats}, lessons AS (
    SELECT school_class_id, count(*) AS number
    FROM (SELECT DISTINCT school_class_id, subjects, day FROM gradebook_coverage, unnest(dates) AS day
          WHERE form = 'lessons' AND NOT excluded AND cardinality(subjects) = 1
            AND school_class_id = ANY(%(classes)s) AND day BETWEEN %(starts)s AND %(ends)s) AS held
    GROUP BY school_class_id
)
SELECT pupil_id, school_class_id, array_agg(date ORDER BY date), min(number)
FROM seats JOIN gradebook_absence AS missed USING (pupil_id) LEFT JOIN lessons USING (school_class_id)
WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s AND {counted} = 'unexcused'
GROUP BY pupil_id, school_class_id
"""
_CONTROLS = """{seats}
SELECT pupil_id, school_class_id, subject_id, array_agg(date ORDER BY date, ordinal),
       array_agg(value ORDER BY date, ordinal)
FROM seats JOIN gradebook_mark USING (pupil_id)
WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s AND work <> '' AND work ~* %(control)s
GROUP BY pupil_id, school_class_id, subject_id HAVING min(value) <= 2
"""
_TRENDS = """{seats}, marks AS (
    SELECT pupil_id, subject_id, count(*)::int AS number, sum(value) AS total,
           array_agg(date ORDER BY date, ordinal) AS days, array_agg(value ORDER BY date, ordinal) AS marks
    FROM gradebook_mark
    WHERE school_id = %(school)s AND date BETWEEN %(year_starts)s AND %(ends)s {of_pupils}
    GROUP BY pupil_id, subject_id HAVING count(*) >= %(trend_marks)s + %(trend_before)s
)
SELECT pupil_id, school_class_id, subject_id, days, marks
FROM seats JOIN marks USING (pupil_id)
CROSS JOIN LATERAL (SELECT sum(one) AS last FROM unnest(marks[number - %(trend_marks)s + 1:]) AS one) AS tail
WHERE days[number] >= %(starts)s
  AND (total - last)::numeric / (number - %(trend_marks)s) - last::numeric / %(trend_marks)s >= %(trend_drop)s
"""
_EXTERNAL = """{seats}
SELECT found.pupil_id, seats.school_class_id, work.subject_id, work.id, work.date, found.mark,
       coalesce(found.journal_mark, CASE WHEN result.value IN ('1', '2', '3', '4', '5') THEN result.value::int END)
FROM gradebook_procedure AS work
JOIN gradebook_assessmentresult AS found ON found.procedure_id = work.id
JOIN seats ON seats.pupil_id = found.pupil_id
LEFT JOIN gradebook_periodresult AS result
  ON result.pupil_id = found.pupil_id AND result.subject_id = work.subject_id AND result.period_id = %(period)s
WHERE work.school_id = %(school)s AND work.date BETWEEN %(starts)s AND %(ends)s AND found.mark IS NOT NULL
  AND work.state <> 'cancelled' AND work.kind NOT IN ('admin', 'diagnostic', 'control')
ORDER BY work.date, work.id
"""
_FEW = """{seats}, taught AS (
    SELECT pupil_id, school_class_id, subject_id, max(weekly_hours) AS hours
    FROM seats JOIN school_teachingassignment AS duty USING (school_class_id)
    WHERE weekly_hours IS NOT NULL AND (duty.starts IS NULL OR duty.starts <= %(today)s)
      AND (duty.ends IS NULL OR duty.ends >= %(today)s)
      AND (subgroup_id IS NULL OR EXISTS (
          SELECT FROM school_subgroup_pupils AS member
          WHERE member.subgroup_id = duty.subgroup_id AND member.pupil_id = seats.pupil_id))
    GROUP BY pupil_id, school_class_id, subject_id
), marks AS (
    SELECT pupil_id, subject_id, count(*) AS number FROM gradebook_mark
    WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s {of_pupils}
    GROUP BY pupil_id, subject_id
)
SELECT pupil_id, school_class_id, subject_id, hours, coalesce(number, 0)
FROM taught LEFT JOIN marks USING (pupil_id, subject_id)
WHERE coalesce(number, 0) < %(most)s
  AND NOT EXISTS (SELECT FROM gradebook_periodresult AS result
                  WHERE result.pupil_id = taught.pupil_id AND result.subject_id = taught.subject_id
                    AND result.period_id = %(period)s)
"""


@dataclass(frozen=True, slots=True)
class Warned:
    """What one rule found about one pupil (in one subject)."""

    school_class: int
    since: date
    evidence: list[Any] = field(default_factory=list)
    level: int = 0


def warnings_of(settings: SchoolSettings) -> Warnings:
    """The school's numbers as the rules take them."""
    return Warnings(
        absent_single=settings.absent_single,
        absent_repeated=settings.absent_repeated,
        absent_systematic=settings.absent_systematic,
        absent_share=Decimal(settings.absent_percent) / 100,
        trend_drop=settings.trend_drop,
        external_gap=settings.external_gap,
        few_by_hours=(settings.few_marks_one, settings.few_marks_two, settings.few_marks_more),
    )


def read_warnings(asked: Asked, today: date, pupils: Collection[int] | None = None) -> dict[Key, Warned]:
    """All that early warning has to say about the period's contingent, or about those of it who are among `pupils`."""
    found: dict[Key, Warned] = {}
    for course in courses_of(asked, pupils):
        reader = _Reader(asked, course, today, pupils)
        for read in (reader.absences, reader.controls, reader.trends, reader.external, reader.few):
            found.update(read())
    return found


class _Reader:
    """The queries of one course."""

    def __init__(self, asked: Asked, course: Course, today: date, pupils: Collection[int] | None) -> None:
        self.numbers, self.span, self.today = warnings_of(asked.settings), course.span, today
        self.muted = set(course.muted)
        self.of_pupils = "" if pupils is None else "AND pupil_id = ANY(%(pupils)s)"
        self.params: dict[str, Any] = {
            "classes": list(course.classes),
            "school": asked.settings.school_id,
            "period": course.span.period.key,
            "starts": course.span.starts,
            "ends": course.span.ends,
            "year_starts": asked.period.year.starts,
            "today": today,
            "pupils": list(pupils or ()),
            "control": CONTROL_WORDS.replace(r"\b", r"\y"),  # the database writes a word's edge in its own way
            "trend_marks": self.numbers.trend_marks,
            "trend_before": self.numbers.trend_before,
            "trend_drop": self.numbers.trend_drop,
            "most": max(self.numbers.few_by_hours),
        }

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        seats = _SEATS.format(of_pupils=self.of_pupils)
        with connection.cursor() as cursor:
            cursor.execute(
                ROOM + query.format(seats=seats, of_pupils=self.of_pupils, counted=COUNTED_REASON), self.params
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute(AS_BEFORE)
        return rows

    def absences(self) -> Iterator[tuple[Key, Warned]]:
        """Lessons missed without a good reason."""
        for pupil, school_class, days, lessons in self._rows(_ABSENCES):
            level = absence_level(days, lessons, self.numbers)
            if level != AbsenceLevel.NONE:
                since = level_began(days, level, self.numbers)
                yield (SignalRule.ABSENCES, pupil, None), Warned(school_class, since, _told(days), int(level))

    def controls(self) -> Iterator[tuple[Key, Warned]]:
        """Control works failed and not made good."""
        for pupil, school_class, subject, days, values in self._rows(_CONTROLS):
            failed = failed_controls(zip(days, values, strict=True))
            if failed:
                yield (SignalRule.CONTROL_FAILED, pupil, subject), Warned(school_class, failed[-1], _told(failed))

    def trends(self) -> Iterator[tuple[Key, Warned]]:
        """Marks that fell under the pupil's own mean."""
        for pupil, school_class, subject, days, values in self._rows(_TRENDS):
            fall = falling_trend(list(zip(days, values, strict=True)), self.numbers)
            if fall is not None:
                told = {"last": str(fall.last), "before": str(fall.before), "days": _told(fall.days)}
                yield (SignalRule.FALLING_TREND, pupil, subject), Warned(school_class, fall.days[-1], [told])

    def external(self) -> Iterator[tuple[Key, Warned]]:
        """External works that differ from the school's marks."""
        told: dict[Key, Warned] = {}
        for pupil, school_class, subject, work, day, external, internal in self._rows(_EXTERNAL):
            if external_gap(external, internal, self.numbers):
                warned = told.setdefault((SignalRule.EXTERNAL_GAP, pupil, subject), Warned(school_class, day))
                warned.evidence.append({"procedure": work, "external": external, "internal": internal})
        yield from told.items()

    def few(self) -> Iterator[tuple[Key, Warned]]:
        """Too few marks, in the two weeks before the period ends."""
        if not self.span.period.ends - FEW_MARKS_BEFORE_END <= self.today <= self.span.period.ends:
            return
        for pupil, school_class, subject, hours, number in self._rows(_FEW):
            least = least_marks(hours, self.numbers)
            if least is not None and number < least and (school_class, subject) not in self.muted:
                told = {"marks": number, "least": least}
                yield (
                    (SignalRule.FEW_MARKS, pupil, subject),
                    Warned(school_class, self.span.period.ends - FEW_MARKS_BEFORE_END, [told]),
                )


def _told(days: Collection[date]) -> list[str]:
    return [day.isoformat() for day in days]
