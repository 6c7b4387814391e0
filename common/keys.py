"""How large tables hold their foreign keys: operations for migrations.

PostgreSQL checks a foreign key row by row; of a load of marks that was five sixths of the time. Here whole statements
are checked. `keys_stand`: each key that new rows bring in is that of a row that stands, which is locked so that
it cannot go before we commit. `keys_free`: a row that is deleted is named by none. Why it is so:
docs/decisions/0011-keys-of-facts.md.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState, StateApps

from common.operations import DatabaseOnly, schema_of

# TG_ARGV: column, table, column, table… Keys that the statement found in place stand already.
_STAND = """
CREATE OR REPLACE FUNCTION {schema}.keys_stand() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    before text;
    missing bigint;
BEGIN
    FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
        before := CASE TG_OP WHEN 'UPDATE' THEN format('EXCEPT SELECT %I FROM old_rows', TG_ARGV[i]) ELSE '' END;
        EXECUTE format($check$
            WITH named AS MATERIALIZED (
                SELECT DISTINCT %1$I AS key FROM new_rows WHERE %1$I IS NOT NULL %2$s
            ), held AS MATERIALIZED (
                SELECT id FROM {schema}.%3$I WHERE id IN (SELECT key FROM named) FOR KEY SHARE
            )
            SELECT key FROM named WHERE key NOT IN (SELECT id FROM held) LIMIT 1
            $check$, TG_ARGV[i], before, TG_ARGV[i + 1]) INTO missing;
        IF missing IS NOT NULL THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('%s of %s names no row of %s', TG_ARGV[i], TG_TABLE_NAME, TG_ARGV[i + 1]),
                TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[i];
        END IF;
    END LOOP;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.keys_stand() FROM PUBLIC;
"""
# TG_ARGV: table, column. Only in this isolation does the check see what was committed while the deletion waited.
_FREE = """
CREATE OR REPLACE FUNCTION {schema}.keys_free() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    named bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE feature_not_supported USING MESSAGE = format('rows of %s are deleted in read committed', TG_TABLE_NAME);
    END IF;
    EXECUTE format($check$
        SELECT id FROM old_rows o WHERE EXISTS (SELECT FROM {schema}.%I c WHERE c.%I = o.id) LIMIT 1
        $check$, TG_ARGV[0], TG_ARGV[1]) INTO named;
    IF named IS NOT NULL THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('a row of %s is still named by %s of %s', TG_TABLE_NAME, TG_ARGV[1], TG_ARGV[0]),
            TABLE = TG_ARGV[0], COLUMN = TG_ARGV[1];
    END IF;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.keys_free() FROM PUBLIC;
"""
# A key is not changed: nothing here does, and who tries is told.
_FIXED = """
CREATE OR REPLACE FUNCTION {schema}.keys_fixed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('the key of %s is not changed', TG_TABLE_NAME);
END
$body$;
REVOKE ALL ON FUNCTION {schema}.keys_fixed() FROM PUBLIC;
"""


class InstallKeyChecks(DatabaseOnly):
    """Makes the functions."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema = schema_of(schema_editor)
        for function in (_STAND, _FREE, _FIXED):
            schema_editor.execute(function.format(schema=schema), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema = schema_of(schema_editor)
        for function in ("keys_stand", "keys_free", "keys_fixed"):
            schema_editor.execute(f"DROP FUNCTION {schema}.{function}() CASCADE", params=None)

    def describe(self) -> str:
        return "Install the functions that check keys by the statement"


class CheckKeys(DatabaseOnly):
    """Holds the foreign keys of a table whose fields have `db_constraint=False`.

    `name` is a model of the app. Fields with a constraint of their own are left to it. Rows that stand are not looked
    at: take their constraints away in the same migration, so that they are known to be right.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        for statement in self._statements(model, schema_of(schema_editor)):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = self._model(app_label, from_state.apps)
        child = model._meta.db_table
        for deed in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER keys_{deed} ON {child}", params=None)
        for column, parent in _keys(model):
            schema_editor.execute(f"DROP TRIGGER {_free_name(child, column)} ON {parent}", params=None)

    def describe(self) -> str:
        return f"Check the keys of {self.name} by the statement"

    def _model(self, app_label: str, apps: StateApps) -> type[models.Model]:
        return apps.get_model(app_label, self.name)

    def _statements(self, model: type[models.Model], schema: str) -> Iterator[str]:
        child, keys = model._meta.db_table, _keys(model)
        arguments = ", ".join(f"'{part}'" for pair in keys for part in pair)
        for deed, rows in (
            ("insert", "NEW TABLE AS new_rows"),
            ("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ):
            yield (
                f"CREATE OR REPLACE TRIGGER keys_{deed} AFTER {deed.upper()} ON {child} REFERENCING {rows} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {schema}.keys_stand({arguments})"
            )
        for column, parent in keys:
            yield (
                f"CREATE OR REPLACE TRIGGER {_free_name(child, column)} AFTER DELETE ON {parent} "
                f"REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT "
                f"EXECUTE FUNCTION {schema}.keys_free('{child}', '{column}')"
            )
            yield (
                f"CREATE OR REPLACE TRIGGER keys_fixed AFTER UPDATE OF id ON {parent} FOR EACH ROW "
                f"WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION {schema}.keys_fixed()"
            )


def _keys(model: type[models.Model]) -> list[tuple[str, str]]:
    """Column and table of each key that no constraint holds."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
    return [(field.column, field.related_model._meta.db_table) for field in fields if not field.db_constraint]


def _free_name(child: str, column: str) -> str:
    return f"keys_{child.partition('_')[2]}_{column}"
