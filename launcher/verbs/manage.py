"""`./opora manage …`: any management command, with the services up. Prints nothing of its own on standard output."""

import os
from collections.abc import Sequence

from launcher.packages import RUNNING, ensure_installed, has_packages
from launcher.place import Place, locked, make_data
from launcher.project import exec_manage, forget_migrations, migrate
from launcher.services import outside_of, owner_environment, project_environment, start_services

# These change tables, so they need the role that owns them; migrating before them would be answering for the caller.
OWNERS = {"migrate", "flush", "sqlflush"}
NEED_NO_TABLES = {"migrate", "makemigrations", "check", "help", "--help", "--version", "version"}


def run(place: Place, arguments: Sequence[str]) -> int:
    make_data(place)
    with locked(place.running / "start"):
        if not has_packages(place, RUNNING):
            ensure_installed(place, RUNNING)
        start_services(place, outside_of(os.environ))
        environment = project_environment(place, os.environ)
        if arguments and arguments[0] not in NEED_NO_TABLES:
            migrate(place, environment)
    if arguments and arguments[0] in OWNERS:
        forget_migrations(place)
        environment = owner_environment(environment)
    exec_manage(place, environment, arguments)
    return 0
