"""Statements kept prepared on the connection, below the driver's cursors.

A page asks twenty short statements; a cursor for each costs the driver twice what the statement itself does.
"""

import re
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.psycopg_any import mogrify
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]

_PLACE = re.compile(r"%(?:%|\((\w+)\)s|s)")


class _Kept:
    """The statements prepared on one connection; a connection belongs to one thread."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.server = connection.pgconn
        self.encoding = connection.info.encoding
        self.adapting = Transformer(connection)
        self.names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}

    def begin(self) -> None:
        """Begin the transaction, as the driver does before the first statement of its cursors."""
        self._done(self.server.exec_(b"BEGIN"))

    def ask(self, native: bytes, values: Sequence[Any]) -> list[Row]:
        adapting = self.adapting
        # None stands for null, which the driver's types of this call leave out.
        given: Any = adapting.dump_sequence(values, [PyFormat.AUTO] * len(values)) if values else []
        types = adapting.types or () if values else ()
        name = self.names.get((native, types)) or self._prepare(native, types)
        found = self.server.exec_prepared(name, given, adapting.formats if values else None)
        if found.status == ExecStatus.COMMAND_OK:
            return []
        if found.status != ExecStatus.TUPLES_OK:
            raise psycopg.errors.error_from_result(found, encoding=self.encoding)
        adapting.set_pgresult(found)
        return adapting.load_rows(0, found.ntuples, tuple)

    def _prepare(self, native: bytes, types: tuple[int, ...]) -> bytes:
        name = f"rongpei_{len(self.names)}".encode()
        self._done(self.server.prepare(name, native, types))
        self.names[native, types] = name
        return name

    def _done(self, told: PGresult) -> None:
        if told.status != ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(told, encoding=self.encoding)


_kept: WeakKeyDictionary[psycopg.Connection[Any], _Kept] = WeakKeyDictionary()


def ask(sql: str, params: Mapping[str, Any] | Sequence[Any]) -> list[Row]:
    """Rows of a constant statement, kept prepared on the connection; none of one that gives none.

    Raises django.db.DatabaseError as a cursor does.
    """
    connection = connections[DEFAULT_DB_ALIAS]  # looked up once: each look costs a tenth of a short statement
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    began = time.monotonic()
    native, names = _native(sql)
    values = [params[name] for name in names] if isinstance(params, Mapping) else params
    with connection.wrap_database_errors:
        rows = _rows(connection.connection, native, values)
    if connection.queries_logged:
        told = {"sql": mogrify(sql, params, connection), "prepared": native.decode()}
        connection.queries_log.append({**told, "time": f"{time.monotonic() - began:.3f}"})
    return rows


def _rows(connection: psycopg.Connection[Any], native: bytes, values: Sequence[Any]) -> list[Row]:
    if settings.RONGPEI_POOLED:
        # The driver's cursor leaves nothing behind that a pooler would lose.
        with psycopg.RawCursor(connection) as cursor:
            cursor.execute(native, values, prepare=False)
            return cursor.fetchall() if cursor.description else []
    kept = _kept.get(connection) or _kept.setdefault(connection, _Kept(connection))
    if not connection.autocommit and kept.server.transaction_status == TransactionStatus.IDLE:
        kept.begin()
    return kept.ask(native, values)


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
