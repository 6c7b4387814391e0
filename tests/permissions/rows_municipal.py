"""The municipality's page: schools side by side, for its coordinators alone."""

from typing import Any

from tests.permissions.row import Row


def _format(format: str) -> Any:
    return lambda world: {"start": 2026, "number": 1, "format": format}


# fmt: off
ROWS = [
    #                        anon other dir dep cls sub psy psyh soc spe met tut men mun adm none
    Row("municipal:board",  "302  403   403 403 403 403 403 403  403 403 403 403 403 200 403 403"),
    Row("municipal:print",  "302  403   403 403 403 403 403 403  403 403 403 403 403 302 403 403", _format("xlsx"), "post"),
    Row("municipal:print",  "302  403   403 403 403 403 403 403  403 403 403 403 403 404 403 403", _format("exe"), "post",
        about="in a format that does not exist"),
]
# fmt: on
