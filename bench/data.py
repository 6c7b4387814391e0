"""Schools to measure on, drawn by the demo: with all four quarters of a year, or as they stand in November."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import environ
import psycopg2
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from demo.services import Plan, school_load
from documents.models import Job, JobState
from gradebook.models import Absence, Coverage, Mark, PeriodResult
from monitoring.models import Report, ReportState
from monitoring.services import quarterly_make
from risk_registry.services.classification import period_classify
from school.models import Enrolment, ImportBatch, Period, School, SchoolClass, Staff, Subject, User
from school.selectors_staff import school_heads

FACTS = ("gradebook_mark", "gradebook_absence", "gradebook_periodresult")
_RESULTS = """
INSERT INTO gradebook_periodresult
    (school_id, year_id, pupil_id, subject_id, by_hand, kind, period_id, value, raw, excused)
SELECT school_id, year_id, pupil_id, subject_id, false, 'period', %(period)s,
       round(avg(value))::text, round(avg(value))::text, false
FROM gradebook_mark WHERE school_id = %(school)s AND date BETWEEN %(starts)s AND %(ends)s
GROUP BY school_id, year_id, pupil_id, subject_id
"""


def next_number() -> int:
    """A number that no school has had; 0 is the cast's."""
    return 1 + School.objects.count()


def _owner() -> Any:
    """A connection of the role that owns the tables, to the same database."""
    ours = connection.settings_dict
    told = environ.Env.db_url_config(settings.DATABASE_OWNER_URL) if settings.DATABASE_OWNER_URL else ours
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: told[key] for name, key in names.items() if told.get(key)}
    owner = psycopg2.connect(dbname=ours["NAME"], **given)
    owner.autocommit = True
    return owner


def whole_year_school(pupils: int) -> School:
    """A school with about 600 marks a pupil in four quarters, each with results, the same quarters for all classes."""
    school = school_load(Plan(pupils=pupils, whole_year=True), next_number())
    _finish(school)
    _login(school)
    _lay_by_date()
    settle()
    return school


@transaction.atomic
def _finish(school: School) -> None:
    year = school.years.get()
    PeriodResult.objects.filter(school=school).delete()
    year.classes.update(period_system=year.main_system)
    for period in periods_of(school):
        told: dict[str, Any] = {"period": period.pk, "school": school.pk, "starts": period.starts, "ends": period.ends}
        with connection.cursor() as cursor:
            cursor.execute(_RESULTS, told)


def autumn_school(pupils: int) -> School:
    """A school in the middle of its second quarter, classified."""
    school = school_load(Plan(pupils=pupils), next_number())
    _trouble_one(school)
    _login(school)
    settle()
    for period in periods_of(school)[:2]:
        period_classify(period=period)
    settle()
    return school


def _trouble_one(school: School) -> None:
    """However small the school, every list has a row: one pupil of grade 7 has twos and misses lessons."""
    seat = Enrolment.objects.filter(school_class__school=school, school_class__grade=7).first()
    if seat is None:
        seat = Enrolment.objects.filter(school_class__school=school)[0]
        Enrolment.objects.filter(pk=seat.pk).update(school_class=SchoolClass.objects.get(school=school, grade=7))
    year, subject = school.years.get(), Subject.objects.get(school=school, name="Алгебра")
    facts = {"school": school, "year": year, "pupil_id": seat.pupil_id, "subject": subject}
    days = [period.starts + timedelta(days=n) for period in periods_of(school)[:2] for n in range(3)]
    Mark.objects.bulk_create(Mark(**facts, date=day, ordinal=9, value=2) for day in days)
    Absence.objects.bulk_create(Absence(**facts, date=day, ordinal=9, reason="unexcused", raw="н") for day in days)


def periods_of(school: School) -> list[Period]:
    """The periods of the school's main system, in order."""
    year = school.years.get()
    rows = Period.objects.filter(year=year, system=year.main_system).select_related("year__school__settings")
    return list(rows.order_by("number"))


def _login(school: School) -> None:
    deputy = school_heads(school).deputy
    staff = next(each for each in Staff.objects.filter(school=school) if each.short_name == deputy)
    User.objects.create(username=f"deputy-{school.pk}", school=school, staff=staff)


def deputy_of(school: School) -> User:
    """The deputy director of a school that was made here."""
    return User.objects.get(username=f"deputy-{school.pk}")


def fill_lists(school: School, rows: int) -> None:
    """So many imports and finished jobs, and a tenth as many withdrawn reports: each holds all its figures."""
    deputy, now = deputy_of(school), timezone.now()
    ImportBatch.objects.bulk_create(
        ImportBatch(school=school, kind="gradebook", state="applied", by=deputy, applied_at=now) for _ in range(rows)
    )
    _cover(school)
    Job.objects.bulk_create(
        Job(school=school, kind="bench", title="Работа", key=str(n), asked_by=deputy, state=JobState.DONE, progress=100)
        for n in range(rows)
    )
    made = quarterly_make(by=deputy, school=school, period=periods_of(school)[0])
    content = {"data": made.data, "digest": made.digest, "made_at": now, "made_by": deputy}
    decided = {"approved_on": school.today(), "approved_by": deputy, "withdrawn_at": now, "withdrawn_by": deputy}
    state = {"state": ReportState.WITHDRAWN, "grounds": "Ошибка в данных"}
    Report.objects.bulk_create(
        Report(school=school, kind=made.kind, period=made.period, number=n + 1, **content, **decided, **state)
        for n in range(1 + rows // 10)
    )


def _cover(school: School) -> None:
    """Say that files of each class cover the lessons up to yesterday, as an import does."""
    batch, year = ImportBatch.objects.filter(school=school)[0], school.years.get()
    last = school.today() - timedelta(days=1)
    Coverage.objects.bulk_create(
        Coverage(batch=batch, form=Coverage.LESSONS, year=year, school_class=each, pupils=[], last_day=last)
        for each in SchoolClass.objects.filter(school=school)
    )


def _lay_by_date() -> None:
    """Let marks lie as a year of weekly imports leaves them, by date, and not as the demo draws them, by class."""
    with closing(_owner()) as owner, owner.cursor() as cursor:
        cursor.execute("CREATE INDEX bench_by_date ON gradebook_mark (school_id, date)")
        cursor.execute("CLUSTER gradebook_mark USING bench_by_date")
        cursor.execute("DROP INDEX bench_by_date")


def settle() -> None:
    """What autovacuum does in time: true statistics, and a visibility map of the facts. As the owner, who alone may."""
    with closing(_owner()) as owner, owner.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(FACTS)}")
        cursor.execute("ANALYZE")


def empty_facts() -> None:
    """Take all marks, and what imports keep of them, out of the database: of every school."""
    with closing(_owner()) as owner, owner.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(FACTS)}, gradebook_coverage, gradebook_factchange")


def mark_count(school: School) -> int:
    """How many marks it has."""
    return Mark.objects.filter(school=school).count()
