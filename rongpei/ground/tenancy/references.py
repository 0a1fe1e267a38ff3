"""References checked once a statement, where a foreign key would be checked once a row.

PostgreSQL asks for the row a foreign key names by a query for each row written: a roster of 100,000 people spends a
third of its time on that. A model lists such fields in `set_checked` (and gives them `db_constraint=False`); triggers
then hold what the foreign key held, for a whole statement at once: whom a row names is there and stays there until
the transaction ends, and who is named cannot be deleted. They hold more: a row names its own tenant's rows alone.
Like the checks of a foreign key they run as the owner, so that a role that sees little is bound, and may write, alike.
"""

from collections.abc import Iterable, Iterator

from django.db import connection, models

from rongpei.ground.tenancy.models import TenantModel

# Found first, then held against deletion, if any is not of this transaction's own making: nobody else can delete those.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION rongpei_check_references() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  missing bigint;
  others bigint;
  held bigint;
BEGIN
  EXECUTE format('SELECT min(n.%3$I) FILTER (WHERE r.%2$I IS NULL), count(*) FILTER (WHERE r.xmin <> pg_current_xact_id()::xid)
                  FROM (SELECT DISTINCT %3$I, tenant_id FROM fresh WHERE %3$I IS NOT NULL) n
                  LEFT JOIN %1$I r ON r.%2$I = n.%3$I AND r.tenant_id = n.tenant_id',
                 TG_ARGV[1], TG_ARGV[2], TG_ARGV[0]) INTO missing, others;
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION '%.% names %, which is not in %', TG_TABLE_NAME, TG_ARGV[0], missing, TG_ARGV[1] USING ERRCODE = '23503';
  END IF;
  IF others > 0 THEN
    EXECUTE format('SELECT count(*) FROM (SELECT FROM %1$I WHERE %2$I IN (SELECT %3$I FROM fresh) AND xmin <> pg_current_xact_id()::xid FOR KEY SHARE) held',
                   TG_ARGV[1], TG_ARGV[2], TG_ARGV[0]) INTO held;
    IF held < others THEN
      RAISE EXCEPTION '%.% names what was deleted from % meanwhile', TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1] USING ERRCODE = '23503';
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION rongpei_keep_referenced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept bigint;
BEGIN
  EXECUTE format('SELECT %2$I FROM %1$I WHERE %2$I IN (SELECT %3$I FROM old_rows) LIMIT 1', TG_ARGV[0], TG_ARGV[1], TG_ARGV[2])
    INTO kept;
  IF kept IS NOT NULL THEN
    RAISE EXCEPTION '% of % is still named by %.%', kept, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1] USING ERRCODE = '23503';
  END IF;
  RETURN NULL;
END $$;
"""


def hold_references(found: Iterable[type[TenantModel]]) -> Iterator[str]:
    """Statements that put the triggers of all models in place; triggers of fields no longer listed go."""
    yield _DROP
    for model in found:
        for name in model.set_checked:
            field = model._meta.get_field(name)
            if isinstance(field, models.ForeignKey):
                yield from _triggers(model._meta.db_table, field)


def _triggers(table: str, field: "models.ForeignKey[models.Model, models.Model]") -> Iterator[str]:
    quote = connection.ops.quote_name
    column, target = field.column, field.related_model._meta.db_table
    key = field.target_field.column
    for event in ("INSERT", "UPDATE"):
        yield (
            f"CREATE TRIGGER {quote(f'refers_{column}_{event.lower()}')} AFTER {event} ON {quote(table)} REFERENCING NEW TABLE AS fresh "
            f"FOR EACH STATEMENT EXECUTE FUNCTION rongpei_check_references('{column}', '{target}', '{key}')"
        )
    yield (
        f"CREATE TRIGGER {quote(f'referred_{table}_{column}')} AFTER DELETE ON {quote(target)} REFERENCING OLD TABLE AS old_rows "
        f"FOR EACH STATEMENT EXECUTE FUNCTION rongpei_keep_referenced('{table}', '{column}', '{key}')"
    )


_DROP = """
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT t.tgname, t.tgrelid::regclass AS place FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
             WHERE p.proname IN ('rongpei_check_references', 'rongpei_keep_referenced') AND NOT t.tgisinternal LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.place);
  END LOOP;
END $$
"""
