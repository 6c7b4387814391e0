"""The test database as production has it: the owner migrates, the tests run as the application's role."""

from collections.abc import Iterator
from typing import Any

import environ
import pytest
from django.conf import settings
from django.db import connection
from django.db.models.signals import pre_migrate

# Taken before anything changes them: the connection shares this dictionary.
APPLICATION = {name: str(settings.DATABASES["default"][name]) for name in ("USER", "PASSWORD")}


def _role(url: str) -> dict[str, str]:
    parts = environ.Env.db_url_config(url)
    return {"USER": str(parts["USER"]), "PASSWORD": str(parts["PASSWORD"])}


def _become(role: dict[str, str]) -> None:
    connection.close()
    connection.settings_dict.update(role)


def _grant_as_in_production(**_signal: Any) -> None:
    """What launcher/roles.sql grants, plus the clearing of tables between tests."""
    app = connection.ops.quote_name(APPLICATION["USER"])
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {app}")
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
            f" GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO {app}"
        )
        cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Create and migrate the test database as the owner."""
    if settings.DATABASE_OWNER_URL:
        _become(_role(settings.DATABASE_OWNER_URL))
        pre_migrate.connect(_grant_as_in_production, dispatch_uid="grant as in production")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Run the tests as the application; drop the database as the owner."""
    with django_db_blocker.unblock():
        _become(APPLICATION)
    yield
    if settings.DATABASE_OWNER_URL:
        with django_db_blocker.unblock():
            _become(_role(settings.DATABASE_OWNER_URL))
