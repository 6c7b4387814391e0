"""Rows of tables that are only ever added to (`common/insert_only.py`): the moment is the database's own word."""

from typing import Any

from django.db import connection, models


def row_add(model: type[models.Model], **values: Any) -> int:
    """Add a row of these columns only, and answer its key; nothing of it can be changed afterwards."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(model._meta.get_field(name).get_attname())) for name in values)  # type: ignore[union-attr]
    places = ", ".join(["%s"] * len(values))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING id",  # noqa: S608 — names of our own
            list(values.values()),
        )
        return int(cursor.fetchone()[0])
