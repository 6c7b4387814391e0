"""Takes out of the test database what a test has committed, and keeps others from looking in between."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg2.errors import DeadlockDetected

_ATTEMPTS = 5
# What migrating itself writes.
_KEPT = {"django_migrations", "django_content_type", "auth_permission"}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_REFERENCED = """
    SELECT DISTINCT relname FROM pg_constraint JOIN pg_class ON pg_class.oid = confrelid
    WHERE contype = 'f' AND confrelid <> conrelid
"""


@dataclass(frozen=True)
class Tables:
    """The tables that tests write to: those to which others refer, and the rest."""

    referenced: list[str]
    leaves: list[str]


def tables_of(connection: BaseDatabaseWrapper) -> Tables:
    with connection.cursor() as cursor:
        written = set(_column(cursor, _TABLES)) - _KEPT
        referenced = set(_column(cursor, _REFERENCED))
    return Tables(sorted(written & referenced), sorted(written - referenced))


def keep_vacuum_away(connection: BaseDatabaseWrapper, tables: Tables) -> None:
    """Most tests roll back what they write: to a vacuum the tables look empty, and the planner would believe it."""
    with connection.cursor() as cursor:
        for name in (*tables.referenced, *tables.leaves):
            cursor.execute(f'ALTER TABLE "{name}" SET (autovacuum_enabled = off)')


def empty(connection: BaseDatabaseWrapper, tables: Tables) -> None:
    """Only what was written to is touched: a `TRUNCATE` of all makes hundreds of files anew, longer than most tests.

    Waits for whoever still writes. What the house's triggers would write down or forbid is not asked: all of it goes.
    """
    connection.set_autocommit(False)
    try:
        _lock(connection, [*tables.referenced, *tables.leaves])
        with connection.cursor() as cursor:
            if leaves := _with_rows(cursor, tables.leaves):
                cursor.execute(f"TRUNCATE {_list(leaves)}")
            _delete(cursor, _with_rows(cursor, tables.referenced))
        connection.commit()
    finally:
        connection.close()


def _lock(connection: BaseDatabaseWrapper, names: list[str]) -> None:
    """Whoever reads several tables meanwhile may wait for us as we for them: then we begin again, they go on."""
    for attempt in range(_ATTEMPTS):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {_list(names)} IN ACCESS EXCLUSIVE MODE")
        except OperationalError as error:
            connection.rollback()
            if not isinstance(error.__cause__, DeadlockDetected) or attempt + 1 == _ATTEMPTS:
                raise
        else:
            return


def _delete(cursor: CursorWrapper, names: list[str]) -> None:
    for name in names:
        cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        cursor.execute(f'DELETE FROM "{name}"')
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def _with_rows(cursor: CursorWrapper, names: Iterable[str]) -> list[str]:
    return _column(cursor, " UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT FROM \"{n}\")" for n in names))


def _column(cursor: CursorWrapper, sql: str) -> list[str]:
    cursor.execute(sql)
    return [name for (name,) in cursor.fetchall()]


def _list(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
