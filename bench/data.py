"""Schools to measure on: drawn by the demo, with one period that covers the whole year."""

from django.db import connection, transaction

from demo.services import Plan, school_load
from gradebook.models import Mark, PeriodResult
from school.models import Period, School

_RESULTS = """
INSERT INTO gradebook_periodresult
    (school_id, year_id, pupil_id, subject_id, by_hand, kind, period_id, value, raw, excused)
SELECT school_id, year_id, pupil_id, subject_id, false, 'period', %(period)s,
       round(avg(value))::text, round(avg(value))::text, false
FROM gradebook_mark WHERE school_id = %(school)s GROUP BY school_id, year_id, pupil_id, subject_id
"""
_number = 0


def whole_year_school(pupils: int) -> School:
    """A school with about 600 marks a pupil, all of them in one period with results."""
    global _number
    _number += 1
    school = school_load(Plan(pupils=pupils, whole_year=True), _number)
    with transaction.atomic():
        year = school.years.get()
        PeriodResult.objects.filter(school=school).delete()
        year.periods.all().delete()
        year.classes.update(period_system=year.main_system)
        period = Period.objects.create(year=year, system=year.main_system, number=1, starts=year.starts, ends=year.ends)
        with connection.cursor() as cursor:
            cursor.execute(_RESULTS, {"period": period.pk, "school": school.pk})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE gradebook_mark")
        cursor.execute("ANALYZE")
    return school


def period_of(school: School) -> Period:
    """The one period of such a school."""
    return Period.objects.select_related("year__school").get(year__school=school)


def mark_count(school: School) -> int:
    """How many marks it has."""
    return Mark.objects.filter(school=school).count()
