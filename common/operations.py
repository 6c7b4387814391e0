"""What our operations for migrations share: they change the database and leave the models as they are."""

from collections.abc import Sequence
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
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


class CreateTogether(Operation):
    """New tables, each made as all of the operations leave it: with fields and constraints that come after it.

    Django builds every model that is related to a changed one anew after each operation: with a hundred models that
    takes most of the time in which a database is made.
    """

    reduces_to_sql = True
    reversible = False
    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them on a state that is not built; then what is new is built once, beside the models that stand."""
        built, known = vars(state).pop("apps", None), set(state.models)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if built is not None and not known & {(app_label, _model_of(operation)) for operation in self.operations}:
            built.render_multiple([model for key, model in state.models.items() if key not in known])
            vars(state)["apps"] = built

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Make all tables of the app"


class ChangeTogether(Operation):
    """Fields and constraints of tables that stand, none of which needs another of them: the models are built once."""

    reduces_to_sql = True
    reversible = False
    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them on a state that is not built; whoever needs the models then builds them."""
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Change tables of the app"


def _model_of(operation: Operation) -> str:
    """The model that it makes or changes."""
    return str(getattr(operation, "model_name_lower", "") or getattr(operation, "name_lower", ""))


def schema_of(editor: BaseDatabaseSchemaEditor) -> str:
    """The schema that the tables are made in, quoted."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])
