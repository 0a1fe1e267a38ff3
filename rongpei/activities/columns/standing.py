"""Acting in another tenant's portal: a reader or invited writer stands there without any role of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from rongpei.ground.tenancy.scope import scope, widened
from rongpei.org.access.visit import Visit


@contextmanager
def beside(visit: Visit | None, tenant_id: int) -> Iterator[None]:
    """A scope with one more tenant, for reading what the caller has already found open to the visitor."""
    own = visit.tenant_ids if visit is not None else ()
    ids = own if tenant_id in own else (*own, tenant_id)
    with scope(ids, user_id=visit.user_id if visit else None, person_id=visit.person_id if visit else None):
        yield


@contextmanager
def reading_beside(visit: Visit | None, tenant_id: int) -> Iterator[None]:
    """The same for a page that only reads: it needs no savepoint, and at home nothing at all."""
    own = visit.tenant_ids if visit is not None else ()
    if tenant_id in own:
        yield
        return
    user_id, person_id = (visit.user_id, visit.person_id) if visit else (None, None)
    with widened((*own, tenant_id), user_id=user_id, person_id=person_id):
        yield


def guest_in(visit: Visit, tenant_id: int) -> Visit:
    """The visitor as an actor of that tenant: oneself at home; elsewhere the same person, holding nothing."""
    if visit.tenant_id == tenant_id:
        return visit
    return replace(visit, tenant_id=tenant_id, tenant_ids=(tenant_id,), held=())
