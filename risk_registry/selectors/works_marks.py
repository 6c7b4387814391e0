"""Marks of external works beside the school's own, pupil by pupil; of subjects that stand for each other, too."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from gradebook.models import OWN_KINDS
from risk_registry.selectors.works import WRITTEN_ROWS
from school.models import Period, School

# Where the work's own subject has no mark («Математика» in grade 7), the results of the subjects of its group stand for
# it: their mean, halves upwards. Nothing else asks for groups of subjects.
_MARKS = f"""
SELECT written.work, written.class, written.grade, written.letter, written.pupil, written.mark,
       coalesce(written.internal, floor(near.mean + 0.5)::int), written.internal IS NULL AND near.mean IS NOT NULL
FROM ({WRITTEN_ROWS}) AS written
JOIN gradebook_procedure AS work ON work.id = written.work
JOIN school_subject AS own ON own.id = work.subject_id
LEFT JOIN LATERAL (
    SELECT avg(result.value::int) AS mean
    FROM gradebook_periodresult AS result JOIN school_subject AS other ON other.id = result.subject_id
    WHERE written.internal IS NULL AND own."group" <> '' AND other.school_id = own.school_id
      AND other."group" = own."group" AND result.pupil_id = written.pupil AND result.period_id = written.period
      AND result.value IN ('1', '2', '3', '4', '5')
) AS near ON true
WHERE written.year = %(year)s AND written.kind <> ALL(%(own)s)
  AND (work.date IS NULL OR work.date BETWEEN %(starts)s AND %(ends)s)
"""  # noqa: S608 — both parts are ours


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """One pupil's external work. `internal`: the school's mark, None without one; `by_group`: of other subjects."""

    work: int
    school_class: int | None
    grade: int | None
    letter: str
    pupil: int
    mark: int
    internal: int | None
    by_group: bool

    @property
    def class_name(self) -> str:
        """«7А»."""
        return f"{self.grade}{self.letter}" if self.grade is not None else "вне классов"

    @property
    def gap(self) -> int | None:
        """By how much the work lies above (+) or under (−) the school's mark."""
        return None if self.internal is None else self.mark - self.internal


def written_marks(school: School, period: Period) -> list[WrittenMark]:
    """External works on the period's days, and those without a day; one query, in no order.

    Whoever shows it reads the whole school.
    """
    params: dict[str, Any] = {"school": school.pk, "today": school.today(), "work": None, "year": period.year_id}
    params |= {"own": [str(kind) for kind in OWN_KINDS], "starts": period.starts, "ends": period.ends}
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [WrittenMark(work, place, grade, letter or "", *told) for work, place, grade, letter, *told in rows]
