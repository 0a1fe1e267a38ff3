"""Statements below the driver's cursors behave as a cursor's."""

import os
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DataError, close_old_connections, connection, transaction
from django.db.backends.postgresql import base

from contracts.cast import Cast
from rongpei.ground.tenancy.asking import ask


@pytest.mark.usefixtures("cast")
def test_values_of_every_kind_come_back_as_a_cursor_gives_them() -> None:
    given: list[Any] = [None, True, 7, 7_000_000_000, "融培 '%s' $1", date(2026, 5, 11), [1, 2], 0.5]
    sql = "SELECT %s::int, %s::bool, %s::int, %s::bigint, %s::text, %s::date, %s::int[], %s::float8, now()"
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        plainly = cursor.fetchall()
    for _turn in range(2):
        (row,) = ask(sql, given)
        assert row[:-1] == plainly[0][:-1] == tuple(given)
        assert row[-1].tzinfo == plainly[0][-1].tzinfo


@pytest.mark.usefixtures("cast")
def test_a_statement_that_fails_raises_as_a_cursor_does_and_the_next_one_works() -> None:
    with pytest.raises(DataError), transaction.atomic():
        ask("SELECT 1 / %s::int", [0])
    assert ask("SELECT 1 / %s::int", [1]) == [(1,)]
    assert ask("SELECT 8 %% 5 + %(n)s::int + %(n)s::int", {"n": 1}) == [(5,)]


def test_the_first_statement_of_a_transaction_begins_it(committed_cast: Cast) -> None:
    with transaction.atomic():
        ask("SELECT set_config('rongpei.scope', %s, true)", [str(committed_cast.h1.tenant.pk)])
        assert ask("SELECT current_setting('rongpei.scope')", []) == [(str(committed_cast.h1.tenant.pk),)]
    assert ask("SELECT current_setting('rongpei.scope', true)", []) in ([("",)], [(None,)])


@pytest.mark.usefixtures("committed_cast")
def test_a_connection_that_the_server_ended_is_replaced_by_the_next_request() -> None:
    (before,) = ask("SELECT pg_backend_pid()", [])
    close_old_connections()
    with psycopg.connect(os.environ["RONGPEI_SUPER_DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 10000)", before)
    (after,) = ask("SELECT pg_backend_pid()", [])
    assert after != before


@pytest.mark.usefixtures("committed_cast")
def test_whether_the_server_is_there_costs_no_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("SELECT 1", [])
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda _self: pytest.fail("a statement was asked"))
    assert connection.is_usable()
