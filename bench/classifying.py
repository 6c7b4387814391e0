"""Classification of a school-year against the bare SQL, its growth, and one class against the whole school.

A school-year is four quarters, and so four classifications; an edit is of one day, and so of one quarter.
Times are of processors: of the application and of its database session, without helpers, the least of some turns.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import connection

from bench.data import mark_count, periods_of, whole_year_school
from bench.figures import Figure, exponent
from bench.processor import least_work, work_seconds
from gradebook.models import Mark
from risk_registry.services.classification import period_classify
from school.models import Enrolment, Period

SIZES = (250, 500, 1000, 2000)
# What any implementation must at least do: read the marks once, group them, join the results, decide, keep the outcome.
_BARE = """
WITH marks AS (
    SELECT pupil_id, subject_id, count(*) AS marks, avg(value) AS mean,
           array_agg(date ORDER BY date) FILTER (WHERE value <= 2) AS low
    FROM gradebook_mark WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s
    GROUP BY pupil_id, subject_id
), subjects AS (
    SELECT m.pupil_id, m.subject_id, low, value FROM marks m
    LEFT JOIN gradebook_periodresult r
      ON r.pupil_id = m.pupil_id AND r.subject_id = m.subject_id AND r.period_id = %(period)s
)
SELECT e.pupil_id,
       CASE WHEN bool_or(value IN ('1', '2', 'н/а', 'незач')) THEN 'failing' WHEN bool_or(low IS NOT NULL) THEN 'weak'
            WHEN count(*) FILTER (WHERE value = '3') BETWEEN 1 AND 2 THEN 'reserve' ELSE 'none' END,
       json_agg(json_build_array(s.subject_id, low, value))
         FILTER (WHERE low IS NOT NULL OR value IN ('1', '2', '3', 'н/а', 'незач'))::text
FROM school_enrolment e JOIN school_schoolclass c ON c.id = e.school_class_id AND c.school_id = %(school)s
LEFT JOIN subjects s ON s.pupil_id = e.pupil_id
WHERE e.starts <= %(ends)s AND (e.ends IS NULL OR e.ends >= %(ends)s)
GROUP BY e.pupil_id
"""


def _bare(periods: Sequence[Period]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '64MB'; SET jit = off")
        for period in periods:
            params: dict[str, Any] = {
                "school": period.year.school_id,
                "period": period.pk,
                "starts": period.starts,
                "ends": period.ends,
            }
            cursor.execute(_BARE, params)
            cursor.fetchall()


def _classify(periods: Sequence[Period]) -> None:
    for period in periods:
        period_classify(period=period)


def _after_edits(period: Period, pupils: Sequence[int], times: int) -> float:
    """Seconds of processor of computing a class after one mark of it became a 2, and after it became a 5 again.

    The mean of both, the least of some turns.
    """
    edited = Mark.objects.filter(pupil__in=pupils, date__range=(period.starts, period.ends))[:1]
    mark = Mark.objects.filter(pk__in=list(edited.values_list("pk", flat=True)))
    turns = []
    for _ in range(times):
        spent = 0.0
        for value in (2, 5):
            mark.update(value=value)
            spent += work_seconds(partial(period_classify, period=period, pupils=pupils))
        turns.append(spent / 2)
    return min(turns)


def run(sizes: Sequence[int] = SIZES, times: int = 5) -> list[Figure]:
    """Three figures; the largest school has over a million marks."""
    marks, taken = [], []
    for pupils in sizes:
        school = whole_year_school(pupils)
        periods = periods_of(school)
        _classify(periods)
        marks.append(mark_count(school))
        taken.append(least_work(partial(_classify, periods), times))
    bare = least_work(partial(_bare, periods), times)
    seated = Enrolment.objects.filter(school_class__school=school, school_class__grade=7).order_by("school_class")
    first = seated[0].school_class_id
    pupils_of_class = list(seated.filter(school_class=first).values_list("pupil", flat=True))
    one = _after_edits(periods[-1], pupils_of_class, 3 * times)
    told = f"{marks[-1]:,} marks: {taken[-1]:.2f} s against {bare:.2f} s".replace(",", " ")
    growth = ", ".join(f"{n // 1000} k: {t:.2f} s" for n, t in zip(marks, taken, strict=True))
    return [
        Figure("classify.ratio_to_sql", taken[-1] / bare, 1.3, "lower", "×", told),
        Figure("classify.growth", exponent(marks, taken), 1.1, "lower", "", growth),
        Figure(
            "classify.one_class",
            one / taken[-1],
            0.02,
            "lower",
            "×",
            f"{len(pupils_of_class)} of {sizes[-1]} pupils: {one * 1000:.0f} ms",
        ),
    ]
