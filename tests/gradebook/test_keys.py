"""The keys of facts are held by the database, whatever writes: COPY, a bulk insert, raw SQL, two people at once."""

import io
from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import psycopg2
import pytest
from django.db import IntegrityError, NotSupportedError, connection, transaction

from gradebook.models import Absence, AssessmentResult, Mark, PeriodMean, PeriodResult, Procedure
from school.models import ImportBatch, Period, Pupil, School
from tests.factories import make_class, make_pupil, make_school, make_subject

pytestmark = pytest.mark.django_db
NOBODY = 999_999_999
DAY = date(2026, 9, 7)


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def keys(school: School) -> dict[str, Any]:
    pupil = make_pupil(make_class(school, "7А"), "Белов Кирилл")
    subject = make_subject(school, "Алгебра")
    batch = ImportBatch.objects.create(school=school, kind="gradebook", state="applied")
    year = school.years.get()
    return {
        "school_id": school.pk,
        "year_id": year.pk,
        "pupil_id": pupil.pk,
        "subject_id": subject.pk,
        "batch_id": batch.pk,
    }


def mark(keys: dict[str, Any], **other: Any) -> Mark:
    return Mark.objects.create(**{**keys, "date": DAY, "value": 2, **other})


def absence(keys: dict[str, Any], **other: Any) -> Absence:
    return Absence.objects.create(**{**keys, "date": DAY, "reason": "illness", **other})


def result(keys: dict[str, Any], **other: Any) -> PeriodResult:
    period = Period.objects.filter(year=keys["year_id"])[0]
    return PeriodResult.objects.create(**{**keys, "period_id": period.pk, "value": "2", **other})


def mean(keys: dict[str, Any], **other: Any) -> PeriodMean:
    period = Period.objects.filter(year=keys["year_id"])[0]
    return PeriodMean.objects.create(**{**keys, "period_id": period.pk, "mean": 3, **other})


def work(keys: dict[str, Any], **other: Any) -> AssessmentResult:
    procedure, _ = Procedure.objects.get_or_create(
        school_id=keys["school_id"], year_id=keys["year_id"], title="ВПР", grade=7, subject_id=keys["subject_id"]
    )
    own = {name: key for name, key in keys.items() if name != "subject_id"}
    return AssessmentResult.objects.create(**{**own, "procedure": procedure, **other})


FACTS = {
    mark: ("school_id", "year_id", "pupil_id", "subject_id", "batch_id"),
    absence: ("school_id", "year_id", "pupil_id", "subject_id", "batch_id"),
    result: ("school_id", "year_id", "pupil_id", "subject_id", "batch_id", "period_id"),
    mean: ("school_id", "year_id", "pupil_id", "subject_id", "batch_id", "period_id"),
    work: ("school_id", "year_id", "pupil_id", "batch_id"),
}


@pytest.mark.parametrize(("make", "column"), [(make, column) for make, columns in FACTS.items() for column in columns])
def test_a_fact_names_rows_that_stand(keys: dict[str, Any], make: Callable[..., Any], column: str) -> None:
    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        make(keys, **{column: NOBODY})
    fact = make(keys)
    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        type(fact).objects.filter(pk=fact.pk).update(**{column: NOBODY})


@pytest.mark.parametrize(("make", "column"), [(make, column) for make, columns in FACTS.items() for column in columns])
def test_what_a_fact_names_is_not_deleted(keys: dict[str, Any], make: Callable[..., Any], column: str) -> None:
    fact = make(keys)
    parent = type(fact)._meta.get_field(column.removesuffix("_id")).related_model
    key = getattr(fact, column)
    with (
        pytest.raises(IntegrityError, match="still named"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {parent._meta.db_table} WHERE id = %s", [key])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {parent._meta.db_table} SET id = %s WHERE id = %s", [NOBODY, key])


def test_a_load_by_copy_is_refused_whole_for_one_unknown_key(keys: dict[str, Any]) -> None:
    columns = [*keys, "date", "ordinal", "value", "raw", "work", "by_hand"]
    rows = [[*keys.values(), DAY, n, 5, "", "", "f"] for n in range(50)]
    rows[-1][2] = NOBODY
    with pytest.raises(psycopg2.IntegrityError, match="pupil_id"), transaction.atomic(), connection.cursor() as cursor:
        lines = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
        cursor.copy_expert(f"COPY gradebook_mark ({', '.join(columns)}) FROM STDIN", lines)

    assert not Mark.objects.exists()


def test_a_pupil_goes_with_the_facts_as_before(keys: dict[str, Any]) -> None:
    for make in FACTS:
        make(keys)
    Pupil.objects.get(pk=keys["pupil_id"]).delete()

    assert not any(type_.objects.exists() for type_ in (Mark, Absence, PeriodResult, PeriodMean, AssessmentResult))


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_waited_for_a_mark_sees_it(keys: dict[str, Any]) -> None:
    Pupil.objects.filter(pk=keys["pupil_id"]).get().enrolments.all().delete()
    told: list[object] = []

    def delete() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM school_pupil WHERE id = %s", [keys["pupil_id"]])
            told.append("deleted")
        except IntegrityError as error:
            told.append(error)
        finally:
            connection.close()

    other = Thread(target=delete)
    with transaction.atomic():
        mark(keys)
        other.start()
        other.join(timeout=1)
        assert other.is_alive()  # it waits for the lock that the mark holds on its pupil
    other.join(timeout=30)

    assert isinstance(told[0], IntegrityError)
    assert Mark.objects.get().pupil_id == Pupil.objects.get().pk


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_could_not_see_is_refused(keys: dict[str, Any]) -> None:
    Pupil.objects.get().enrolments.all().delete()
    with pytest.raises(NotSupportedError, match="read committed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("DELETE FROM school_pupil")
