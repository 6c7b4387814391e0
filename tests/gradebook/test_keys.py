"""The keys of facts are held by the database, whatever writes: COPY, a bulk insert, raw SQL, two people at once."""

import io
from collections.abc import Callable
from datetime import date
from threading import Thread
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, NotSupportedError, connection, transaction
from django.db.utils import OperationalError, ProgrammingError

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


class Beside:
    """A deed on a connection of its own, begun while ours goes on. `told`: "done", or what was raised."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.told: object = None
        self._deed = deed
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._deed()
            self.told = "done"
        except DatabaseError as error:
            self.told = error
        finally:
            connection.close()

    def waits(self) -> bool:
        """Whether it still goes on after a second."""
        self._thread.join(timeout=1)
        return self._thread.is_alive()

    def end(self) -> object:
        """What it told."""
        self._thread.join(timeout=30)
        return self.told


def sql(query: str, *params: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, params)


def delete_pupil(keys: dict[str, Any]) -> None:
    sql("DELETE FROM school_pupil WHERE id = %s", keys["pupil_id"])


@pytest.fixture
def alone(keys: dict[str, Any]) -> dict[str, Any]:
    """Nothing but facts can name the pupil."""
    Pupil.objects.get(pk=keys["pupil_id"]).enrolments.all().delete()
    return keys


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_waited_for_a_mark_sees_it(alone: dict[str, Any]) -> None:
    with transaction.atomic():
        mark(alone)
        other = Beside(lambda: delete_pupil(alone))
        assert other.waits()  # for the lock that the mark holds on its pupil

    assert isinstance(other.end(), IntegrityError)
    assert Mark.objects.get().pupil_id == Pupil.objects.get().pk


@pytest.mark.django_db(transaction=True)
def test_a_deletion_goes_on_when_the_mark_it_waited_for_is_given_up(alone: dict[str, Any]) -> None:
    with transaction.atomic():
        mark(alone)
        other = Beside(lambda: delete_pupil(alone))
        assert other.waits()
        transaction.set_rollback(True)

    assert other.end() == "done"
    assert not Mark.objects.exists()
    assert not Pupil.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mark_that_waited_for_a_deletion_is_refused(alone: dict[str, Any]) -> None:
    with transaction.atomic():
        delete_pupil(alone)
        other = Beside(lambda: mark(alone))
        assert other.waits()

    assert isinstance(other.end(), IntegrityError)
    assert not Mark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mark_is_taken_when_the_deletion_it_waited_for_is_given_up(alone: dict[str, Any]) -> None:
    with transaction.atomic():
        delete_pupil(alone)
        other = Beside(lambda: mark(alone))
        assert other.waits()
        transaction.set_rollback(True)

    assert other.end() == "done"
    assert Mark.objects.get().pupil_id == Pupil.objects.get().pk


@pytest.mark.django_db(transaction=True)
def test_marks_of_two_loads_do_not_wait_for_each_other(alone: dict[str, Any]) -> None:
    with transaction.atomic():
        mark(alone)
        assert Beside(lambda: mark(alone, ordinal=1)).end() == "done"

    assert Mark.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mark_finds_a_subject_that_was_renamed_while_it_waited(keys: dict[str, Any]) -> None:
    with transaction.atomic():
        sql("UPDATE school_subject SET name = 'Алгебра и начала анализа' WHERE id = %s", keys["subject_id"])
        other = Beside(lambda: mark(keys))
        other.waits()  # or not: that depends on which columns are unique

    assert other.end() == "done"
    assert Mark.objects.get().subject.name == "Алгебра и начала анализа"


@pytest.mark.django_db(transaction=True)
def test_a_mark_of_one_who_sees_an_older_state_is_refused(alone: dict[str, Any]) -> None:
    with pytest.raises(OperationalError, match="could not serialize"), transaction.atomic():
        sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert Pupil.objects.count() == 1
        assert Beside(lambda: delete_pupil(alone)).end() == "done"
        mark(alone)

    assert not Mark.objects.exists()


def test_marks_and_their_pupil_in_one_statement_are_weighed_at_its_end(alone: dict[str, Any]) -> None:
    columns = ", ".join(alone)
    insert = f"INSERT INTO gradebook_mark ({columns}, date, ordinal, value, raw, work, by_hand)"
    row = "SELECT {}, '2026-09-07', 0, 5, '', '', false"
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(
            f"WITH gone AS (DELETE FROM school_pupil WHERE id = %s RETURNING id) {insert} "
            + row.format(", ".join("gone.id" if name == "pupil_id" else str(key) for name, key in alone.items()))
            + " FROM gone",
            alone["pupil_id"],
        )
    with transaction.atomic():
        sql(f"{insert} {row.format(', '.join(map(str, alone.values())))}")
    assert Mark.objects.count() == 1


def test_a_mark_that_takes_the_place_of_another_is_checked_too(keys: dict[str, Any]) -> None:
    mark(keys)
    columns = ", ".join(keys)
    values = ", ".join(map(str, keys.values()))
    with pytest.raises(IntegrityError, match="batch_id"), transaction.atomic():
        sql(
            f"INSERT INTO gradebook_mark ({columns}, date, ordinal, value, raw, work, by_hand) "
            f"VALUES ({values}, '2026-09-07', 0, 5, '', '', false) "
            f"ON CONFLICT (pupil_id, subject_id, date, ordinal) DO UPDATE SET batch_id = {NOBODY}"
        )


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE gradebook_mark DISABLE TRIGGER keys_insert",
        "DROP TRIGGER keys_insert ON gradebook_mark",
        "DROP FUNCTION keys_stand() CASCADE",
        "SET session_replication_role = replica",
        "CREATE TRIGGER mine AFTER INSERT ON gradebook_mark EXECUTE FUNCTION keys_fixed()",
        "TRUNCATE school_pupil CASCADE",
    ],
)
@pytest.mark.usefixtures("owner_apart")
def test_the_applications_role_cannot_leave_the_checks_out(attempt: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        sql(attempt)


def test_tables_of_ones_own_do_not_stand_for_those_that_are_asked(keys: dict[str, Any]) -> None:
    for table in ("school_pupil", "new_rows", "named", "held"):
        sql(f"CREATE TEMPORARY TABLE {table} (id bigint, key bigint, pupil_id bigint) ON COMMIT DROP")
        sql(f"INSERT INTO pg_temp.{table} VALUES (%s, %s, %s)", NOBODY, NOBODY, NOBODY)
    with pytest.raises(IntegrityError, match="pupil_id"), transaction.atomic():
        mark(keys, pupil_id=NOBODY)


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_could_not_see_is_refused(keys: dict[str, Any]) -> None:
    Pupil.objects.get().enrolments.all().delete()
    with pytest.raises(NotSupportedError, match="read committed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("DELETE FROM school_pupil")
