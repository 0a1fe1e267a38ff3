"""Writing many rows at once.

PostgreSQL refuses COPY into a table under row-level security, so rows are copied into a temporary table and
inserted from there: one statement, checked by the policy, seen once by each statement trigger.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (values in the order of the database `columns`) and return how many there were."""
    target = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bulk_rows")
        cursor.execute(f"CREATE TEMP TABLE bulk_rows ON COMMIT DROP AS SELECT {names} FROM {target} LIMIT 0")  # noqa: S608 - names come from the model
        with cursor.copy(f"COPY bulk_rows ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM bulk_rows")  # noqa: S608 - as above
        return int(cursor.rowcount)


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` primary keys from the model's sequence, so that rows can refer to each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, key: str = "id"
) -> int:
    """Update rows by key (the first value of each row, then the values of `columns`); return how many."""
    target = connection.ops.quote_name(model._meta.db_table)
    names = [key, *columns]
    listed = ", ".join(connection.ops.quote_name(name) for name in names)
    setting = ", ".join(f"{name} = b.{name}" for name in map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bulk_rows")
        cursor.execute(f"CREATE TEMP TABLE bulk_rows ON COMMIT DROP AS SELECT {listed} FROM {target} LIMIT 0")  # noqa: S608 - names come from the model
        with cursor.copy(f"COPY bulk_rows ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"UPDATE {target} t SET {setting} FROM bulk_rows b WHERE t.{key} = b.{key}")  # noqa: S608
        return int(cursor.rowcount)
