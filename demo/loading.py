"""Writes drawn facts with COPY: a million marks go in at about the server's own speed."""

import io
from collections.abc import Iterable

from django.db import connection

Row = tuple[object, ...]


def copy_rows(table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Append rows to a table. Values are numbers, dates and text without tabs or line ends; None is NULL."""
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join("\\N" if value is None else str(value) for value in row))
        buffer.write("\n")
    buffer.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", buffer)
