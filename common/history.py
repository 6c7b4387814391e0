"""How tables get their history: operations for migrations.

One function, `history_record`, serves every table: statement-level triggers hand it the rows before and after. It
compares them as JSON, so a column that is added later is kept without a word. It runs as the tables' owner; the
application's role may read events and nothing else. Why it is so: docs/decisions/0001-history.md.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

EVENTS = "school_historyevent"

# $1 table, $2 author, $3 source, $4 concealed columns, $5 ignored columns, $6 columns kept for context
_INSERT_INTO = """
INSERT INTO {schema}.{events}
    (at, operation, "table", row_id, pupil_id, school_id, user_id, source, before, after, concealed)
"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION {schema}.history_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    key text := quote_ident(TG_ARGV[0]);
    pupil text := CASE TG_ARGV[1] WHEN '' THEN 'NULL::bigint' ELSE 'r.' || quote_ident(TG_ARGV[1]) END;
    school text := CASE TG_ARGV[2] WHEN '' THEN 'NULL::bigint' ELSE 'r.' || quote_ident(TG_ARGV[2]) END;
    concealed text[] := string_to_array(TG_ARGV[3], ',');
    ignored text[] := string_to_array(TG_ARGV[4], ',');
    context text[] := string_to_array(TG_ARGV[5], ',');
    author bigint := nullif(current_setting('opora.user', true), '')::bigint;
    source text := coalesce(nullif(current_setting('opora.source', true), ''), session_user);
    statement text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        statement := replace(replace($update$
            SELECT now(), 'U', $1, r.@key@::text, @pupil@, @school@, $2, $3, d.before, d.after, d.concealed
            FROM old_rows o
            JOIN new_rows r ON r.@key@ = o.@key@
            CROSS JOIN LATERAL (SELECT to_jsonb(o) AS was, to_jsonb(r) AS now) j
            CROSS JOIN LATERAL (
                SELECT
                    jsonb_object_agg(e.key, e.value)
                        FILTER (WHERE e.key = ANY ($6) OR (e.changed AND e.key <> ALL ($4))) AS before,
                    jsonb_object_agg(e.key, j.now -> e.key)
                        FILTER (WHERE e.changed AND e.key <> ALL ($4)) AS after,
                    array_agg(e.key ORDER BY e.key) FILTER (WHERE e.changed AND e.key = ANY ($4)) AS concealed
                FROM (
                    SELECT w.key, w.value, w.value <> j.now -> w.key AS changed FROM jsonb_each(j.was) w
                    WHERE w.key <> ALL ($5)
                ) e
            ) d
            WHERE o *<> r AND (d.after IS NOT NULL OR d.concealed IS NOT NULL)
            UNION ALL
            SELECT now(), 'D', $1, r.@key@::text, @pupil@, @school@, $2, $3, to_jsonb(r) - $4 - $5, NULL, NULL
            FROM old_rows r WHERE NOT EXISTS (SELECT FROM new_rows n WHERE n.@key@ = r.@key@)
            UNION ALL
            SELECT now(), 'I', $1, r.@key@::text, @pupil@, @school@, $2, $3, NULL, to_jsonb(r) - $4 - $5, NULL
            FROM new_rows r WHERE NOT EXISTS (SELECT FROM old_rows n WHERE n.@key@ = r.@key@)
        $update$, '@pupil@', pupil), '@school@', school);
    ELSIF TG_OP = 'DELETE' THEN
        statement := replace(replace($delete$
            SELECT now(), 'D', $1, r.@key@::text, @pupil@, @school@, $2, $3, to_jsonb(r) - $4 - $5, NULL, NULL
            FROM old_rows r
        $delete$, '@pupil@', pupil), '@school@', school);
    ELSE
        statement := replace(replace($insert$
            SELECT now(), 'I', $1, r.@key@::text, @pupil@, @school@, $2, $3, NULL, to_jsonb(r) - $4 - $5, NULL
            FROM new_rows r
        $insert$, '@pupil@', pupil), '@school@', school);
    END IF;
    EXECUTE $into${into}$into$ || replace(statement, '@key@', key)
        USING TG_TABLE_NAME::text, author, left(source, 100), concealed, ignored, context;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION {schema}.history_record() FROM PUBLIC;
"""

# Whoever was given rights by default privileges (the application's role, under any name) keeps SELECT only.
_REVOKE = """
DO $body$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END
        FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
        WHERE c.oid = '{schema}.{events}'::regclass AND acl.grantee <> c.relowner
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


def _schema(editor: BaseDatabaseSchemaEditor) -> str:
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        return str(cursor.fetchone()[0])


class InstallHistory(Operation):
    """Makes the function and takes the rights to write events from everybody but the owner."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema = _schema(schema_editor)
        into = _INSERT_INTO.format(schema=schema, events=EVENTS)
        schema_editor.execute(_FUNCTION.format(schema=schema, into=into), params=None)
        schema_editor.execute(_REVOKE.format(schema=schema, events=EVENTS), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(f"DROP FUNCTION {_schema(schema_editor)}.history_record()", params=None)

    def describe(self) -> str:
        return "Install the function that records history"


class TrackHistory(Operation):
    """Gives a table its history.

    `name` is a model of the app, or «Model.field» for the hidden table of a many-to-many field. `insert` records new
    rows too (leave it out where something else tells where a row came from). Columns are named as fields:
    `conceal` are confidential (an event says that they changed, never the values), `ignore` are of no interest,
    `keep` are repeated in each event of a change so that it can be read by itself («Алгебра, 12.10»). Generated
    columns are left out.
    """

    reduces_to_sql = True
    reversible = True
    serialization_expand_args: ClassVar[list[str]] = []

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

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = self._model(app_label, to_state.apps)
        schema = _schema(schema_editor)
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
