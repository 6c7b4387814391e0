"""Mean marks of a pupil in a subject before and after a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from school.models import School

# The day itself is left out: a mark of that day may come before or after what began on it.
_AROUND = """
WITH asked AS (
    SELECT DISTINCT pupil, subject, day
    FROM unnest(%(pupils)s::bigint[], %(subjects)s::bigint[], %(days)s::date[]) AS row(pupil, subject, day)
), own AS (
    SELECT pupil, subject, day,
        avg(value) FILTER (WHERE date < day) AS before, avg(value) FILTER (WHERE date > day) AS after
    FROM asked
    JOIN gradebook_mark ON pupil_id = pupil AND subject_id = subject AND school_id = %(school)s
        AND date BETWEEN day - %(span)s AND day + %(span)s
    GROUP BY pupil, subject, day
    HAVING count(*) FILTER (WHERE date < day) >= %(least)s AND count(*) FILTER (WHERE date > day) >= %(least)s
)
SELECT pupil, subject, day, before, after, (
    SELECT avg(value) FROM gradebook_mark
    WHERE pupil_id = pupil AND school_id = %(school)s AND date BETWEEN day - %(span)s AND day - 1
)
FROM own
"""


@dataclass(frozen=True)
class Around:
    """Means of marks on both sides of a day, unweighted, 1–5; `level` is that of all subjects before it."""

    pupil: int
    subject: int
    day: date
    before: float
    after: float
    level: float


def means_around(
    school: School, asked: Collection[tuple[int, int, date]], *, span: timedelta, least: int
) -> list[Around]:
    """Means of (pupil, subject, day), each side `span` long; without those that lack `least` marks on a side.

    The pupils were found through `visible_to`. One query.
    """
    pupils, subjects, days = zip(*asked, strict=True) if asked else ((), (), ())
    told: dict[str, Any] = {"school": school.pk, "pupils": list(pupils), "subjects": list(subjects), "days": list(days)}
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, told | {"span": span.days, "least": least})
        return [Around(*row[:3], *map(float, row[3:])) for row in cursor.fetchall()]
