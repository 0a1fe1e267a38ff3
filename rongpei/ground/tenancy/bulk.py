"""Writing many rows at once.

PostgreSQL refuses COPY into a table under row-level security, so rows are copied into a temporary table and
inserted from there: one statement, checked by the policy, seen once by each statement trigger.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_STAGE = "bulk_rows"
_ROOM = (
    "SET LOCAL work_mem = '64MB'",  # what triggers are told of is kept in memory
    "SET LOCAL gin_pending_list_limit = '32MB'",  # a search index takes the rows in one go, when it is next cleaned
)


class Staged:
    """Rows that wait in a temporary table, until others do."""

    def __init__(self, target: str, names: str) -> None:
        self._target, self._names = target, names

    def insert(self, order: str = "") -> int:
        """Insert them where they belong, sorted by a column when an index would else grow here and there."""
        sorting = f" ORDER BY {connection.ops.quote_name(order)}" if order else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._target} ({self._names}) SELECT {self._names} FROM {_STAGE}{sorting}"  # noqa: S608 - names come from the model
            )
            return int(cursor.rowcount)

    def derive(
        self, model: type[models.Model], columns: Sequence[str], select: str, parameters: Sequence[Any]
    ) -> int:
        """Insert rows of another model that follow from them: `select` gives `columns` out of `bulk_rows s`."""
        target, names = _names_of(model, columns)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {target} ({names}) {select}", parameters)
            return int(cursor.rowcount)


def stage(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Staged:
    """Copy rows (values in the order of the database `columns`) beside the model's table."""
    target, names = _names_of(model, columns)
    _fill(target, names, rows)
    return Staged(target, names)


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (values in the order of the database `columns`) and return how many there were."""
    return stage(model, columns, rows).insert()


def make_room() -> None:
    """Give this transaction, which will write very many rows, the memory for it."""
    with connection.cursor() as cursor:
        for room in _ROOM:
            cursor.execute(room)


def _names_of(model: type[models.Model], columns: Sequence[str]) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), ", ".join(map(quote, columns))


def _fill(target: str, names: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_STAGE}")
        cursor.execute(f"CREATE TEMP TABLE {_STAGE} ON COMMIT DROP AS SELECT {names} FROM {target} LIMIT 0")  # noqa: S608 - names come from the model
        with cursor.copy(f"COPY {_STAGE} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` primary keys from the model's sequence, so that rows can refer to each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, key: str = "id"
) -> int:
    """Update rows by key (the first value of each row, then the values of `columns`); return how many."""
    target, listed = _names_of(model, [key, *columns])
    setting = ", ".join(f"{name} = b.{name}" for name in map(connection.ops.quote_name, columns))
    _fill(target, listed, rows)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {target} t SET {setting} FROM {_STAGE} b WHERE t.{key} = b.{key}")  # noqa: S608 - as above
        return int(cursor.rowcount)
