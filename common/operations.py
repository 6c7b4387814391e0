"""What our operations for migrations share: they change the database and leave the models as they are."""

from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Whoever was given rights on `{table}` by default privileges: the application's role, under any name.
GRANTEES = """
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
        WHERE c.oid = '{table}'::regclass AND acl.grantee <> c.relowner
"""


class DatabaseOnly(Operation):
    """Functions, triggers, rights."""

    reduces_to_sql = True
    reversible = True
    serialization_expand_args: ClassVar[list[str]] = []

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""


def schema_of(editor: BaseDatabaseSchemaEditor) -> str:
    """The schema that the tables are made in, quoted."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])
