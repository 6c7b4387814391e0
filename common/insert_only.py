"""Tables that are only ever added to: an operation for migrations.

The application's role may read such a table and add rows to it, naming the given columns only; what the others hold
(the moment, for one) is the database's word. It can neither change nor remove a row.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Whoever was given rights by default privileges (the application's role, under any name) keeps these two.
_RIGHTS = """
DO $body$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
        WHERE c.oid = '{table}'::regclass AND acl.grantee <> c.relowner
    LOOP
        EXECUTE 'REVOKE ALL ON {table} FROM ' || grantee;
        EXECUTE 'GRANT SELECT, INSERT ({columns}) ON {table} TO ' || grantee;
    END LOOP;
END
$body$;
"""


class InsertOnly(Operation):
    """`name` is a model of the app, `columns` are the fields that the application may fill in."""

    reduces_to_sql = True
    reversible = True
    serialization_expand_args: ClassVar[list[str]] = []

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.columns = columns

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        meta = to_state.apps.get_model(app_label, self.name)._meta
        columns = ", ".join(str(meta.get_field(name).get_attname()) for name in self.columns)
        schema_editor.execute(_RIGHTS.format(table=meta.db_table, columns=columns), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The rights go with the table."""

    def describe(self) -> str:
        return f"Let rows of {self.name} be added, never changed"
