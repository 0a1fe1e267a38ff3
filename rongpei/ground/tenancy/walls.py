"""The second wall: row-level security, append-only tables and change records, derived from the models.

`raise_walls()` is idempotent and runs as the owner after every migration. The application connects as a role
that is neither superuser nor owner, so policies bind it; row-level security does not bind the owner.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from rongpei.ground.tenancy import references
from rongpei.ground.tenancy.models import TenantModel

APP_ROLE = "rongpei_app"
PORTAL_ROLE = "rongpei_portal"

# Read once per statement (an init plan), not once per row.
SCOPE_SQL = (
    "((SELECT string_to_array(nullif(current_setting('rongpei.scope', true), ''), ',')::bigint[])::bigint[])"
)

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION rongpei_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only table %%: % is not allowed', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION rongpei_record_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO audit_event (tenant_id, at, xid, kind, code, result, table_name, actor, first_id, last_id, count, before, after)
     SELECT tenant_id, clock_timestamp(), pg_current_xact_id()::text::bigint, ''change'', ''insert'', ''done'', %L,
            coalesce(current_setting(''rongpei.actor'', true), ''''), min(%I), max(%I), count(*), ''{}'', ''{}''
     FROM fresh GROUP BY tenant_id', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION rongpei_hide(value jsonb, personal text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, CASE WHEN key = ANY (personal) THEN '"***"'::jsonb ELSE value END), '{}')
  FROM jsonb_each(value)
$$;

CREATE OR REPLACE FUNCTION rongpei_record_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO audit_event (tenant_id, at, xid, kind, code, result, table_name, actor, first_id, last_id, count, before, after)
     SELECT n.tenant_id, clock_timestamp(), pg_current_xact_id()::text::bigint, ''change'', ''update'', ''done'', %L,
            coalesce(current_setting(''rongpei.actor'', true), ''''), n.%I, n.%I, 1,
            rongpei_hide(d.was, $1), rongpei_hide(d.is, $1)
     FROM old_rows o JOIN fresh n USING (%I), LATERAL (
       SELECT jsonb_object_agg(a.key, a.value) AS was, jsonb_object_agg(a.key, b.value) AS is
       FROM jsonb_each(to_jsonb(o)) a JOIN jsonb_each(to_jsonb(n)) b ON a.key = b.key
       WHERE a.value IS DISTINCT FROM b.value) d
     WHERE d.was IS NOT NULL', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0], TG_ARGV[0])
  USING TG_ARGV[1]::text[];
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION rongpei_record_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO audit_event (tenant_id, at, xid, kind, code, result, table_name, actor, first_id, last_id, count, before, after)
     SELECT tenant_id, clock_timestamp(), pg_current_xact_id()::text::bigint, ''change'', ''delete'', ''done'', %L,
            coalesce(current_setting(''rongpei.actor'', true), ''''), %I, %I, 1,
            rongpei_hide(to_jsonb(old_rows), $1), ''{}''
     FROM old_rows', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0])
  USING TG_ARGV[1]::text[];
  RETURN NULL;
END $$;
"""


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete model that belongs to a tenant."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def raise_walls() -> int:
    """Put every wall in place and return the number of tenant tables."""
    found = tenant_models()
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS.replace("%%", "%"))
        cursor.execute(references.FUNCTIONS)
        for statement in _grants():
            cursor.execute(statement)
        for model in found:
            for statement in _wall(model):
                cursor.execute(statement)
        for statement in references.hold_references(found):
            cursor.execute(statement)
        for one in apps.get_models():
            if getattr(one, "append_only", False):
                for statement in _append_only(one):
                    cursor.execute(statement)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PORTAL_ROLE])
        if cursor.fetchone():
            for statement in _portal():
                cursor.execute(statement)
    return len(found)


def _grants() -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP_ROLE}"


def _portal() -> Iterator[str]:
    """What the portal's own role may: the rooms that the site names, and of shared tables only the rows and columns that it names."""
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {PORTAL_ROLE}"
    yield f"GRANT USAGE ON SCHEMA public TO {PORTAL_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {PORTAL_ROLE}"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in settings.RONGPEI_PORTAL_ROOMS:
            quoted = connection.ops.quote_name(model._meta.db_table)
            yield f"GRANT {_portal_rights(model)} ON {quoted} TO {PORTAL_ROLE}"
    for function in settings.RONGPEI_PORTAL_FUNCTIONS:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {PORTAL_ROLE}"
    for table, condition in settings.RONGPEI_PORTAL_ROWS.items():
        quoted = connection.ops.quote_name(table)
        for act, name in (
            ("SELECT", "portal_rows"),
            ("UPDATE", "portal_changes"),
            ("DELETE", "portal_deletes"),
        ):
            yield f"DROP POLICY IF EXISTS {name} ON {quoted}"
            yield f"CREATE POLICY {name} ON {quoted} AS RESTRICTIVE FOR {act} TO {PORTAL_ROLE} USING ({condition})"


def _portal_rights(model: type[models.Model]) -> str:
    columns = settings.RONGPEI_PORTAL_COLUMNS.get(model._meta.db_table)
    if columns is not None:
        named = ", ".join(map(connection.ops.quote_name, sorted(columns)))
        return f"SELECT ({named}), UPDATE ({named}), INSERT"
    return "SELECT, INSERT" if getattr(model, "append_only", False) else "SELECT, INSERT, UPDATE, DELETE"


def _wall(model: type[TenantModel]) -> Iterator[str]:
    table = connection.ops.quote_name(model._meta.db_table)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS tenant_wall ON {table}"
    yield f"CREATE POLICY tenant_wall ON {table} USING ({_condition(model)}) WITH CHECK ({_condition(model)})"
    yield f"DROP POLICY IF EXISTS public_rows ON {table}"
    if model.public_when:
        yield f"CREATE POLICY public_rows ON {table} FOR SELECT USING ({model.public_when})"
    yield from _recorders(model, table)


def _append_only(model: type[models.Model]) -> Iterator[str]:
    table = connection.ops.quote_name(model._meta.db_table)
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}"
    for event in ("UPDATE OR DELETE", "TRUNCATE"):
        name = "append_only_" + event.split()[0].lower()
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION rongpei_forbid_change()"
        )


def _condition(model: type[models.Model]) -> str:
    condition = f"tenant_id = ANY {SCOPE_SQL}"
    # Only the audit trail has rows of no tenant (a sign-in that names no tenant, for one).
    return f"{condition} OR tenant_id IS NULL" if model._meta.get_field("tenant").null else condition


def _recorders(model: type[TenantModel], table: str) -> Iterator[str]:
    for event in ("insert", "update", "delete"):
        yield f"DROP TRIGGER IF EXISTS record_{event} ON {table}"
    if not model.audited:
        return
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    hidden = "{" + ",".join(str(columns[name]) for name in model.personal_fields) + "}"
    seen = {"insert": "NEW TABLE AS fresh", "delete": "OLD TABLE AS old_rows"}
    seen["update"] = f"{seen['delete']} {seen['insert']}"
    for event, tables in seen.items():
        yield (
            f"CREATE TRIGGER record_{event} AFTER {event.upper()} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION rongpei_record_{event}('{model._meta.pk.column}', '{hidden}')"
        )
