"""Tables that are only ever added to: an operation for migrations.

The application's role may read such a table and add rows to it, naming the given columns only; what the others hold
(the moment, for one) is the database's word. It can neither change nor remove a row.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from common.operations import GRANTEES, DatabaseOnly

# Grantees keep these two.
_RIGHTS = """
DO $body$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        {grantees}
    LOOP
        EXECUTE 'REVOKE ALL ON {table} FROM ' || grantee;
        EXECUTE 'GRANT SELECT, INSERT ({columns}) ON {table} TO ' || grantee;
    END LOOP;
END
$body$;
"""


class InsertOnly(DatabaseOnly):
    """`name` is a model of the app, `columns` are the fields that the application may fill in."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.columns = columns

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        meta = to_state.apps.get_model(app_label, self.name)._meta
        columns = ", ".join(str(meta.get_field(name).get_attname()) for name in self.columns)
        schema_editor.execute(
            _RIGHTS.format(table=meta.db_table, columns=columns, grantees=GRANTEES.format(table=meta.db_table)),
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The rights go with the table."""

    def describe(self) -> str:
        return f"Let rows of {self.name} be added, never changed"
