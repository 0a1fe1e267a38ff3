"""The scope: which tenants' rows may be seen in this transaction.

`scope()` opens the transaction and tells PostgreSQL the tenant list with it, so the list can never outlive
the transaction on a pooled connection. Reads, rendering included, run inside a scope.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from rongpei.ground.tenancy.asking import ask

_TELL = "SELECT set_config('rongpei.scope', %s, true), set_config('rongpei.actor', %s, true)"


class OutsideScope(RuntimeError):
    """A tenant's rows were asked for outside a scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The tenants whose rows may be seen, and who is acting (ids only)."""

    tenant_ids: tuple[int, ...]
    user_id: int | None = None
    person_id: int | None = None


_current: ContextVar[Scope | None] = ContextVar("rongpei_scope", default=None)


def current_scope() -> Scope:
    """The scope in force.

    Raises OutsideScope when there is none.
    """
    found = _current.get()
    if found is None:
        raise OutsideScope("a tenant's rows were asked for outside scope()")
    return found


@contextmanager
def scope(
    tenant_ids: Sequence[int], *, user_id: int | None = None, person_id: int | None = None
) -> Iterator[Scope]:
    """Open a transaction that sees only the given tenants; the outer scope returns afterwards."""
    entered = Scope(tuple(tenant_ids), user_id, person_id)
    outer = _current.get()
    with transaction.atomic():
        _tell_database(entered)
        token = _current.set(entered)
        try:
            yield entered
        finally:
            _current.reset(token)
        if outer is not None:
            _tell_database(outer)


@contextmanager
def widened(tenant_ids: Sequence[int], *, user_id: int | None, person_id: int | None) -> Iterator[None]:
    """See more tenants for a while, inside the transaction that runs: for reading alone, so it needs no savepoint."""
    outer = current_scope()
    entered = Scope(tuple(tenant_ids), user_id, person_id)
    _tell_database(entered)
    token = _current.set(entered)
    try:
        yield
    finally:
        _current.reset(token)
        if not connection.needs_rollback and connection.connection is not None:
            _tell_database(outer)


@contextmanager
def standing_in(tenant_ids: tuple[int, ...]) -> Iterator[None]:
    """For compiling only: querysets are built as for these tenants, and nothing can be read."""
    token = _current.set(Scope(tenant_ids))
    try:
        yield
    finally:
        _current.reset(token)


def _tell_database(told: Scope) -> None:
    actor = f"{told.user_id or ''}:{told.person_id or ''}"
    ask(_TELL, [",".join(map(str, told.tenant_ids)), actor])
