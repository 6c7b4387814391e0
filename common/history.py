"""How tables get their history: operations for migrations.

One function, `history_record`, serves every table: statement-level triggers hand it the rows before and after. It
compares them as JSON, so a column that is added later is kept without a word. It runs as the tables' owner; the
application's role may read events and nothing else. Why it is so: docs/decisions/0001-history.md.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState, StateApps

from common.operations import GRANTEES, DatabaseOnly, schema_of

EVENTS = "school_historyevent"

# What differs is compared column by column (the columns are those that the table has today) and written as JSON
# text: whole rows as jsonb cost three times as much. A changed key is a removal and a new row.
_FUNCTION = """
CREATE OR REPLACE FUNCTION {schema}.history_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    key text := quote_ident(TG_ARGV[0]);
    pupil text := coalesce(quote_ident(nullif(TG_ARGV[1], '')), 'NULL');
    school text := coalesce(quote_ident(nullif(TG_ARGV[2], '')), 'NULL');
    concealed text[] := string_to_array(TG_ARGV[3], ',');
    ignored text[] := string_to_array(TG_ARGV[4], ',');
    context text[] := string_to_array(TG_ARGV[5], ',');
    author bigint := nullif(current_setting('opora.user', true), '')::bigint;
    source text := left(coalesce(nullif(current_setting('opora.source', true), ''), session_user), 100);
    changed text := 'CASE WHEN o.%1$I IS DISTINCT FROM r.%1$I THEN ';
    value text := '%2$L || coalesce(to_json(%3$s.%1$I)::text, ''null'')';
    was text;
    becomes text;
    hidden text;
    what text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT
            string_agg(CASE
                WHEN attname = ANY (context) THEN format(value, attname, label, 'o')
                WHEN shown THEN format(changed || value || ' END', attname, label, 'o')
            END, ', '),
            string_agg(CASE WHEN shown THEN format(changed || value || ' END', attname, label, 'r') END, ', '),
            string_agg(CASE WHEN NOT shown THEN format(changed || '%1$L END', attname) END, ', ')
        INTO was, becomes, hidden
        FROM (
            SELECT attname, to_json(attname::text) || ':' AS label, attname <> ALL (concealed) AS shown
            FROM pg_attribute
            WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                AND attname <> ALL (ignored)
        ) columns;
        what := format($update$
            CASE WHEN old_key IS NULL THEN 'I' WHEN new_key IS NULL THEN 'D' ELSE 'U' END,
            coalesce(new_key, old_key)::text, pupil, school,
            CASE WHEN old_key IS NOT NULL AND was <> '' THEN ('{{' || was || '}}')::jsonb END,
            CASE WHEN new_key IS NOT NULL AND becomes <> '' THEN ('{{' || becomes || '}}')::jsonb END,
            nullif(hidden, '{{}}')
            FROM (
                SELECT o.%1$s AS old_key, r.%1$s AS new_key,
                    coalesce(r.%2$s, o.%2$s) AS pupil, coalesce(r.%3$s, o.%3$s) AS school,
                    concat_ws(',', %4$s) AS was, concat_ws(',', %5$s) AS becomes,
                    array_remove(ARRAY[%6$s]::text[], NULL) AS hidden
                FROM old_rows o FULL JOIN new_rows r ON r.%1$s = o.%1$s
                WHERE o.%1$s IS NULL OR r.%1$s IS NULL OR o *<> r
            ) change
            WHERE becomes <> '' OR hidden <> '{{}}'
            $update$, key, pupil, school, was, becomes, hidden);
        what := replace(what, 'coalesce(r.NULL, o.NULL)', 'NULL::bigint');
    ELSE
        what := format(
            '%L, %s::text, %s::bigint, %s::bigint, %s, NULL FROM %s r', left(TG_OP, 1), key, pupil, school,
            CASE TG_OP WHEN 'DELETE' THEN 'to_jsonb(r) - $4, NULL' ELSE 'NULL, to_jsonb(r) - $4' END,
            CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END);
    END IF;
    EXECUTE 'INSERT INTO {schema}.{events} ("table", user_id, source, at,'
        ' operation, row_id, pupil_id, school_id, before, after, concealed) SELECT $1, $2, $3, now(), ' || what
        USING TG_TABLE_NAME::text, author, source, concealed || ignored;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.history_record() FROM PUBLIC;
"""

# Grantees keep SELECT only.
_REVOKE = """
DO $body$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        {grantees}
    LOOP
        EXECUTE 'REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {schema}.{events} FROM ' || grantee;
        EXECUTE 'REVOKE ALL ON SEQUENCE {schema}.{events}_id_seq FROM ' || grantee;
    END LOOP;
    FOR grantee IN
        SELECT DISTINCT acl.grantee::regrole::text
        FROM pg_proc p CROSS JOIN LATERAL aclexplode(p.proacl) acl
        WHERE p.oid = '{schema}.history_record()'::regprocedure AND acl.grantee NOT IN (0, p.proowner)
    LOOP
        EXECUTE 'REVOKE ALL ON FUNCTION {schema}.history_record() FROM ' || grantee;
    END LOOP;
END
$body$;
"""

_TRIGGERS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows",
    "update": "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows",
}


class InstallHistory(DatabaseOnly):
    """Makes the function and takes the rights to write events from everybody but the owner."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema = schema_of(schema_editor)
        schema_editor.execute(_FUNCTION.format(schema=schema, events=EVENTS), params=None)
        schema_editor.execute(
            _REVOKE.format(schema=schema, events=EVENTS, grantees=GRANTEES.format(table=f"{schema}.{EVENTS}")),
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(f"DROP FUNCTION {schema_of(schema_editor)}.history_record()", params=None)

    def describe(self) -> str:
        return "Install the function that records history"


class TrackHistory(DatabaseOnly):
    """Gives a table its history.

    `name` is a model of the app, or «Model.field» for the hidden table of a many-to-many field. `insert` records new
    rows too (leave it out where something else tells where a row came from). Columns are named as fields:
    `conceal` are confidential (an event says that they changed, never the values), `ignore` are of no interest,
    `keep` are repeated in each event of a change so that it can be read by itself («Алгебра, 12.10»). Generated
    columns are left out.
    """

    def __init__(
        self,
        name: str,
        *,
        insert: bool = False,
        conceal: Sequence[str] = (),
        ignore: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.insert = insert
        self.conceal = conceal
        self.ignore = ignore
        self.keep = keep

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = self._model(app_label, to_state.apps)
        schema = schema_of(schema_editor)
        table = schema_editor.quote_name(model._meta.db_table)
        arguments = ", ".join(f"'{argument}'" for argument in self._arguments(model))
        self._drop(schema_editor, table)
        for deed in self._deeds():
            schema_editor.execute(
                f"CREATE TRIGGER history_{deed} {_TRIGGERS[deed].format(table=table)} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {schema}.history_record({arguments})",
                params=None,
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = self._model(app_label, from_state.apps)
        self._drop(schema_editor, schema_editor.quote_name(model._meta.db_table))

    def describe(self) -> str:
        return f"Keep the history of {self.name}"

    def _deeds(self) -> list[str]:
        return ["insert", "update", "delete"] if self.insert else ["update", "delete"]

    def _drop(self, editor: BaseDatabaseSchemaEditor, table: str) -> None:
        for deed in _TRIGGERS:
            editor.execute(f"DROP TRIGGER IF EXISTS history_{deed} ON {table}", params=None)

    def _model(self, app_label: str, apps: StateApps) -> type[models.Model]:
        name, _, field = self.name.partition(".")
        model = apps.get_model(app_label, name)
        if not field:
            return model
        through: Any = getattr(model, field).through
        return through  # type: ignore[no-any-return]

    def _arguments(self, model: type[models.Model]) -> list[str]:
        generated = [str(field.column) for field in model._meta.concrete_fields if getattr(field, "generated", False)]
        return [
            str(model._meta.pk.column),
            _column_of_pupil(model),
            _column_of(model, "school"),
            _columns(model, self.conceal),
            ",".join([*_columns(model, self.ignore).split(","), *generated]).strip(","),
            _columns(model, self.keep),
        ]


def _columns(model: type[models.Model], names: Sequence[str]) -> str:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return ",".join(field.column for field in fields)


def _column_of_pupil(model: type[models.Model]) -> str:
    """Of the pupil whose page shows the event."""
    return str(model._meta.pk.column) if model._meta.label == "school.Pupil" else _column_of(model, "pupil")


def _column_of(model: type[models.Model], name: str) -> str:
    label = f"school.{name.capitalize()}"
    for field in model._meta.concrete_fields:
        if field.name == name and field.is_relation and _label(field) == label:
            return str(field.column)
    return ""


def _label(field: Any) -> str:
    return str(field.related_model._meta.label)
