"""Statements kept prepared on the connection, by the driver's own cursor."""

import re
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.psycopg_any import mogrify

Row = tuple[Any, ...]

_PLACE = re.compile(r"%(?:%|\((\w+)\)s|s)")


def ask(sql: str, params: Mapping[str, Any] | Sequence[Any]) -> list[Row]:
    """Rows of a constant statement, kept prepared on the connection."""
    connection = connections[DEFAULT_DB_ALIAS]  # looked up once: each look costs a tenth of a short statement
    connection.ensure_connection()
    began = time.monotonic()
    native, names = _native(sql)
    values = [params[name] for name in names] if isinstance(params, Mapping) else params
    # A cursor of the driver's own: Django's would put the values into the text, which then is never the same.
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
        cursor.execute(native, values, prepare=not settings.RONGPEI_POOLED)
        rows: list[Row] = cursor.fetchall()
    if connection.queries_logged:
        told = {"sql": mogrify(sql, params, connection), "prepared": native.decode()}
        connection.queries_log.append({**told, "time": f"{time.monotonic() - began:.3f}"})
    return rows


@lru_cache(maxsize=1024)
def _native(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with $1, $2 … for `%s` or `%(name)s`, and the names in their order."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if not found[1] or found[1] not in names:
            names.append(found[1] or "")
        return f"${names.index(found[1]) + 1 if found[1] else len(names)}"

    return _PLACE.sub(place, sql).encode(), tuple(names)
