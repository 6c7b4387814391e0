"""The databases of a run: one is migrated, and every process that tries tests works in a copy of it.

The mould (`test_opora`) is what migrating makes; nothing is written to it. `test_opora_demo` is the mould with the demo
school in it. Whichever process needs one of the two first makes it for all; PostgreSQL then copies it in less than a
second, where migrating or loading takes ten. Nothing outlives the run; with `--reuse-db` the mould does.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from typing import Any

import environ
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import pre_migrate
from django.db.utils import ConnectionHandler

from demo.services import Plan, demo_load
from launcher.place import locked
from tests.emptying import Tables, empty, keep_vacuum_away, tables_of

DEMO = Plan(pupils=150)
_ROLE = ("USER", "PASSWORD", "HOST", "PORT")


def owner_role() -> dict[str, Any]:
    """Connection settings of the owner; empty when the application's role is the only one."""
    url = settings.DATABASE_OWNER_URL
    config = environ.Env.db_url_config(url) if url else {}
    return {key: config[key] for key in _ROLE if key in config}


@dataclass
class Databases:
    """Those of one process. `folder` is the run's: all its processes meet there.

    Migrated by the owner and used by the application's role, as in production. `keep`: the mould stays for the next
    run, which only adds new migrations to it; `anew`: one that was kept is not wanted.
    """

    folder: Path
    process: str
    keep: bool
    anew: bool
    mould: str = field(default_factory=lambda: str(connection.settings_dict["TEST"]["NAME"]))
    application: dict[str, Any] = field(
        default_factory=lambda: {key: value for key, value in connection.settings_dict.items() if key in _ROLE}
    )
    tables: Tables = field(default_factory=lambda: Tables([], []))

    @property
    def own(self) -> str:
        """The empty database, where most tests are tried."""
        return f"{self.mould}_{self.process}"

    @property
    def own_demo(self) -> str:
        """The one where the demo school is."""
        return f"{self.own}_demo"

    @property
    def _demo(self) -> str:
        return f"{self.mould}_demo"

    def open(self) -> None:
        """From here on this process works in an empty database of its own."""
        with self._alone():
            self._present.mkdir(exist_ok=True)
            (self._present / self.process).touch()
        self._once(self.mould, self._migrate)
        self._copy(self.mould, self.own)
        self._enter(self.own)
        self.tables = tables_of(connection)

    def close(self) -> None:
        """Drop them; the last process drops those of all."""
        self._drop(self.own, self.own_demo)
        with self._alone():
            (self._present / self.process).unlink()
            if not any(self._present.iterdir()):
                self._drop(self._demo, *([] if self.keep else [self.mould]))
                for made in self.folder.glob("*.made"):
                    made.unlink()

    @contextmanager
    def with_demo(self) -> Iterator[None]:
        """Work where the demo school is."""
        if connection.in_atomic_block:
            raise AssertionError("This file already holds something in the empty database: it cannot have the demo.")
        self._once(self._demo, self._load)
        if not self._query(f"SELECT FROM pg_database WHERE datname = '{self.own_demo}'"):
            self._copy_demo()
        self._enter(self.own_demo)
        yield
        self._enter(self.own)

    def restore(self) -> None:
        """Take out what a test has committed, as the owner: the application's role may not empty tables."""
        if connection.settings_dict["NAME"] == self.own_demo:
            self._copy_demo()
        else:
            empty(_as_owner({"OPTIONS": {"options": "-c lock_timeout=60s"}}), self.tables)

    def _migrate(self) -> None:
        connection.settings_dict.update(owner_role())
        pre_migrate.connect(self._grant_like_the_launcher, dispatch_uid="grants")
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False, keepdb=self.keep and not self.anew
        )
        keep_vacuum_away(connection, tables_of(connection))
        connection.close()

    def _grant_like_the_launcher(self, using: str, **_: Any) -> None:
        """Before the first table the application's role gets what it has in production on every table to come."""
        pre_migrate.disconnect(dispatch_uid="grants")
        if not owner_role():
            return
        role = connections[using].ops.quote_name(self.application["USER"])
        with connections[using].cursor() as cursor:
            for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT, UPDATE ON SEQUENCES"):
                cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO {role}")

    def _load(self) -> None:
        self._copy(self.mould, self._demo)
        self._enter(self._demo)
        with transaction.atomic():
            demo_load(DEMO)
        connection.close()
        owner = _as_owner()
        with owner.cursor() as cursor:
            cursor.execute("ANALYZE")
        owner.close()
        copytree(settings.MEDIA_ROOT, self._files)

    def _copy_demo(self) -> None:
        """The demo school with its files, which lie with whichever process loaded it."""
        self._copy(self._demo, self.own_demo)
        copytree(self._files, settings.MEDIA_ROOT, dirs_exist_ok=True)

    def _enter(self, name: str) -> None:
        """This process, and the threads that begin from now on, work there as the application's role."""
        connection.close()
        connection.settings_dict.update(self.application | {"NAME": name})

    def _copy(self, source: str, name: str) -> None:
        self._drop(name)
        self._query(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')

    def _drop(self, *names: str) -> None:
        """The server waits some seconds for whoever is about to leave; the owner may not send the application away."""
        connection.close()
        for name in names:
            self._query(f'DROP DATABASE IF EXISTS "{name}"')

    def _query(self, sql: str) -> list[tuple[Any, ...]]:
        """Asks the server rather than one of the databases."""
        with _as_owner()._nodb_cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    def _once(self, name: str, make: Callable[[], None]) -> None:
        with self._alone():
            made = self.folder / f"{name}.made"
            if not made.exists():
                make()
                made.touch()

    def _alone(self) -> AbstractContextManager[None]:
        return locked(self.folder / "databases.lock")

    @property
    def _files(self) -> Path:
        return self.folder / "demo_files"

    @property
    def _present(self) -> Path:
        return self.folder / "processes"


def _as_owner(options: dict[str, Any] | None = None) -> BaseDatabaseWrapper:
    """A connection of its own: the test's may be in any state."""
    return ConnectionHandler({"default": connection.settings_dict | owner_role() | (options or {})})["default"]
