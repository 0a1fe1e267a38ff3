"""The roll-up trigger, and a recount that proves it.

Keys are inserted in sorted order, so that two transactions meeting on the same rows cannot deadlock.
"""

from collections.abc import Iterator

from django.db import connection

_UNIT_ROWS = """
  SELECT tenant_id, branch_id AS unit_id, kind, month_on, class_hours, service_hours, person_times FROM {source} WHERE branch_id IS NOT NULL
  UNION ALL
  SELECT tenant_id, department_id, kind, month_on, class_hours, service_hours, person_times FROM {source} WHERE department_id IS NOT NULL
  UNION ALL
  SELECT tenant_id, unit_id, kind, month_on, class_hours, service_hours, person_times FROM {source} WHERE unit_id IS NOT NULL
"""
_SUMMED = "sum(class_hours) AS class_hours, sum(service_hours) AS service_hours, sum(person_times) AS person_times, count(*) AS entries"
_MONTHS = "SELECT *, date_trunc('month', occurred_on)::date AS month_on FROM {entries}"
_ADD = """
  class_hours = r.class_hours + EXCLUDED.class_hours, service_hours = r.service_hours + EXCLUDED.service_hours,
  person_times = r.person_times + EXCLUDED.person_times, entries = r.entries + EXCLUDED.entries
"""


def _person_sums(entries: str) -> str:
    months = _MONTHS.format(entries=entries)
    return (
        f"SELECT tenant_id, person_id, kind, month_on, {_SUMMED} FROM ({months}) m "  # noqa: S608 - constants
        "WHERE person_id IS NOT NULL GROUP BY tenant_id, person_id, kind, month_on"
    )


def _unit_sums(entries: str) -> str:
    months = f"({_MONTHS.format(entries=entries)})"
    rows = _UNIT_ROWS.format(source="m")
    return (
        f"WITH m AS {months} SELECT tenant_id, unit_id, kind, month_on, {_SUMMED} FROM ({rows}) u "  # noqa: S608
        "GROUP BY tenant_id, unit_id, kind, month_on"
    )


INSTALL = f"""
CREATE OR REPLACE FUNCTION ledger_add_to_rollups() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_person_month AS r (tenant_id, person_id, kind, month_on, class_hours, service_hours, person_times, entries)
  SELECT * FROM ({_person_sums("fresh")}) s ORDER BY person_id, month_on, kind
  ON CONFLICT (person_id, month_on, kind) DO UPDATE SET {_ADD};
  INSERT INTO ledger_unit_month AS r (tenant_id, unit_id, kind, month_on, class_hours, service_hours, person_times, entries)
  SELECT * FROM ({_unit_sums("fresh")}) s ORDER BY unit_id, month_on, kind
  ON CONFLICT (unit_id, month_on, kind) DO UPDATE SET {_ADD};
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_rollups AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_add_to_rollups();
"""  # noqa: S608 - constants only
REMOVE = "DROP TRIGGER ledger_rollups ON ledger_entry; DROP FUNCTION ledger_add_to_rollups();"


def differences() -> Iterator[str]:
    """Recount every entry in scope and yield each roll-up row that disagrees with its entries."""
    pairs = (
        ("ledger_person_month", "person_id", _person_sums("ledger_entry")),
        ("ledger_unit_month", "unit_id", _unit_sums("ledger_entry")),
    )
    for table, key, counted in pairs:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT coalesce(c.{key}, r.{key}), coalesce(c.month_on, r.month_on), coalesce(c.kind, r.kind), "  # noqa: S608
                f"c.entries, r.entries FROM ({counted}) c FULL JOIN {table} r USING ({key}, month_on, kind) "
                "WHERE (c.class_hours, c.service_hours, c.person_times, c.entries) IS DISTINCT FROM "
                "(r.class_hours, r.service_hours, r.person_times, r.entries) LIMIT 100"
            )
            for ident, month, kind, counted_entries, kept in cursor.fetchall():
                yield f"{table} {key}={ident} {month:%Y-%m} {kind}: 明细 {counted_entries or 0} 条，汇总 {kept or 0} 条"
