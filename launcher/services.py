"""The database and the broker: embedded ones, or whatever DATABASE_URL and REDIS_URL name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from launcher import postgres, valkey
from launcher.keys import installation_secrets
from launcher.place import Place


@dataclass(frozen=True)
class Outside:
    """Which services somebody else runs."""

    database: bool
    broker: bool


def outside_of(environ: Mapping[str, str]) -> Outside:
    return Outside(database=bool(environ.get("DATABASE_URL")), broker=bool(environ.get("REDIS_URL")))


def start_services(place: Place, outside: Outside, *, careless: bool = False) -> None:
    if not outside.database:
        postgres.start(place, careless=careless)
    if not outside.broker:
        valkey.start(place)


def stop_services(place: Place) -> None:
    valkey.stop_server(place)
    postgres.stop_server(place)


def services_run(place: Place) -> bool:
    return postgres.is_running(place) or valkey.is_running(place)


def project_environment(place: Place, environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment with what the settings read; an outside service's addresses stay as they were given."""
    outside = outside_of(environ)
    defaults = {"PYTHONUTF8": "1", "SECRET_KEY": installation_secrets(place).key}
    # Packages are compiled at their first import; unless what came of it may be kept, every process begins with that.
    given = {name: value for name, value in environ.items() if value and name != "PYTHONDONTWRITEBYTECODE"}
    ours = {"OPORA_DATA": os.fspath(place.data)}
    if not outside.database:
        ours["DATABASE_URL"] = postgres.url_of(place, postgres.APPLICATION)
        ours["DATABASE_OWNER_URL"] = postgres.url_of(place, postgres.OWNER)
    if not outside.broker:
        ours["REDIS_URL"] = valkey.url_of(place)
    return defaults | given | ours


def owner_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The same, for migrations: with the role that owns the tables."""
    owner = environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"]
    return {**environment, "DATABASE_URL": owner}
